"""Lay out a picture of lanes over time: a lane for each issue or side, a sign on each day, a bar where it is uncertain.

The template draws it as SVG without styles; the same stands in words in the table beside it.
"""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.dossier.catalogue import bound_days
from standoff.dossier.words import say_code, say_dates

WIDTH, ROW, HEAD = 1000, 34, 26  # units of the picture
SIGN = 15  # units that a sign takes: closer ones stand side by side
REACH = 184  # days within which a stance must be dated to set the picture's span: wider, and one would flatten it
TICKS = 6
FINE = 120  # days below which the days along the top are given as such, not as months


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Show a stance on its day, or on the days between which it lies; places are units from the left."""

    stance: str
    symbol: str
    title: str
    at: float
    start: float
    end: float
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Show one line: its name and where that leads, its place from the top, its signs in order."""

    name: str
    href: str
    y: int
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Hold a picture: its size, its lanes, and the days along its top."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Say that a line holds a stance on some days, `times` times."""

    name: str
    href: str
    stance: str
    earliest: str | None
    latest: str | None
    times: int = 1


def lay_lanes(told: Sequence[Told]) -> Lanes | None:
    """Give the picture of what is dated on both sides; None where fewer than two stances are."""
    dated = [(one, days) for one in told if (days := bound_days(one.earliest, one.latest))]
    near = [days for _, days in dated if (days[1] - days[0]).days <= REACH] or [days for _, days in dated]
    if len(near) < 2:
        return None
    first, last = min(days[0] for days in near), max(days[1] for days in near)
    margin = timedelta(days=max(2, (last - first).days // 25))
    first, last = first - margin, last + margin
    span = (last - first).days

    def place(day: date) -> float:
        return round(max(0, min(span, (day - first).days)) / span * WIDTH, 1)

    names = list(dict.fromkeys((one.name, one.href) for one, _ in dated))
    lanes = []
    for number, (name, href) in enumerate(names):
        signs: list[Sign] = []
        own = [(one, days) for one, days in dated if one.name == name and days[1] >= first and days[0] <= last]
        for one, (start, end) in sorted(own, key=lambda pair: pair[1][0] + (pair[1][1] - pair[1][0]) / 2):
            middle = place(start + (end - start) / 2)
            at = max(middle, signs[-1].at + SIGN) if signs else middle
            signs.append(_make_sign(one, at=at, start=place(start), end=place(end), exact=start == end))
        lanes.append(Lane(name=name, href=href, y=HEAD + ROW * number + ROW // 2, signs=tuple(signs)))
    marked = [first + (last - first) * step / (TICKS - 1) for step in range(TICKS)]
    ticks = tuple((place(day), _say_tick(day, fine=span < FINE)) for day in marked[1:-1])
    return Lanes(width=WIDTH, height=HEAD + ROW * len(lanes), lanes=tuple(lanes), ticks=ticks)


def _say_tick(day: date, *, fine: bool) -> str:
    name = month_abbr[day.month]
    return f"{day.day} {name} {day.year}" if fine else f"{name} {day.year}"


def _make_sign(told: Told, *, at: float, start: float, end: float, exact: bool) -> Sign:
    times = f", {told.times} times" if told.times > 1 else ""
    return Sign(
        stance=told.stance,
        symbol=say_code("symbols", told.stance),
        title=f"{say_code('stances', told.stance)}, {say_dates(told.earliest, told.latest)}{times}",
        at=at,
        start=start,
        end=max(end, start + 1),
        exact=exact,
    )
