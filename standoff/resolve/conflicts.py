"""Find passages that do not seem to hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.records import Actor, Conflict, Happening, Reading


def find_conflicts(
    readings: Sequence[Reading], *, actors: Sequence[Actor], happenings: Sequence[Happening], copies: Mapping[str, str]
) -> list[Conflict]:
    """Give the candidates for conflicts, the most telling first, each with the reason in a sentence."""
    return []
