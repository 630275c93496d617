"""Spans survive tagging, the best course is the best that the rules allow, and distances have a side."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.models.reader.distances import place_lines, place_spans, place_words
from standoff.models.reader.field import Field
from standoff.models.reader.links import Linker
from standoff.models.reader.tags import ROLES, TAGS, read_names, read_spans, tag_spans

FLAT = (np.zeros((len(TAGS), len(TAGS)), dtype=np.float32), np.zeros(len(TAGS), dtype=np.float32))
PLAIN = Field(TAGS, *FLAT, {})


@given(lengths=st.lists(st.tuples(st.sampled_from(ROLES), st.integers(1, 4), st.integers(0, 2)), max_size=6))
def test_spans_survive_tagging(lengths: list[tuple[str, int, int]]) -> None:
    spans, at = [], 0
    for role, length, gap in lengths:
        spans.append((role, at + gap, at + gap + length))
        at += gap + length
    assert list(read_spans([TAGS[number] for number in tag_spans(at + 1, spans)])) == spans


@pytest.mark.parametrize("seed", range(3))
def test_the_best_course_is_the_best_of_all(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(1, 3, len(TAGS))).astype(np.float32)
    found = PLAIN.find_best_courses(scores, np.array([3]))[0]

    def weigh(course: tuple[int, ...]) -> float:
        moves = sum(PLAIN.follows[left, right] for left, right in pairwise(course))
        return float(PLAIN.starts[course[0]] + moves + sum(scores[0, number, tag] for number, tag in enumerate(course)))

    assert tuple(found) == max(product(range(len(TAGS)), repeat=3), key=weigh)


def test_a_role_may_gain_by_beginning_but_not_by_going_on() -> None:
    opened = Field(TAGS, *FLAT, {"cue": 0.5})
    scores = np.zeros((1, 3, len(TAGS)), dtype=np.float32)
    scores[..., TAGS.index("O")], scores[..., TAGS.index("S-cue")] = 0.4, 0.01
    assert PLAIN.find_best_courses(scores, np.array([3]))[0].tolist() == [0, 0, 0]
    assert [TAGS[at] for at in opened.find_best_courses(scores, np.array([3]))[0]] == ["S-cue"] * 3
    assert not opened.follows[TAGS.index("B-cue"), TAGS.index("E-cue")]


@settings(deadline=None)
@given(seed=st.integers(0, 1000), lengths=st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_rows_do_not_change_each_other(seed: int, lengths: list[int]) -> None:
    scores = np.random.default_rng(seed).normal(size=(len(lengths), max(lengths), len(TAGS))).astype(np.float32) * 3
    together = PLAIN.find_best_courses(scores, np.array(lengths))
    for row, length in enumerate(lengths):
        alone = PLAIN.find_best_courses(scores[row : row + 1, :length], np.array([length]))[0]
        assert together[row].tolist() == alone.tolist()


def test_no_span_runs_on_over_the_head_of_a_line() -> None:
    scores = np.zeros((1, 2, len(TAGS)), dtype=np.float32)
    scores[0, 0, TAGS.index("B-content")] = scores[0, 1, TAGS.index("E-content")] = 5
    scores[0, :, TAGS.index("S-content")] = 1
    PLAIN.bar_line_heads(scores, np.array([[True, True]]))
    course = PLAIN.find_best_courses(scores, np.array([2]))[0]
    assert [TAGS[number] for number in course][1] == "S-content"


@given(start=st.integers(0, 300), length=st.integers(1, 50), cue=st.integers(0, 300))
def test_distances_have_a_side(start: int, length: int, cue: int) -> None:
    bucket = place_spans([(start, start + length)], [(cue, cue + 1)])[0, 0]
    if cue >= start + length:
        assert bucket < 8
    elif cue + 1 <= start:
        assert bucket > 8


@given(cue=st.integers(0, 60), length=st.integers(1, 5))
def test_a_word_stands_as_far_as_its_span(cue: int, length: int) -> None:
    words = place_words(80, cue, cue + length)
    for number in (0, 20, 40, 60, 79):
        if not cue <= number < cue + length:
            assert words[number] == place_spans([(number, number + 1)], [(cue, cue + length)])[0, 0]


def test_nothing_chooses_among_none() -> None:
    linker = Linker(np.zeros(16, np.float32), np.zeros(5, np.float32), np.ones(4, np.float32))
    heads = np.array([True, False])
    away = (place_spans([], [(0, 1)]).T, place_lines([], [(0, 1)], heads).T)
    assert linker.choose(np.ones((1, 4), np.float32), None, away) == ([None], [1.0])


def test_a_name_that_goes_on_as_another_kind_is_two() -> None:
    assert list(read_names(["B-ORG", "I-GPE", "I-GPE"])) == [("ORG", 0, 1), ("GPE", 1, 3)]
