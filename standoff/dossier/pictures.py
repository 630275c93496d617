"""Draw the timeline as SVG: bars for what is known of each happening's days, hairlines for the days of the articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from standoff.dossier.catalogue import bound_article, bound_days
from standoff.dossier.chronicle import Entry
from standoff.records import Article

if TYPE_CHECKING:
    import altair as alt

SHOWN = 16  # happenings in the picture: more do not fit one screen; the list below it holds them all
REACH = 400  # days before the first and after the last article that the picture covers, at most
DATED = 31  # days within which an article must be dated to have a hairline: wider, and a line would claim too much
ROW = 30  # pixels for each happening
PADDING = {"left": 12, "right": 12, "top": 30, "bottom": 4}
LETTER = 7.2  # pixels that a letter of a label takes at most, on average: 12 px type in a wide face

# Altair needs real colours; these stand for the page's own, which change with light and dark.
NAMES = ("ink", "soft", "line", "accent", "paper", "for", "against", "neutral", "conditional")
COLOURS = {f"#{number:02}{number:02}{number:02}": name for number, name in enumerate(NAMES, start=1)}
INK, SOFT, LINE, ACCENT, PAPER, FOR, AGAINST, NEUTRAL, CONDITIONAL = COLOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Hold the picture at two widths, and what it leaves out."""

    wide: Markup
    narrow: Markup
    shown: int
    left_out: int


def draw_timeline(entries: Sequence[Entry], articles: Sequence[Article]) -> Picture | None:
    """Draw the happenings that most reports tell of, in order of time; None where nothing can be placed.

    Only what is bounded on both sides is drawn: an open end is no day. What lies more than `REACH` days before the
    first article or after the last is left to the list: one treaty of 1991 would squeeze a spring of talks into a line.
    """
    bounded = [(entry, days) for entry in entries if (days := bound_days(entry.earliest, entry.latest))]
    numbered = [(number, bound_article(article)) for number, article in enumerate(articles, start=1)]
    dated = [(number, days) for number, days in numbered if days and (days[1] - days[0]).days <= DATED]
    window = [day for _, days in dated or bounded for day in days]
    if not window:
        return None
    first, last = min(window) - timedelta(days=REACH), max(window) + timedelta(days=REACH)
    placed = [(entry, days) for entry, days in bounded if first <= days[0] and days[1] <= last]
    placed.sort(key=lambda pair: (-pair[0].origins, -pair[0].reports, pair[0].number))
    chosen = sorted(placed[:SHOWN], key=lambda pair: pair[0].number)
    if not chosen:
        return None
    rows = [_make_row(entry, days, place) for place, (entry, days) in enumerate(chosen)]
    reports = [{"day": find_middle(days), "number": number} for number, days in dated]
    return Picture(
        wide=_draw(rows, reports, width=1080),
        narrow=_draw(rows, reports, width=340),
        shown=len(rows),
        left_out=len(entries) - len(rows),
    )


def find_middle(days: tuple[date, date]) -> str:
    """Give the day in the middle of an interval."""
    return (days[0] + (days[1] - days[0]) / 2).isoformat()


def _make_row(entry: Entry, days: tuple[date, date], place: int) -> dict[str, Any]:
    """Give the data of one happening's bar; its last day ends at midnight after it."""
    return {
        "y": place,
        "label": " ".join(entry.label.split()),
        "origins": f" ({entry.origins})" if entry.origins > 1 else "",
        "start": days[0].isoformat(),
        "end": (days[1] + timedelta(days=1)).isoformat(),
        "middle": find_middle(days),
        "exact": days[0] == days[1],
        "status": entry.status,
        "href": f"#h-{entry.number}",
    }


def _join_numbers(reports: list[dict[str, Any]], *, room: float) -> list[dict[str, Any]]:
    """Give one number for articles that lie closer than `room` days, which would print over one another."""
    joined: list[list[dict[str, Any]]] = []
    for report in sorted(reports, key=lambda report: (report["day"], report["number"])):
        if joined and count_days(joined[-1][0]["day"], report["day"]) < room:
            joined[-1].append(report)
        else:
            joined.append([report])
    return [{"day": group[0]["day"], "number": _span_numbers([one["number"] for one in group])} for group in joined]


def _span_numbers(numbers: list[int]) -> str:
    return f"{min(numbers)}–{max(numbers)}" if len(numbers) > 1 else str(numbers[0])


