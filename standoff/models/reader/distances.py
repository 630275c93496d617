"""Say how far a span stands from a cue, in the buckets that the reader knows: of words, and of lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.models.reader.tags import Range

# Words from the cue, below zero before it; the outermost buckets take what lies beyond, and 0 is the cue itself.
WORD_BOUNDS = (-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)
FAR = 2  # lines from the cue, either way, from which more make no difference
LINE_BUCKETS = 2 * FAR + 1


def place_words(count: int, start: int, end: int) -> NDArray[np.int64]:
    """Give the bucket of each of `count` words by its distance from a cue of the words `start` to `end`.

    >>> place_words(5, 1, 2).tolist()
    [7, 8, 9, 10, 10]
    """
    numbers = np.arange(count)
    away = np.where(numbers < start, numbers - start, np.maximum(numbers - end + 1, 0))
    buckets: NDArray[np.int64] = np.digitize(away, WORD_BOUNDS)
    return buckets


def place_each(count: int, words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the buckets of `count` words by their distance from each of some `words`: a row for each of these.

    >>> place_each(5, np.array([1])).tolist()
    [[7, 8, 9, 10, 10]]
    """
    buckets: NDArray[np.int64] = np.digitize(np.arange(count) - words[:, None], WORD_BOUNDS)
    return buckets


def place_spans(spans: Sequence[Range], cues: Sequence[Range]) -> NDArray[np.int64]:
    """Give the bucket of each span's distance from each cue, spans by cues; ranges are of words.

    >>> place_spans([(0, 3), (4, 6)], [(3, 4)]).tolist()
    [[7], [9]]
    """
    if not spans or not cues:
        return np.zeros((len(spans), len(cues)), dtype=np.int64)
    left, right = np.array(spans), np.array(cues)
    before = left[:, None, 1] - right[None, :, 0] - 1
    after = left[:, None, 0] - right[None, :, 1] + 1
    away = np.where(before < 0, before, np.maximum(after, 0))
    buckets: NDArray[np.int64] = np.digitize(away, WORD_BOUNDS)
    return buckets


def place_lines(spans: Sequence[Range], cues: Sequence[Range], heads: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give the bucket of the lines from each cue to each span, spans by cues; `heads` marks words that begin a line.

    >>> place_lines([(0, 1), (2, 3)], [(3, 4)], np.array([True, False, True, False])).tolist()
    [[1], [2]]
    """
    line_of = np.cumsum(heads)
    left, right = (line_of[np.array([start for start, _ in group], dtype=int)] for group in (spans, cues))
    buckets: NDArray[np.int64] = np.clip(left[:, None] - right[None, :], -FAR, FAR) + FAR
    return buckets
