"""Say which words name an issue, where somebody stands on it, and which words are the holder and the condition.

An issue is a vector, read from its definition by the same network, so that a user's own issues need no training.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standoff.models.reader.arcs import list_parties, weigh_arcs
from standoff.models.reader.events import share_scores
from standoff.models.reader.field import Scores
from standoff.models.reader.tags import NEVER

STANCES = ("none", "for", "against", "conditional", "neutral")  # "none" where an issue is named and nobody takes a side
SIDED = np.array([0.0, 1.0, -1.0, 0.0, 0.0], dtype=np.float32)  # how an issue's own polarity moves each stance
NAMED = math.log(0.05 / 0.95)  # an issue is told of if a word's score is above this: a chance of a twentieth
CUES = 8  # cues of an issue that follow its definition in its description
TELLING = 6.0  # how far below an issue's most telling word another may lie, in logarithms, and still be compared with
TINY = 1e-30  # keeps the logarithm of nothing finite
PART = 0.1  # a word is told of as the holder's or the condition's if its chance is above this


class ReadPart(NamedTuple):
    """A word that may belong to a position: its characters, and the chances that it names the holder or condition."""

    start: int
    end: int
    holder: float
    condition: float


class ReadPosition(NamedTuple):
    """One word that may carry a position on one issue.

    `chance` is that the word names the issue; `stances` the chances of each stance if it does, "none" among them.
    """

    start: int
    end: int
    issue: str
    chance: float
    stances: Mapping[str, float]
    parts: tuple[ReadPart, ...]


class Issues(NamedTuple):
    """The issues of a codebook, by their `names`.

    `keys` has a row for each word of their descriptions, `firsts` says where an issue's begin, and `siding` has a row
    for each issue, which makes for or against it of what is said.
    """

    names: tuple[str, ...]
    keys: Scores
    firsts: NDArray[np.int64]
    siding: Scores


class PositionWords(NamedTuple):
    """What the network says of each word of a window about positions, and the words' characters."""

    namings: Scores
    stances: Scores
    parts: Scores
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class PositionDecoder(NamedTuple):
    """What is learned beside the network: the worth of distances, how rare holders' and conditions' words are."""

    distance: Scores
    rarity: Scores

    def find_positions(self, words: PositionWords, issues: Issues) -> list[ReadPosition]:
        """Give the words of a window that may carry a position, in their order, with each issue that they may name."""
        if not issues.names:
            return []
        named = name_issues(words.namings, issues)
        seen = np.argwhere(named > NAMED)
        parts = self._find_parts(words, np.unique(seen[:, 0]))
        return [
            ReadPosition(
                start=int(words.starts[at]),
                end=int(words.ends[at]),
                issue=issues.names[issue],
                chance=round(1 / (1 + math.exp(-named[at, issue])), 3),
                stances=self._read_stances(words.stances[at], issues.siding[issue]),
                parts=parts[int(at)],
            )
            for at, issue in seen
        ]

    def _read_stances(self, scores: Scores, siding: Scores) -> dict[str, float]:
        shares = share_scores(side_stances(scores, siding))
        return {name: round(float(share), 3) for name, share in zip(STANCES, shares, strict=True)}

    def _find_parts(self, words: PositionWords, carrying: NDArray[np.int64]) -> dict[int, tuple[ReadPart, ...]]:
        """Give the words that may name the holder or the condition of the positions that some words carry."""
        chances = weigh_arcs(words.parts, carrying, self.distance, self.rarity)
        return {
            int(at): tuple(ReadPart(*part) for part in list_parties(words.starts, words.ends, own, PART))
            for at, own in zip(carrying, chances, strict=True)
        }


def describe_issue(definition: str, cues: Iterable[str]) -> str:
    """Give the words by which the network is told what an issue is: its definition, and some of its cues.

    >>> describe_issue("Ending a strike.", ["strike/NOUN", "walkout"])
    'Ending a strike. strike, walkout'
    """
    spelled = dict.fromkeys(cue.partition("/")[0] for cue in cues)
    return " ".join([definition, ", ".join(list(spelled)[:CUES])]).strip()


def keep_telling(keys: Scores) -> Scores:
    """Give the keys of an issue that tell something; of three in four the like would move no chance by .01."""
    kept: Scores = keys[keys[:, -1] > keys[:, -1].max() - TELLING]
    return kept


def name_issues(namings: Scores, issues: Issues) -> Scores:
    """Score for each word (rows) and each issue whether it is named: by the likest words of the issue's description.

    A word's last number is how likely it is to name any, a key's last how much it tells.
    """
    alike = namings[:, :-1] @ issues.keys[:, :-1].T + issues.keys[:, -1]
    most = alike.max(axis=1, keepdims=True)
    named = np.full((len(namings), len(issues.names)), NEVER, dtype=np.float32)
    near = np.flatnonzero(
        most[:, 0] + namings[:, -1] + math.log(alike.shape[1]) > NAMED
    )  # no other word can be above it
    shares = np.add.reduceat(np.exp(alike[near] - most[near]), issues.firsts, axis=1)
    named[near] = np.log(shares + TINY) + most[near] + namings[near, -1:]
    return named


def side_stances(scores: Scores, siding: Scores) -> Scores:
    """Score the stances of one word on one issue: what the words say of any issue, and what they mean for this one."""
    stances: Scores = scores[: len(STANCES)] + SIDED * float(scores[len(STANCES) :] @ siding)
    return stances
