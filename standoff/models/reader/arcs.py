"""Say which words are whose parties: an event's actor and recipient, a position's holder and condition."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from standoff.models.reader.distances import place_each
from standoff.models.reader.field import Scores


def weigh_arcs(vectors: Scores, asking: NDArray[np.int64], distance: Scores, rarity: Scores) -> Scores:
    """Give the chances that each word is either party of each of the words `asking` (asking, words, two).

    `vectors` has for each word what it asks for, for both parties, and then what it answers to; `distance` is the worth
    of the words between, by party and bucket, `rarity` how rare each party is.
    """
    asks, answers = vectors.reshape(len(vectors), 2, 2, -1).transpose(1, 2, 0, 3)
    arcs = asks[:, asking] @ answers.transpose(0, 2, 1)
    arcs += distance[:, place_each(len(vectors), asking)] + rarity[:, None, None]
    chances: Scores = (1 / (1 + np.exp(-arcs))).transpose(1, 2, 0)
    return chances


def list_parties(
    starts: NDArray[np.int64], ends: NDArray[np.int64], chances: Scores, least: float
) -> Iterator[tuple[int, int, float, float]]:
    """Yield the characters of each word that is either party of one word with more than a `least` chance, and both.

    `starts` and `ends` are those of all words, `chances` one row of `weigh_arcs`.
    """
    named = np.flatnonzero((chances > least).any(axis=1))
    rounded = chances[named].astype(np.float64).round(3).tolist()
    for start, end, (first, second) in zip(starts[named].tolist(), ends[named].tolist(), rounded, strict=True):
        yield start, end, first, second
