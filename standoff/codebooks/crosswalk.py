"""Cross from CAMEO's codes to PLOVER's types and back, by the codebook `cameo.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError

DROPPED = ("01", "02")  # roots of CAMEO that PLOVER has no type for: statements and appeals
PLAIN = "-"  # stands in the codebook's way back for no mode, or one without a code of its own


class Coded(NamedTuple):
    """Hold what a CAMEO code says in PLOVER's terms."""

    type: str
    mode: str | None
    context: tuple[str, ...]


def to_plover(code: str) -> Coded | None:
    """Give the PLOVER type, mode and contexts of a CAMEO code, or None for a statement or an appeal.

    The crosswalk is the Open Event Data Alliance's, but follows the manual where the two disagree; `cameo.toml` says
    where. Codes are text, since 010 and 10 are two codes. Raises ConfigError for a code that CAMEO does not have.

    >>> to_plover("0861"), to_plover("010")
    (Coded(type='RETREAT', mode='access', context=('peacekeeping',)), None)
    """
    if code.startswith(DROPPED):
        return None
    extra = _look_up(code)
    return Coded(extra["type"], extra.get("mode"), tuple(extra.get("context", ())))


def to_cameo(type_: str, mode: str | None = None, context: Sequence[str] = (), *, status: str = "actual") -> str | None:
    """Give the CAMEO code of an event: the most exact one that its type, mode and contexts make sure of.

    Where several codes become one type and mode, the plainest is taken, and a more exact one only for a context that
    says so. Cooperation still to come is the promise that CAMEO has a code for. CAMEO knows no denials, so a negated
    event has the code of what did not happen. None for a type that PLOVER does not have. Crossing to and back keeps the
    type; a mode that CAMEO has no code for is lost.

    >>> to_cameo("REQUEST", "meet"), to_cameo("AID", None, ["military"]), to_cameo("CONSULT", "visit", status="future")
    ('106', '072', '036')
    """
    settings = load_codebook("cameo").settings
    if status == "future" and type_ in settings["ahead"]:
        return str(settings["ahead"][type_])
    codes = settings["back"].get(type_)
    if codes is None:
        return None
    held = mode if mode in codes else PLAIN
    exact = (codes[key] for each in context if (key := f"{held} {each}") in codes)
    return str(next(exact, codes[held]))


def rate_code(code: str) -> float:
    """Give a CAMEO code's place on Goldstein's scale, as GDELT has it.

    >>> rate_code("057"), rate_code("190")
    (8.0, -10.0)
    """
    return float(_look_up(code)["goldstein"])


def class_code(code: str) -> int:
    """Give the quad of a CAMEO code, which there hangs on its root alone.

    >>> class_code("057"), class_code("08"), class_code("116"), class_code("190")
    (1, 2, 3, 4)
    """
    root = int(code[:2])
    return next(quad for quad, last in ((1, 5), (2, 8), (3, 13), (4, 20)) if root <= last)


def _look_up(code: str) -> dict[str, Any]:
    found = load_codebook("cameo").codes.get(code)
    if found is None:
        raise ConfigError(f"“{code}” is not a CAMEO code; give one as text, with its leading nought (036, 190).")
    return dict(found.extra)
