"""What a dated thing of an article says of days: its time expression, read with what is known of the article's day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar

from standoff.records import Attribution, Event, Occasion, Position, Reading, TimeExpression, When
from standoff.timex import resolve_relative

Dated = Attribution | Event | Occasion | Position
Item = TypeVar("Item", Attribution, Event, Occasion, Position)


class Days(NamedTuple):
    """First and last day on which something may lie; None where that side is open."""

    first: date | None = None
    last: date | None = None

    @property
    def width(self) -> int:
        """Give the number of days from first to last, more than any life if a side is open."""
        return 10**6 if self.first is None or self.last is None else (self.last - self.first).days

    def meet(self, other: Days) -> Days | None:
        """Give the days that both allow, or None if there are none."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        both = Days(max(firsts, default=None), min(lasts, default=None))
        return None if both.first is not None and both.last is not None and both.first > both.last else both


class Bound(NamedTuple):
    """Days on which an article may have been written, for a reason; the stronger bound wins where two clash."""

    days: Days
    strength: float
    reason: str


def index_times(reading: Reading) -> Mapping[tuple[int, int], TimeExpression]:
    """Give the time expressions of an article by their offsets."""
    return {(time.passage.start, time.passage.end): time for time in reading.times}


def find_time(item: Dated, times: Mapping[tuple[int, int], TimeExpression]) -> TimeExpression | None:
    """Give the time expression that an item's `when` was read from."""
    if item.when is None or item.when.passage is None:
        return None
    return times.get((item.when.passage.start, item.when.passage.end))


def read_days(time: TimeExpression, written: Days) -> Days | None:
    """Give the days that a time expression means in an article written on the days given, or None if unknown."""
    if time.relative is None:
        return Days(parse_day(time.earliest), parse_day(time.latest)) if time.earliest or time.latest else None
    if written.first is None or written.last is None:
        return None
    span = resolve_relative(time.relative, earliest=written.first, latest=written.last)
    return None if span is None else Days(*span)


def parse_day(text: str | None) -> date | None:
    """Give an ISO day as a date, or None for none."""
    return None if text is None else date.fromisoformat(text)


def format_days(days: Days) -> str:
    """Give days in words: "27 March 2018", "27 to 31 March 2018", "after 29 July 2018".

    >>> format_days(Days(date(2018, 3, 27), date(2018, 3, 31)))
    '27 to 31 March 2018'
    """
    if days.first is None or days.last is None:
        known = days.first or days.last
        if known is None:
            return "an unknown day"
        return f"{'from' if days.last is None else 'up to'} {format_day(known)}"
    if days.first == days.last:
        return format_day(days.first)
    if (days.first.month, days.first.day, days.last.month, days.last.day) == (1, 1, 12, 31):
        return str(days.first.year) if days.first.year == days.last.year else f"{days.first.year} to {days.last.year}"
    if days.first.replace(day=1) == days.last.replace(day=1):
        return f"{days.first.day} to {format_day(days.last)}"
    return f"{format_day(days.first)} to {format_day(days.last)}"


def format_day(day: date) -> str:
    """Give a day in words, as newspapers outside America print it."""
    return f"{day.day} {day:%B} {day.year}"


def fill_whens(reading: Reading, written: Days) -> Reading:
    """Give the reading with the days of every `when` filled in, as far as the article's own days allow."""
    times = index_times(reading)
    return replace(
        reading,
        attributions=tuple(_fill_when(item, times, written) for item in reading.attributions),
        events=tuple(_fill_when(item, times, written) for item in reading.events),
        occasions=tuple(_fill_when(item, times, written) for item in reading.occasions),
        positions=tuple(_fill_when(item, times, written) for item in reading.positions),
    )


def _fill_when(item: Item, times: Mapping[tuple[int, int], TimeExpression], written: Days) -> Item:
    time = find_time(item, times)
    days = None if time is None else read_days(time, written)
    if item.when is None or days is None:
        return item
    first, last = (None if day is None else day.isoformat() for day in days)
    return replace(item, when=When(earliest=first, latest=last, passage=item.when.passage))
