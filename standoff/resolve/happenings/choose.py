"""Choose what may stand on a timeline: deeds, occasions, and statements that an article puts on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.records import Attribution, Event
from standoff.resolve.days import Days
from standoff.resolve.tellings import Telling

# PLOVER types that are done rather than said; what is only said stands on a timeline if it has a day.
DEEDS = frozenset(
    {"AGREE", "CONSULT", "COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)
SPOKEN = 31  # days; a statement known less precisely is no entry of a timeline


def choose_tellings(tellings: Iterable[Telling]) -> Iterator[Telling]:
    """Yield those of one article's tellings that a timeline may show.

    An event that is only spoken of (hypothetical, negated) is none; an occasion is, since its own day settles what it
    is. Of a speaker's statements of one day, the first is kept, and none that is the telling of an event.
    """
    spoken: set[tuple[frozenset[str], Days]] = set()
    tellings = list(tellings)
    acts = _cover_events(tellings)
    for telling in tellings:
        if isinstance(telling.record, Event):
            known = telling.days != Days() or telling.news or telling.record.type in DEEDS
            if telling.status in ("actual", "future") and known:
                yield telling
        elif not isinstance(telling.record, Attribution):
            yield telling
        elif telling.record.cue is not None and telling.record.cue.start in acts:
            continue
        elif telling.days.width <= SPOKEN and (telling.parties, telling.days) not in spoken:
            spoken.add((telling.parties, telling.days))
            yield telling


def _cover_events(tellings: Iterable[Telling]) -> frozenset[int]:
    """Give the characters of the events with a day: "agreed on Monday to go" is an act, and no statement beside it."""
    events = (item.record for item in tellings if isinstance(item.record, Event) and item.days != Days())
    return frozenset(place for event in events for place in range(event.passage.start, event.passage.end))
