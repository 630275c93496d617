"""Draw where each stands over time: a line for each holder under each issue, a sign for each dated stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from standoff.dossier.pictures import (
    AGAINST,
    CONDITIONAL,
    FOR,
    INK,
    LINE,
    NEUTRAL,
    SOFT,
    Picture,
    count_days,
    find_middle,
    render_chart,
    shorten,
)
from standoff.dossier.stances import Cell, Grid, Row, Stand

if TYPE_CHECKING:
    import altair as alt

SHOWN = 18  # lines in the picture: more do not fit one screen; the lists below hold them all
PRECISE = 184  # days within which a stance must be dated to set the picture's span: wider, and one would flatten it
ROW = 26  # pixels for each line
GUTTER = 190  # pixels for the holders' names beside the lines; on a phone they stand above them
CROWDED = 16  # pixels within which two signs would print over one another
COLOURS = {"for": FOR, "against": AGAINST, "conditional": CONDITIONAL, "neutral": NEUTRAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One holder's stances on one issue, each with its days within the picture."""

    issue: str
    holder: str
    href: str
    stands: tuple[tuple[Stand, date, date], ...]
    rank: tuple[int, int, int]


def draw_course(grid: Grid) -> Picture | None:
    """Draw the holders' own stances over time, under the issues most spoken of; None where fewer than two are dated.

    Lines on which a stance shifted come first, then those with most stances. What others say of a holder is left to
    the list, and so is what nothing bounds. A bar is the days between which a stance lies; it is cut at the edge.
    """
    cells = [(row, cell) for row in grid.rows for cell in row.cells if cell]
    days = [stand.days for _, cell in cells for stand in _list_own(cell) if stand.days]
    narrow = [bounds for bounds in days if (bounds[1] - bounds[0]).days <= PRECISE] or days
    if not narrow:
        return None
    first, last = min(bounds[0] for bounds in narrow), max(bounds[1] for bounds in narrow)
    margin = max(3, (last - first).days // 20)
    first, last = first - timedelta(days=margin), last + timedelta(days=margin)
    lines = [line for row, cell in cells if (line := _make_line(row, cell, first, last))]
    if sum(len(line.stands) for line in lines) < 2:
        return None
    chosen = sorted(lines, key=lambda line: line.rank)[:SHOWN]
    issues = [text for _, text in grid.issues]
    ordered = [line for issue in issues for line in lines if line in chosen and line.issue == issue]
    drawn = [_draw(ordered, first, last, width=width) for width in (1080, 340)]
    return Picture(wide=drawn[0], narrow=drawn[1], shown=len(ordered), left_out=len(cells) - len(ordered))


def _list_own(cell: Cell) -> Iterator[Stand]:
    """Yield a holder's own stances, not those that others tell of."""
    return (stand for run in cell.runs if run.teller is None for stand in run.stands)


def _make_line(row: Row, cell: Cell, first: date, last: date) -> _Line | None:
    stands = tuple(
        (stand, max(first, stand.days[0]), min(last, stand.days[1]))
        for stand in _list_own(cell)
        if stand.days and stand.days[0] <= last and stand.days[1] >= first
    )
    if not stands:
        return None
    kinds = {stand.stance for stand, _, _ in stands}
    return _Line(
        issue=cell.issue,
        holder=row.holder.text,
        href=f"#w-{row.holder.number}-{cell.key}",
        stands=stands,
        rank=(not cell.shifted, -len(kinds), -len(stands)),
    )


def _list_signs(lines: Sequence[_Line], first: date, last: date, *, width: int) -> list[dict[str, Any]]:
    """Give the data of each sign and its bar; signs that would print over one another stand side by side."""
    span = max(1, (last - first).days)
    signs: list[dict[str, Any]] = []
    for place, line in _place_lines(lines):
        pixel = -CROWDED
        told = {(stand.stance, start, end): stand for stand, start, end in line.stands}  # a repetition is one sign
        for (stance, start, end), stand in sorted(told.items(), key=lambda item: find_middle(item[0][1:])):
            middle = find_middle((start, end))
            pixel = max(pixel + CROWDED, round((date.fromisoformat(middle) - first).days / span * width))
            signs.append(
                {
                    "y": place,
                    "start": start.isoformat(),
                    "end": (end + timedelta(days=1)).isoformat(),
                    "middle": (first + timedelta(days=pixel * span / width)).isoformat(),
                    "exact": start == end,
                    "sign": stand.symbol,
                    "stance": stance,
                    "href": line.href,
                }
            )
    return signs


def _place_lines(lines: Sequence[_Line]) -> Iterator[tuple[int, _Line]]:
    """Yield each line with its row; an issue's name takes a row of its own above its first line."""
    place, issue = 0, None
    for line in lines:
        place += 1 if line.issue != issue else 0
        issue = line.issue
        yield place, line
        place += 1


def _draw(lines: Sequence[_Line], first: date, last: date, *, width: int) -> Any:
    """Draw one width."""
    import altair as alt

    wide = width > 600
    gutter = GUTTER if wide else 0
    room = width - gutter - 24
    signs = _list_signs(lines, first, last, width=room)
    placed = list(_place_lines(lines))
    rows = placed[-1][0] + 1
    step = ROW if wide else ROW + 10
    scale = alt.Scale(type="utc", domain=[first.isoformat(), last.isoformat()])
    y = alt.Y("y:Q", axis=None, stack=None, scale=alt.Scale(domain=[rows - 0.4, -0.6]))
    fine = count_days(first.isoformat(), last.isoformat()) < 70
    ticks = alt.Axis(
        orient="top", tickCount=8 if wide else 2, labelOverlap=True, format="%-d %b %Y" if fine else "%b %Y"
    )
    day = alt.X("middle:T", scale=scale, axis=ticks, title=None)
    fill = alt.Color("stance:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    names = [
        {"y": place, "text": shorten(line.holder, 27 if wide else 40), "href": line.href} for place, line in placed
    ]
    heads = {line.issue: place - 1 for place, line in reversed(placed)}
    titles = [{"y": place, "text": issue[:1].upper() + issue[1:]} for issue, place in heads.items()]
    edge = alt.value(-gutter if wide else 0)
    lift = 0 if wide else -14

    def chart(values: list[dict[str, Any]]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=values))

    layers = [
        chart(names).mark_rule(color=LINE, strokeWidth=1).encode(y=y, x=alt.value(0), x2=alt.value(room)),
        chart([sign for sign in signs if not sign["exact"]])
        .mark_bar(orient="horizontal", height=7, cornerRadius=3, opacity=0.3)
        .encode(x=alt.X("start:T", scale=scale, axis=ticks, title=None), x2="end:T", y=y, color=fill, href="href:N"),
        chart(signs)
        .mark_text(fontSize=19, fontWeight="bold", baseline="middle")
        .encode(x=day, y=y, text="sign:N", color=fill, href="href:N"),
        chart(names)
        .mark_text(align="left", baseline="middle", dy=lift, fontSize=12, color=INK)
        .encode(x=edge, y=y, text="text:N", href="href:N"),
        chart(titles)
        .mark_text(align="left", baseline="middle", dy=4, fontSize=12, fontStyle="italic", color=SOFT)
        .encode(x=edge, y=y, text="text:N"),
    ]
    layered = alt.layer(*layers).configure_axis(
        gridColor=LINE, gridDash=[1, 3], domain=False, tickColor=LINE, labelColor=SOFT, labelFontSize=11
    )
    padding = {"left": 12 + gutter, "right": 12, "top": 24, "bottom": 4}
    return render_chart(layered, width=room, height=step * rows, padding=padding)
