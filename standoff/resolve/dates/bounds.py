"""Solve the bounds of one article's day: the strongest first, and none that clashes with what these leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from standoff.resolve.days import Days


class Bound(NamedTuple):
    """Days on which an article may have been written, for a reason; the stronger bound wins where two clash."""

    days: Days
    strength: float
    reason: str


class Solution(NamedTuple):
    """The days that are left for an article, and why its first and last day are what they are."""

    days: Days = Days()
    reasons: tuple[str, ...] = ()


def solve_bounds(bounds: Iterable[Bound]) -> Solution:
    """Meet the bounds, the strongest first, and give the days left with the reasons of those that decide them."""
    days = Days()
    kept: list[Bound] = []
    for bound in sorted(bounds, key=lambda bound: (-bound.strength, str(bound.days), bound.reason)):
        met = days.meet(bound.days)
        if met is not None:
            days = met
            kept.append(bound)
    deciding = [
        next((bound.reason for bound in kept if day is not None and bound.days[side] == day), None)
        for side, day in enumerate(days)
    ]
    return Solution(days, tuple(dict.fromkeys(reason for reason in deciding if reason)))
