"""Shifts: a change of mind between two days, and everything that only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from builders import cut, make_actor, make_article, make_attribution, make_position, make_reading, make_when

from standoff.records import Mention, Reading
from standoff.resolve.shifts import Dated, _Line, find_shifts

ACTORS = [make_actor("Ito")]


def on(day: str | None, stance: Any, *, name: str | None = None, **fields: Any) -> Reading:
    """Build an article of one day in which Ito takes a stance."""
    article = make_article(name or f"of {day}", day=day)
    return make_reading(article, positions=(make_position(stance=stance, article=article.id, **fields),))


def changes(*readings: Reading) -> list[tuple[str, str]]:
    stance = {item.id: item.stance for reading in readings for item in reading.positions}
    return [(stance[shift.before], stance[shift.after]) for shift in find_shifts(readings, actors=ACTORS)]


def test_another_stance_on_a_later_day_is_a_shift_that_says_when() -> None:
    first, second = on("2024-03-01", "for", text="let us talk"), on("2024-08-05", "against", text="talks are dead")
    (shift,) = find_shifts([second, first], actors=ACTORS)
    assert (shift.before, shift.after) == (first.positions[0].id, second.positions[0].id)
    assert (
        shift.why
        == "Ito on negotiation: for on 2024-03-01, against on 2024-08-05; has turned against it (harder than before)."
    )
    assert shift.score == pytest.approx(0.64)


@pytest.mark.parametrize(
    ("readings", "why"),
    [
        ([on("2024-03-01", "for"), on("2024-08-05", "for")], "a repetition"),
        ([on("2024-03-01", "for"), on("2024-03-01", "against", name="b")], "the same day"),
        ([on("2024-03-01", "for"), on(None, "against")], "an unknown day"),
        ([on("2024-03-01", "for"), on("2024-08-05", "against", issue="aid")], "another issue"),
        ([on("2024-03-01", "for"), on("2024-08-05", "against", holder="ben")], "another holder"),
        ([on("2024-03-01", "for"), on("2024-08-05", "against", score=0.3)], "too unsure"),
        ([on("2024-03-01", "for"), on("2024-08-05", "neutral")], "being undecided is no side to move to"),
        ([on("2024-03-01", "for"), on("2024-08-05", "against", text="the day after Ito had ruled out talks")], "past"),
        (
            [on("2024-03-01", "against"), on("2024-08-05", "for", when=make_when("2024-02-01", "2024-03-01"))],
            "reported late: the days may be the same",
        ),
    ],
)
def test_what_only_looks_like_a_shift(readings: list[Reading], why: str) -> None:
    assert changes(*readings) == [], why


def test_what_others_say_of_the_holder_is_no_shift() -> None:
    claim = make_attribution("Ito wants no talks", by="ben", article="b")
    position = make_position(stance="against", article="b", basis=claim.id)
    told = make_reading(make_article("b", day="2024-08-05"), attributions=(claim,), positions=(position,))
    assert changes(on("2024-03-01", "for"), told) == []


def told(day: str, stance: Any, text: str, words: str, *, cue: str) -> Reading:
    """Build an article of one day that gives Ito's stance, `words`, by the reporting word `cue` of its `text`."""
    article = make_article(f"of {day}", day=day, text=text)
    said = make_attribution(words, article=article.id, within=text)
    said = replace(said, cue=cut(cue, article=article.id, within=text))
    position = make_position(words, stance=stance, article=article.id, within=text, basis=said.id)
    return make_reading(article, attributions=(said,), positions=(position,))


def test_a_stance_of_some_earlier_day_is_of_no_day() -> None:
    now = on("2024-03-01", "for")
    assert changes(now, told("2024-08-05", "against", "Ito refused talks.", "talks", cue="refused"))
    assert changes(now, told("2024-08-05", "against", "Ito had refused talks.", "talks", cue="refused")) == []


NORWAY = make_actor("Norway", kind="country", country="NOR")
ENVOY = make_actor("Kari Dahl", country="NOR", sectors=("GOV",))
MINISTER = make_actor("Per Vik", country="NOR", sectors=("GOV",))
SIDE = [NORWAY, ENVOY, MINISTER, make_actor("Sudan", kind="country", country="SDN", sectors=("GOV",))]


def test_a_country_and_who_speaks_for_it_change_once() -> None:
    def both(day: str, stance: Any) -> Reading:
        article = make_article(f"of {day}", day=day)
        return make_reading(
            article,
            positions=tuple(
                make_position(words, holder=holder, stance=stance, article=article.id, score=score)
                for words, holder, score in (("x", "norway", 0.8), ("y", "kari_dahl", 0.9))
            ),
        )

    (shift,) = find_shifts([both("2024-01-01", "for"), both("2024-02-01", "against")], actors=SIDE)
    assert shift.holder == "kari_dahl"


