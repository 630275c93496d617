"""Date what an article puts so many days before or after something else: "two days after the elections".

Of the two, one must be known, from the article itself or from another: then the other follows, and with it, if the
article also says on which "Tuesday" it was, the article's own day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from standoff.records import Passage, Reading, TimeExpression
from standoff.resolve.dates.bounds import Bound, Solution
from standoff.resolve.dates.shared import Key, Known, list_known
from standoff.resolve.days import Days, format_days, read_days
from standoff.resolve.tellings import Telling
from standoff.timex import written_days

CLOSE = 6  # days; what is known less precisely than to the week measures nothing off
NEAR = 80  # characters from "two weeks after" to the start of what it is measured from
REACH = 300  # characters from what is measured to "two weeks after"
DAYS_IN = {"D": 1, "W": 7}

_LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
_LINK = re.compile(r"\s+(after|before)\s")
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s|\n")


class Measured(NamedTuple):
    """A telling whose days follow from another's, and the words that say how."""

    days: Days
    passage: Passage


def measure_days(
    reading: Reading, tellings: Sequence[Telling], known: Mapping[Key, list[Known]], solution: Solution
) -> dict[str, Measured]:
    """Give the days of what the article dates by its distance from something else, by the id of its record.

    Days and weeks are counted; a month or a year later is known to the month or the year.
    """
    measured = _measure_tellings(reading, tellings, known, solution)
    return {item.id: found for item, found in measured if _is_open(item, found.passage)}


def list_measured_bounds(
    reading: Reading, tellings: Sequence[Telling], known: Mapping[Key, list[Known]], solution: Solution
) -> Iterator[Bound]:
    """Yield when an article could be written in which what was "on Tuesday" was so many days after a known day.

    What is told as past without a day of its own bounds only the first day.
    """
    for telling, (days, passage) in _measure_tellings(reading, tellings, known, solution):
        if days.first is None or days.last is None or telling.status != "actual" or not telling.dates:
            continue
        reason = f"“{passage.text}” in it leads to {format_days(days)}"
        rule = None if _is_open(telling, passage) or telling.time is None else telling.time.relative
        span = None if rule is None else written_days(rule, day_first=days.first, day_last=days.last)
        if span is not None and telling.time is not None:
            yield Bound(Days(*span), 2.3, f"{reason}, its “{telling.time.passage.text}”")
        elif _is_open(telling, passage):
            yield Bound(Days(days.first, None), 1.2, reason)
    for time in reading.times:
        measured = _measure_beside(reading, tellings, time, known, solution)
        if measured is not None and time.relative is not None and measured.days.first and measured.days.last:
            span = written_days(time.relative, day_first=measured.days.first, day_last=measured.days.last)
            reason = f"“{measured.passage.text}” in it leads to {format_days(measured.days)}, its “{time.passage.text}”"
            if span is not None:
                yield Bound(Days(*span), 2.3, reason)


def _measure_beside(
    reading: Reading,
    tellings: Sequence[Telling],
    time: TimeExpression,
    known: Mapping[Key, list[Known]],
    solution: Solution,
) -> Measured | None:
    """Give the days of a time that a distance right after it explains: "on Tuesday, 100 days after his arrest"."""
    text = reading.article.text
    for length in reading.times:
        found, link = _LENGTH.fullmatch(length.value), _LINK.match(text, length.passage.end)
        beside = text[time.passage.end : length.passage.start].strip(" ,") == ""
        if found is None or link is None or not time.passage.end <= length.passage.start or not beside:
            continue
        _, base = _list_sides(text, tellings, length.passage, link.end())
        bare = [item for item in base if item.time is None or item.time.passage.end <= length.passage.start]
        start = next((days for item in bare if (days := _find_known(item, known, solution)) is not None), None)
        if start is not None:
            count = int(found[1]) * (1 if link[1] == "after" else -1)
            return Measured(_move(start, count, found[2]), length.passage)
    return None


