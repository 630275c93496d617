"""Make training examples of texts whose attributions are known: windows of word pieces, and tags of their words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from standoff.models.reader.pieces import Pieces, cut_pieces, cut_windows
from standoff.models.reader.tags import NAME_KINDS, NAME_TAGS, OWN, ROLES, TAGS, Range, tag_spans
from standoff.train.names import Name

CLS, SEP, MASK = "[CLS]", "[SEP]", "[MASK]"
FIRST = 48  # the fewest pieces of a text's first window, which is cut otherwise on each pass
# The number that a tag has among those of one cue.
OWN_NUMBERS = np.zeros(len(TAGS), dtype=np.int64)
OWN_NUMBERS[OWN] = np.arange(len(OWN))

Spans = dict[str, list[Range]]
Heard = NDArray[np.float16]  # what a larger network makes of each word: (words, its width)


class HasPieces(Protocol):
    """Whatever is made of word pieces."""

    @property
    def ids(self) -> NDArray[np.int64]:
        """Give the pieces by their numbers."""


AnyExample = TypeVar("AnyExample", bound=HasPieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text cut into pieces, with its attributions as ranges of pieces by role, and the name tag of each piece.

    `heard` is what a larger network makes of each word.
    """

    pieces: Pieces
    attributions: list[Spans]
    names: NDArray[np.int64]
    heard: Heard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One window: its pieces with the two that frame them, the places of its words in it, and what is known of these.

    `tags` and `names` are by word, `spans` by role. `cue_of` gives each content's cue by number, `source_of` each cue's
    source, either None where it stands in no window or nowhere. `own` holds for each cue the tags of its own words.
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    words: NDArray[np.int64]
    heads: NDArray[np.bool_]
    tags: NDArray[np.int64]
    names: NDArray[np.int64]
    spans: Spans
    cue_of: list[int | None]
    source_of: list[int | None]
    own: list[NDArray[np.int64]]
    heard: Heard | None


def read_texts(path: Path) -> list[dict[str, Any]]:
    """Read lines as `{"text": ..., "attributions": [{"source": [[start, end]], "cue": ..., "content": ...}]}`."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cut_text(record: dict[str, Any], names: Sequence[Name], tokenizer: Tokenizer) -> Text:
    """Cut a text into pieces and say of each what is known of its characters."""
    pieces = cut_pieces(record["text"], tokenizer)
    tags = np.zeros(len(record["text"]) + 1, dtype=np.int64)
    for start, end, kind in names:
        if kind in NAME_KINDS:
            tags[start:end] = NAME_TAGS.index(f"I-{kind}")
            tags[start] = NAME_TAGS.index(f"B-{kind}")
    attributions = [
        {role: _find_pieces(pieces, item.get(role) or []) for role in ROLES} for item in record["attributions"]
    ]
    return Text(pieces=pieces, attributions=attributions, names=tags[pieces.starts])


class Framed(NamedTuple):
    """Some pieces of a text between the two that frame them, and the places of their words."""

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    words: NDArray[np.int64]


def frame_pieces(pieces: Pieces, tokenizer: Tokenizer, start: int = 0, stop: int | None = None) -> Framed:
    """Frame a range of pieces as the encoder reads them; the first of them always begins a word."""
    begins = pieces.begins_word[start:stop].copy()
    begins[0] = True
    return Framed(
        np.concatenate([[tokenizer.token_to_id(CLS)], pieces.ids[start:stop], [tokenizer.token_to_id(SEP)]]),
        np.concatenate([[0], pieces.kinds[start:stop], [0]]),
        np.flatnonzero(begins) + 1,
    )


def cut_examples(text: Text, tokenizer: Tokenizer, *, size: int, first: int | None = None) -> Iterator[Example]:
    """Yield a text's windows of at most `size` pieces; spans are clipped to the window."""
    pieces = text.pieces
    numbers = np.cumsum(pieces.begins_word) - 1
    for start, stop in cut_windows(pieces, size=size - 2, first=first and first - 2):
        framed = frame_pieces(pieces, tokenizer, start, stop)
        begun = framed.words - 1
        word_of = np.searchsorted(begun, np.arange(stop - start), side="right") - 1
        links = _link_window(text.attributions, start, stop, word_of)
        yield Example(
            **framed._asdict(),
            heads=pieces.begins_line[start:stop][begun],
            tags=tag_spans(
                int(word_of[-1]) + 1,
                [(role, *span) for role in ("cue", "source", "content") for span in links.spans[role]],
            ),
            names=text.names[start:stop][begun],
            heard=None if text.heard is None else text.heard[numbers[start:stop][begun]],
            **links._asdict(),
        )


