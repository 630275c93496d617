"""Voices: candidates that are one conflict told by several are one entry, and those that are not stay apart."""

from __future__ import annotations

from typing import Any

import pytest

from standoff.records import Conflict
from standoff.resolve.conflicts.voices import End, join_voices, list_pairs

NAMES = {"ito": "Ada Ito", "moor": "Ben Moor", "dahl": "Kari Dahl", "guild": "Guild"}
SIDES = {"ito": "norway", "dahl": "norway", "moor": "guild", "guild": "guild"}


def place(start: int, text: str, source: str | None, article: str = "a") -> End:
    return End(article, start, start + len(text), text, text, source, SIDES.get(source or ""))


ENDS = {
    "charge": place(0, "boats were rammed at night", "moor"),
    "same charge": place(5, "were rammed at night", "guild"),
    "answer": place(100, "no boat was touched", "ito"),
    "other answer": place(200, "our crews keep their distance", "dahl"),
    "own answer": place(300, "it was a calm evening", "ito"),
    "26": place(400, "there were 26 boats in the strait", "ito"),
    "forty": place(500, "we sent forty boats", "moor"),
    "about 40": place(0, "about 40 boats lay in the strait", None, "b"),
    "26 again": place(700, "we counted 26 boats", "dahl", "b"),
    "nine": place(600, "nine boats came home", "guild"),
}


def clash(left: str, right: str, score: float = 0.5, **fields: Any) -> Conflict:
    return Conflict(
        id=f"{left}/{right}", kind="contested", left=left, right=right, why="They differ.", score=score, **fields
    )


def join(*found: Conflict) -> list[Conflict]:
    return join_voices(found, ends=ENDS, names=NAMES)


def test_a_second_answer_of_one_side_is_a_further_voice() -> None:
    (found,) = join(clash("charge", "answer", 0.9), clash("charge", "other answer"))
    assert (found.id, found.score) == ("charge/answer", 0.9)
    assert (found.left_also, found.right_also) == ((), ("other answer",))
    assert found.why == "They differ. Kari Dahl too: “our crews keep their distance”."
    assert list_pairs(found) == [("charge", "answer"), ("charge", "other answer")]


def test_the_ends_may_be_the_other_way_round_and_the_passage_another_cut_of_it() -> None:
    (found,) = join(clash("charge", "answer"), clash("other answer", "same charge"))
    assert (found.left_also, found.right_also) == ((), ("other answer",))


@pytest.mark.parametrize(
    "other",
    [("charge", "own answer"), ("26", "other answer"), ("charge", "nine"), ("nine", "own answer")],
    ids=["the same source", "another charge", "the accuser's side", "nothing in common"],
)
def test_what_is_another_conflict_stays_apart(other: tuple[str, str]) -> None:
    assert len(join(clash("charge", "answer"), clash(*other))) == 2


def test_another_issue_is_another_conflict() -> None:
    assert len(join(clash("charge", "answer", issue="fishing"), clash("charge", "other answer", issue="ports"))) == 2


def test_who_comes_to_the_same_two_numbers_is_a_further_voice() -> None:
    (found,) = join(clash("26", "forty"), clash("about 40", "26"))
    assert (found.left_also, found.right_also) == ((), ("about 40",))
    assert found.why.endswith("A report too: “40 boats”.")
    (found,) = join(clash("26", "forty"), clash("26", "about 40"), clash("about 40", "26 again"))
    assert (found.left_also, found.right_also) == (("26 again",), ("about 40",))


def test_other_numbers_are_another_conflict_and_so_are_the_same_of_no_common_report() -> None:
    assert len(join(clash("26", "forty"), clash("26", "nine"))) == 2
    assert len(join(clash("26", "forty"), clash("about 40", "26 again"))) == 2
