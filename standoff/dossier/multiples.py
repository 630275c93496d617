"""Draw who did what to whom, and when, as small multiples: a panel for each pair, a square for each deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from standoff.dossier.catalogue import Catalogue, bound_article
from standoff.dossier.pictures import (
    AGAINST,
    FOR,
    INK,
    LETTER,
    LINE,
    NEUTRAL,
    PAPER,
    REACH,
    SOFT,
    render_chart,
    shorten,
)
from standoff.dossier.words import parse_day, say_code
from standoff.resolve.deeds import DONE, Deed, Pair, list_deeds

PANELS = 12  # pairs in the picture: four rows of three on a screen; the list below it holds them all
STACK = 6  # squares one upon another: of more, the last says how many it stands for
STEPS = {"month": 1, "quarter": 3, "year": 12}  # months in a column
NARROWEST = 7.0  # pixels of a column: where months get no more, quarters and years are drawn
SQUARE = 13.0  # pixels of a square's side with its margin, at most
HEAD, FOOT, GAP = 25, 16, 24  # pixels for a panel's label, for its months, and between panels
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiples:
    """Hold the picture at two widths, how wide a column is in time, and what is left out."""

    wide: Markup
    narrow: Markup
    step: str
    pairs: int
    more_pairs: int
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Hold a pair's deeds by the column that they fall in; `up` cooperate, `down` are in conflict or ask."""

    label: str
    up: Mapping[int, Sequence[Deed]]
    down: Mapping[int, Sequence[Deed]]


def draw_multiples(catalogue: Catalogue, anchors: Mapping[str, str]) -> Multiples | None:
    """Draw the pairs with the most deeds by month, named on both sides first; None where no deed can be given one.

    A deed counts once however often it is told, and what did not happen or is hypothetical is left to the list, like a
    deed whose month is not known or lies more than `REACH` days from the articles. `anchors` lead from an event's id to
    its entry in the list. Where months would be too narrow, a column is a quarter or a year.
    """
    deeds = list_deeds(catalogue.record, statuses=DONE)
    span = _find_window(catalogue)
    placed = [(deed, month) for deed in deeds if (month := _number_month(deed)) is not None and _lies_in(month, span)]
    if not placed:
        return None
    by_pair: dict[Pair, list[tuple[Deed, int]]] = defaultdict(list)
    for deed, month in placed:
        for pair in deed.pairs:
            by_pair[pair].append((deed, month))
    labels = {pair: _label_pair(catalogue, pair) for pair in by_pair}
    weights = {pair: sum(catalogue.weights[key] for key in pair if key) for pair in by_pair}
    ordered = sorted(
        by_pair, key=lambda pair: (None in pair, -len(by_pair[pair]), -weights[pair], labels[pair], str(pair))
    )
    shown = {pair: by_pair[pair] for pair in ordered[:PANELS]}
    months = [month for told in shown.values() for _, month in told]
    width = 340.0
    step = next((name for name, size in STEPS.items() if _count_columns(months, size) * NARROWEST <= width), "year")
    panels = [_make_panel(labels[pair], told, min(months), STEPS[step]) for pair, told in shown.items()]
    columns, first = _count_columns(months, STEPS[step]), min(months) // STEPS[step] * STEPS[step]
    return Multiples(
        wide=_draw(panels, anchors, columns=columns, first=first, step=STEPS[step], width=1080, across=3),
        narrow=_draw(panels, anchors, columns=columns, first=first, step=STEPS[step], width=340, across=1),
        step=step,
        pairs=len(panels),
        more_pairs=len({pair for deed in deeds for pair in deed.pairs}) - len(panels),
        undated=len(deeds) - len(placed),
    )


def _find_window(catalogue: Catalogue) -> tuple[int, int] | None:
    """Give the first and last month that the picture may reach to, or None if no article has a day."""
    days = [day for article in catalogue.articles for day in bound_article(article) or ()]
    if not days:
        return None
    first, last = min(days) - timedelta(days=REACH), max(days) + timedelta(days=REACH)
    return 12 * first.year + first.month - 1, 12 * last.year + last.month - 1


def _lies_in(month: int, window: tuple[int, int] | None) -> bool:
    return window is None or window[0] <= month <= window[1]


def _number_month(deed: Deed) -> int | None:
    """Give a deed's month as a number that counts on over the years."""
    day = parse_day(f"{deed.month}-01") if deed.month else None
    return 12 * day.year + day.month - 1 if day else None


def _count_columns(months: Sequence[int], size: int) -> int:
    return max(months) // size - min(months) // size + 1


def _label_pair(catalogue: Catalogue, pair: Pair) -> str:
    actor, recipient = (" ".join(catalogue.name(key, unknown="?").text.split()) if key else None for key in pair)
    return f"{actor or 'Someone'} → {recipient}" if recipient else actor or "Someone unnamed"


