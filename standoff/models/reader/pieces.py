"""Cut a text into word pieces, and these into windows that one pass of the encoder reads.

The encoder's words are lower-cased, so what the page shows besides the words (capitals, quotation marks that stand
open, breaks between lines) is given to it as a *kind* beside each piece, added to the piece's embedding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from standoff.models.reader.tags import Range

WINDOW = 256  # word pieces that one pass of the encoder reads, the two that frame them counted in
CASES = 4
QUOTES = 3
KINDS = CASES * QUOTES * 2
# A piece is on no side, or names the source or the target of what is asked for.
SOURCE, TARGET = 1, 2
SIDES = 3
# Straight doubles and doubled singles open and close alike.
MARKS = re.compile(r"[“”„\"«»]|''|``|‘‘|’’")
OPENING = frozenset(("“", "„", "«", "``", "‘‘"))
CLOSING = frozenset(("”", "»", "’’"))
SENTENCE_ENDS = frozenset(".?!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The word pieces of one text: vocabulary ids, kinds, character offsets, and where words and lines begin."""

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    begins_word: NDArray[np.bool_]
    begins_line: NDArray[np.bool_]
    ends_sentence: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def cut_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut `text` into word pieces. White space and control characters belong to none."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    lines = (
        np.cumsum(np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32) == ord("\n")) if text else np.zeros(0, int)
    )
    line_of = lines[starts] if len(starts) else np.zeros(0, int)
    begins_line = np.ones(len(starts), dtype=bool)
    begins_line[1:] = line_of[1:] != line_of[:-1]
    shown = [text[start:end] for start, end in encoding.offsets]
    cases = np.array([_find_case(piece) for piece in shown], dtype=np.int64)
    quotes = _mark_quotes(text)[starts] if len(starts) else np.zeros(0, int)
    return Pieces(
        ids=np.array(encoding.ids, dtype=np.int64),
        kinds=(cases * QUOTES + quotes) * 2 + begins_line,
        starts=starts,
        ends=ends,
        begins_word=np.array([not token.startswith("##") for token in encoding.tokens], dtype=bool),
        begins_line=begins_line,
        ends_sentence=np.array([piece in SENTENCE_ENDS for piece in shown], dtype=bool),
    )


def feed_window(
    pieces: Pieces, start: int, stop: int, *, frame: Range, sides: Iterable[Range | None] = ()
) -> dict[str, NDArray[np.int64]]:
    """Give what a network is fed to read some pieces: these between the two of `frame`, and the first of each word.

    `sides` are the characters of source and target, if these are known.
    """
    marked = np.zeros(stop - start, dtype=np.int64)
    for side, span in zip((SOURCE, TARGET), sides, strict=False):
        if span is not None:
            marked[(pieces.starts[start:stop] < span[1]) & (pieces.ends[start:stop] > span[0])] = side
    begins = pieces.begins_word[start:stop].copy()
    begins[0] = True
    cls, sep = frame
    return {
        "ids": np.concatenate([[cls], pieces.ids[start:stop], [sep]])[None],
        "kinds": np.concatenate([[0], pieces.kinds[start:stop], [0]])[None],
        "sides": np.concatenate([[0], marked, [0]])[None],
        "words": np.flatnonzero(begins) + 1,
    }


def cut_windows(pieces: Pieces, *, size: int, first: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the windows of at most `size` pieces, as ranges that touch: whole lines as far as they fit.

    A line too long for a window is cut after its last sentence that fits. `first` is the size of the first window, so
    that training may cut the same text otherwise on each pass.
    """
    start, length, room = 0, len(pieces), first or size
    while length - start > room:
        inside = slice(start + 1, start + room + 1)
        breaks = np.flatnonzero(pieces.begins_line[inside])
        if not len(breaks):
            breaks = np.flatnonzero(pieces.ends_sentence[start : start + room])
        stop = start + 1 + int(breaks[-1]) if len(breaks) else start + room
        yield start, stop
        start, room = stop, size
    if start < length:
        yield start, length


def _find_case(piece: str) -> int:
    """Give 0 for small letters, 1 for a capital at the front, 2 for capitals only, 3 for anything but letters."""
    if not piece[:1].isalpha():
        return 3
    if not piece[0].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1


def _mark_quotes(text: str) -> NDArray[np.int64]:
    """Give for each character 1 inside double marks, 2 on a mark, else 0; a quotation ends with its line."""
    quotes = np.zeros(len(text), dtype=np.int64)
    line_start = 0
    for line in text.split("\n"):
        opened: int | None = None
        for mark in MARKS.finditer(line):
            start, end = line_start + mark.start(), line_start + mark.end()
            if opened is not None and mark.group() not in OPENING:
                quotes[opened:start] = 1
                opened = None
            elif opened is None and mark.group() not in CLOSING:
                opened = end
            quotes[start:end] = 2
        if opened is not None:
            rest = quotes[opened : line_start + len(line)]
            rest[rest == 0] = 1
        line_start += len(line) + 1
    return quotes
