"""How the components hand each other what they found: plain dictionaries in `doc.spans[...]`.

A component writes its findings with `write_facts(doc, "times", facts)`. The spans (snapped outwards to tokens) go into
`doc.spans["times"]` for anyone's pipeline to use; the exact facts, plain dictionaries of numbers, strings and lists, go
into that group's `attrs["facts"]`, which survives `doc.to_bytes()`. What is only for the components that follow is kept
by `keep_facts`, without spans. Offsets are character offsets, half-open. An `actor` is an index into the facts of
"actors"; an `attribution` is an index into those of "attributions".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NotRequired, TypedDict, cast

from spacy.tokens import Doc, Span, SpanGroup

Offsets = list[int]  # [start, end]

Doc.set_extension("published", default=None, force=True)  # the article's own day, an ISO date, or None
Doc.set_extension("source", default=None, force=True)  # where the article came from, for a failure to name
Doc.set_extension("text", default=None, force=True)  # kept by `read_text`


class BlockFact(TypedDict):
    """A run of lines with one function. `kind`: see `standoff.layout.KINDS`."""

    start: int
    end: int
    kind: str


class RoleFact(TypedDict):
    title: str
    organisation: str | None
    country: str | None
    start: int
    end: int


class ActorFact(TypedDict):
    """One party of this article; its index in the group is how the other facts name it."""

    name: str
    kind: str
    country: str | None
    sectors: list[str]
    aliases: list[str]
    roles: list[RoleFact]


class MentionFact(TypedDict):
    """`form`: name, title (a description or role), pronoun, group, demonym."""

    start: int
    end: int
    actor: int
    form: str


class TimeFact(TypedDict):
    """A TIMEX3 expression; `relative` as in `standoff.records.TimeExpression`."""

    start: int
    end: int
    type: str
    value: str
    relative: str | None
    earliest: str | None
    latest: str | None


class ReadingFact(TypedDict):
    """An attribution as the trained reader sees it: flat, in PolNeAR's terms, nobody identified.

    `signs`: see `standoff.models.reader.ReadAttribution`.
    """

    source: Offsets | None
    cue: Offsets
    content: list[Offsets]
    signs: list[float]


class AttributionFact(TypedDict):
    """`source` are the words that name the source; `actor` who they stand for (also where no words do)."""

    source: Offsets | None
    actor: int | None
    cue: Offsets | None
    content: list[Offsets]
    directness: str
    act: str
    addressee: int | None
    venue: Offsets | None
    time: Offsets | None
    inside: int | None
    reading: int | None
    score: float
    made_by: str


class LocationFact(TypedDict):
    """A place of the gazetteer; see `standoff.records.Location`."""

    name: str
    kind: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonameid: int | None


class MagnitudeFact(TypedDict):
    """How many came to harm or took part; `parts` are the words that say so. See `standoff.records.Magnitude`."""

    dead: int | None
    injured: int | None
    arrested: int | None
    size: int | None
    parts: list[Offsets]


class SightingFact(TypedDict):
    """A word that may carry an event, as the trained reader sees it.

    `types` gives the chance of each notable type (the rest of 1 is that there is none), `modes` the mode of each, and
    `statuses` the chances of these. `parties` are words as [start, end, chance of an actor, chance of a recipient].
    """

    start: int
    end: int
    types: dict[str, float]
    modes: dict[str, str | None]
    statuses: dict[str, float]
    parties: list[list[float]]
    sense: NotRequired[list[float]]  # only for a user's own ontology, which tells its codes by it


class LeaningFact(TypedDict):
    """A word that may carry a position on an issue, as the trained reader sees it.

    `chance` is that the word names the issue, `stances` the chances of each stance if it does. `parts` are words as
    [start, end, chance of the holder, chance of the condition].
    """

    start: int
    end: int
    issue: str
    chance: float
    stances: dict[str, float]
    parts: list[list[float]]


class EventFact(TypedDict):
    """`cue` is the word that the event was found by, within `start` and `end` or beside them."""

    cue: Offsets
    start: int
    end: int
    type: str
    mode: str | None
    context: list[str]
    actors: list[int]
    recipients: list[int]
    status: str
    time: Offsets | None
    place: str | None
    location: NotRequired[LocationFact | None]
    magnitude: NotRequired[MagnitudeFact | None]
    attribution: int | None
    score: float
    why: str
    made_by: str


class OccasionFact(TypedDict):
    start: int
    end: int
    kind: str
    label: str
    status: str
    time: Offsets | None
    place: str | None
    actors: list[int]


class PositionFact(TypedDict):
    """`attribution` or `event` is the index of what the position rests on; one of them may be None."""

    start: int
    end: int
    holder: int
    issue: str
    stance: str
    toward: int | None
    condition: Offsets | None
    time: Offsets | None
    attribution: NotRequired[int | None]
    event: NotRequired[int | None]
    word: NotRequired[Offsets]  # the words that name the issue
    score: float
    why: str
    made_by: str


def read_text(doc: Doc) -> str:
    """Give the text of a doc, which spaCy would put together anew from its tokens at each call."""
    if doc._.text is None:
        doc._.text = doc.text
    return cast(str, doc._.text)


def write_facts(doc: Doc, key: str, facts: Iterable[Any]) -> None:
    """Put `facts` into `doc.spans[key]`, with one span for each that has a place in the text."""
    rows = list(facts)
    spans = []
    for number, fact in enumerate(rows):
        start, end = _place(fact)
        span = (
            doc.char_span(start, end, label=key, alignment_mode="expand", span_id=str(number)) if end > start else None
        )
        if span is not None:
            spans.append(span)
    keep_facts(doc, key, rows, spans)


def keep_facts(doc: Doc, key: str, facts: Iterable[Any], spans: Iterable[Span] = ()) -> None:
    """Put `facts` into `doc.spans[key]` for the components that follow, with those spans alone that are given."""
    doc.spans[key] = SpanGroup(doc, name=key, spans=spans, attrs={"facts": list(facts)})


def read_facts(doc: Doc, key: str) -> list[Any]:
    """Give the facts that a component wrote under `key`, or none if it did not run."""
    return cast(list[Any], doc.spans[key].attrs.get("facts", [])) if key in doc.spans else []


def _place(fact: Any) -> tuple[int, int]:
    """Give the characters that a fact covers, first to last."""
    if "start" in fact:
        return fact["start"], fact["end"]
    parts: Sequence[Offsets] = fact.get("content") or []
    return (min(part[0] for part in parts), max(part[1] for part in parts)) if parts else (0, 0)
