"""Write an article's days into its reading, and with them every time that hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from standoff.records import Attribution, Event, Occasion, Position, Reading, TimeExpression, When
from standoff.resolve.dates.apart import Measured
from standoff.resolve.dates.bounds import Solution
from standoff.resolve.days import Days, Times, find_time, index_times, read_days
from standoff.resolve.memory import remembered

Told = TypeVar("Told", Event, Occasion)
Item = TypeVar("Item", Attribution, Event, Occasion, Position)


def fill_days(reading: Reading, solution: Solution, measured: Mapping[str, Measured]) -> Reading:
    """Give the reading with its article's days and every `when` filled in, as far as the article's days allow.

    `measured` are the days of what the article dates by its distance from something else.
    """
    return _fill_days(reading, solution, tuple(sorted(measured.items())))


@remembered
def _fill_days(reading: Reading, solution: Solution, items: tuple[tuple[str, Measured], ...]) -> Reading:
    """Do what `fill_days` does, with what is measured as pairs."""
    measured = dict(items)
    first, last = (None if day is None else day.isoformat() for day in solution.days)
    times, written = index_times(_fix_times(reading, measured)), solution.days
    return replace(
        reading,
        times=tuple(times.values()),
        article=replace(reading.article, earliest=first, latest=last, dated_by=", and ".join(solution.reasons) or None),
        attributions=tuple(_fill_when(item, times, written) for item in reading.attributions),
        events=tuple(_fill_when(_point(item, measured), times, written) for item in reading.events),
        occasions=tuple(_fill_when(_point(item, measured), times, written) for item in reading.occasions),
        positions=tuple(_fill_when(item, times, written) for item in reading.positions),
    )


def _fix_times(reading: Reading, measured: Mapping[str, Measured]) -> Reading:
    """Give "two days" in "two days after the vote" the days that it leads to."""
    days = {(item.passage.start, item.passage.end): item.days for item in measured.values()}
    return replace(reading, times=tuple(_fix_time(time, days) for time in reading.times))


def _fix_time(time: TimeExpression, measured: Mapping[tuple[int, int], Days]) -> TimeExpression:
    days = measured.get((time.passage.start, time.passage.end))
    if days is None:
        return time
    first, last = (None if day is None else day.isoformat() for day in days)
    return replace(time, earliest=first, latest=last)


def _point(item: Told, measured: Mapping[str, Measured]) -> Told:
    found = measured.get(item.id)
    return item if found is None else replace(item, when=When(earliest=None, latest=None, passage=found.passage))


def _fill_when(item: Item, times: Times, written: Days) -> Item:
    time = find_time(item, times)
    days = None if time is None else read_days(time, written)
    if item.when is None or days is None:
        return item
    first, last = (None if day is None else day.isoformat() for day in days)
    return replace(item, when=When(earliest=first, latest=last, passage=item.when.passage))
