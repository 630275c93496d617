"""What TIMEX3 values and relative rules mean in days.

A *value* is a TIMEX3 value (TimeML 1.2.1): `2018-03-27`, `2018-W13`, `2018-W13-WE`, `2018-03`, `2018-Q1`, `2018-H1`,
`2018-SU`, `2018`, `201` (a decade), `19` (a century), each with a time of day after a `T` where a day has one.

A *rule* says how the days of an expression follow from the day on which its article was written, so that the
expression can be resolved once that day is known, or bounded once it is bounded. It is a few steps, parted by spaces;
the first starts from the article's day, each other from what the step before gave:

| step | gives | example |
|---|---|---|
| `D-1` `W+0` `M-2` `Q+1` | the day, week, month, quarter, that many away | "last week": `W-1` |
| `H+0` `Y-1` `E-1` `C+0` | the half-year, year, decade, century, likewise | "last year": `Y-1` |
| `@Y-1` | the same as we had, moved: a quarter stays a quarter, a day a day | "a year ago today": `@Y-1` |
| `<=XXXX-WXX-2` | the latest that fits and has begun | "on Tuesday", past: `<=XXXX-WXX-2` |
| `<XXXX-11` | the latest that fits and is over | "last November": `<XXXX-11` |
| `>=XXXX-03-25` | the next that fits and is not over | "will vote on 25 March": `>=XXXX-03-25` |
| `>XXXX-SU` | the next that fits and has not begun | "next summer": `>XXXX-SU` |
| `~XXXX-07` | the nearest that fits, before or after | "the July election": `~XXXX-07` |
| `=XXXX-11` | the first that fits within what we had | "November last year": `Y-1 =XXXX-11` |
| `early` `mid` `late` | its first, middle or last third | "early March": `<=XXXX-03 early` |
| `past` `future` | its days up to, or from, the article's day | "earlier this month": `M+0 past` |
| `-P3M` `+P2W` | the stretch of that length that ends, or begins, there | "in the past three months": `-P3M` |
| `TMO` `T17:55` | the same day, at that time of day | "Tuesday morning": `<=XXXX-WXX-2 TMO` |

A pattern may end in `/2`: the day is also said to be a Tuesday (ISO number). This settles the year of "Tuesday, 27
March" where the article's own year is unknown, and is left aside where no day fits.

Every step keeps order: a later article never gives an earlier day. So an article bounded by two days bounds every
expression in it by what the rule gives on these two, and the other way round.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

Span = tuple[date, date]

# Northern meteorological seasons, as TIMEX3 names them; a winter is named by the year in which it begins.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
THIRDS = ("early", "mid", "late")
MONTHS_IN = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
YEAR = 366
REACH = 200 * YEAR  # days to either side of a known day in which an article may have been written

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?|-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<season>SP|SU|FA|WI)|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|(?P<decade>\d{3})|(?P<century>\d\d)"
)
_MOVE = re.compile(r"(?P<keep>@?)(?P<unit>[DWMQHYEC])(?P<count>[+-]\d{1,4})")
_FIT = re.compile(r"(?P<how><=|<|>=|>|~|=)(?P<pattern>XXXX-[^/ ]+)(?:/(?P<weekday>[1-7]))?")
_STRETCH = re.compile(r"(?P<way>[+-])P(?P<count>\d{1,4})(?P<unit>[DWMQYEC])")


@dataclass(frozen=True, slots=True)
class _Point:
    """Where a rule has got to: a value, the days meant, and the article's day."""

    value: str
    first: date
    last: date
    written: date


@lru_cache(maxsize=4096)
def span_days(value: str) -> Span | None:
    """Give the first and last day of a TIMEX3 value, or None for a duration, a set, a reference or an open value.

    >>> span_days("2018-W13")
    (datetime.date(2018, 3, 26), datetime.date(2018, 4, 1))
    >>> span_days("201"), span_days("P3D")
    ((datetime.date(2010, 1, 1), datetime.date(2019, 12, 31)), None)
    """
    match = _VALUE.fullmatch(value.split("T")[0])
    if match is None:
        return None
    try:
        return _span_of(match)
    except (ValueError, OverflowError):  # the thirty-first of April, week 53 of a short year, the year 0000
        return None


