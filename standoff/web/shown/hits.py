"""Mark the words by which a search found a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from standoff.store.index.search import fold_accents
from standoff.web.shown.cards import Quote

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Show a quote in pieces, each with whether it is a hit: what stands before, the passage, what stands after."""

    before: Pieces = ()
    text: Pieces = ()
    after: Pieces = ()


def mark_quote(quote: Quote, hits: Iterable[str]) -> Marked:
    """Give a quote with the hits in it marked, wherever they stand as words of their own."""
    pattern = compile_hits(hits)
    return Marked(
        before=cut_pieces(quote.before, pattern),
        text=cut_pieces(quote.text, pattern),
        after=cut_pieces(quote.after, pattern),
    )


def compile_hits(hits: Iterable[str]) -> re.Pattern[str] | None:
    """Give what finds the hits in a text without accents, whatever their case and the space between their words."""
    written = [r"\s+".join(map(re.escape, fold_accents(hit).split())) for hit in hits if hit.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE) if written else None


def cut_pieces(text: str, pattern: re.Pattern[str] | None) -> Pieces:
    """Cut a text into what is a hit and what is not.

    >>> cut_pieces("No talks, then talks.", compile_hits(["talks"]))
    (('No ', False), ('talks', True), (', then ', False), ('talks', True), ('.', False))
    """
    pieces, place = [], 0
    for found in pattern.finditer(fold_accents(text)) if pattern else ():
        pieces += [(text[place : found.start()], False), (text[found.start() : found.end()], True)]
        place = found.end()
    pieces.append((text[place:], False))
    return tuple(piece for piece in pieces if piece[0])
