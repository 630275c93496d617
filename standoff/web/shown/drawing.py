"""Place days on a line in percent, so that one drawing fits a wide screen and a phone and its words keep their size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.dossier.catalogue import bound_days
from standoff.dossier.words import parse_day
from standoff.web.shown.cards import Link

EDGE = 2.5  # percent of a line that stays free at either end, for a sign that stands on the first day
PRECISE = 184  # days within which something must be dated to set a drawing's span: wider, and one would flatten it
CROWDED = 2.6  # percent within which two signs would print over one another
TICKS = 7
TOLD = 12  # signs of one line that are said in words
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Days = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Name a day on the line; `minor` ones are left out where there is little room."""

    at: float
    text: str
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Draw a bar over the days within which something lies, and a sign in their middle; `look` is its class."""

    start: float
    width: float
    at: float
    exact: bool
    look: str
    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Draw one line, with whom or what it is of; `text` says in words what is drawn."""

    label: Link
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Hold lines on one scale, and how many more there are than are drawn."""

    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Give what is to be drawn on a line, before its days have a place."""

    earliest: str | None
    latest: str | None
    look: str
    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Hold the first and the last day of a drawing."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Give where a day stands, in percent of the line; one outside stands at the edge."""
        share = (min(max(day, self.first), self.last) - self.first).days / max(1, (self.last - self.first).days)
        return round(EDGE + (100 - 2 * EDGE) * share, 2)


def make_scale(days: Iterable[Days]) -> Scale | None:
    """Give the scale on which these days fit; None where there are none.

    What is dated within half a year sets the span, as far as anything is.
    """
    known = list(days)
    narrow = [pair for pair in known if (pair[1] - pair[0]).days <= PRECISE] or known
    if not narrow:
        return None
    first, last = min(pair[0] for pair in narrow), max(pair[1] for pair in narrow)
    if (last - first).days < 14:
        first, last = first - timedelta(days=7), last + timedelta(days=7)
    return Scale(first=first, last=last)


def draw_lanes(named: Sequence[tuple[Link, Sequence[Sign]]], *, shown: int, bare: bool = False) -> Chart | None:
    """Draw a line for each of these; None where none has a day with both bounds.

    Lines without such a day are left out, unless `bare` keeps them.
    """
    placed = [
        (label, [(sign, days) for sign in signs if (days := bound_days(sign.earliest, sign.latest))])
        for label, signs in named
    ]
    dated = [(label, signs) for label, signs in placed if signs or bare]
    scale = make_scale(days for _, signs in dated[:shown] for _, days in signs)
    if scale is None:
        return None
    lanes = tuple(
        Lane(label=label, text=_tell(signs), marks=tuple(_mark(signs, scale))) for label, signs in dated[:shown]
    )
    return Chart(ticks=tuple(list_ticks(scale)), lanes=lanes, left_out=len(named) - len(lanes))


def _tell(signs: Sequence[tuple[Sign, Days]]) -> str:
    """Say in words what is drawn on a line, as far as one listens."""
    words = [sign.text for sign, _ in signs]
    return "; ".join(words[:TOLD]) + (f"; and {len(words) - TOLD} more" if len(words) > TOLD else "")


def _mark(signs: Sequence[tuple[Sign, Days]], scale: Scale) -> Iterator[Mark]:
    """Yield the marks of one line; signs that would print over one another stand side by side.

    Of like ones the first stands for those that would print over it. What lies off the scale is an arrow at its edge.
    """
    free, before = 0.0, ""
    for sign, (first, last) in sorted(signs, key=lambda pair: pair[1][0] + (pair[1][1] - pair[1][0]) / 2):
        start, end = scale.place(first), scale.place(last)
        outside = "←" if last < scale.first else "→" if first > scale.last else None
        middle = (start + end) / 2
        if sign.sign and sign.look == before and middle < free and end - start < CROWDED:
            continue
        at = min(max(middle, free), 100 - EDGE / 2)
        free, before = at + CROWDED, sign.look
        yield Mark(
            start=start,
            width=round(max(end - start, 0.6), 2),
            at=round(at, 2),
            exact=first == last or outside is not None,
            look=sign.look,
            sign=outside or sign.sign,
            text=sign.text,
        )


def list_ticks(scale: Scale) -> Iterator[Tick]:
    """Yield the days that name a scale: firsts of months, or, in a span of few weeks, single days."""
    span = (scale.last - scale.first).days
    if span <= 70:
        step = 7 if span <= 7 * TICKS else 14
        days = [scale.first + timedelta(days=number) for number in range(0, span + 1, step)]
        texts = [f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if day == days[0] else "") for day in days]
    else:
        months = list_months(f"{scale.first:%Y-%m}", f"{scale.last:%Y-%m}")
        step = next((size for size in (1, 2, 3, 6, 12, 24, 60) if len(months) / size <= TICKS), 120)
        firsts = [date(int(month[:4]), int(month[5:]), 1) for month in months]
        days = [day for day in firsts if (12 * day.year + day.month - 1) % step == 0 and day >= scale.first]
        texts = [str(day.year) if step >= 12 else f"{MONTHS[day.month - 1]} {day.year}" for day in days]
    for number, (day, text) in enumerate(zip(days, texts, strict=True)):
        yield Tick(at=scale.place(day), text=text, minor=number % 2 == 1)


def list_months(first: str, last: str) -> list[str]:
    """Give the months from one to another, both included.

    >>> list_months("2023-11", "2024-01")
    ['2023-11', '2023-12', '2024-01']
    """
    start, end = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def say_month(month: str) -> str:
    """Say a month in words; what is none is given as it is.

    >>> say_month("2024-05")
    'May 2024'
    """
    day = parse_day(f"{month}-01")
    return f"{MONTHS[day.month - 1]} {day.year}" if day else month
