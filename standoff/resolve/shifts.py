"""Find where a holder's stance on an issue has changed."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.records import Actor, Reading, Shift


def find_shifts(readings: Sequence[Reading], *, actors: Sequence[Actor]) -> list[Shift]:
    """Give the changes of stance between a holder's dated positions, in order of time."""
    return []
