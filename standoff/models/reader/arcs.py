"""Say which words are whose parties: an event's actor and recipient, a position's holder and condition."""

from __future__ import annotations

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
