"""The picture of who did what to whom: a square for each deed, in its month, that leads to its words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from builders import make_actor, make_article, make_event, make_happening, make_when

from standoff.dossier import build_dossier
from standoff.dossier.catalogue import Catalogue
from standoff.dossier.chronicle import anchor_deeds, present_dyads
from standoff.dossier.multiples import PANELS, STACK, Multiples, draw_multiples
from standoff.dossier.pictures import COLOURS
from standoff.records import Event, Record

ACTORS = [make_actor(f"Party {number:02}") for number in range(41)]
FOUGHT = {"kind": "ASSAULT", "quad": 4, "recipients": ["party_01"]}


def make_deed(day: str | None, number: int = 0, **fields: Any) -> Event:
    known = {"actors": ["party_00"], "when": make_when(day) if day else None, "id": f"event_{number}"}
    return make_event("no talks", **{**FOUGHT, **known, **fields})


def make_record(*events: Event, day: str | None = "2031-03-04", **fields: Any) -> Record:
    return Record(**{"articles": (make_article(day=day),), "actors": tuple(ACTORS), "events": events, **fields})


def draw(*events: Event, **fields: Any) -> Multiples | None:
    catalogue = Catalogue(make_record(*events, **fields))
    return draw_multiples(catalogue, anchor_deeds(present_dyads(catalogue)))


def read_labels(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_one_event_is_one_square_that_leads_to_its_entry_in_the_list() -> None:
    record = make_record(make_deed("2031-03-01"))
    picture = draw(*record.events)
    assert picture is not None
    for svg in (picture.wide, picture.narrow):
        assert re.findall(r'href="#([^"]*)"', svg) == ["d-1-1"]
        assert read_labels(svg) == ["Party 00 → Party 01", "Mar 2031"]
    assert (picture.pairs, picture.more_pairs, picture.undated) == (1, 0, 0)
    page = build_dossier(record)
    assert 'id="d-1-1"' in page[page.index('<section id="did">') :]
    assert "Follow a square to its words" in page


@pytest.mark.parametrize(
    "events",
    [
        [],
        [make_deed("2031-03-01", status="negated")],
        [make_deed("2031-03-01", status="hypothetical")],
        [make_deed("1991-10-23")],
        [make_deed(None, when=make_when("2031-01-01", "2031-12-31"))],
    ],
)
def test_where_no_deed_has_a_month_there_is_no_picture_but_the_list(events: list[Event]) -> None:
    assert draw(*events) is None
    assert "Each square is a deed" not in build_dossier(make_record(*events))


def test_without_any_date_there_is_no_picture() -> None:
    assert draw(make_deed(None), day=None) is None


def test_of_forty_pairs_the_dozen_with_most_deeds_are_drawn_and_the_rest_counted() -> None:
    events = [make_deed("2031-03-01", number, recipients=[f"party_{number:02}"]) for number in range(1, 41)]
    events += [make_deed("2031-03-02", 50 + number, recipients=[f"party_{number:02}"]) for number in range(20, 32)]
    picture = draw(*events)
    assert picture is not None
    assert (picture.pairs, picture.more_pairs) == (PANELS, 40 - PANELS)
    drawn = {label for label in read_labels(picture.wide) if "→" in label}
    assert drawn == {f"Party 00 → Party {number}" for number in range(20, 32)}
    assert f"The list holds {40 - PANELS} more pairs" in build_dossier(make_record(*events))


def test_a_pair_named_on_both_sides_comes_before_one_that_is_not() -> None:
    lonely = [make_deed("2031-03-01", number, recipients=[], mode=f"m{number}") for number in range(3)]
    picture = draw(*lonely, make_deed("2031-03-01", 9))
    assert picture is not None
    assert [label for label in read_labels(picture.narrow) if "Party" in label] == ["Party 00 → Party 01", "Party 00"]


def test_cooperation_stands_above_the_line_and_conflict_below_and_plans_are_hollow() -> None:
    helped = make_deed("2031-03-01", 1, kind="AID", quad=2)
    asked = make_deed("2031-03-01", 2, kind="REQUEST", quad=3)
    planned = make_deed("2031-04-01", 3, kind="PROTEST", quad=4, status="future")
    picture = draw(helped, asked, planned)
    assert picture is not None
    fills = re.findall(r'fill="var\(--(\w+)\)" stroke="var\(--(\w+)\)"', picture.wide)
    assert sorted(fills) == [("for", "for"), ("neutral", "neutral"), ("paper", "against")]


def test_in_the_list_deeds_of_nobody_named_come_last() -> None:
    unnamed = [make_deed("2031-03-01", number, actors=[], recipients=[]) for number in range(3)]
    dyads = present_dyads(Catalogue(make_record(*unnamed, make_deed("2031-03-01", 9))))
    assert [len(dyad.deeds) for dyad in dyads] == [1, 3]


def test_a_deed_that_two_reports_tell_of_is_one_square() -> None:
    told = make_deed("2031-03-01", 1), make_deed("2031-03-01", 2, article="a2")
    articles = make_article(day="2031-03-04"), make_article("a2", day="2031-03-05", text="Other words altogether.")
    picture = draw(*told, articles=articles, happenings=(make_happening(events=told),))
    assert picture is not None
    assert picture.wide.count('href="#d-') == 1


def test_a_high_stack_says_how_many_it_stands_for() -> None:
    picture = draw(*(make_deed("2031-03-01", number, mode=f"m{number}") for number in range(STACK + 3)))
    assert picture is not None
    assert picture.wide.count('href="#d-') == STACK
    assert f"×{STACK + 3}" in read_labels(picture.wide)


@pytest.mark.parametrize(
    ("days", "step", "labels"),
    [
        (["2031-01-01", "2031-12-01"], "month", ["Jan 2031", "Dec 2031"]),
        (["2026-02-01", "2031-12-01"], "quarter", ["Jan 2026", "Oct 2031"]),
        (["1991-02-01", "2031-12-01"], "year", ["1991", "2031"]),
    ],
)
def test_a_long_span_is_drawn_by_quarters_or_years(days: list[str], step: str, labels: list[str]) -> None:
    articles = tuple(make_article(f"a{number}", day=day) for number, day in enumerate(days, start=1))
    picture = draw(*(make_deed(day, number) for number, day in enumerate(days)), articles=articles)
    assert picture is not None
    assert picture.step == step
    assert [label for label in read_labels(picture.narrow) if "→" not in label] == labels


def test_names_stay_text_and_colours_are_the_pages() -> None:
    odd = make_actor('<b onload="x">' + "very long " * 40, id="party_00")
    picture = draw(make_deed("2031-03-01"), actors=(odd, ACTORS[1]))
    assert picture is not None
    for svg in (picture.wide, picture.narrow):
        assert "<b" not in svg
        assert not any(colour in svg for colour in COLOURS)
        assert not re.search(r"""\s(style|font-family|role)=|https?:""", svg)
        assert "…</text>" in svg


def test_who_vouches_for_a_deed_is_named_with_the_day_that_they_said_it(record: Record) -> None:
    page = build_dossier(record)
    did = page[page.index('<section id="did">') : page.index('<section id="conflicts">')]
    assert re.search(r'according to <a class="name"[^>]*>.*?</a>, reported \d+ \w+ 2024', did)
    assert build_dossier(record) == page
