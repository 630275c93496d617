"""Bound an article by what it tells the end and the length of, where another tells the beginning.

If one report has a strike begin on 18 March, then a report in which "a strike of 31 days" ended "last month" was
written in the May after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from standoff.records import Event, Reading, TimeExpression
from standoff.resolve.dates.bounds import Bound
from standoff.resolve.dates.shared import Key, Known, list_recent
from standoff.resolve.days import Days, format_days
from standoff.resolve.tellings import Telling
from standoff.timex import written_days

NEAR = 12  # characters between what lasted and how long it did ("a strike of 31 days")
DAYS_IN = {"D": 1, "W": 7}
_LENGTH = re.compile(r"P(\d{1,3})([DW])")
_BEGAN = re.compile(r"\b(?:began|begun|begins?|started|starts|launched|launches|went on)\b")
_ENDED = re.compile(r"\b(?:ended|ends|called off|calls off|broke off|finished|suspended|lifted)\b")


def list_lasting_bounds(
    reading: Reading, tellings: Iterable[Telling], known: Mapping[Key, list[Known]], names: Mapping[str, str]
) -> Iterator[Bound]:
    """Yield the days on which an article could be written in which something ended that others have begin."""
    lengths = [time for time in reading.times if time.type == "DURATION" and _LENGTH.fullmatch(time.value)]
    for telling in tellings if lengths else ():
        rule = None if telling.time is None else telling.time.relative
        words = telling.passages[0]
        if rule is None or telling.time is None or _ENDED.search(words.text) is None:
            continue
        length = next((time for time in lengths if words.start < time.passage.start <= words.end + NEAR), None)
        for start in () if length is None else list_recent(telling, known):
            if not _is_beginning(start, telling) or length is None:
                continue
            end = _add_length(start.days, length)
            span = written_days(rule, day_first=end.first, day_last=end.last) if end.first and end.last else None
            if span is not None:
                what = f"what lasted “{length.passage.text}” ended “{telling.time.passage.text}” in it"
                reason = f"{what}, and {names[start.telling.article]} has it begin on {format_days(start.days)}"
                yield Bound(Days(*span), 2.2, reason)


def _is_beginning(known: Known, telling: Telling) -> bool:
    record = known.telling.record
    shared = bool(known.telling.parties & telling.parties) and known.telling.article != telling.article
    return shared and isinstance(record, Event) and _BEGAN.search(record.passage.text) is not None


def _add_length(days: Days, length: TimeExpression) -> Days:
    found = _LENGTH.fullmatch(length.value)
    if found is None or days.first is None or days.last is None:
        return Days()
    more = timedelta(days=int(found[1]) * DAYS_IN[found[2]])
    return Days(days.first + more, days.last + more)