def _make_panel(label: str, told: Sequence[tuple[Deed, int]], first: int, size: int) -> Panel:
    up: dict[int, list[Deed]] = defaultdict(list)
    down: dict[int, list[Deed]] = defaultdict(list)
    for deed, month in told:
        side = up if deed.quad in (1, 2) else down
        side[month // size - first // size].append(deed)
    return Panel(label=label, up=up, down=down)


def _draw(
    panels: Sequence[Panel],
    anchors: Mapping[str, str],
    *,
    columns: int,
    first: int,
    step: int,
    width: int,
    across: int,
) -> Markup:
    """Draw the panels at one width; squares and words are placed in pixels, so that all panels share their scale."""
    room = (width - GAP * (across - 1)) / across
    column = room / columns
    side = min(SQUARE, column)
    squares: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    top = 0.0
    for start in range(0, len(panels), across):
        row = panels[start : start + across]
        high = max(_measure(panel.up) for panel in row)
        low = max(_measure(panel.down) for panel in row)
        middle = top + HEAD + side * high
        for place, panel in enumerate(row):
            left = place * (room + GAP)
            label = shorten(panel.label, int(room / LETTER))
            words.append({"x": left, "y": top + HEAD - 9, "text": label, "kind": "label"})
            lines.append({"x": left, "x2": left + room, "y": middle})
            foot = {"y": middle + side * low + 12, "kind": "month"}
            words.append({**foot, "x": left, "text": _name_column(first, step)})
            if columns > 1:
                words.append(
                    {**foot, "x": left + room, "text": _name_column(first + (columns - 1) * step, step), "kind": "end"}
                )
            for sign, stacks in ((-1, panel.up), (1, panel.down)):
                for number, deeds in sorted(stacks.items()):
                    x = left + column * (number + 0.5)
                    squares += _stack(deeds, anchors, x=x, y=middle, sign=sign, side=side)
                    if len(deeds) > STACK:
                        y = middle + sign * side * (STACK - 0.5) + 3
                        words.append({"x": x + side / 2, "y": y, "text": f"×{len(deeds)}", "kind": "month"})
        top = middle + side * low + FOOT + GAP
    return _render(squares, words, lines, width=width, height=top - GAP / 2)


def _measure(stacks: Mapping[int, Sequence[Deed]]) -> int:
    """Give how many squares high the highest stack is."""
    return min(STACK, max((len(deeds) for deeds in stacks.values()), default=0))


def _stack(
    deeds: Sequence[Deed], anchors: Mapping[str, str], *, x: float, y: float, sign: int, side: float
) -> list[dict[str, Any]]:
    """Give the squares of one column, from the line outwards; planned deeds lie outside."""
    ordered = sorted(deeds, key=lambda deed: (deed.status != "actual", say_code("tones", deed.type)))[:STACK]
    return [
        {
            "x": x - side / 2 + 1,
            "x2": x + side / 2 - 1,
            "y": y + sign * (side * number + 1),
            "y2": y + sign * (side * (number + 1) - 1),
            "tone": "up" if sign < 0 else "ask" if say_code("tones", deed.type) == "neutral" else "down",
            "planned": deed.status != "actual",
            "href": f"#{anchors[deed.best.id]}" if deed.best.id in anchors else "#did",
        }
        for number, deed in enumerate(ordered)
    ]


def _name_column(month: int, step: int) -> str:
    year, place = divmod(month, 12)
    if step == 12:
        return str(year)
    return f"{MONTHS[place]} {year}"


def _render(
    squares: list[dict[str, Any]],
    words: list[dict[str, Any]],
    lines: list[dict[str, Any]],
    *,
    width: float,
    height: float,
) -> Markup:
    import altair as alt

    x: dict[str, Any] = {"scale": alt.Scale(domain=[0, width], nice=False, zero=False), "axis": None}
    y: dict[str, Any] = {"scale": alt.Scale(domain=[height, 0], nice=False, zero=False), "axis": None}
    layers: list[alt.Chart] = [
        alt.Chart(alt.InlineData(values=lines))
        .mark_rule(color=LINE, strokeWidth=1)
        .encode(x=alt.X("x:Q", **x), x2="x2:Q", y=alt.Y("y:Q", **y))
    ]
    for tone, colour in (("up", FOR), ("down", AGAINST), ("ask", NEUTRAL)):
        for planned in (False, True):
            chosen = [square for square in squares if square["tone"] == tone and square["planned"] is planned]
            look: dict[str, Any] = {"fill": PAPER if planned else colour, "stroke": colour, "strokeWidth": 1.2}
            marks = alt.Chart(alt.InlineData(values=chosen)).mark_rect(**look)
            layers.append(marks.encode(x=alt.X("x:Q", **x), x2="x2:Q", y=alt.Y("y:Q", **y), y2="y2:Q", href="href:N"))
    for kind, colour, size in (("label", INK, 12), ("month", SOFT, 11), ("end", SOFT, 11)):
        chosen = [word for word in words if word["kind"] == kind]
        look = {"align": "right" if kind == "end" else "left", "color": colour, "fontSize": size}
        text = alt.Chart(alt.InlineData(values=chosen)).mark_text(**look)
        layers.append(text.encode(x=alt.X("x:Q", **x), y=alt.Y("y:Q", **y), text="text:N"))
    return render_chart(alt.layer(*layers), width=width, height=height, padding=0)
