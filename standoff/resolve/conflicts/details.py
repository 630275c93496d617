"""Compare what several reports tell of one happening: its numbers, its day, whether all or a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from standoff.records import Conflict, Event, Happening, Reading, make_id
from standoff.resolve.conflicts.numbers import list_counts
from standoff.resolve.conflicts.statements import cut_sentence, find_cue, quote

REPORTS = 6  # reports of one happening that are compared
TELLINGS = 3  # tellings of it in one report that are compared, the best scored first


def pair_details(
    happenings: Sequence[Happening], *, readings: Sequence[Reading], copies: Mapping[str, str]
) -> Iterator[Conflict]:
    """Yield two reports' tellings of one happening where a number, the day, the outcome or the extent differs."""
    texts = {reading.article.id: reading.article.text for reading in readings}
    events = {event.id: event for reading in readings for event in reading.events}
    for happening in happenings:
        told: dict[str, list[Event]] = defaultdict(list)
        for event in sorted((events[key] for key in happening.events if key in events), key=_rank):
            told[copies.get(event.passage.article, event.passage.article)].append(event)
        for one, other in combinations(sorted(told)[:REPORTS], 2):
            pairs = [(left, right) for left in told[one][:TELLINGS] for right in told[other][:TELLINGS]]
            found = [(left, right, list(_list_differences(left, right, texts))) for left, right in pairs]
            left, right, differences = max(found, key=lambda item: len(item[2]))
            if differences:
                yield Conflict(
                    id=make_id("conflict", left.id, right.id),
                    kind="between-articles",
                    left=left.id,
                    right=right.id,
                    score=round(min(0.4 + 0.15 * len(differences) + 0.2 * happening.score, 0.9), 3),
                    why=f"Two reports tell of one happening ({happening.label}) differently: {'; '.join(differences)}.",
                )


def _list_differences(left: Event, right: Event, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield in words each detail in which two tellings differ."""
    if (left.status == "negated") != (right.status == "negated"):
        yield f"{quote(left.passage.text)} is {left.status}, {quote(right.passage.text)} is {right.status}"
    one, other = left.when, right.when
    if one and other and one.earliest and one.latest and other.earliest and other.latest:
        apart = one.latest < other.earliest or other.latest < one.earliest
        if apart:
            yield f"{one.earliest} to {one.latest}, against {other.earliest} to {other.latest}"
    first, second = (
        cut_sentence(texts.get(event.passage.article, event.passage.text), event.passage) for event in (left, right)
    )
    numbers, others = ({count.unit: count for count in list_counts(text)} for text in (first, second))
    for unit in sorted(numbers.keys() & others.keys()):
        if numbers[unit].least > others[unit].most or others[unit].least > numbers[unit].most:
            yield f"{numbers[unit].text}, against {others[unit].text}"
    for here, there, order in ((first, second, 0), (second, first, 1)):
        whole, part = find_cue(here, "whole"), find_cue(there, "part")
        if whole and part and not find_cue(here, "part"):
            yield f"the {('first', 'second')[order]} says “{whole}”, the other “{part}”"


def _rank(event: Event) -> tuple[float, int, str]:
    return -event.score, event.passage.start, event.id
