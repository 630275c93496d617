"""Tell whose word a position rests on: the holder's own, the article's, or that of another."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.records import Reading


def find_tellers(readings: Iterable[Reading]) -> dict[str, str]:
    """Give, for each position that rests on a statement, the actor whose statement it is: the outermost that names one.

    A position that the article itself vouches for has no teller. Where the teller is not the holder, the position is a
    claim about the holder, and no ground for saying that the holder has changed.
    """
    tellers: dict[str, str] = {}
    for reading in readings:
        said = {item.id: item for item in reading.attributions}
        for position in reading.positions:
            attribution = said.get(position.basis or "")
            passed: set[str] = set()
            while attribution is not None and attribution.id not in passed:
                passed.add(attribution.id)
                if attribution.source is not None and attribution.source.actor is not None:
                    tellers[position.id] = attribution.source.actor
                attribution = said.get(attribution.inside or "")
    return tellers
