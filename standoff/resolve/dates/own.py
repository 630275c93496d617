"""Bound the day of an article from its own words: what it tells as past or as still to come, on days it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta

from standoff.records import Reading
from standoff.resolve.dates.bounds import Bound
from standoff.resolve.days import Days, read_days
from standoff.resolve.tellings import Telling
from standoff.timex import span_days

EVER = Days()
REACH = 3 * 366  # days; within wider bounds than these a month is not looked for
LINE = 60  # characters within which a report's opening line gives its day
_DAY_OF_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)")
_LINE_END = re.compile(r"\s*(?:\([^()\n]{2,30}\)\s*)?[-–—]")
_EARLIER_IN_MONTH = re.compile(r"XXXX-(\d\d) past")  # "earlier in March", said while it is still March


def list_own_bounds(tellings: Iterable[Telling]) -> Iterator[Bound]:
    """Yield a bound for each event, occasion and statement on a day that its article names in full.

    Written after what is told as done began, and before what is told as coming is over. A statement is past.
    """
    for telling in tellings:
        if telling.time is None or telling.time.relative is not None or not telling.dates:
            continue
        days = read_days(telling.time, EVER)
        if days is None:
            continue
        quoted = telling.time.passage.text
        if telling.status == "actual" and days.first is not None:
            yield Bound(Days(days.first, None), 1.0, f"it tells of “{quoted}” as past")
        elif telling.status == "future" and days.last is not None:
            yield Bound(Days(None, days.last), 1.0, f"“{quoted}” still lies ahead in it")


def list_month_bounds(reading: Reading, known: Days) -> Iterator[Bound]:
    """Yield a bound for "earlier in March": the article is of that month, if `known` leaves only one such month."""
    for time in reading.times:
        match = _EARLIER_IN_MONTH.search(time.relative or "")
        months = _list_months(int(match[1]), known) if match else []
        if len(months) == 1:
            yield Bound(months[0], 0.5, f"it says “{time.passage.text}” within that month")


def list_line_bounds(reading: Reading, known: Days) -> Iterator[Bound]:
    """Yield a bound for a line that opens the report with a day but no year ("BOGOTÁ, Oct. 7 –"), if one year fits."""
    for time in reading.times:
        match = _DAY_OF_YEAR.search(time.relative or "")
        after = reading.article.text[time.passage.end : time.passage.end + LINE]
        if match is None or time.passage.start > LINE or _LINE_END.match(after) is None:
            continue
        days = [Days(day, day) for day in _list_days(int(match[1]), int(match[2]), known)]
        if len(days) == 1:
            yield Bound(days[0], 1.5, f"its first line has “{time.passage.text}”")


def _list_days(month: int, day: int, known: Days) -> Iterator[date]:
    """Yield that day of each year that lies within the known days, if these are bounded to both sides."""
    if known.first is None or known.last is None or known.width > REACH:
        return
    for year in range(known.first.year, known.last.year + 1):
        with suppress(ValueError):  # 29 February
            found = date(year, month, day)
            if known.meet(Days(found, found)) is not None:
                yield found


def _list_months(month: int, known: Days) -> list[Days]:
    """Give each month of that number that meets the known days."""
    if known.first is None or known.last is None or known.width > REACH:
        return []
    years = range((known.first - timedelta(days=31)).year, (known.last + timedelta(days=31)).year + 1)
    months = [Days(*span) for year in years if (span := span_days(f"{year:04}-{month:02}"))]
    return [days for days in months if days.meet(known) is not None]
