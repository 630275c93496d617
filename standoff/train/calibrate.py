"""Turn the reader's signs into chances: `python -m standoff.train.calibrate DEV.jsonl > chances.toml`.

A chance is the share of such attributions that are right, by gold as PolNeAR has it: content by half, and source. The
reader's own are told apart from those that a rule found too, which are right far more often.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from standoff.evaluate.attributions import Judged, judge_pipeline

RIDGE = 1.0  # what holds weights down that few attributions speak for
STEPS = 30


class Curve(NamedTuple):
    """The weights of the signs of one kind of attribution, and what is added to their sum."""

    weights: list[float]
    bias: float

    def weigh(self, signs: Sequence[float]) -> float:
        """Give the chance of an attribution with these signs."""
        return float(1 / (1 + np.exp(-(np.dot(self.weights, signs) + self.bias))))


def fit_curves(judged: Iterable[Judged]) -> dict[str, Curve]:
    """Give the curve of each kind."""
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        kinds[item.kind].append(item)
    return {
        kind: fit_logistic([item.signs for item in items], [item.right for item in items])
        for kind, items in kinds.items()
    }


def fit_logistic(signs: Sequence[Sequence[float]], right: Sequence[bool]) -> Curve:
    """Fit a logistic regression by Newton's method; without signs its bias alone tells the share that is right.

    >>> curve = fit_logistic([[0.0], [1.0], [2.0], [3.0]], [False, False, True, True])
    >>> curve.weigh([0.0]) < 0.5 < curve.weigh([3.0])
    True
    """
    rows = np.column_stack([np.array(signs, dtype=float).reshape(len(right), -1), np.ones(len(right))])
    weights = np.zeros(rows.shape[1])
    held = np.diag([RIDGE] * (rows.shape[1] - 1) + [1e-3])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (np.array(right) - chances) - held @ weights
        weights += np.linalg.solve((rows * (chances * (1 - chances))[:, None]).T @ rows + held, slope)
    *found, bias = (round(float(weight), 3) for weight in weights)
    return Curve(found, bias)


def measure_reliability(judged: Sequence[Judged], *, bins: int = 10) -> list[dict[str, float]]:
    """Give, for tenths of the chances, the mean chance, the share that is right, and how many there are.

    Chances of one half of the articles come from curves fitted to the other half.
    """
    told: list[tuple[float, bool]] = []
    for half in (0, 1):
        curves = fit_curves([item for item in judged if item.article % 2 != half])
        for item in judged:
            if item.article % 2 == half and item.kind in curves:
                told.append((curves[item.kind].weigh(item.signs), item.right))
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
    print(
        "# What the reader's signs are worth, by who found an attribution; from `python -m standoff.train.calibrate`."
    )
    for kind, curve in sorted(fit_curves(judged).items()):
        print(f"\n[{kind}]  # {counts[kind]} attributions\nweights = {curve.weights}\nbias = {curve.bias}")
    if given.picture:
        rows = measure_reliability(judged)
        draw_reliability(rows, given.picture)
        total = sum(row["count"] for row in rows)
        error = sum(row["count"] * abs(row["chance"] - row["right"]) for row in rows) / total
        print(f"expected calibration error {error:.3f} of {total:.0f}", file=sys.stderr)


if __name__ == "__main__":
    main()
