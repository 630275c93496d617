"""Write an article's days into its reading, and with them every time that hangs on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from standoff.records import Attribution, Event, Occasion, Position, Reading, When
from standoff.resolve.dates.bounds import Solution
from standoff.resolve.days import Days, Times, find_time, index_times, read_days

Item = TypeVar("Item", Attribution, Event, Occasion, Position)


def fill_days(reading: Reading, solution: Solution) -> Reading:
    """Give the reading with its article's days and every `when` filled in, as far as the article's days allow."""
    first, last = (None if day is None else day.isoformat() for day in solution.days)
    times, written = index_times(reading), solution.days
    return replace(
        reading,
        article=replace(reading.article, earliest=first, latest=last, dated_by="; ".join(solution.reasons) or None),
        attributions=tuple(_fill_when(item, times, written) for item in reading.attributions),
        events=tuple(_fill_when(item, times, written) for item in reading.events),
        occasions=tuple(_fill_when(item, times, written) for item in reading.occasions),
        positions=tuple(_fill_when(item, times, written) for item in reading.positions),
    )


def _fill_when(item: Item, times: Times, written: Days) -> Item:
    time = find_time(item, times)
    days = None if time is None else read_days(time, written)
    if item.when is None or days is None:
        return item
    first, last = (None if day is None else day.isoformat() for day in days)
    return replace(item, when=When(earliest=first, latest=last, passage=item.when.passage))