def draw_batches(
    texts: Sequence[Text], tokenizer: Tokenizer, *, window: int, pieces: int, chance: np.random.Generator
) -> list[list[Example]]:
    """Give batches of windows of like length, of about so many `pieces` each, in an order of chance."""
    examples = [
        example
        for text in texts
        for example in cut_examples(text, tokenizer, size=window, first=int(chance.integers(FIRST, window + 1)))
    ]
    return group_by_length(examples, pieces=pieces, spread=FIRST, chance=chance)


def group_by_length(
    examples: Sequence[AnyExample], *, pieces: int, spread: int, chance: np.random.Generator
) -> list[list[AnyExample]]:
    """Give batches of about so many `pieces`, in an order of chance; lengths in one differ by about `spread`."""
    order = np.argsort([len(example.ids) + chance.integers(0, spread) for example in examples])
    batches: list[list[AnyExample]] = [[]]
    for number in order:
        longest = max([len(examples[number].ids), *(len(example.ids) for example in batches[-1])])
        if batches[-1] and longest * (len(batches[-1]) + 1) > pieces:
            batches.append([])
        batches[-1].append(examples[number])
    return [batches[number] for number in chance.permutation(len(batches))]


def _find_pieces(pieces: Pieces, spans: Sequence[Sequence[int]]) -> list[Range]:
    """Turn ranges of characters into ranges of the pieces that they touch, cut where a line begins."""
    found = []
    for start, end in spans:
        first = int(np.searchsorted(pieces.ends, start, side="right"))
        stop = int(np.searchsorted(pieces.starts, end, side="left"))
        heads = first + 1 + np.flatnonzero(pieces.begins_line[first + 1 : stop])
        bounds = [first, *heads.tolist(), stop]
        found += [(left, right) for left, right in pairwise(bounds) if left < right]
    return found


class _Links(NamedTuple):
    spans: Spans
    cue_of: list[int | None]
    source_of: list[int | None]
    own: list[NDArray[np.int64]]


def _link_window(attributions: Sequence[Spans], start: int, stop: int, word_of: NDArray[np.int64]) -> _Links:
    """Give a window's spans of words by role, each once, and how they are linked."""
    count = int(word_of[-1]) + 1
    spans: Spans = {role: [] for role in ROLES}
    cue_of: list[int | None] = []
    source_of: list[int | None] = []
    owned: list[list[tuple[str, int, int]]] = []
    for attribution in attributions:
        held: dict[str, list[int]] = {role: [] for role in ROLES}
        for role in ROLES:
            for first, last in attribution[role]:
                left, right = max(first, start) - start, min(last, stop) - start
                if left >= right:
                    continue
                span = (int(word_of[left]), int(word_of[right - 1]) + 1)
                if role == "content" or span not in spans[role]:
                    spans[role].append(span)
                held[role].append(len(spans[role]) - 1 if role == "content" else spans[role].index(span))
        cue = held["cue"][0] if held["cue"] else None
        cue_of += [cue] * len(held["content"])
        if cue is not None:
            if cue == len(owned):
                owned.append([])
                source_of.append(None)
            source_of[cue] = held["source"][0] if held["source"] else source_of[cue]
            owned[cue] += [(role, *spans[role][number]) for role in ("source", "content") for number in held[role]]
    return _Links(spans, cue_of, source_of, [OWN_NUMBERS[tag_spans(count, mine)] for mine in owned])
