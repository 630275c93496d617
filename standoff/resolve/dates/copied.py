"""Bound the day of a report by that of another which is a copy of the same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from standoff.records import Reading, TimeExpression
from standoff.resolve.copies import WINDOW
from standoff.resolve.dates.bounds import Bound
from standoff.resolve.days import Days, format_days, read_days
from standoff.timex import written_days

WEEK = 6  # days from the first to the last; after these a copy's "on Thursday" would be another one


def list_copy_bounds(
    reading: Reading, others: Iterable[Reading], written: Mapping[str, Days], names: Mapping[str, str]
) -> Iterator[Bound]:
    """Yield the days on which a report may have been written, given the reports that are of the same origin.

    What both tell "on Thursday" was on one Thursday. Where they share no such words, papers still take a story from
    each other within a few days.
    """
    for other in others:
        days = written[other.article.id]
        if days.first is None or days.last is None or days.width > WEEK:
            continue
        what = f"it is a copy of {names[other.article.id]}"
        shared = list(_list_shared(reading.times, other.times, days))
        yield from (Bound(span, 2.4, f"{what}, with “{words}” in both") for span, words in shared)
        if not shared:
            reach = Days(days.first - timedelta(days=WINDOW), days.last + timedelta(days=WEEK))
            yield Bound(reach, 0.8, f"{what}, written {format_days(days)}")


def _list_shared(
    times: Iterable[TimeExpression], others: Iterable[TimeExpression], written: Days
) -> Iterator[tuple[Days, str]]:
    """Yield the days on which a copy was written that gives a day by the same words as a report of known days."""
    known = {other.relative: other for other in others if other.relative is not None}
    for time in times:
        days = read_days(known[time.relative], written) if time.relative in known else None
        if time.relative is None or days is None or days.first is None or days.last is None or days.width > WEEK:
            continue
        span = written_days(time.relative, day_first=days.first, day_last=days.last)
        if span is not None:
            yield Days(*span), time.passage.text
