"""Read the day, month and year of a line that dates an article."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
DAYS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"\b{_DAY}(?: of)?[ -]{_MONTH},?[ -](?P<year>\d{{4}})\b",
        rf"\b{_MONTH} {_DAY},? (?P<year>\d{{4}})\b",
        r"\b(?P<year>\d{4})[-/.](?P<number>\d{2})[-/.](?P<day>\d{2})(?!\d)",
        r"\b(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>\d{4})\b",
    )
)
_CLOCK = r"T?\b\d{1,2}(?:[:.]\d{2}){1,2}\s?(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?"
_WEEKDAY = r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
CLOCK_OR_WEEKDAY = re.compile(rf"{_CLOCK}|{_WEEKDAY}", re.IGNORECASE)


def find_day(line: str) -> re.Match[str] | None:
    """Give the first match of a full day (with its year) in a line, however it is written."""
    found = [match for pattern in DAYS if (match := pattern.search(line))]
    return min(found, key=lambda match: match.start(), default=None)


def read_day(line: str) -> str | None:
    """Give the first full day (ISO) that a line names, or None if it names none or one that can be read two ways.

    >>> read_day("PUBLISHED : Monday, 4 June, 2012, 9:10am"), read_day("04/06/2012"), read_day("24/06/2012")
    ('2012-06-04', None, '2012-06-24')
    """
    found = find_day(line)
    if found is None:
        return None
    part = found.groupdict()
    if "first" in part:
        first, second = int(part["first"]), int(part["second"])
        if first != second and max(first, second) <= 12:
            return None
        month, day = min(first, second), max(first, second)
    else:
        month = MONTHS.index(part["month"][:3].lower()) + 1 if "month" in part else int(part["number"])
        day = int(part["day"])
    try:
        return date(int(part["year"]), month, day).isoformat()
    except ValueError:
        return None


def strip_day(line: str) -> str:
    """Give a line without its day, weekday and time of day: what else stands on it."""
    found = find_day(line)
    rest = line if found is None else f"{line[: found.start()]} {line[found.end() :]}"
    return CLOCK_OR_WEEKDAY.sub(" ", rest)
