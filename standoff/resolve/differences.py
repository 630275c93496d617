"""Tell what has changed from one record to another, in words a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from standoff.records import Attribution, Event, Passage, Position, Record, Source, When
from standoff.resolve.judged.named import label_entry

KINDS = (
    "articles", "actors", "mentions", "attributions", "events", "positions", "happenings", "shifts", "conflicts",
    "suggestions",
)  # fmt: skip
MANY = 6  # things on both sides beyond which only those are named that are on one
UNTOLD = frozenset({"id", "text", "score", "why", "made_by", "cue", "intensity", "quad"})  # what no person looks for


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """Say that a field had one value and has another, both in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Name an entry that is in both records, and how it differs."""

    id: str
    label: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Name an entry that only one of the records has."""

    id: str
    label: str
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Hold what has gone, what is new and what has changed among the entries of one kind; `kept` are as they were."""

    kind: str
    gone: tuple[Named, ...] = ()
    new: tuple[Named, ...] = ()
    changed: tuple[Changed, ...] = ()
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.changed)


def compare_records(before: Record, after: Record, *, only: Iterable[str] = KINDS) -> tuple[Differences, ...]:
    """Give what differs between two records, kind by kind, in the order in which a record holds them.

    Entries are the same by their ids. Scores, reasons and what made an entry are no differences that one looks for.
    """
    views = _View(before), _View(after)
    return tuple(_compare_kind(kind, *views) for kind in KINDS if kind in set(only))


def summarise_differences(differences: Iterable[Differences]) -> dict[str, dict[str, int]]:
    """Count what is gone, new, changed and kept, for each kind in which anything differs."""
    return {
        item.kind: {"gone": len(item.gone), "new": len(item.new), "changed": len(item.changed), "kept": item.kept}
        for item in differences
        if item
    }


def tell_differences(differences: Sequence[Differences]) -> str:
    """Say in a sentence how much differs.

    >>> tell_differences([Differences(kind="events", gone=(Named(id="e1", label="a fine"),), kept=2)])
    '1 event gone.'
    """
    parts = []
    for item in differences:
        for word, found in (("gone", item.gone), ("new", item.new), ("changed", item.changed)):
            if found:
                parts.append(f"{len(found)} {item.kind if len(found) > 1 else item.kind.removesuffix('s')} {word}")
    return f"{', '.join(parts)}." if parts else "Nothing differs."


class _View:
    """Look into one record: its entries by id, and what it calls them."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.actors = {actor.id: actor for actor in record.actors}
        self.names = {actor.id: actor.name for actor in record.actors}
        self.names |= {article.id: article.title or article.source for article in record.articles}
        self.home: Mapping[str, Any] = {
            item.id: item for kind in ("attributions", "events", "positions") for item in getattr(record, kind)
        }

    def list(self, kind: str) -> dict[str, Any]:
        return {item.id: item for item in getattr(self.record, kind)}

    def label(self, entry: Any) -> str:
        return label_entry(self._cut_part(entry), entry)

    def _cut_part(self, entry: Any) -> Record:
        """Give as much of the record as a label of this entry takes, so that a label costs little."""
        sides = [self.home[key] for key in _list_ids(entry) if key in self.home]
        wanted = dict.fromkeys(key for item in (entry, *sides) for key in _list_ids(item))
        return Record(
            actors=tuple(self.actors[key] for key in wanted if key in self.actors),
            attributions=tuple(item for item in sides if isinstance(item, Attribution)),
            events=tuple(item for item in sides if isinstance(item, Event)),
            positions=tuple(item for item in sides if isinstance(item, Position)),
        )

    def say(self, value: Any) -> str:
        """Put a field's value into words: names for ids, days for times, words for passages."""
        if value is None or value == ():
            return "—"
        if isinstance(value, Passage):
            return f"“{' '.join(value.text.split())}”"
        if isinstance(value, When):
            days = (value.earliest or "…", value.latest or "…")
            return days[0] if days[0] == days[1] else " – ".join(days)
        if isinstance(value, Source):
            return self.say(value.actor or value.passage)
        if isinstance(value, tuple):
            return ", ".join(map(self.say, value))
        if is_dataclass(value):
            return _say_parts(value)
        return self.names.get(value, value) if isinstance(value, str) else str(value)


def _say_parts(value: Any) -> str:
    """Put an office, a place, a number of dead into words: by what names it, else each part that is known."""
    named = next((getattr(value, name) for name in ("title", "name", "why") if getattr(value, name, None)), None)
    parts = ((field.name, getattr(value, field.name)) for field in fields(value))
    return str(named) if named else ", ".join(f"{part} {name}" for name, part in parts if isinstance(part, int | float))


def _list_ids(entry: Any) -> list[str]:
    """Give every id that an entry names, its source's actor's among them."""
    found: list[str] = []
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, Source):
            value = value.actor
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str):
                found.append(item)
    return found


def _compare_kind(kind: str, before: _View, after: _View) -> Differences:
    old, new = before.list(kind), after.list(kind)
    changed = []
    for key in old.keys() & new.keys():
        found = _compare_entries(old[key], new[key], before, after)
        if found:
            changed.append(Changed(id=key, label=after.label(new[key]), fields=found))
    order = {key: place for place, key in enumerate(new)}
    return Differences(
        kind=kind,
        gone=tuple(_name(before, item) for key, item in old.items() if key not in new),
        new=tuple(_name(after, item) for key, item in new.items() if key not in old),
        changed=tuple(sorted(changed, key=lambda item: order[item.id])),
        kept=len(old.keys() & new.keys()) - len(changed),
    )


def _name(view: _View, entry: Any) -> Named:
    passage = getattr(entry, "passage", None) or next(iter(getattr(entry, "content", ())), None)
    return Named(id=entry.id, label=view.label(entry), article=passage.article if passage else None)


def _compare_entries(old: Any, new: Any, before: _View, after: _View) -> tuple[FieldChange, ...]:
    """Give the fields in which an entry differs; an actor under another id but the same name is no difference."""
    if old == new:
        return ()
    told = []
    for field in fields(old):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if isinstance(was, tuple) and isinstance(now, tuple) and len(was) + len(now) > MANY:
            was, now = tuple(item for item in was if item not in now), tuple(item for item in now if item not in was)
        if field.name not in UNTOLD and was != now and (said := (before.say(was), after.say(now)))[0] != said[1]:
            told.append(FieldChange(field=field.name, before=said[0], after=said[1]))
    return tuple(told)
