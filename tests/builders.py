"""Build records for tests, filling in what a test does not care about.

>>> make_position(holder="ito", stance="against").stance
'against'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from standoff.records import (
    Act,
    Actor,
    Article,
    Attribution,
    Event,
    Happening,
    Kind,
    Passage,
    Position,
    Reading,
    Source,
    Stance,
    Status,
    When,
    make_id,
)

TEXT = "Ada Ito said there would be no talks with the guild. The guild called for talks on Monday."


def make_article(name: str = "a1", *, text: str = TEXT, day: str | None = None, **fields: Any) -> Article:
    """Build an article; `day` bounds it to that one day."""
    return Article(**{"id": name, "source": f"{name}.txt", "text": text, "earliest": day, "latest": day, **fields})


def make_actor(name: str, *, kind: Kind = "person", **fields: Any) -> Actor:
    """Build an actor whose id is its name in small letters, words joined by underscores."""
    return Actor(**{"id": name.lower().replace(" ", "_"), "name": name, "kind": kind, **fields})


def cut(text: str, *, article: str = "a1", within: str | None = None, start: int = 0) -> Passage:
    """Build the passage of `text`; it starts where it stands in `within`, if that is given, else at `start`."""
    start = start if within is None else within.index(text)
    return Passage(article=article, start=start, end=start + len(text), text=text)


def make_when(earliest: str | None, latest: str | None = None) -> When:
    """Build an interval, of one day if only one is given."""
    return When(earliest=earliest, latest=latest or earliest)


def make_attribution(
    text: str,
    *,
    by: str | None = "ito",
    article: str = "a1",
    within: str | None = None,
    cue: str | None = "said",
    act: Act = "say",
    **fields: Any,
) -> Attribution:
    """Build a statement of `text` by the actor with the id `by`."""
    defaults: dict[str, Any] = {
        "id": make_id("attribution", article, text, by),
        "source": None if by is None else Source(actor=by),
        "cue": None if cue is None else cut(cue, article=article),
        "content": (cut(text, article=article, within=within),),
        "directness": "indirect",
        "act": act,
        "score": 0.9,
        "made_by": "test",
    }
    return Attribution(**{**defaults, **fields})


def make_event(
    text: str,
    *,
    kind: str = "CONSULT",
    actors: Sequence[str] = ("ito",),
    recipients: Sequence[str] = (),
    status: Status = "actual",
    article: str = "a1",
    within: str | None = None,
    **fields: Any,
) -> Event:
    """Build an event of the PLOVER type `kind`, told by `text`."""
    defaults: dict[str, Any] = {
        "id": make_id("event", article, text, kind, *actors),
        "type": kind,
        "actors": tuple(actors),
        "recipients": tuple(recipients),
        "passage": cut(text, article=article, within=within),
        "status": status,
        "score": 0.8,
        "why": "Built for a test.",
        "made_by": "test",
    }
    return Event(**{**defaults, **fields})


def make_position(
    text: str = "no talks",
    *,
    holder: str = "ito",
    issue: str = "negotiation",
    stance: Stance = "for",
    article: str = "a1",
    within: str | None = None,
    **fields: Any,
) -> Position:
    """Build a position of the actor with the id `holder`."""
    defaults: dict[str, Any] = {
        "id": make_id("position", article, text, holder, issue, stance),
        "holder": holder,
        "issue": issue,
        "stance": stance,
        "passage": cut(text, article=article, within=within),
        "score": 0.8,
        "why": "Built for a test.",
        "made_by": "test",
    }
    return Position(**{**defaults, **fields})


def make_happening(label: str = "The vote", *, events: Sequence[Event] = (), **fields: Any) -> Happening:
    """Build a happening that merges `events`."""
    defaults: dict[str, Any] = {
        "id": make_id("happening", label),
        "label": label,
        "events": tuple(event.id for event in events),
        "articles": tuple(dict.fromkeys(event.passage.article for event in events)),
        "passages": tuple(event.passage for event in events),
        "score": 0.8,
        "why": "Built for a test.",
    }
    return Happening(**{**defaults, **fields})


def make_reading(article: Article | None = None, **fields: Any) -> Reading:
    """Build a reading of `article`, or of a made-up one."""
    return Reading(**{"article": article or make_article(), **fields})