def count_days(first: str, last: str) -> int:
    """Count the days from one to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _label_rows(rows: list[dict[str, Any]], first: str, last: str, *, width: int) -> list[dict[str, Any]]:
    """Give the rows with the side on which the label hangs and the label cut to the room on that side."""
    span = max(1, count_days(first, last))
    labelled = []
    for row in rows:
        late = 2 * count_days(first, row["middle"]) > span
        share = count_days(first, row["end"]) / span if late else 1 - count_days(first, row["start"]) / span
        letters = max(8, int(width * share / LETTER))
        labelled.append({**row, "late": late, "label": shorten(row["label"], letters - 4) + row["origins"]})
    return labelled


def shorten(text: str, length: int) -> str:
    """Cut a label to `length` letters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _draw(rows: list[dict[str, Any]], reports: list[dict[str, Any]], *, width: int) -> Markup:
    """Draw one width; the labels stand above their bars, so that the bars keep the full width on a phone.

    A label hangs on its bar's start in the first half of the picture and on its end in the second, to stay inside.
    """
    import altair as alt

    days = sorted([row[key] for row in rows for key in ("start", "end")] + [report["day"] for report in reports])
    rows = _label_rows(rows, days[0], days[-1], width=width)
    room = 24 * max(1, count_days(days[0], days[-1])) / width
    scale = alt.Scale(type="utc", domain=[days[0], days[-1]], padding=12)
    ticks = alt.Axis(orient="top", tickCount=8 if width > 600 else 2, labelOverlap=True, format="%b %Y")
    height = ROW * len(rows) + 20
    y = alt.Y("y:Q", axis=None, stack=None, scale=alt.Scale(domain=[len(rows) - 0.2, -0.8]))
    status = alt.datum.status
    look = {
        "y": y,
        "href": "href:N",
        "fill": alt.condition(status == "actual", alt.value(ACCENT), alt.value(PAPER)),
        "stroke": alt.condition(status == "negated", alt.value(SOFT), alt.value(ACCENT)),
        "strokeDash": alt.condition(
            (status == "hypothetical") | (status == "negated"), alt.value([2, 2]), alt.value([1, 0])
        ),
    }
    layers: list[alt.Chart] = []
    if reports:
        lines = alt.Chart(alt.InlineData(values=reports)).encode(x=alt.X("day:T", scale=scale, axis=ticks, title=None))
        layers.append(lines.mark_rule(color=LINE, strokeWidth=1).encode(y=alt.value(0), y2=alt.value(height - 16)))
        numbers = alt.Chart(alt.InlineData(values=_join_numbers(reports, room=room)))
        numbers = numbers.mark_text(baseline="bottom", fontSize=11, color=SOFT, dy=-1)
        layers.append(numbers.encode(x=alt.X("day:T", scale=scale), y=alt.value(height), text="number:N"))
    for exact in (False, True):
        chosen = alt.Chart(alt.InlineData(values=[row for row in rows if row["exact"] is exact]))
        x = alt.X("middle:T" if exact else "start:T", scale=scale, axis=ticks, title=None)
        if exact:
            layers.append(chosen.mark_point(size=64, opacity=1, strokeWidth=1.4).encode(x=x, **look))
        else:
            layers.append(
                chosen.mark_bar(orient="horizontal", height=8, cornerRadius=4, strokeWidth=1.4).encode(
                    x=x, x2="end:T", **look
                )
            )
    for late in (False, True):
        chosen = alt.Chart(alt.InlineData(values=[row for row in rows if row["late"] is late]))
        labels = chosen.mark_text(align="right" if late else "left", baseline="bottom", dy=-6, fontSize=12, color=INK)
        x = alt.X("end:T" if late else "start:T", scale=scale)
        layers.append(labels.encode(x=x, y=y, text="label:N", href="href:N"))
    layered = alt.layer(*layers).configure_axis(
        gridColor=LINE, gridDash=[1, 3], domain=False, tickColor=LINE, labelColor=SOFT, labelFontSize=11
    )
    return render_chart(layered, width=width - 24, height=height, padding=PADDING)


def render_chart(chart: alt.LayerChart | alt.FacetChart, *, width: float, height: float, padding: Any) -> Markup:
    """Give a chart as SVG of a fixed size, in the page's colours."""
    import altair as alt
    import vl_convert

    fixed = alt.AutoSizeParams(type="none")  # else the size would hang on the fonts of the machine
    sized = chart.properties(width=width, height=height, background="transparent", padding=padding, autosize=fixed)
    return _theme(vl_convert.vegalite_to_svg(sized.configure_view(stroke=None).to_json()))


def _theme(svg: str) -> Markup:
    """Let the page's style colour and set the drawing, and its links lead into the page.

    Inline styles go, since the page's policy refuses them; so does what would be read aloud mark by mark, since the
    list under the picture says the same in words.
    """
    for colour, name in COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"var(--{name})"')
    svg = re.sub(r'\s(?:style|font-family|target|role|aria-[a-z]+|xmlns(?::xlink)?)="[^"]*"', "", svg)
    svg = re.sub(r'(?:xlink:)?href="[^"#]*#', 'tabindex="-1" href="#', svg)
    svg = re.sub(r"(\d\.\d)\d+", r"\1", svg)
    return Markup(svg)
