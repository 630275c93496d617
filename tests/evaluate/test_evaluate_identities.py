"""Scoring identities: what counts as found, and that what was reached on the shipped sets stays so."""

from __future__ import annotations

import pathlib

import pytest

from standoff.errors import ConfigError
from standoff.evaluate.identities import Listed, Told, evaluate_identities, list_misses, score_identities

SETS = pathlib.Path(__file__).resolve().parents[1] / "cases" / "identities.toml"
# Figures of 2026-11-22, less two points; nobody is ever to be merged who is two.
FLOORS = {"tune": (92.7, 98.0), "held": (78.0, 86.9)}


def told(coded: str, found: str, half: str = "tune") -> Told:
    return Told("a-set", half, "1 Ada Ito", "2 Ito", coded, found)


def listed(*, right_one: bool, half: str = "tune") -> Listed:
    return Listed("a-set", half, "same-actor", "Ada Ito", "Ito", "They share a surname.", right_one)


def test_one_actor_is_found_if_merged_or_suggested_and_others_only_if_suggested_as_what_they_are() -> None:
    pairs = [
        told("same", "merged"),
        told("same", "same-actor"),
        told("same", "part"),
        told("part", "part"),
        told("part", "merged"),
        told("two", "same-actor"),
    ]
    scores = score_identities(pairs, [listed(right_one=True), listed(right_one=False)])
    assert scores["all"]["found"] == (60.0, 5)
    assert scores["all"]["kept apart"] == (66.7, 3)
    assert scores["all"]["right"] == (50.0, 2)
    assert scores["same"]["found"].over == 3


def test_lists_what_is_wrong_but_never_of_held_sets() -> None:
    pairs = [told("same", "nothing"), told("two", "merged", half="held")]
    lines = list(list_misses(pairs, [listed(right_one=False), listed(right_one=False, half="held")]))
    assert lines == [
        "a-set: “1 Ada Ito” and “2 Ito” are same, and were nothing",
        "a-set: same-actor “Ada Ito” and “Ito” is not right: They share a surname.",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[set]]\nid = 'x'\nhalf = 'tune'\narticles = []\n", "set x has no pairs"),
        (
            "[[set]]\nid = 'x'\nhalf = 'tune'\narticles = []\npairs = [{left = '1 a', right = '2 b', is = 'maybe'}]\n",
            "a pair of x needs left, right and is: same, successor, part, two",
        ),
        ("[[set]", "cannot be read as sets of reports"),
    ],
)
def test_a_file_that_cannot_be_scored_is_one_sentence(text: str, says: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "sets.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=says):
        evaluate_identities([path])


def test_the_shipped_sets_score_no_less_than_they_did() -> None:
    pairs, suggestions = evaluate_identities([SETS])
    for half, (found, right) in FLOORS.items():
        scores = score_identities(
            [pair for pair in pairs if pair.half == half], [item for item in suggestions if item.half == half]
        )
        assert scores["all"]["found"].percent >= found
        assert scores["all"]["right"].percent >= right
        assert scores["all"]["kept apart"].percent == 100.0
