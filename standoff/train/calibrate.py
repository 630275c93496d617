"""Turn the reader's raw scores into chances: `python -m standoff.train.calibrate DEV.jsonl > chances.toml`.

A chance is the share of attributions with such a score that are right, by gold as PolNeAR has it: content by half, and
source. The reader's own are told apart from those that a rule found too, which are right far more often.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from standoff.evaluate.attributions import Judged, judge_pipeline

POINTS = 12  # the most points of a curve that are kept


def fit_curves(judged: Iterable[Judged]) -> dict[str, list[list[float]]]:
    """Give the curve of each kind."""
    kinds: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for item in judged:
        kinds[item.kind].append((item.score, item.right))
    return {kind: fit_rising(sorted(pairs)) for kind, pairs in kinds.items()}


def fit_rising(judged: Sequence[tuple[float, bool]]) -> list[list[float]]:
    """Give the curve of pairs of a score, in rising order, and whether it was right: scores, and shares that are right.

    Isotonic regression by pooling adjacent violators (Ayer et al. 1955), as Zadrozny & Elkan (2002) use it.

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
    return [[round(pools[at][part] / pools[at][2], 3) for at in kept] for part in (0, 1)]


def measure_reliability(judged: Sequence[Judged], *, bins: int = 10) -> list[dict[str, float]]:
    """Give, for tenths of the chances, the mean chance, the share that is right, and how many there are.

    Chances of one half of the articles come from curves fitted to the other half.
    """
    told: list[tuple[float, bool]] = []
    for half in (0, 1):
        curves = fit_curves([item for item in judged if item.article % 2 != half])
        for item in judged:
            if item.article % 2 == half and item.kind in curves:
                scores, shares = curves[item.kind]
                told.append((float(np.interp(item.score, scores, shares)), item.right))
    edges = np.linspace(0, 1, bins + 1)
    rows = []
    for low, high in pairwise(edges):
        held = [(chance, right) for chance, right in told if low <= chance < high or chance == high == 1]
        if held:
            chance, right = (float(np.mean(column)) for column in zip(*held, strict=True))
            rows.append({"chance": round(chance, 3), "right": round(right, 3), "count": len(held)})
    return rows


def draw_reliability(rows: Sequence[dict[str, float]], path: Path) -> None:
    """Draw the share that is right against the chance, the size of a point telling of how many."""
    import altair
    import pandas

    frame = pandas.DataFrame(rows)
    axis = altair.Scale(domain=[0, 1])
    points = (
        altair.Chart(frame)
        .mark_circle(color="#1f5f8b", opacity=1)
        .encode(
            x=altair.X("chance", scale=axis, title="chance that Standoff gives"),
            y=altair.Y("right", scale=axis, title="share that is right"),
            size=altair.Size("count", title="attributions", scale=altair.Scale(range=[40, 500])),
        )
    )
    line = altair.Chart(pandas.DataFrame({"x": [0, 1]})).mark_line(color="#999", strokeDash=[4, 4]).encode(x="x", y="x")
    (line + points).properties(width=360, height=360).save(str(path), scale_factor=2)


def main() -> None:
    """Print the curves as TOML, and draw how well they hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dev", type=Path)
    parser.add_argument("--picture", type=Path, help="draw here how well the chances hold")
    given = parser.parse_args()
    judged = list(judge_pipeline(given.dev))
    counts = Counter(item.kind for item in judged)
    print("# Chances of attributions by who found them, of raw scores: made by `python -m standoff.train.calibrate`.")
    for kind, (scores, shares) in sorted(fit_curves(judged).items()):
        print(f"\n[{kind}]  # {counts[kind]} attributions\nscores = {scores}\nshares = {shares}")
    if given.picture:
        rows = measure_reliability(judged)
        draw_reliability(rows, given.picture)
        total = sum(row["count"] for row in rows)
        error = sum(row["count"] * abs(row["chance"] - row["right"]) for row in rows) / total
        print(f"expected calibration error {error:.3f} of {total:.0f}", file=sys.stderr)


if __name__ == "__main__":
    main()
