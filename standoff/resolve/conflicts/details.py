"""List as a conflict what two independent reports of one happening tell differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from standoff.records import Conflict, Difference, Event, Happening, Passage, Reading, make_id


def pair_details(happenings: Sequence[Happening], *, readings: Sequence[Reading]) -> Iterator[Conflict]:
    """Yield two independent reports' tellings of one happening that differ: in a number, the day, the extent."""
    known = {event.id: event for reading in readings for event in reading.events}
    for happening in happenings:
        events = [known[key] for key in happening.events if key in known]
        by_reports: dict[tuple[str, str], list[Difference]] = defaultdict(list)
        for item in happening.differences:
            by_reports[item.left.article, item.right.article].append(item)
        for differences in by_reports.values():
            left, right = (_find_telling(side, events) for side in (differences[0].left, differences[0].right))
            yield Conflict(
                id=make_id("conflict", left.id, right.id),
                kind="between-articles",
                left=left.id,
                right=right.id,
                score=round(min(0.4 + 0.15 * len(differences) + 0.2 * happening.score, 0.9), 3),
                why=(
                    f"Two reports tell of one happening ({happening.label}) differently: "
                    f"{'; '.join(item.why for item in differences)}."
                ),
            )


def _find_telling(words: Passage, events: Sequence[Event]) -> Event:
    """Give the telling of a happening that some words of its article belong to: the nearest."""
    own = [event for event in events if event.passage.article == words.article]
    return min(own, key=lambda event: (_measure_gap(event.passage, words), -event.score, event.id))


def _measure_gap(one: Passage, other: Passage) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
