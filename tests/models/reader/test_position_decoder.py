"""A word names an issue by its likeness to the issue's description; the issue says what a side means for it."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.models.reader.positions import (
    STANCES,
    Issues,
    PositionDecoder,
    PositionWords,
    describe_issue,
    keep_telling,
    name_issues,
    side_stances,
)

ISSUES = Issues(
    names=("talks", "strike"),
    keys=np.array([[1, 0, 0], [0, 0, -9], [0, 1, 0]], dtype=np.float32),  # two words of the first, one of the second
    firsts=np.array([0, 2]),
    siding=np.array([[1.0], [-1.0]], dtype=np.float32),
)


def make_words(count: int) -> PositionWords:
    return PositionWords(
        namings=np.tile(np.array([0, 0, -9], dtype=np.float32), (count, 1)),
        stances=np.zeros((count, len(STANCES) + 1), dtype=np.float32),
        parts=np.zeros((count, 8), dtype=np.float32),
        starts=np.arange(count) * 5,
        ends=np.arange(count) * 5 + 4,
    )


def test_a_word_names_the_issue_whose_description_it_is_like() -> None:
    named = name_issues(np.array([[8, 0, -2], [0, 8, -2], [0, 0, -2]], dtype=np.float32), ISSUES)
    assert named[0, 0] > 0 > named[0, 1]
    assert named[1, 1] > 0 > named[1, 0]
    assert (named[2] < 0).all()


def test_words_of_a_description_that_tell_nothing_are_left_out_and_change_nothing() -> None:
    kept = keep_telling(ISSUES.keys[:2])
    assert kept.tolist() == [[1, 0, 0]]
    fewer = ISSUES._replace(keys=np.concatenate([kept, ISSUES.keys[2:]]), firsts=np.array([0, 1]))
    namings = np.array([[8, 0, -2], [0, 8, -2], [3, 3, -2]], dtype=np.float32)
    assert name_issues(namings, fewer) == pytest.approx(name_issues(namings, ISSUES), abs=0.01)


def test_what_is_said_turns_with_what_the_issue_wants() -> None:
    scores = np.array([0, 0, 0, 0, 0, 2], dtype=np.float32)
    assert STANCES[int(side_stances(scores, ISSUES.siding[0]).argmax())] == "for"
    assert STANCES[int(side_stances(scores, ISSUES.siding[1]).argmax())] == "against"


def test_a_word_is_told_of_with_its_stances_and_the_words_of_its_holder() -> None:
    words = make_words(3)
    words.namings[2] = (9, 0, -3)
    words.stances[2, STANCES.index("neutral")] = 5
    words.parts[2, :2], words.parts[0, 4:6] = (3, 0), (3, 0)  # the third word asks, the first answers, for a holder
    decoder = PositionDecoder(distance=np.zeros((2, 99), dtype=np.float32), rarity=np.full(2, -4, dtype=np.float32))
    (found,) = decoder.find_positions(words, ISSUES)
    assert (found.start, found.issue) == (10, "talks")
    assert max(found.stances, key=lambda name: found.stances[name]) == "neutral"
    assert sum(found.stances.values()) == pytest.approx(1, abs=0.01)
    assert [(part.start, part.holder > 0.9, part.condition < 0.1) for part in found.parts] == [(0, True, True)]


def test_without_issues_nothing_is_told() -> None:
    none = Issues(
        (), np.zeros((0, 0), dtype=np.float32), np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float32)
    )
    decoder = PositionDecoder(distance=np.zeros((2, 99), dtype=np.float32), rarity=np.zeros(2, dtype=np.float32))
    assert decoder.find_positions(make_words(2), none) == []


def test_a_description_holds_each_cue_once_and_not_too_many() -> None:
    described = describe_issue("Fees.", ["fee/NOUN", "fee/VERB", *(f"cue{number}" for number in range(20))])
    assert described.startswith("Fees. fee, cue0, ")
    assert described.count(",") < 10
