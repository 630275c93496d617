"""Cut a text into pieces, each with all that stands off from it, so that passages which overlap can be drawn at once.

A piece carries the layers of every passage over it: none is torn to make another nest, and no two hide each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from standoff.dossier.passages import find_paragraphs

LIT = "lit"  # the layer of the passage, or of the entry, that was asked for


class Span(NamedTuple):
    """Point at characters of a text: on what layer, for which note in its margin, and whom they name."""

    start: int
    end: int
    layer: str
    note: int = 0
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Show characters that the same passages cover; `notes` are these passages' notes, the closest passage first.

    `actor` is whom the piece names. `first` is true of the first piece of the passage that was asked for.
    """

    text: str
    layers: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    actor: str | None = None
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Show a paragraph; `start` is where its text begins, in characters of the article's."""

    number: int
    start: int
    end: int
    pieces: tuple[Piece, ...]


def list_bounds(text: str) -> list[tuple[int, int]]:
    """Give where each paragraph starts and ends; together they are the whole text.

    >>> list_bounds("One.\\n\\nTwo.")
    [(0, 6), (6, 10)]
    """
    starts = find_paragraphs(text)
    return list(zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True)) if starts else []


def cut_paragraphs(
    text: str, spans: Iterable[Span], bounds: Sequence[tuple[int, int]], *, first: int = 1
) -> Iterator[Paragraph]:
    """Yield paragraphs of a text with their pieces; the pieces of one, joined, are its text without the empty lines.

    `bounds` are those of the paragraphs wanted, `first` is the number of the first. Spans outside them are left out.
    The work grows with the number of spans times how many lie over one another.
    """
    waiting = sorted((span for span in spans if span.start < span.end), key=lambda span: span.start, reverse=True)
    active: list[Span] = []
    seen = False
    for number, (start, end) in enumerate(bounds, start=first):
        stop_text = start + len(text[start:end].rstrip("\n\r"))
        pieces: list[Piece] = []
        place = start
        while place < stop_text:
            active = [span for span in active if span.end > place]
            while waiting and waiting[-1].start <= place:
                span = waiting.pop()
                if span.end > place:
                    active.append(span)
            stop = min((stop_text, *(span.end for span in active)))
            if waiting:
                stop = min(stop, waiting[-1].start)
            pieces.append(_cut_piece(text[place:stop], active, first=not seen))
            seen = seen or pieces[-1].first
            place = stop
        yield Paragraph(number=number, start=start, end=stop_text, pieces=tuple(pieces))


def _cut_piece(text: str, active: Sequence[Span], *, first: bool) -> Piece:
    if not active:
        return Piece(text=text)
    near = sorted(active, key=lambda span: span.end - span.start)
    layers = tuple(dict.fromkeys(span.layer for span in near))
    return Piece(
        text=text,
        layers=layers,
        notes=tuple(dict.fromkeys(span.note for span in near if span.note)),
        actor=next((span.actor for span in near if span.actor), None),
        first=first and LIT in layers,
    )
