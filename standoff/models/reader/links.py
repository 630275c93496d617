"""Let each span of one role choose one of another, or none, by what the reader learned of both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standoff.models.reader.field import Scores


class Linker(NamedTuple):
    """What is learned of links: the worth of distances in words and in lines, by bucket, and what stands for none."""

    words_away: Scores
    lines_away: Scores
    none: Scores

    def choose(
        self, choosing: Scores, choices: Scores | None, away: tuple[NDArray[np.int64], NDArray[np.int64]]
    ) -> tuple[list[int | None], list[float]]:
        """Give for each that chooses the number of its choice, or None, and the chance of that.

        `choosing` and `choices` are vectors; `away` holds the buckets of their distances, in words and in lines.
        """
        scores = (choosing @ self.none)[:, None]
        if choices is not None:
            near = self.words_away[away[0]] + self.lines_away[away[1]]
            scores = np.concatenate([choosing @ choices.T + near, scores], axis=1)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        best = shares.argmax(axis=1)
        none = scores.shape[1] - 1
        return [None if at == none else int(at) for at in best], shares.max(axis=1).tolist()
