"""Drawings in percent: where a day stands, how a scale is named, what lies off it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standoff.web.shown.cards import Link
from standoff.web.shown.drawing import EDGE, Scale, Sign, draw_lanes, list_ticks, make_scale

LABEL = Link(text="Ada Ito")


def sign(earliest: str | None, latest: str | None) -> Sign:
    return Sign(earliest=earliest, latest=latest, look="for", sign="+", text=f"for, {earliest}")


def test_days_stand_within_the_edges() -> None:
    scale = Scale(first=date(2024, 1, 1), last=date(2024, 12, 31))
    assert scale.place(date(2024, 1, 1)) == EDGE
    assert scale.place(date(2024, 12, 31)) == 100 - EDGE
    assert scale.place(date(1992, 1, 1)) == EDGE


def test_what_is_dated_narrowly_sets_the_scale() -> None:
    wide, narrow = (date(1990, 1, 1), date(2024, 1, 1)), (date(2024, 1, 1), date(2024, 3, 1))
    assert make_scale([wide, narrow]) == Scale(first=narrow[0], last=narrow[1])
    assert make_scale([wide]) == Scale(first=wide[0], last=wide[1])
    assert make_scale([]) is None


def test_signs_of_one_day_stand_side_by_side() -> None:
    three = [replace(sign("2024-01-01", "2024-01-01"), look=look) for look in ("for", "against", "for")]
    chart = draw_lanes([(LABEL, three), (LABEL, [sign("2024-06-01", "2024-06-01")])], shown=9)
    assert chart is not None
    places = [mark.at for mark in chart.lanes[0].marks]
    assert len(set(places)) == 3


def test_what_lies_off_the_scale_is_an_arrow() -> None:
    chart = draw_lanes([(LABEL, [sign("1992-01-01", "1992-12-31"), sign("2024-01-01", "2024-01-31")])], shown=9)
    assert chart is not None
    assert [mark.sign for mark in chart.lanes[0].marks] == ["←", "+"]


def test_lines_without_a_day_are_left_out_unless_kept() -> None:
    named = [(LABEL, [sign(None, "2024-01-01")]), (LABEL, [sign("2024-01-01", "2024-02-01")])]
    left, kept = draw_lanes(named, shown=9), draw_lanes(named, shown=9, bare=True)
    assert left is not None
    assert kept is not None
    assert (len(left.lanes), left.left_out, len(kept.lanes)) == (1, 1, 2)
    assert draw_lanes(named[:1], shown=9) is None


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        (date(2024, 3, 4), date(2024, 3, 25), ["4 Mar 2024", "11 Mar", "18 Mar", "25 Mar"]),
        (date(2023, 11, 15), date(2024, 3, 2), ["Dec 2023", "Jan 2024", "Feb 2024", "Mar 2024"]),
        (date(2010, 5, 1), date(2024, 3, 2), [str(year) for year in range(2012, 2025, 2)]),
    ],
)
def test_scale_is_named_by_days_months_or_years(first: date, last: date, texts: list[str]) -> None:
    ticks = list(list_ticks(Scale(first=first, last=last)))
    assert [tick.text for tick in ticks] == texts
    assert [tick.minor for tick in ticks[:2]] == [False, True]


def test_like_signs_that_would_print_over_one_another_are_one() -> None:
    days = [f"2024-01-{day:02}" for day in range(1, 29)]
    chart = draw_lanes(
        [(LABEL, [sign(day, day) for day in days]), (LABEL, [sign("2034-01-01", "2034-01-01")])], shown=9
    )
    assert chart is not None
    assert len(chart.lanes[0].marks) == 1
    assert chart.lanes[0].text.endswith("and 16 more")