def test_a_side_changes_where_one_speaks_before_and_another_after() -> None:
    line = [on("2024-01-01", "for", holder="kari_dahl"), on("2024-02-01", "against", holder="per_vik")]
    (shift,) = find_shifts(line, actors=SIDE)
    assert shift.holder == "norway"
    assert "for on 2024-01-01 (Kari Dahl), against on 2024-02-01 (Per Vik)" in shift.why
    two_voices = on("2024-02-01", "for", holder="norway", name="b")
    assert find_shifts([*line, two_voices], actors=SIDE) == []


def test_two_parties_to_talk_with_are_no_change_unless_a_report_names_both() -> None:
    def toward(day: str, stance: Any, other: str, *named: str) -> Reading:
        reading = on(day, stance, toward=other)
        mentions = tuple(
            Mention(id=f"{day}{name}", passage=cut("x", article=f"of {day}"), actor=name) for name in named
        )
        return replace(reading, mentions=mentions)

    actors = [*SIDE, *ACTORS]
    early = toward("2024-01-01", "for", "norway", "norway", "kari_dahl")
    assert find_shifts([early, toward("2024-02-01", "against", "sudan", "sudan")], actors=actors) == []
    assert find_shifts([early, toward("2024-02-01", "against", "sudan", "sudan", "norway")], actors=actors)


@pytest.mark.parametrize(
    ("issue", "before", "after", "move"),
    [
        ("negotiation", "against", "conditional", "no longer refuses, but sets a condition (softer than before)"),
        ("negotiation", "for", "conditional", "now sets a condition (harder than before)"),
        ("detention", "for", "against", "has turned against it (softer than before)"),
        ("protest", "for", "against", "has turned against it."),
        ("pit-closure", "conditional", "against", "now refuses on any condition."),
    ],
)
def test_which_way_a_holder_moved_is_said_in_words(issue: str, before: Any, after: Any, move: str) -> None:
    (shift,) = find_shifts([on("2024-01-01", before, issue=issue), on("2024-02-01", after, issue=issue)], actors=ACTORS)
    assert f"{move}." in f"{shift.why}."


def test_there_and_back_are_two_shifts() -> None:
    line = on("2024-01-01", "for"), on("2024-02-01", "against"), on("2024-03-01", "for")
    assert changes(*line) == [("for", "against"), ("against", "for")]


def test_one_change_told_twice_is_one_shift_with_the_surest_words() -> None:
    unsure, sure = on("2024-02-01", "against", score=0.5), on("2024-02-01", "against", name="b", score=0.9)
    (shift,) = find_shifts([on("2024-01-01", "for"), unsure, sure], actors=ACTORS)
    assert shift.after == sure.positions[0].id


def test_a_holder_with_two_stances_has_not_changed_while_one_of_them_lasts() -> None:
    both = make_reading(
        make_article("a", day="2024-01-01"),
        positions=(make_position("x", article="a", stance="for"), make_position("y", article="a", stance="against")),
    )
    assert changes(both, on("2024-02-01", "against")) == []


def test_days_within_one_article_make_a_shift() -> None:
    article = make_article("a", day="2024-06-01")
    early = make_position("talks, yes", article="a", stance="for", when=make_when("2024-01-01"))
    late = make_position("talks, no", article="a", stance="against")
    assert changes(make_reading(article, positions=(early, late))) == [("for", "against")]


def test_a_look_back_comes_before_the_report_even_if_its_day_is_not_known() -> None:
    article = make_article("a", earliest="2023-06-01", latest="2024-06-30")
    early = make_position("had asked for talks", article="a", when=make_when("2024-02-01", "2024-02-29"))
    late = make_position("nothing to discuss", article="a", stance="against")
    undated = make_reading(article, positions=(early, late))
    assert changes(undated) == [("for", "against")]
    first_hand = on("2024-02-12", "for")
    shifts = find_shifts([undated, first_hand], actors=ACTORS)
    assert [(shift.before, shift.after) for shift in shifts] == [(first_hand.positions[0].id, late.id)]


def test_the_weekday_of_the_news_is_no_look_back() -> None:
    article = make_article("a", day="2024-06-01")
    early = make_position("talks, yes", article="a", when=make_when("2024-05-31"))
    late = make_position("talks, no", article="a", stance="against", when=make_when("2024-05-31"))
    assert changes(make_reading(article, positions=(early, late))) == []


def test_the_order_of_the_articles_does_not_matter() -> None:
    line = [on("2024-01-01", "for"), on("2024-02-01", "against"), on("2024-03-01", "conditional")]
    results = {tuple(shift.id for shift in find_shifts(order, actors=ACTORS)) for order in permutations(line)}
    assert len(results) == 1


def test_what_is_looked_at_grows_with_the_statements_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    find_around = _Line.find_around

    def count_around(self: _Line, item: Dated) -> Iterator[Dated]:
        nonlocal count
        for found in find_around(self, item):
            count += 1
            yield found

    monkeypatch.setattr(_Line, "find_around", count_around)

    def read_many(number: int) -> int:
        nonlocal count
        count = 0
        days = [str(date(2020, 1, 1) + timedelta(days=place)) for place in range(number)]
        assert len(changes(*(on(day, ("for", "against")[place % 2]) for place, day in enumerate(days)))) == number - 1
        return count

    assert read_many(400) <= 2.2 * read_many(200)
