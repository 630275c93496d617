"""Turn the reader's raw scores into chances: the share of attributions with such a score that are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from standoff.evaluate.attributions import judge_attributions
from standoff.models.reader import TextReader

POINTS = 12  # the most points of the curve that is kept


def fit_calibration(reader: TextReader, records: Sequence[dict[str, Any]]) -> list[list[float]]:
    """Give raw scores, rising, and the share of attributions that are right at each, by `records` that are gold.

    The curve rises throughout (isotonic regression by pooling adjacent violators, Ayer et al. 1955, as Zadrozny & Elkan
    2002 use it). Right is what content and source make so, as in `standoff evaluate attributions`.
    """
    judged: list[tuple[float, bool]] = []
    for record in records:
        ours = reader.read(record["text"]).attributions
        spans = [
            {"source": [item.source] if item.source else [], "cue": [item.cue], "content": list(item.content)}
            for item in ours
        ]
        right = judge_attributions(record["text"], record["attributions"], spans)
        judged += zip((item.score for item in ours), right, strict=True)
    return fit_rising(sorted(judged))


def fit_rising(judged: Sequence[tuple[float, bool]]) -> list[list[float]]:
    """Give the curve of pairs of a score, in rising order, and whether it was right.

    >>> fit_rising([(0.1, False), (0.2, True), (0.3, False), (0.9, True)])
    [[0.1, 0.25, 0.9], [0.0, 0.5, 1.0]]
    """
    pools: list[list[float]] = []  # sum of scores, of rights, and count
    for score, right in judged:
        pools.append([score, float(right), 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    kept = np.linspace(0, len(pools) - 1, min(POINTS, len(pools))).round().astype(int)
    return [[pools[at][part] / pools[at][2] for at in kept] for part in (0, 1)]
