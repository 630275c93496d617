"""The heads that see events: what type of event a word carries, its mode and status, and which words are its parties.

A word's *sense* is a vector from which its type and mode follow by a linear map, so that words of one sense lie close
together; types of a codebook that the reader was never trained on are told by it (Snell et al. 2017, "Prototypical
Networks"). Parties are scored as arcs are in biaffine dependency parsing (Dozat & Manning 2017).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from standoff.models.reader.distances import WORD_BOUNDS
from standoff.models.reader.events import NONE, STATUSES
from standoff.train.batches import UNKNOWN
from standoff.train.event_examples import EventBatch, list_modes, list_types

SENSE_WIDTH = 128
PARTY_WIDTH = 64
SENTENCE = 25  # words, about


class EventLosses(NamedTuple):
    """What a batch costs: types by so many words as a sentence has, the rest by event; and what was heard."""

    types: Tensor
    modes: Tensor
    statuses: Tensor
    parties: Tensor
    pairs: Tensor
    heard: Tensor


class EventScores(NamedTuple):
    """What the heads say of each word; `parties` has the vectors that ask for actor and recipient, and that answer."""

    types: Tensor
    modes: Tensor
    statuses: Tensor
    senses: Tensor
    parties: Tensor


class EventHeads(nn.Module):
    """Score words as triggers of events and as their parties."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.sense = nn.Linear(width, SENSE_WIDTH)
        self.typer = nn.Linear(SENSE_WIDTH, len(list_types()))
        self.moder = nn.Linear(SENSE_WIDTH, len(list_modes()))
        self.stater = nn.Linear(width, len(STATUSES))
        self.parties = nn.Linear(width, 4 * PARTY_WIDTH)
        self.distance = nn.Parameter(torch.zeros(2, len(WORD_BOUNDS) + 1))
        self.rarity = nn.Parameter(torch.full((2,), -2.0))

    def read(self, hidden: Tensor) -> EventScores:
        """Give the scores of words from what the encoder makes of them."""
        sense = torch.tanh(self.sense(hidden))
        parties = self.parties(hidden) / PARTY_WIDTH**0.25
        return EventScores(self.typer(sense), self.moder(sense), self.stater(hidden), sense, parties)

    def score_parties(self, parties: Tensor, rows: Tensor, triggers: Tensor) -> Tensor:
        """Score each word as naming actor and recipient of some events: (events, 2, words)."""
        return score_arcs(parties, rows, triggers, self.distance, self.rarity)

    def measure(self, scores: EventScores, batch: EventBatch, heard: Tensor) -> EventLosses:
        """Give the losses of a batch that was scored; `heard` is added to them."""
        rows, triggers = batch.rows, batch.triggers
        none = scores.types.sum() * 0
        types = functional.cross_entropy(
            scores.types.flatten(0, 1), batch.types.flatten(), ignore_index=UNKNOWN, reduction="sum"
        ) / max(1, (batch.types != UNKNOWN).sum().item() / SENTENCE)
        pairs = self._measure_pairs(scores.types, batch)
        if not len(rows):
            return EventLosses(types, none, none, none, pairs, heard)
        modes = functional.cross_entropy(scores.modes[rows, triggers], batch.modes)
        statuses = functional.cross_entropy(scores.statuses[rows, triggers], batch.statuses)
        arcs = self.score_parties(scores.parties, rows, triggers)
        there = (batch.types[rows] != UNKNOWN)[:, None]
        parties = functional.binary_cross_entropy_with_logits(arcs, batch.parties, reduction="none")
        return EventLosses(types, modes, statuses, (parties * there).sum() / len(rows), pairs, heard)

    def _measure_pairs(self, types: Tensor, batch: EventBatch) -> Tensor:
        """Give the loss of the types between marked parties, whichever of the words carries them."""
        asked = batch.pairs.any(1)
        if not asked.any():
            return types.sum() * 0
        scores = score_pairs(types, batch.known)[asked]
        right = torch.logsumexp(scores.masked_fill(~batch.pairs[asked], -1e4), dim=1)
        return (torch.logsumexp(scores, dim=1) - right).mean()


def place_from(triggers: Tensor, count: int) -> Tensor:
    """Give the bucket of each of `count` words by its distance from each trigger: (triggers, words)."""
    away = torch.arange(count)[None] - triggers[:, None]
    return torch.bucketize(away, torch.tensor(WORD_BOUNDS), right=True)


def score_arcs(vectors: Tensor, rows: Tensor, words: Tensor, distance: Tensor, rarity: Tensor) -> Tensor:
    """Score for some words, each of a row, every word of that row as either of two parts of theirs: (words, 2, all).

    `vectors` are (rows, words, 4 x width): what asks for either part, then what answers.
    """
    count, width = vectors.shape[1], vectors.shape[2] // 4
    asking, asked = vectors.chunk(2, dim=-1)
    sides = asking[rows, words].view(len(rows), 2, 1, width)
    answers = asked[rows].view(len(rows), count, 2, width).transpose(1, 2)
    return (sides * answers).sum(-1) + distance[:, place_from(words, count)].transpose(0, 1) + rarity[:, None]


def score_pairs(types: Tensor, known: Tensor) -> Tensor:
    """Give the score of each type of event, "none" left out, for a sentence: that any of its words carries it."""
    shares = functional.log_softmax(types, dim=-1).masked_fill(~known[..., None], -1e4)
    return torch.logsumexp(shares, dim=1)[:, NONE + 1 :]
