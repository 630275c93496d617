"""Find the best course of tags through words under what tags may follow which: a linear-chain field (Lafferty 2001)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.models.reader.tags import NEVER

Scores = NDArray[np.float32]


def allow_transitions(tags: Sequence[str]) -> tuple[Scores, Scores]:
    """Give what is added to the score of each tag after each other, and of each at the start: 0 where allowed."""
    follows = np.full((len(tags), len(tags)), NEVER, dtype=np.float32)
    starts = np.array([0 if tag[0] in "OBS" else NEVER for tag in tags], dtype=np.float32)
    for left, first in enumerate(tags):
        for right, second in enumerate(tags):
            closed = first[0] in "OES" and second[0] in "OBS"
            if closed or (first[0] in "BI" and second[0] in "IE" and first[2:] == second[2:]):
                follows[left, right] = 0
    return follows, starts


class Field:
    """The learned scores of tags after tags; rows go through together, padded at the end to one length.

    `opens` is what a role's spans gain by beginning at all. The best course is right about most words, and so leaves
    out more spans than it makes up; a chance tells later which to believe.
    """

    def __init__(self, tags: Sequence[str], follows: Scores, starts: Scores, opens: Mapping[str, float]) -> None:
        allowed_follows, allowed_starts = allow_transitions(tags)
        gained = np.array([opens.get(tag[2:], 0.0) if tag[0] in "BS" else 0.0 for tag in tags], dtype=np.float32)
        self.follows, self.starts = allowed_follows + follows + gained, allowed_starts + starts + gained
        # Tags that go on from the word before. None stands at the head of a line: two paragraphs are two spans.
        self.going_on = np.array([tag[0] in "IE" for tag in tags])

    def bar_line_heads(self, scores: Scores, heads: NDArray[np.bool_]) -> None:
        """Forbid, in `scores` (rows, words, tags), that a span runs on over the words where `heads` (rows, words)."""
        scores[heads[..., None] & self.going_on] = NEVER

    def find_best_courses(self, scores: Scores, lengths: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """Give for each row the tags with the highest sum of scores (Viterbi 1967); `scores` is rows, words, tags."""
        rows, length, tags = scores.shape
        best = scores.copy()
        best[:, 0] += self.starts
        ways = np.empty((rows, tags, tags), dtype=scores.dtype)
        for number in range(1, length):
            np.add(best[:, number - 1, :, None], self.follows, out=ways)
            best[:, number] += np.maximum.reduce(ways, axis=1)
        return [self._trace(best[row, : lengths[row]]) for row in range(rows)]

    def _trace(self, best: Scores) -> NDArray[np.int64]:
        """Give the tags on the best way to the best last tag; `best` is words, tags."""
        came_from = (best[:-1, :, None] + self.follows).argmax(axis=1).tolist()
        course = [int(best[-1].argmax())]
        for way in reversed(came_from):
            course.append(way[course[-1]])
        return np.array(course[::-1], dtype=np.int64)
