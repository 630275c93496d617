"""Put sentences behind one another, as articles have them: what is learned from single sentences fails in articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from standoff.train.examples import Framed

SHORTEST = 24  # pieces of the shortest passage
HALF = 0.5


class InPieces(Protocol):
    """What has pieces with the two that frame them, and the places of its words among them."""

    @property
    def ids(self) -> NDArray[np.int64]: ...
    @property
    def kinds(self) -> NDArray[np.int64]: ...
    @property
    def words(self) -> NDArray[np.int64]: ...


AnyInPieces = TypeVar("AnyInPieces", bound=InPieces)


def pack_examples(
    examples: Sequence[AnyInPieces], *, window: int, chance: np.random.Generator
) -> list[list[AnyInPieces]]:
    """Deal examples by chance into passages of all lengths up to `window` pieces."""
    passages: list[list[AnyInPieces]] = []
    room = 0
    for number in chance.permutation(len(examples)):
        size = len(examples[number].ids) - 2
        if size > room:
            passages.append([])
            room = int(chance.integers(SHORTEST, window - 1))
        passages[-1].append(examples[number])
        room -= size
    return passages


def join_pieces(passage: Sequence[InPieces], chance: np.random.Generator) -> Framed:
    """Join the pieces of examples that follow one another. Half of them begin a line, as they do alone."""
    kinds = [example.kinds[1:-1].copy() for example in passage]
    for begun in kinds[1:]:
        begun[0] -= begun[0] % 2 if chance.random() < HALF else 0  # the last bit is that a line begins
    before = np.cumsum([0, *(len(own) for own in kinds)])
    frame = passage[0].ids[[0, -1]]
    return Framed(
        ids=np.concatenate([frame[:1], *(example.ids[1:-1] for example in passage), frame[1:]]),
        kinds=np.concatenate([[0], *kinds, [0]]),
        words=np.concatenate([example.words + before[at] for at, example in enumerate(passage)]),
    )


def widen_words(part: NDArray[Any], at: int, sizes: Sequence[int]) -> NDArray[Any]:
    """Give what is true of the words of the example number `at`, as to the words of all, which have these `sizes`."""
    widened = np.zeros(sum(sizes), dtype=part.dtype)
    start = sum(sizes[:at])
    widened[start : start + sizes[at]] = part
    return widened
