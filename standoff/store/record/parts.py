"""Load a part of a store's record: the entries that are asked for, with all that they refer to, as a smaller record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from standoff.records import Passage, Record
from standoff.store.index.entries import MANY
from standoff.store.index.queries import Key
from standoff.store.record.tables import KINDS, TABLES

# Where ids of entries stand in each kind, so that a part is whole; an id's own prefix tells of what kind it is.
REFERRING: Mapping[str, tuple[str, ...]] = {
    "mentions": ("actor",),
    "attributions": ("addressee", "inside"),
    "events": ("actors", "recipients", "asserted_by"),
    "positions": ("holder", "toward", "basis"),
    "happenings": ("events", "articles"),
    "shifts": ("holder", "before", "after"),
    "conflicts": ("left", "right", "left_also", "right_also"),
    "suggestions": ("left", "right"),
}
SINGULAR = {kind.removesuffix("s"): kind for kind in KINDS}


def load_part(connection: Connection, keys: Iterable[Key], *, made_by: dict[str, Any]) -> Record:
    """Give a record of just these entries and of those that they refer to, whatever the chain, in the record's order.

    An id that the store does not hold is left out. Articles come with their whole text.
    """
    wanted: dict[str, set[str]] = {}
    for key in keys:
        wanted.setdefault(key.kind, set()).add(key.id)
    loaded: dict[str, dict[str, tuple[int, Any]]] = {kind: {} for kind in KINDS}
    while any(wanted.values()):
        further: dict[str, set[str]] = {}
        for kind, ids in wanted.items():
            for place, item in _load_kind(connection, kind, sorted(ids)):
                loaded[kind][item.id] = (place, item)
                for key in _list_references(kind, item):
                    further.setdefault(key.kind, set()).add(key.id)
        wanted = {kind: ids - loaded[kind].keys() - wanted.get(kind, set()) for kind, ids in further.items()}
    kept: dict[str, Any] = {
        kind: tuple(item for _, item in sorted(found.values(), key=lambda pair: pair[0]))
        for kind, found in loaded.items()
    }
    return Record(made_by=made_by, **kept)


def _load_kind(connection: Connection, kind: str, ids: Sequence[str]) -> Iterator[tuple[int, Any]]:
    """Yield the entries of one kind with these ids, each with its place in the record."""
    table = TABLES[kind]
    for start in range(0, len(ids), MANY):
        for row in connection.execute(select(table).where(table.c.id.in_(ids[start : start + MANY]))):
            values = row._asdict()
            place = values.pop("position")
            yield place, _adapt(kind).validate_python(values)


@cache
def _adapt(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])


def _list_references(kind: str, item: Any) -> Iterator[Key]:
    """Yield what an entry refers to: the articles of its passages, its actors, and the entries that it rests on."""
    for field in REFERRING.get(kind, ()):
        value = getattr(item, field)
        for key in (value,) if isinstance(value, str) else value or ():
            yield name_key(key)
    if kind == "attributions" and item.source and item.source.actor:
        yield Key("actors", item.source.actor)
    for passage in _list_passages(kind, item):
        yield Key("articles", passage.article)


def name_key(key: str) -> Key:
    """Give an id with the kind that it is of; an article's id has no prefix.

    >>> name_key("actor_17a4bb21e918").kind, name_key("bec83dddb94be71f").kind
    ('actors', 'articles')
    """
    kind, found, _ = key.partition("_")
    return Key(SINGULAR[kind] if found and kind in SINGULAR else "articles", key)


def _list_passages(kind: str, item: Any) -> Iterator[Passage]:
    if kind == "attributions":
        yield from item.content
        yield from (passage for passage in (item.cue, item.source and item.source.passage) if passage)
    elif kind == "happenings":
        yield from item.passages
    elif kind in ("mentions", "events", "positions"):
        yield item.passage
