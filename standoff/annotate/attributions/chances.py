"""Turn raw scores into chances: how often attributions with such a score are right.

The curves are measured on PolNeAR's development part by `python -m standoff.train.calibrate`; docs/attributions.md
shows how well they hold.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import numpy as np


def weigh_chance(kind: str, score: float) -> float:
    """Give the chance of an attribution that the reader found "alone", "agreed" with a rule on, or left "unseen"."""
    scores, shares = _load_curves()[kind]
    return round(float(np.interp(score, scores, shares)), 3)


@cache
def _load_curves() -> dict[str, tuple[list[float], list[float]]]:
    curves = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {kind: (curve["scores"], curve["shares"]) for kind, curve in curves.items()}
