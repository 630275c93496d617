"""Lay out the deeds of one actor to another as columns by month: together above the line, against each other below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.codebooks import load_codebook
from standoff.codebooks.ratings import fold_ahead, rate_event
from standoff.dossier.words import say_code
from standoff.store.index.dealings import Dealing
from standoff.web.shown.drawing import list_months, say_month

REACH = 13  # months before the first report and after the last that are drawn
STEPS = (1, 3, 12)  # months in a column: where there would be too many, quarters and years are drawn
MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Hold the deeds of one span of months; places are in percent, heights in parts of the highest of all panels."""

    text: str
    at: float
    width: float
    up: float
    down: float
    ask: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Draw what one did to another; `text` says it in words, `undrawn` counts the deeds whose month is not known."""

    label: str
    text: str
    deeds: int
    undrawn: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Hold the months that the panels share; `step` is how many there are in a column."""

    months: tuple[str, ...]
    step: int
    highest: int
    first: str
    last: str


def count_type(dealing: Dealing) -> str:
    """Give the type that deeds count as: a planned meeting is an agreement to meet, as the manual has it."""
    return fold_ahead(load_codebook("plover"), dealing.type, None, dealing.status)[0]


def find_quad(type: str) -> int | None:
    """Give the quad of a type, by the codebook of event types."""
    return rate_event(load_codebook("plover"), type).quad


def make_axis(dealings: Iterable[Dealing], *, first: str | None, last: str | None) -> Axis | None:
    """Give the months that deeds fall in, around the days of the reports; None where no deed has a month."""
    dealings = list(dealings)
    known = sorted({dealing.month for dealing in dealings if dealing.month})
    if not known:
        return None
    near = [month for month in known if _is_near(month, (first or known[0])[:7], (last or known[-1])[:7])] or known
    months = list_months(near[0], near[-1])
    step = next((size for size in STEPS if len(months) / size <= MOST), STEPS[-1])
    if step > 1:
        begin = int(near[0][5:7]) - 1
        months = list_months(f"{near[0][:4]}-{begin - begin % step + 1:02}", near[-1])
    counts: Counter[tuple[str, str, int, bool]] = Counter()
    places = {month: number // step for number, month in enumerate(months)}
    for dealing in dealings:
        if dealing.month in places:
            side = _choose_side(dealing) == "up"
            counts[dealing.actor, dealing.recipient, places[dealing.month], side] += dealing.deeds
    return Axis(
        months=tuple(months),
        step=step,
        highest=max(counts.values(), default=1),
        first=_say_span(months, 0, step),
        last=_say_span(months, (len(months) - 1) // step, step),
    )


def draw_panel(label: str, dealings: Sequence[Dealing], axis: Axis | None) -> Panel:
    """Draw the deeds of one actor to another on the axis that all panels share."""
    total = sum(dealing.deeds for dealing in dealings)
    if axis is None:
        return Panel(
            label=label, text=f"{label}: {total} deeds, none with a month", deeds=total, undrawn=total, columns=()
        )
    places = {month: number // axis.step for number, month in enumerate(axis.months)}
    counts: Counter[tuple[int, str]] = Counter()
    types: dict[int, Counter[str]] = {}
    for dealing in dealings:
        if dealing.month in places:
            place = places[dealing.month]
            counts[place, _choose_side(dealing)] += dealing.deeds
            types.setdefault(place, Counter())[say_code("types", count_type(dealing))] += dealing.deeds
    width = 100 / ((len(axis.months) - 1) // axis.step + 1)
    columns = tuple(
        Column(
            text=f"{_say_span(axis.months, place, axis.step)}: {_say_types(told)}",
            at=round(place * width + 0.08 * width, 3),
            width=round(min(0.84 * width, 6), 3),
            up=round(counts[place, "up"] / axis.highest, 3),
            down=round(counts[place, "down"] / axis.highest, 3),
            ask=round(counts[place, "ask"] / axis.highest, 3),
        )
        for place, told in sorted(types.items())
    )
    drawn = sum(counts.values())
    words = "; ".join(column.text for column in columns) or "none with a month"
    return Panel(label=label, text=f"{label}: {words}", deeds=total, undrawn=total - drawn, columns=columns)


def _choose_side(dealing: Dealing) -> str:
    """Tell on which side of the line a deed lies: working together, against each other, or asking."""
    type = count_type(dealing)
    if find_quad(type) in (1, 2):
        return "up"
    return "ask" if say_code("tones", type) == "neutral" else "down"


def _say_types(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" if number > 1 else name for name, number in counts.most_common())


def _say_span(months: Sequence[str], place: int, step: int) -> str:
    month = months[min(place * step, len(months) - 1)]
    if step == 12:
        return month[:4]
    return say_month(month) if step == 1 else f"{month[:4]}, quarter {(int(month[5:7]) - 1) // 3 + 1}"


def _is_near(month: str, first: str, last: str) -> bool:
    return len(list_months(min(month, first), first)) <= REACH and len(list_months(last, max(month, last))) <= REACH
