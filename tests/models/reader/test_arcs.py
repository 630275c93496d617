"""Which words are the parties of which."""

from __future__ import annotations

import numpy as np

from standoff.models.reader.arcs import weigh_arcs
from standoff.models.reader.distances import WORD_BOUNDS, place_each, place_words


def test_a_word_that_answers_what_is_asked_is_a_party() -> None:
    # Of each word: what it asks for first and second parties, and what it answers to as either; vectors of one number.
    vectors = np.array([[4, -4, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], dtype=np.float32)
    level = np.zeros((2, len(WORD_BOUNDS) + 1), dtype=np.float32)
    chances = weigh_arcs(vectors, np.array([0]), level, np.zeros(2, dtype=np.float32))
    assert chances.shape == (1, 3, 2)
    assert np.allclose(chances[0], [[0.5, 0.5], [0.98, 0.5], [0.5, 0.02]], atol=0.005)


def test_distance_and_rarity_count_by_party() -> None:
    distance = np.zeros((2, len(WORD_BOUNDS) + 1), dtype=np.float32)
    distance[1, place_words(3, 0, 1)[2]] = 5.0
    rarity = np.array([-5.0, 0.0], dtype=np.float32)
    chances = weigh_arcs(np.zeros((3, 8), dtype=np.float32), np.array([0, 2]), distance, rarity)
    assert (chances[..., 0] < 0.01).all()
    assert chances[0, 2, 1] > 0.99
    assert chances[1, 0, 1] == 0.5


def test_places_from_each_word_are_those_from_one() -> None:
    words = np.array([0, 7, 89])
    assert place_each(90, words).tolist() == [place_words(90, at, at + 1).tolist() for at in words]
