"""Tell what an issue means, by the codebook of issues that a dispute is read with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.codebooks import Code, load_codebook
from standoff.web.desk import Desk
from standoff.workflow.kept import load_settings

WORDS = 12  # words of a codebook that are shown for an issue
SHIPPED = "the issues that ship with Standoff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Tell what an issue means, by the codebook that the dispute is read with; `where` says which that is."""

    text: str
    cues: tuple[str, ...] = ()
    for_cues: tuple[str, ...] = ()
    against_cues: tuple[str, ...] = ()
    where: str = ""


def define_issues(desk: Desk, keys: Iterable[str]) -> dict[str, Definition]:
    """Give what issues mean, by the dispute's own codebook if its settings have one, else by the shipped one."""
    own = load_settings(desk.store).issues
    book = load_codebook(own or "issues")
    where = "this dispute’s own issues" if own else SHIPPED
    return {key: _define(book.codes[key], where) for key in keys if key in book.codes}


def _define(code: Code, where: str) -> Definition:
    words = {name: _clean(code.extra.get(name, ())) for name in ("for_cues", "against_cues")}
    return Definition(text=code.definition, cues=_clean(code.cues), where=where, **words)


def _clean(cues: Sequence[str]) -> tuple[str, ...]:
    """Give cues as words, without the marks that tell their part of speech."""
    return tuple(dict.fromkeys(str(cue).partition("/")[0] for cue in cues))[:WORDS]
