"""Measure how far two sets agree: of passages, of groups, of days."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from standoff.evaluate.gold import Span
from standoff.records import Passage, When


class Share(NamedTuple):
    """Hold how many of the predicted and of the coded entries match."""

    hits: int
    predicted: int
    coded: int

    @property
    def f1(self) -> float:
        return take_percent(2 * self.hits, self.predicted + self.coded)


class Figure(NamedTuple):
    """Hold a score in per cent, and how many coded (for precision: found) entries it is over."""

    percent: float
    over: int


def take_percent(part: float, whole: float) -> float:
    """Give a share in per cent, to one decimal place."""
    return round(100 * part / whole, 1) if whole else 0.0


def measure_share(part: float, whole: int) -> Figure:
    """Give a share in per cent with the whole that it is over."""
    return Figure(take_percent(part, whole), whole)


def find_passages(entry: object) -> Iterator[Passage]:
    """Yield every passage that a record, or any part of one, holds."""
    if isinstance(entry, Passage):
        yield entry
    elif isinstance(entry, (tuple, list)):
        for part in entry:
            yield from find_passages(part)
    elif hasattr(entry, "__dataclass_fields__"):
        for name in entry.__dataclass_fields__:
            yield from find_passages(getattr(entry, name))


def spread_spans(*spans: Span) -> set[int]:
    """Give the characters that spans cover."""
    return {place for start, end in spans for place in range(start, end)}


def cover_passages(passages: Iterable[Passage | None], article: str) -> set[int]:
    """Give the characters of one article that passages cover."""
    return spread_spans(*((item.start, item.end) for item in passages if item is not None and item.article == article))


def compare_sets(left: set[int], right: set[int]) -> float:
    """Give the share of all that is in either set that is in both (Jaccard)."""
    return len(left & right) / len(left | right) if left and right else 0.0


def share_sets(mine: AbstractSet[object], coded: AbstractSet[object]) -> Share:
    """Give how many entries of two sets, found and coded, are the same.

    >>> share_sets({"a", "b"}, {"b"})
    Share(hits=1, predicted=2, coded=1)
    """
    return Share(len(mine & coded), len(mine), len(coded))


def compare_groups(pairs: Sequence[tuple[object, object]]) -> float:
    """Give B-cubed F1 in per cent, for the pair of groups that each entry is put into: one found, one coded.

    Each entry's found group is held against its coded one; precision is the share of the found group that belongs with
    it, recall the share of the coded group that was found with it; both are averaged over entries (Bagga and Baldwin
    1998).

    >>> compare_groups([("a", 1), ("a", 1), ("b", 2)])
    100.0
    >>> compare_groups([("a", 1), ("a", 2)])
    66.7
    """
    if not pairs:
        return 0.0
    precision = _average_purity(pairs)
    recall = _average_purity([(coded, found) for found, coded in pairs])
    return take_percent(2 * precision * recall, precision + recall)


def _average_purity(pairs: Sequence[tuple[object, object]]) -> float:
    groups: dict[object, Counter[object]] = defaultdict(Counter)
    for group, label in pairs:
        groups[group][label] += 1
    return sum(sum(n * n for n in labels.values()) / labels.total() for labels in groups.values()) / len(pairs)


def bound_days(text: str) -> tuple[dt.date, dt.date]:
    """Give the first and last day that an ISO year, month or day, or two of them with a slash between, can mean.

    >>> [str(day) for day in bound_days("2024-02")]
    ['2024-02-01', '2024-02-29']
    >>> [str(day) for day in bound_days("2024-07-02/2024-07-04")]
    ['2024-07-02', '2024-07-04']
    """
    if "/" in text:
        first, last = text.split("/")
        return bound_days(first)[0], bound_days(last)[1]
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    after = dt.date(year, month + 1, 1) if 0 < month < 12 else dt.date(year + 1, 1, 1)
    return dt.date(year, month or 1, 1), after - dt.timedelta(days=1)


def lies_within(when: When | None, text: str | None) -> bool:
    """Tell whether a time lies within a coded date, at that date's precision."""
    if text is None or when is None or when.earliest is None or when.latest is None:
        return False
    first, last = bound_days(text)
    return first <= dt.date.fromisoformat(when.earliest) and dt.date.fromisoformat(when.latest) <= last


def holds_days(mine: tuple[str | None, str | None], coded: Mapping[str, str], *, slack: int) -> bool:
    """Tell whether an article's interval holds all of the coded one and is at most `slack` days wider."""
    first = bound_days(coded["earliest"])[0] if coded.get("earliest") else dt.date.min
    last = bound_days(coded["latest"])[1] if coded.get("latest") else dt.date.max
    low = dt.date.fromisoformat(mine[0]) if mine[0] else dt.date.min
    high = dt.date.fromisoformat(mine[1]) if mine[1] else dt.date.max
    return low <= first and last <= high and (first - low).days + (high - last).days <= slack
