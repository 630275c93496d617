"""Say how an event rates by its codebook: its quad, its place between conflict and cooperation, what plans count as."""

from __future__ import annotations

from typing import NamedTuple

from standoff.codebooks import Codebook


class Rating(NamedTuple):
    """Hold the quad (1 to 4) and the score on the scale from conflict, -10, to cooperation, +10."""

    quad: int | None
    intensity: float | None


def rate_event(book: Codebook, type_: str, mode: str | None = None) -> Rating:
    """Give the quad of `type_` and the score of its mode, or of the type where the mode has none.

    The rule is PLOVER's, whose modes are scored more finely than its types; the figures are the codebook's own. A type
    that the codebook does not hold is not rated.

    >>> from standoff.codebooks import load_codebook
    >>> rate_event(load_codebook("plover"), "RETREAT", "disarm")
    Rating(quad=2, intensity=10.0)
    """
    code = book.codes.get(type_)
    if code is None:
        return Rating(None, None)
    scored = code.extra.get("modes", {}).get(mode, {}) if mode else {}
    score = scored.get("score", code.extra.get("score"))
    return Rating(code.extra.get("quad"), None if score is None else float(score))


def fold_ahead(book: Codebook, type_: str, mode: str | None, status: str) -> tuple[str, str | None]:
    """Give the type and mode that an event counts as by the manual, which has no planned deeds of some types.

    A meeting, help or support still to come is the promise of it, and a planned retreat a concession. A codebook says
    which in its table `ahead`; other types and statuses stay as they are.

    >>> from standoff.codebooks import load_codebook
    >>> fold_ahead(load_codebook("plover"), "CONSULT", "visit", "future")
    ('AGREE', None)
    """
    folded = book.settings.get("ahead", {}).get(type_) if status == "future" else None
    return (type_, mode) if folded is None else (str(folded), None)
