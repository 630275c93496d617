"""Say which words carry events, of what type, mode and status, and which words are their parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from standoff.models.reader.arcs import list_parties, weigh_arcs
from standoff.models.reader.field import Scores
from standoff.records import Status

STATUSES: tuple[str, ...] = get_args(Status)
NONE = 0  # the number of "no event" among types, and of "no mode" among modes
SEEN = 0.02  # a type is told of if its chance is above this
PARTY = 0.1  # a word is told of as a party if its chance is above this


class ReadParty(NamedTuple):
    """A word that may name a party: its characters, and the chances that it names an actor and a recipient."""

    start: int
    end: int
    actor: float
    recipient: float


class ReadEvent(NamedTuple):
    """One word that may carry an event, as the reader sees it.

    `types` holds the chance of each type that has a notable one; what is missing to 1 is that the word carries none.
    `modes` are those of these types, and `sense` a vector that lies near that of words of one meaning.
    """

    start: int
    end: int
    types: Mapping[str, float]
    modes: Mapping[str, str | None]
    statuses: Mapping[str, float]
    parties: tuple[ReadParty, ...]
    sense: tuple[float, ...]


class EventWords(NamedTuple):
    """What the network says of each word of a window about events, and the words' characters."""

    types: Scores
    modes: Scores
    statuses: Scores
    senses: Scores
    parties: Scores
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class EventDecoder(NamedTuple):
    """What is learned beside the network: the names of its classes, the worth of distances, how rare parties are."""

    types: Sequence[str]
    modes: tuple[str, ...]
    distance: Scores
    rarity: Scores

    def find_events(self, words: EventWords) -> list[ReadEvent]:
        """Give the words of a window that may carry an event, in their order."""
        shares = share_scores(words.types)
        seen = np.flatnonzero(shares[:, NONE + 1 :].max(axis=1, initial=0.0) > SEEN)
        parties = weigh_arcs(words.parties, seen, self.distance, self.rarity)
        types = [self._name_types(row) for row in shares[seen]]
        statuses, senses = _round(share_scores(words.statuses[seen])), words.senses[seen].round(4).tolist()
        return [
            ReadEvent(
                start=int(words.starts[at]),
                end=int(words.ends[at]),
                types=likely,
                modes={name: name_mode(self.modes, words.modes[at], name) for name in likely},
                statuses=dict(zip(STATUSES, status, strict=True)),
                parties=tuple(ReadParty(*party) for party in list_parties(words.starts, words.ends, own, PARTY)),
                sense=tuple(sense),
            )
            for at, likely, own, status, sense in zip(seen, types, parties, statuses, senses, strict=True)
        ]

    def _name_types(self, shares: Scores) -> dict[str, float]:
        """Give the types of notable chance, and that chance."""
        notable = np.flatnonzero(shares[NONE + 1 :] > SEEN) + NONE + 1
        return {
            self.types[number]: chance for number, chance in zip(notable.tolist(), _round(shares[notable]), strict=True)
        }


def name_mode(modes: tuple[str, ...], scores: Scores, type_: str) -> str | None:
    """Give the best mode of a type, None if having none is better."""
    own = _list_modes(modes, type_)
    best = own[int(np.argmax(scores[own]))]
    return None if best == NONE else modes[best].partition("/")[2]


@cache
def _list_modes(modes: tuple[str, ...], type_: str) -> list[int]:
    """Give the numbers of the modes that a type may have, that of having none first."""
    return [NONE, *(number for number, name in enumerate(modes) if name.startswith(f"{type_}/"))]


def _round(chances: Scores) -> list[Any]:
    """Give chances to three places, as nested lists."""
    rounded: list[Any] = chances.astype(np.float64).round(3).tolist()
    return rounded


def share_scores(scores: Scores) -> Scores:
    """Turn scores into chances over the last axis."""
    shares: Scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares
