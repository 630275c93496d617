"""Change the readings of single articles by what a person decided, before anything is resolved across them.

A rejected entry is left out, with what rests on it alone. A corrected one keeps its id, and has the person's fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from standoff.records import (
    Actor,
    Attribution,
    Event,
    Passage,
    Position,
    Reading,
    Source,
    TimeExpression,
    When,
    cut_passage,
)
from standoff.resolve.judged.carried import carry_over, index_judged
from standoff.resolve.judged.mentions import drop_mentions, split_mentions
from standoff.resolve.judged.places import Finder, Place, find_mentioned, parse_places, read_place
from standoff.resolve.judged.verdicts import Verdicts, list_named
from standoff.resolve.memory import keep

Entry = TypeVar("Entry", Attribution, Event, Position)


def judge_readings(readings: Sequence[Reading], verdicts: Verdicts) -> list[Reading]:
    """Give the readings as a person wants them; a reading that nobody judged is given as the very same object.

    What is left out with a rejected entry: positions that rest on a rejected statement or event. A statement inside a
    rejected one, or an event that it vouched for, falls to the statement around it, or to the article itself.
    """
    if not verdicts:
        return list(readings)
    split, carried = _list_split(verdicts), index_judged(verdicts.first)
    known = {reading.article.id: reading for reading in readings}
    kept = [
        _judge_article(
            carry_over(reading, carried.get(reading.article.id, ())), verdicts, split.get(reading.article.id, ())
        )
        for reading in readings
        if not verdicts.rejects("articles", reading.article.id)
    ]
    named = _Named(kept, verdicts)
    judged = (_judge_entries(reading, verdicts, named) for reading in kept)
    return [_keep_same(known[reading.article.id], reading) for reading in judged]


def _keep_same(before: Reading, after: Reading) -> Reading:
    return before if after is before else keep(f"judged {after.article.id}", after)


def _list_split(verdicts: Verdicts) -> dict[str, list[Place]]:
    """Give the places of mentions that are another's than the machine gave them to, by article."""
    found: dict[str, list[Place]] = defaultdict(list)
    for tie in verdicts.ties:
        if tie.kind == "mentions":
            for place in tie.left:
                found[place.article].append(place)
    return found


def _judge_article(reading: Reading, verdicts: Verdicts, split: Sequence[Place]) -> Reading:
    """Apply what is said of the article and of its mentions."""
    fields = verdicts.fields.get(("articles", reading.article.id))
    if fields:
        reading = replace(reading, article=replace(reading.article, **fields))
    if split:
        named = ((read_place(item.passage), item.id) for item in reading.mentions)
        reading = split_mentions(reading, frozenset(Finder(named).find_all(split)))
    dropped = frozenset(item.id for item in reading.mentions if verdicts.rejects("mentions", item.id))
    return drop_mentions(reading, dropped) if dropped else reading


class _Named:
    """Find the actors that a corrected field names, in whichever article they are named."""

    def __init__(self, readings: Sequence[Reading], verdicts: Verdicts) -> None:
        places = list(verdicts.list_places())
        wanted = {place.article for place in places}
        self.finder = find_mentioned(readings, places)
        self.actors = {
            actor.id: actor for reading in readings if reading.article.id in wanted for actor in reading.actors
        }

    def find(self, value: Any) -> list[Actor | None]:
        """Give each actor that the value names, None for one that no article names any more."""
        keys = (self.finder.find_first(parse_places(item["at"])) for item in list_named(value))
        return [None if key is None else self.actors.get(key) for key in keys]


def _judge_entries(reading: Reading, verdicts: Verdicts, named: _Named) -> Reading:
    """Leave out what was rejected and change what was corrected."""
    gone: dict[str, set[str]] = {
        kind: {item.id for item in getattr(reading, kind) if verdicts.rejects(kind, item.id)}
        for kind in ("attributions", "events", "positions")
    }
    if any(gone.values()):
        reading = _leave_out(reading, gone)
    changed = _Corrected(reading, verdicts, named)
    return changed.apply() if changed.is_concerned() else reading


def _leave_out(reading: Reading, gone: Mapping[str, set[str]]) -> Reading:
    said, done = gone["attributions"], gone["events"]
    around = {item.id: item.inside for item in reading.attributions}

    def find_around(key: str | None) -> str | None:
        while key in said:
            key = around.get(key or "")
        return key

    return replace(
        reading,
        attributions=tuple(
            replace(item, inside=find_around(item.inside)) if item.inside in said else item
            for item in reading.attributions
            if item.id not in said
        ),
        events=tuple(
            replace(item, asserted_by=find_around(item.asserted_by)) if item.asserted_by in said else item
            for item in reading.events
            if item.id not in done
        ),
        positions=tuple(
            item
            for item in reading.positions
            if item.id not in gone["positions"] and item.basis not in said and item.basis not in done
        ),
    )


class _Corrected:
    """Put a person's fields in the place of the machine's, in one reading."""

    def __init__(self, reading: Reading, verdicts: Verdicts, named: _Named) -> None:
        self.reading = reading
        self.fields = verdicts.fields
        self.named = named
        self.actors = {actor.id: actor for actor in reading.actors}
        self.times = {(time.passage.start, time.passage.end): time for time in reading.times}

    def is_concerned(self) -> bool:
        reading = self.reading
        return any(
            (kind, item.id) in self.fields
            for kind in ("attributions", "events", "positions")
            for item in getattr(reading, kind)
        )

    def apply(self) -> Reading:
        attributions = tuple(self._change("attributions", item) for item in self.reading.attributions)
        events = tuple(self._change("events", item) for item in self.reading.events)
        positions = tuple(self._change("positions", item) for item in self.reading.positions)
        return replace(
            self.reading,
            attributions=attributions,
            events=events,
            positions=positions,
            actors=tuple(self.actors.values()),
            times=tuple(self.times.values()),
        )

    def _change(self, kind: str, item: Entry) -> Entry:
        fields = self.fields.get((kind, item.id))
        if fields is None:
            return item
        known = {name: found for name, value in fields.items() for found in self._read(item, name, value)}
        return replace(item, **known)

    def _read(self, item: Attribution | Event | Position, name: str, value: Any) -> Iterator[Any]:
        """Yield the value of a field as its type has it; nothing where it names an actor whom nothing names now."""
        if name in ("actors", "recipients"):
            found = self._bring(value)
            if len(found) == len(value):
                yield tuple(found)
        elif name in ("source", "addressee", "holder", "toward"):
            found = self._bring(value)
            if found or value is None:
                actor = found[0] if found else None
                yield self._name_source(item, actor) if name == "source" else actor
        elif name == "when":
            yield self._date(item, value)
        elif name == "condition":
            yield None if value is None else cut_passage(self.reading.article, value["start"], value["end"])
        else:
            yield value

    def _bring(self, value: Any) -> list[str]:
        """Give the ids of the actors named, who are from now on the reading's own wherever they were named."""
        found = [actor for actor in self.named.find(value) if actor is not None]
        self.actors.update((actor.id, actor) for actor in found if actor.id not in self.actors)
        return list(dict.fromkeys(actor.id for actor in found))

    def _name_source(self, item: Any, actor: str | None) -> Source | None:
        passage = item.source.passage if item.source else None
        return None if actor is None and passage is None else Source(actor=actor, passage=passage)

    def _date(self, item: Any, value: Any) -> When | None:
        """Give the days that a person set, as if the entry's own words said them, so that they date as any others."""
        if value is None:
            return None
        words: Passage = item.passage
        first, last = value["earliest"], value["latest"]
        self.times[words.start, words.end] = TimeExpression(
            passage=words, type="DATE", value=f"{first or ''}/{last or ''}", earliest=first, latest=last
        )
        return When(earliest=first, latest=last, passage=words)
