"""Days that bound a time: how they meet, how a time expression gives them, how they read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from standoff.records import Attribution, Event, Occasion, Position, Reading, TimeExpression, When
from standoff.timex import resolve_relative

_LOOKING_BACK = re.compile(r"^<=?(?=XXXX)")

Times = Mapping[tuple[int, int], TimeExpression]
Dated = Attribution | Event | Occasion | Position


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


def parse_day(text: str | None) -> date | None:
    """Give an ISO day as a date, or None for none."""
    return None if text is None else date.fromisoformat(text[:10])


def read_when(when: When | None) -> Days:
    """Give the days of a `when`; both sides are open if there is none."""
    return Days() if when is None else Days(parse_day(when.earliest), parse_day(when.latest))


def index_times(reading: Reading) -> Times:
    """Give the time expressions of an article by their offsets."""
    return {(time.passage.start, time.passage.end): time for time in reading.times}


def find_time(item: Dated, times: Times) -> TimeExpression | None:
    """Give the time expression that an item's `when` was read from.

    What is told as coming lies ahead: "is to meet her on Thursday" is the next Thursday, whatever the tense said alone.
    """
    if item.when is None or item.when.passage is None:
        return None
    time = times.get((item.when.passage.start, item.when.passage.end))
    if time is None or not isinstance(item, Event | Occasion) or item.status != "future":
        return time
    return replace(time, relative=_LOOKING_BACK.sub(">=", time.relative)) if time.relative else time


def read_days(time: TimeExpression, written: Days) -> Days | None:
    """Give the days that a time expression means in an article written on the days given, or None if unknown."""
    if time.relative is None:
        return Days(parse_day(time.earliest), parse_day(time.latest)) if time.earliest or time.latest else None
    first = _resolve_side(time.relative, written.first, 0)
    last = _resolve_side(time.relative, written.last, 1)
    if first is None or last is None:
        return None if first is last is None else Days(first, last)
    span = resolve_relative(time.relative, earliest=written.first or first, latest=written.last or last)
    return None if span is None else Days(*span)


def _resolve_side(rule: str, day: date | None, side: int) -> date | None:
    """Give the first or last day that a rule gives on a day; a later article never means an earlier day."""
    span = None if day is None else resolve_relative(rule, earliest=day, latest=day)
    return None if span is None else span[side]


def format_days(days: Days) -> str:
    """Give days in words, as newspapers outside America print them.

    >>> format_days(Days(date(2018, 3, 27), date(2018, 3, 31)))
    '27 to 31 March 2018'
    >>> format_days(Days(date(2017, 11, 1), date(2017, 11, 30))), format_days(Days(date(2018, 7, 29), None))
    ('November 2017', 'from 29 July 2018')
    """
    first, last = days
    if first is None or last is None:
        known = first or last
        return "an unknown day" if known is None else f"{'from' if last is None else 'up to'} {format_day(known)}"
    if first == last:
        return format_day(first)
    whole = (
        first.day == 1
        and last.toordinal() + 1 == date(last.year + last.month // 12, last.month % 12 + 1, 1).toordinal()
    )
    if whole and (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}" if whole else f"{first.day} to {format_day(last)}"
    return f"{format_day(first)} to {format_day(last)}"


def format_day(day: date) -> str:
    """Give a day in words: "27 March 2018"."""
    return f"{day.day} {day:%B} {day.year}"
