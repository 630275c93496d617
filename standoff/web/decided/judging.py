"""Make judgements of what a visitor decides: load what is judged, and leave the rest to the rules of judging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import select

from standoff.errors import ConfigError
from standoff.records import Judgement, Record, Source, Verdict
from standoff.resolve.judged.make import JUDGED, find_entry, judge_entry
from standoff.resolve.judged.verdicts import SCORE
from standoff.store.database import Store
from standoff.store.index.queries import Key, Query
from standoff.store.record.tables import TABLES
from standoff.web.decided.correcting import load_books

BULK = 200  # entries that one request may decide on
PARTIES = frozenset({"source", "addressee", "holder", "toward", "actors", "recipients"})  # fields that name actors
SPOTS = 500  # mentions of an actor that are looked through for places by which to find it again


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Say what a visitor decides: one verdict on one or more entries of one kind."""

    kind: str
    entries: tuple[str, ...]
    verdict: str
    other: str | None = None
    fields: Mapping[str, Any] | None = None
    why: str | None = None


def make_judgements(store: Store, asked: Asked, *, who: str) -> tuple[Judgement, ...]:
    """Give the judgements by which a visitor decides, one for each entry.

    Mentions that are another actor's are one judgement together. A field that is not changed is left out. Raises
    ConfigError for what cannot be decided, SourceError for an entry that the store does not hold.
    """
    chosen = tuple(dict.fromkeys(asked.entries))
    if asked.kind not in JUDGED:
        raise ConfigError(f"kind: “{asked.kind}” cannot be judged; choose from {', '.join(JUDGED)}.")
    if not chosen:
        raise ConfigError("entry: nothing is chosen; choose at least one entry.")
    if len(chosen) > BULK:
        raise ConfigError(f"entry: {len(chosen)} entries are too many at once; choose at most {BULK}.")
    if len(chosen) > 1 and asked.verdict == "correct":
        raise ConfigError("entry: these are several; correct one entry at a time.")
    asked = replace(asked, fields=_name_actors(store, asked.fields))
    part = _load_part(store, asked, chosen)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    split = asked.kind == "mentions" and asked.verdict in ("same", "not-same")
    books = load_books(store) if asked.verdict == "correct" else None
    made = (
        judge_entry(
            part,
            asked.kind,
            entry,
            cast(Verdict, asked.verdict),
            who=who,
            at=at,
            other=asked.other,
            mentions=chosen if split else (),
            fields=_list_changed(part, asked, entry),
            why=asked.why or None,
            books=books,
        )
        for entry in (chosen[:1] if split else chosen)
    )
    return tuple(_keep_score(judgement, part) for judgement in made)


def _keep_score(judgement: Judgement, part: Record) -> Judgement:
    """Keep with a judgement what the machine thought of the entry, which may be gone with the next record."""
    score = getattr(find_entry(part, judgement.kind, judgement.entry), "score", None)
    return judgement if score is None else replace(judgement, fields={**(judgement.fields or {}), SCORE: score})


def _load_part(store: Store, asked: Asked, chosen: Sequence[str]) -> Record:
    """Load the entries with what they refer to, and the mentions of the actors by which they are found again."""
    keys = [Key(asked.kind, entry) for entry in (*chosen, *([asked.other] if asked.other else []))]
    part = store.load_part(keys)
    actors = dict.fromkeys((*_list_actors(part, asked), *_list_named(asked.fields)))
    if not actors:
        return part
    for actor in actors:
        wanted = Query(kinds=("mentions",), actor=actor, roles=("mention",), limit=SPOTS)
        keys += [Key("actors", actor), *store.find_entries(wanted).keys]
    return store.load_part(keys)


def _list_actors(part: Record, asked: Asked) -> Iterator[str]:
    """Yield the actors whose places a judgement keeps."""
    if asked.kind == "actors":
        yield from (actor.id for actor in part.actors)
    elif asked.kind == "mentions":
        yield from (mention.actor for mention in part.mentions)
    elif asked.kind == "suggestions":
        yield from (side for item in part.suggestions for side in (item.left, item.right))


def _name_actors(store: Store, fields: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give the fields with the ids of actors in place of the names by which a form names them."""
    if fields is None:
        return None
    named = dict(fields)
    for field in PARTIES & fields.keys():
        value = fields[field]
        if isinstance(value, str):
            named[field] = _find_actor(store, field, value)
        elif isinstance(value, list):
            named[field] = [_find_actor(store, field, one) for one in value if isinstance(one, str)]
    return named


def _find_actor(store: Store, field: str, name: str) -> str:
    """Give the id of the actor of this name; an id is given as it is."""
    if name.startswith("actor_"):
        return name
    table = TABLES["actors"]
    with store.read() as connection:
        found = connection.execute(select(table.c.id).where(table.c.name == name).limit(2)).scalars().all()
    if len(found) != 1:
        problem = "no actor here" if not found else "the name of several actors"
        raise ConfigError(f"{field}: “{name}” is {problem}; choose one from the list, or give its id.")
    return str(found[0])


def _list_named(fields: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield the ids of actors among the values of corrected fields."""
    for value in (fields or {}).values():
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, str) and one.startswith("actor_"):
                yield one


def _list_changed(part: Record, asked: Asked, entry: str) -> dict[str, Any] | None:
    """Give the fields that say something else than the entry does; None unless it is corrected."""
    if asked.verdict != "correct":
        return None
    item = find_entry(part, asked.kind, entry)
    fields = dict(asked.fields or {})
    return {name: value for name, value in fields.items() if not _says_already(getattr(item, name, None), value)}


def _says_already(has: Any, value: Any) -> bool:
    if isinstance(has, Source):
        has = has.actor
    if isinstance(value, Mapping):
        return all(getattr(has, name, None) == part for name, part in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return isinstance(has, Iterable) and list(has) == list(value)
    return bool(has == (value or None))