def resolve_value(rule: str, written: date) -> str:
    """Give the TIMEX3 value of `rule` in an article written on that day.

    Raises ValueError for a rule that is not in the notation, or whose days are in no calendar (30 February).

    >>> resolve_value("<=XXXX-WXX-2", date(2018, 3, 28))
    '2018-03-27'
    >>> resolve_value("Y-1 =XXXX-11 early", date(2018, 3, 28))
    '2017-11'
    """
    return _follow(rule, written).value


def resolve_relative(rule: str, *, earliest: date, latest: date) -> Span | None:
    """Give the first and last day that `rule` can mean in an article written between `earliest` and `latest`.

    The wider the bounds, the wider the answer; None if they are the wrong way round or leave the calendar.

    >>> resolve_relative("<=XXXX-11", earliest=date(2018, 3, 28), latest=date(2018, 3, 28))
    (datetime.date(2017, 11, 1), datetime.date(2017, 11, 30))
    >>> resolve_relative("<=XXXX-WXX-2", earliest=date(2018, 1, 1), latest=date(2018, 3, 31))
    (datetime.date(2017, 12, 26), datetime.date(2018, 3, 27))
    """
    if earliest > latest:
        return None
    try:
        span = _follow(rule, earliest).first, _follow(rule, latest).last
    except ValueError:
        return None
    return _narrow(rule, span)


def written_days(rule: str, *, day_first: date, day_last: date) -> Span | None:
    """Give the days on which an article could be written if `rule`, in it, means some of the days given.

    None where the rule does not bound them.

    >>> written_days("<=XXXX-WXX-2", day_first=date(2018, 3, 27), day_last=date(2018, 3, 27))
    (datetime.date(2018, 3, 27), datetime.date(2018, 4, 2))
    >>> written_days("W+1", day_first=date(2018, 4, 8), day_last=date(2018, 4, 8))
    (datetime.date(2018, 3, 26), datetime.date(2018, 4, 1))
    """
    if day_first > day_last:
        return None
    day_first, day_last = _narrow(rule, (day_first, day_last))
    rule = re.sub(r"/\d", "", rule)
    low = max(day_first.toordinal() - REACH, date(MINYEAR + 1300, 1, 1).toordinal())
    high = min(day_last.toordinal() + REACH, date(MAXYEAR - 1300, 1, 1).toordinal())
    try:
        first = _search(low, high, lambda day: _follow(rule, day).last >= day_first)
        last = _search(low, high, lambda day: _follow(rule, day).first > day_last) - 1
    except ValueError:
        return None
    if first == low or last == high or first > last:
        return None
    return date.fromordinal(first), date.fromordinal(last)


def mask_value(rule: str) -> str:
    """Give the TIMEX3 value of `rule` where the article's day is unknown: what it says, with X for what it does not.

    >>> mask_value("<=XXXX-WXX-2 TMO"), mask_value("D-1"), mask_value("Y-1 =XXXX-11")
    ('XXXX-WXX-2TMO', 'XXXX-XX-XX', 'XXXX-11')
    """
    forms = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX", "Y": "XXXX"}
    value, clock = "XXXX-XX-XX", ""
    for step in rule.split():
        if move := _MOVE.fullmatch(step):
            value = value if move["keep"] else forms.get(move["unit"], "XXX" if move["unit"] == "E" else "XX")
        elif fit := _FIT.fullmatch(step):
            value = fit["pattern"]
        elif step.startswith("T"):
            clock = step
    return value + clock


def extend_value(value: str, rule: str) -> tuple[str, Span] | None:
    """Follow `rule` from an absolute value instead of an article's day; give the new value and its days.

    None if `value` has no days or the rule leaves the calendar.

    >>> extend_value("1998", "=XXXX-11 late")
    ('1998-11', (datetime.date(1998, 11, 21), datetime.date(1998, 11, 30)))
    """
    span = span_days(value)
    if span is None:
        return None
    try:
        point = _walk(rule, _Point(value, *span, span[1]))
    except ValueError:
        return None
    return point.value, (point.first, point.last)


@lru_cache(maxsize=4096)
def _follow(rule: str, written: date | int) -> _Point:
    day = date.fromordinal(written) if isinstance(written, int) else written
    return _walk(rule, _Point(day.isoformat(), day, day, day))