def _measure_tellings(
    reading: Reading, tellings: Sequence[Telling], known: Mapping[Key, list[Known]], solution: Solution
) -> Iterator[tuple[Telling, Measured]]:
    """Yield what is measured off from something of a known day, whether or not it has a time of its own."""
    for time in reading.times:
        length, link = _LENGTH.fullmatch(time.value), _LINK.match(reading.article.text, time.passage.end)
        if time.type != "DURATION" or length is None or link is None:
            continue
        count, unit = int(length[1]) * (1 if link[1] == "after" else -1), length[2]
        later, base = _list_sides(reading.article.text, tellings, time.passage, link.end())
        if not base:
            continue
        start = next((days for item in base[:1] if (days := _know_days(item, known, solution)) is not None), None)
        if start is not None:
            yield from ((item, Measured(_move(start, count, unit), time.passage)) for item in later[:1])
            continue
        dated = [days for item in later if (days := _know_days(item, known, solution)) is not None]
        dated += _list_named(reading, time.passage, solution)
        if dated:
            yield from ((item, Measured(_move(dated[0], -count, unit), time.passage)) for item in base)


def _list_sides(text: str, tellings: Sequence[Telling], time: Passage, end: int) -> tuple[list[Telling], list[Telling]]:
    """Give what a sentence tells before "two days after", the nearest first, and what begins right after it."""
    before = [
        item
        for item in tellings
        if item.passages[0].start < time.start
        and time.start - item.passages[0].start <= REACH
        and _SENTENCE_END.search(text, item.passages[0].start, time.start) is None
    ]
    after = [
        item
        for item in tellings
        if end <= item.passages[0].start + 4 and item.passages[0].start <= end + NEAR
        if _SENTENCE_END.search(text, end, item.passages[0].start) is None
    ]
    before.sort(key=lambda item: (-item.passages[0].start, item.id))
    after.sort(key=lambda item: (item.passages[0].start, item.id))
    first = after[0].passages[0] if after else None
    return before, [item for item in after if first is not None and item.passages[0].start < first.end]


def _is_open(telling: Telling, passage: Passage) -> bool:
    """Tell whether a telling has no time of its own but the one that measures it off."""
    return telling.time is None or telling.time.passage == passage


def _list_named(reading: Reading, passage: Passage, solution: Solution) -> list[Days]:
    """Give the days that the sentence names before "two days after", the nearest first."""
    text, found = reading.article.text, []
    for time in reading.times:
        start, end = time.passage.start, passage.start
        if start < end <= start + REACH and _SENTENCE_END.search(text, start, end) is None:
            days = read_days(time, solution.days)
            found += [days] if days is not None and days.width <= CLOSE else []
    return found[::-1]


def _know_days(telling: Telling, known: Mapping[Key, list[Known]], solution: Solution) -> Days | None:
    """Give the days of a telling from its own time, else the last before the article that others know."""
    if telling.time is not None:
        days = read_days(telling.time, solution.days)
        return days if days is not None and days.width <= CLOSE else None
    return _find_known(telling, known, solution)


def _find_known(telling: Telling, known: Mapping[Key, list[Known]], solution: Solution) -> Days | None:
    """Give the last days before the article that others know for what happens once."""
    if not (telling.has("national") or telling.has("deed")):
        return None
    fitting = [item for item in list_known(telling, known) if item.days.width <= CLOSE and _is_before(item, solution)]
    return max((item.days for item in fitting), key=str, default=None)


def _is_before(item: Known, solution: Solution) -> bool:
    return item.days.first is not None and (solution.days.last is None or item.days.first <= solution.days.last)


def _move(days: Days, count: int, unit: str) -> Days:
    return Days(*_move_sides(days, count, unit))


def _move_sides(days: Days, count: int, unit: str) -> Iterator[date | None]:
    for side, day in enumerate(days):
        if day is None:
            yield None
        elif unit in DAYS_IN:
            yield day + timedelta(days=count * DAYS_IN[unit])
        else:
            months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
            first = date(months // 12, months % 12 + 1, 1)
            yield first if side == 0 else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
