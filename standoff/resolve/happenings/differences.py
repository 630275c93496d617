"""Find in what details independent reports tell one happening differently: its day, a number, all or a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from standoff.records import Detail, Difference, Event, Passage, When
from standoff.resolve.conflicts.numbers import count_alike, map_counts
from standoff.resolve.conflicts.statements import find_cue, find_sentence, locate_cue, quote

REPORTS = 6  # independent reports of one happening that are compared
TELLINGS = 3  # tellings of it in one report that are compared, the best scored first


def compare_tellings(
    events: Iterable[Event], *, texts: Mapping[str, str], origins: Mapping[str, str]
) -> tuple[Difference, ...]:
    """Give the details in which the reports of one happening differ, those of each two origins that differ most.

    `texts` and `origins` are looked up by article. Two copies of one text are one report.
    """
    told: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=_rank):
        told[origins.get(event.passage.article, event.passage.article)].append(event)
    found: list[Difference] = []
    for one, other in combinations(sorted(told)[:REPORTS], 2):
        pairs = ((left, right) for left in told[one][:TELLINGS] for right in told[other][:TELLINGS])
        compared = [list(_compare(left, right, texts)) for left, right in pairs]
        most = max(compared, key=len)
        found += most
    return tuple(found)


def _rank(event: Event) -> tuple[float, int, str]:
    return -event.score, event.passage.start, event.id


def _compare(left: Event, right: Event, texts: Mapping[str, str]) -> Iterator[Difference]:
    """Yield each detail in which two tellings differ."""
    if (left.status == "negated") != (right.status == "negated"):
        why = f"{quote(left.passage.text)} is {left.status}, {quote(right.passage.text)} is {right.status}"
        yield Difference(what="outcome", left=left.passage, right=right.passage, why=why)
    one, other = left.when, right.when
    if one and other and _are_apart(one, other):
        yield Difference(
            what="day",
            left=one.passage or left.passage,
            right=other.passage or right.passage,
            why=f"{_say_days(one)}, against {_say_days(other)}",
        )
    first, second = (_cut_sentence(event.passage, texts) for event in (left, right))
    numbers, others = (map_counts(sentence.text, terms=True) for sentence in (first, second))
    for unit in sorted(numbers.keys() & others.keys()):
        ours, theirs = numbers[unit], others[unit]
        if count_alike(ours, theirs) and (ours.least > theirs.most or theirs.least > ours.most):
            words = _cut(first, ours.start, ours.end), _cut(second, theirs.start, theirs.end)
            yield _lay_beside("number", *words)
    for here, there, is_first in ((first, second, True), (second, first, False)):
        whole, part = locate_cue(here.text, "whole"), locate_cue(there.text, "part")
        if whole and part and not find_cue(here.text, "part"):
            words = _cut(here, *whole.span()), _cut(there, *part.span())
            yield _lay_beside("extent", *(words if is_first else reversed(words)))


def _are_apart(one: When, other: When) -> bool:
    """Tell whether two times are known and cannot be one."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return one.latest < other.earliest or other.latest < one.earliest


def _say_days(when: When) -> str:
    return f"{when.earliest}" if when.earliest == when.latest else f"{when.earliest} to {when.latest}"


def _cut_sentence(passage: Passage, texts: Mapping[str, str]) -> Passage:
    """Give the sentence around a passage; the passage itself where the text is not at hand."""
    text = texts.get(passage.article)
    if text is None:
        return passage
    start, end = find_sentence(text, passage)
    return Passage(article=passage.article, start=start, end=end, text=text[start:end])


def _cut(sentence: Passage, start: int, end: int) -> Passage:
    place = sentence.start
    return Passage(article=sentence.article, start=place + start, end=place + end, text=sentence.text[start:end])


def _lay_beside(what: Detail, left: Passage, right: Passage) -> Difference:
    return Difference(what=what, left=left, right=right, why=f"{quote(left.text)}, against {quote(right.text)}")