def _walk(rule: str, point: _Point) -> _Point:
    """Take the steps of `rule` one after the other; raises ValueError for one that is not known or not possible."""
    for step in rule.split():
        try:
            point = _take_step(step, point)
        except OverflowError as error:
            raise ValueError(f"{step!r} leaves the calendar") from error
    return point


def _take_step(step: str, point: _Point) -> _Point:
    if move := _MOVE.fullmatch(step):
        return _move(point, move["unit"], int(move["count"]), keep=bool(move["keep"]))
    if fit := _FIT.fullmatch(step):
        return _fit(point, fit["how"], fit["pattern"], fit["weekday"])
    if stretch := _STRETCH.fullmatch(step):
        return _stretch(point, stretch["way"], int(stretch["count"]), stretch["unit"])
    if step in THIRDS:
        return _cut_third(point, THIRDS.index(step))
    if step == "past":
        return replace(point, last=max(point.first, min(point.last, point.written)))
    if step == "future":
        return replace(point, first=min(point.last, max(point.first, point.written)))
    if step.startswith("T"):
        value = point.value.split("T")[0]
        return replace(point, value=value + step if _unit_of(value) == "D" else value)
    raise ValueError(f"{step!r} is not a step of a relative rule")


def _search(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Find the first day from `low` to `high` from which on `holds` is true; `high` + 1 if there is none."""
    end = high + 1
    while low < end:
        middle = (low + end) // 2
        if holds(middle):
            end = middle
        else:
            low = middle + 1
    return low


def _narrow(rule: str, span: Span) -> Span:
    """Keep, of a span, what lies between its first and last day that is the weekday and date the rule names."""
    match = next((fit for step in reversed(rule.split()) if (fit := _FIT.fullmatch(step)) and fit["weekday"]), None)
    if match is None:
        return span
    years = range(span[0].year, span[1].year + 1)
    days = [found[0] for year in years if (found := span_days(match["pattern"].replace("XXXX", f"{year:04}", 1)))]
    fitting = [day for day in days if span[0] <= day <= span[1] and day.isoweekday() == int(match["weekday"])]
    return (fitting[0], fitting[-1]) if fitting else span


def _span_of(match: re.Match[str]) -> Span:
    if match["century"]:
        return _months(date(int(match["century"]) * 100 or 1, 1, 1), 1200)
    if match["decade"]:
        return _months(date(int(match["decade"]) * 10 or 1, 1, 1), 120)
    year = int(match["year"])
    if match["week"]:
        weekday = match["weekday"]
        first = date.fromisocalendar(year, int(match["week"]), 6 if weekday == "WE" else int(weekday or 1))
        return first, first + timedelta(days={None: 6, "WE": 1}.get(weekday, 0))
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return _months(date(year, int(match["month"]), 1), 1)
    if match["quarter"]:
        return _months(date(year, 3 * int(match["quarter"]) - 2, 1), 3)
    if match["half"]:
        return _months(date(year, 6 * int(match["half"]) - 5, 1), 6)
    if match["season"]:
        return _months(date(year, SEASONS[match["season"]], 1), 3)
    return _months(date(year, 1, 1), 12)


def _months(first: date, count: int) -> Span:
    return first, _add_months(first, count) - timedelta(days=1)


def _add_months(day: date, count: int) -> date:
    """Move a day by months; the thirty-first becomes the last of a shorter month."""
    number = day.year * 12 + day.month - 1 + count
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _add(day: date, count: int, unit: str) -> date:
    return (
        day + timedelta(days=count * (7 if unit == "W" else 1))
        if unit in "DW"
        else _add_months(day, count * MONTHS_IN[unit])
    )


def _unit_of(value: str) -> str:
    """Name the unit of a value: a letter as in a move, `WE` for a weekend, `S` for a season."""
    match = _VALUE.fullmatch(value)
    if match is None or match["century"]:
        return "C"
    if match["week"]:
        return {None: "W", "WE": "WE"}.get(match["weekday"], "D")
    names = {"decade": "E", "day": "D", "month": "M", "quarter": "Q", "half": "H", "season": "S"}
    return next((letter for name, letter in names.items() if match[name]), "Y")


def _name_period(day: date, unit: str) -> str:
    """Give the value of the period of that unit in which the day lies."""
    year, month = day.year, day.month
    week = day.isocalendar()
    if unit == "S":
        name = next(name for name, first in SEASONS.items() if (month - first) % 12 < 3)
        return f"{year - (month < 3):04}-{name}"
    return {
        "D": day.isoformat(),
        "W": f"{week.year:04}-W{week.week:02}",
        "WE": f"{week.year:04}-W{week.week:02}-WE",
        "M": f"{year:04}-{month:02}",
        "Q": f"{year:04}-Q{(month + 2) // 3}",
        "H": f"{year:04}-H{(month + 5) // 6}",
        "Y": f"{year:04}",
        "E": f"{year // 10:03}",
        "C": f"{year // 100:02}",
    }[unit]


def _at(value: str, written: date) -> _Point:
    span = span_days(value)
    if span is None:
        raise ValueError(f"{value} is not in the calendar")
    return _Point(value, *span, written)


def _move(point: _Point, unit: str, count: int, *, keep: bool) -> _Point:
    if keep:
        return _at(_name_period(_add(point.first, count, unit), _unit_of(point.value.split("T")[0])), point.written)
    if unit in "DW" and point.first != point.last and (point.last - point.first).days > 6:
        # Three days after "November" is still known only as around November.
        return replace(point, first=_add(point.first, count, unit), last=_add(point.last, count, unit))
    start = point.last if unit == "D" and count > 0 else point.first
    return _at(_name_period(_add(start, count, unit), unit), point.written)


def _fit(point: _Point, how: str, pattern: str, weekday: str | None) -> _Point:
    """Choose among the periods that a pattern names around a point; within a year of it, a weekday must fit too."""
    fits = [_at(value, point.written) for value in _list_fits(pattern, point)]
    if weekday is not None:
        near = [fit for fit in fits if abs((fit.first - point.first).days) <= YEAR]
        fits = [fit for fit in near if fit.first.isoweekday() == int(weekday)] or fits
    if how == "<=":
        chosen = [fit for fit in fits if fit.first <= point.first][-1:]
    elif how == "<":
        chosen = [fit for fit in fits if fit.last < point.first][-1:]
    elif how == ">=":
        chosen = [fit for fit in fits if fit.last >= point.first][:1]
    elif how == ">":
        chosen = [fit for fit in fits if fit.first > point.last][:1]
    elif how == "=" and (inside := [fit for fit in fits if point.first <= fit.first <= point.last]):
        chosen = inside[:1]
    else:
        middle = point.first.toordinal() + point.last.toordinal()
        chosen = sorted(fits, key=lambda fit: abs(fit.first.toordinal() + fit.last.toordinal() - middle))[:1]
    if not chosen:
        raise ValueError(f"no {pattern} around {point.value}")
    return chosen[0]


def _list_fits(pattern: str, point: _Point) -> Iterator[str]:
    """Yield the values that fit a pattern, in order of time, from well before the point to well after it."""
    if pattern.startswith("XXXX-WXX-"):
        monday = point.first - timedelta(days=point.first.weekday())
        for count in range(-2, (point.last - point.first).days // 7 + 3):
            week = monday + timedelta(weeks=count)
            if pattern.endswith("WE"):
                yield _name_period(week, "WE")
            else:
                yield (week + timedelta(days=int(pattern[-1]) - 1)).isoformat()
        return
    if pattern.startswith("XXXX-XX-"):
        month = point.first.replace(day=1)
        values = (_name_period(_add_months(month, count), "M") + pattern[7:] for count in range(-3, 4))
    else:
        years = range(max(point.first.year - 9, MINYEAR), min(point.last.year + 9, MAXYEAR) + 1)
        values = (pattern.replace("XXXX", f"{year:04}", 1) for year in years)
    yield from (value for value in values if span_days(value))


def _cut_third(point: _Point, which: int) -> _Point:
    days = (point.last - point.first).days + 1
    first = point.first + timedelta(days=days * which // 3)
    last = point.first + timedelta(days=max(days * (which + 1) // 3, days * which // 3 + 1) - 1)
    return replace(point, first=first, last=min(last, point.last))


def _stretch(point: _Point, way: str, count: int, unit: str) -> _Point:
    if way == "-":
        return replace(point, first=_add(point.first, -count, unit))
    return replace(point, last=_add(point.last, count, unit))
