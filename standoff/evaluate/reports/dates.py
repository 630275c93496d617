"""Score how closely undated reports are dated, on sets with what a reader can prove of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.record.measures import Figure, measure_share
from standoff.evaluate.reports.coded import Report, read_day, read_sets
from standoff.evaluate.singly import read_together
from standoff.records import Article

ASKED = frozenset({"written", "proves", "by"})
CLOSE = 7  # days by which a bound may be looser than what can be proved: a reader's "that week"

Bounds = tuple[date | None, date | None]


class PairedDate(NamedTuple):
    """Hold an undated report with the day it was written, what a reader can prove of it, and what was found."""

    half: str
    report: Report
    written: date
    proves: Bounds
    found: Bounds
    why: str


def pair_dates(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> list[PairedDate]:
    """Give for each undated report of the files' sets what is coded and what is found, each set read by itself."""
    sets = read_sets(paths, half=half, asked=ASKED)
    records = read_together([report.article for report in item.reports] for item in sets)
    paired = []
    for item, record in zip(sets, records, strict=True):
        dated = {article.id: article for article in record.articles}
        paired += [
            _pair_report(item.half, report, dated[report.article.id])
            for report in item.reports
            if report.article.published is None
        ]
    return paired


def _pair_report(half: str, report: Report, dated: Article) -> PairedDate:
    where = f"report {report.article.id}"
    proves = report.coded.get("proves")
    written = read_day(report.coded.get("written"), f"{where}: written")
    if written is None or not isinstance(proves, list) or len(proves) != 2:
        raise ConfigError(f"{where}: it has no published day; give written and proves, a list of two days.")
    first, last = (_bound(read_day(day or None, f"{where}: proves")) for day in proves)
    found = (_bound(dated.earliest), _bound(dated.latest))
    return PairedDate(half, report, date.fromisoformat(written), (first, last), found, dated.dated_by or "nothing")


def score_dates(paired: Sequence[PairedDate]) -> dict[str, Figure]:
    """Score bounds of undated reports.

    `holds`: the day of writing lies within them. `sound`: so do all days that a reader must leave open, so that nothing
    is invented. `close`: of the sides that can be proved, those bounded no more than a week more loosely, in reports
    that hold. `tight`: reports that hold with every provable side close.
    """
    holding = [item for item in paired if _lies_within(item.written, item.found)]
    sound = [item for item in holding if _is_sound(item)]
    sides = [side for item in paired for side in _judge_sides(item, holds=item in holding)]
    tight = [item for item in holding if all(_judge_sides(item, holds=True))]
    return {
        "holds": measure_share(len(holding), len(paired)),
        "sound": measure_share(len(sound), len(paired)),
        "close": measure_share(sum(sides), len(sides)),
        "tight": measure_share(len(tight), len(paired)),
    }


def list_misses(paired: Iterable[PairedDate]) -> list[str]:
    """Give a line for each report of the tune half that is bounded wrongly or loosely."""
    return [
        f"{item.report.article.id}: {_show(item.found)}, provable {_show(item.proves)} "
        f"({item.report.coded.get('by', '')}); by {item.why}"
        for item in paired
        if item.half != "held"
        and not (_is_sound(item) and all(_judge_sides(item, holds=_lies_within(item.written, item.found))))
    ]


def _judge_sides(item: PairedDate, *, holds: bool) -> list[bool]:
    """Tell of each side that can be proved whether the found bound is as close."""
    return [
        holds and found is not None and abs((found - proved).days) <= CLOSE
        for found, proved in zip(item.found, item.proves, strict=True)
        if proved is not None
    ]


def _is_sound(item: PairedDate) -> bool:
    first, last = item.found
    early, late = item.proves
    return (first is None or (early is not None and first <= early)) and (
        last is None or (late is not None and last >= late)
    )


def _lies_within(day: date, bounds: Bounds) -> bool:
    first, last = bounds
    return (first is None or first <= day) and (last is None or day <= last)


def _bound(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _show(bounds: Bounds) -> str:
    return " to ".join("…" if day is None else day.isoformat() for day in bounds)
