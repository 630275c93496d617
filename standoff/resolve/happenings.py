"""Merge what several articles tell of one happening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.records import Actor, Happening, Reading


def merge_happenings(readings: Sequence[Reading], *, actors: Sequence[Actor], copies: Mapping[str, str]) -> list[Happening]:
    """Give the happenings that the events and occasions of all readings tell of, in order of time."""
    return []
