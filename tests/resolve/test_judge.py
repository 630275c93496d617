"""The judge of a pair: texts that cannot both be so, and texts that only look so."""

from __future__ import annotations

import re

import pytest

from standoff.resolve.conflicts.judge import Claim, judge_pair

APART = [
    ("Nine lorries crossed the border.", "Thirty lorries crossed the border.", "number"),
    ("Two miners were killed in the shaft.", "Eleven people died there.", "toll"),
    ("Nobody was hurt, the ministry said.", "Three women lay in hospital.", "toll"),
    ("The families were paid in March.", "The families were never paid.", "denial"),
    ("The checkpoint is open.", "The checkpoint stays shut.", "opposite"),
    ("The march was peaceful.", "The march ended in violence.", "opposite"),
    ("All pupils may stay.", "Some pupils may stay.", "extent"),
    ("The visit will certainly take place.", "The visit might take place.", "certainty"),
    ("Troops crossed the river.", "It was not us.", "polarity"),
]
TOGETHER = [
    ("At least nine lorries crossed.", "Thirty lorries crossed."),
    ("Two miners were killed.", "Eleven people were injured."),
    ("The checkpoint is open.", "The checkpoint was not shut."),
    ("The families were not paid.", "The families were never paid."),
    ("The harvest was good.", "The bank closed early."),
]


@pytest.mark.parametrize(("left", "right", "kind"), APART)
def test_what_cannot_both_be_so(left: str, right: str, kind: str) -> None:
    judged, turned = judge_pair(Claim(left), Claim(right)), judge_pair(Claim(right), Claim(left))
    assert judged.kind == kind
    assert judged.difference
    assert judged.score == turned.score


@pytest.mark.parametrize(("left", "right"), TOGETHER)
def test_what_goes_together(left: str, right: str) -> None:
    assert judge_pair(Claim(left), Claim(right)).score == 0


def test_a_denial_turns_what_is_denied() -> None:
    told, denied = Claim("The firm sold the mill."), Claim("The firm sold the mill.", denied=True)
    assert judge_pair(told, told).score == 0
    assert judge_pair(told, denied).kind == "denial"


def test_names_that_are_left_out_do_not_count_as_common_words() -> None:
    text, other = "Norway builds dams.", "Not Norway."
    assert judge_pair(Claim(text), Claim(other)).kind == "denial"
    nameless = judge_pair(Claim(text, stems=frozenset({"builds"})), Claim(other, stems=frozenset()))
    assert nameless.kind == "polarity"


def test_words_in_common_make_a_difference_weigh_more() -> None:
    alone = judge_pair(Claim("The gate is open."), Claim("The shop is shut."))
    common = judge_pair(Claim("The iron gate is open."), Claim("The iron gate is shut."))
    assert common.score > alone.score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("No shop was looted on Saturday.", "Shops were looted on Wednesday."),
        ("The clinic treated three patients.", "The clinic has now treated eleven patients."),
        ("Nine tractors stood at the border.", "In all, ninety tractors stood at the border."),
        ("Teachers will not return.", "Teachers might return."),
    ],
)
def test_another_day_world_or_whole_makes_a_difference_weigh_less(left: str, right: str) -> None:
    plain = [re.sub(r" on \w+day| now|In all, |might ", "", text) for text in (left, right)]
    assert judge_pair(Claim(left), Claim(right)).score < judge_pair(*map(Claim, plain)).score


def test_villages_are_no_villagers() -> None:
    assert judge_pair(Claim("Four villages burned."), Claim("Forty villagers came home.")).score == 0
