"""Read where parties stand from what they do: the event types that an issue of the codebook lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.annotate.facts import EventFact, PositionFact
from standoff.annotate.positions.cues import IssueCues

DONE = 0.55  # a stance shown by a deed; the deed may have other grounds


def read_deeds(events: Iterable[EventFact], *, cues: IssueCues) -> Iterator[PositionFact]:
    """Yield the positions that actual events show by their type."""
    for number, event in enumerate(events):
        kind = f"{event['type']}/{event['mode']}" if event["mode"] else event["type"]
        shown = cues.shown_by.get(kind) or cues.shown_by.get(event["type"])
        if shown is None or event["status"] != "actual":
            continue
        issue, sign = shown
        stance = "for" if sign > 0 else "against"
        for holder in event["actors"]:
            yield PositionFact(
                start=event["start"],
                end=event["end"],
                holder=holder,
                issue=issue,
                stance=stance,
                toward=event["recipients"][0] if event["recipients"] else None,
                condition=None,
                time=event["time"],
                event=number,
                score=round(DONE * event["score"], 3),
                why=f"Does it: the event is coded {kind}, which shows a stance {stance} {issue}.",
                made_by="rules/event-stance",
            )
