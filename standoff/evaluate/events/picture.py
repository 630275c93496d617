"""Draw which types are taken for which, as SVG: figures only, so that held sentences may be in it too."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Mapping

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.evaluate.events import NONE

STEP = 34  # pixels of a square


def draw_confusions(counts: Mapping[tuple[str, str], int], path: str | os.PathLike[str]) -> None:
    """Write a heat map of counts by coded (rows) and found type (columns), darker the larger its share of the row.

    Raises ConfigError if the file cannot be written.
    """
    import altair as alt
    import vl_convert

    order = [*load_codebook("plover").codes, NONE]
    totals = {code: sum(times for (coded, _), times in counts.items() if coded == code) for code in order}
    rows = [
        {"coded": coded, "found": found, "times": times, "share": times / totals[coded]}
        for (coded, found), times in sorted(counts.items())
        if times
    ]
    squares = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("found:N", sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(orient="top", labelAngle=-45)),
        y=alt.Y("coded:N", sort=order, scale=alt.Scale(domain=order)),
    )
    shade = alt.Color("share:Q", scale=alt.Scale(scheme="blues", domain=[0, 1]), legend=None)
    ink = alt.condition(alt.datum.share > 0.5, alt.value("white"), alt.value("black"))
    chart = alt.layer(squares.mark_rect().encode(color=shade), squares.mark_text().encode(text="times:Q", color=ink))
    chart = chart.properties(width=alt.Step(STEP), height=alt.Step(STEP), background="white")
    try:
        pathlib.Path(path).write_text(vl_convert.vegalite_to_svg(chart.to_json()), encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}; give a file in a folder that is there."
        ) from error
