"""The timeline's picture places what is known, leaves out what is not, and takes its colours from the page."""

from __future__ import annotations

import re
from typing import Any

import pytest

from standoff.dossier.chronicle import Entry
from standoff.dossier.pictures import COLOURS, SHOWN, draw_timeline
from standoff.records import Article

MARCH = Article(id="a", source="a.txt", text="x", published="2031-03-04")


def make_entry(number: int, earliest: str | None, latest: str | None, **fields: Any) -> Entry:
    known = {"label": f"Happening {number}", "status": "actual", "origins": 1, "reports": 1}
    return Entry(
        number=number,
        earliest=earliest,
        latest=latest,
        status_word="",
        date="",
        exact=earliest == latest,
        references=(),
        details=(),
        quote=None,
        actors=(),
        types=(),
        why="",
        **{**known, **fields},
    )


def test_only_what_has_two_bounds_near_the_articles_is_drawn() -> None:
    entries = [
        make_entry(1, "1991-10-23", "1991-10-23"),
        make_entry(2, "2031-01-01", "2031-01-31"),
        make_entry(3, "2031-03-01", None),
        make_entry(4, None, "2031-03-01"),
        make_entry(5, None, None),
        make_entry(6, "2031-04-01", "2031-04-01", status="future"),
    ]
    picture = draw_timeline(entries, [MARCH])
    assert picture is not None
    assert set(re.findall(r"#h-(\d+)", picture.wide)) == {"2", "6"}
    assert (picture.shown, picture.left_out) == (2, 4)


@pytest.mark.parametrize("entries", [[], [make_entry(1, None, None)], [make_entry(1, "1900-01-01", "1900-01-01")]])
def test_nothing_to_place_gives_no_picture(entries: list[Entry]) -> None:
    assert draw_timeline(entries, [MARCH]) is None


def test_without_dated_articles_the_happenings_set_the_window() -> None:
    assert draw_timeline([make_entry(1, "1900-01-01", "1900-12-31")], []) is not None


def test_a_long_list_keeps_what_most_independent_reports_tell_of() -> None:
    entries = [make_entry(number, "2031-03-01", "2031-03-02", origins=number) for number in range(1, SHOWN + 5)]
    picture = draw_timeline(entries, [MARCH])
    assert picture is not None
    assert set(re.findall(r"#h-(\d+)", picture.narrow)) == {str(number) for number in range(5, SHOWN + 5)}


def test_articles_dated_within_a_month_have_a_numbered_line_and_crowded_ones_share_it() -> None:
    vague = Article(id="b", source="b.txt", text="x", earliest="2030-01-01", latest="2031-12-31")
    articles = [MARCH, Article(id="c", source="c.txt", text="x", published="2031-03-05"), vague]
    picture = draw_timeline([make_entry(1, "2031-01-01", "2031-06-30")], articles)
    assert picture is not None
    assert ">1–2</text>" in picture.wide
    assert ">3</text>" not in picture.wide


def test_colours_are_the_pages_and_labels_stay_text() -> None:
    entry = make_entry(1, "2031-03-01", "2031-03-09", label='<b onload="x">' + "very long " * 40)
    picture = draw_timeline([entry], [MARCH])
    assert picture is not None
    for svg in (picture.wide, picture.narrow):
        assert "<b" not in svg
        assert not any(colour in svg for colour in COLOURS)
        assert not re.search(r"""\s(style|font-family|role)=|https?:""", svg)
        assert "var(--accent)" in svg
        assert "…</text>" in svg
