"""Turn what the reader and the rules say of an attribution into the chance that it is right.

A logistic regression on the reader's signs (Platt 1999), one where a rule found the attribution too and one where none
did, measured on PolNeAR's development part by `python -m standoff.train.calibrate`; docs/attributions.md shows how well
the chances hold.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any


def weigh_chance(kind: str, signs: Sequence[float] = ()) -> float:
    """Give the chance of an attribution that the reader found "alone", "agreed" with a rule on, or left "unseen"."""
    curve = _load_curves()[kind]
    sum_of_signs = curve["bias"] + sum(weight * sign for weight, sign in zip(curve["weights"], signs, strict=True))
    return round(1 / (1 + math.exp(-sum_of_signs)), 3)


@cache
def _load_curves() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
