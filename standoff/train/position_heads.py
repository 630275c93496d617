"""Heads that see positions: words that name an issue, the stance taken there, and the holder's and condition's words.

Issues are not classes: each is what the same layers make of its description, as in zero-shot stance detection (Allaway
and McKeown 2020), so that issues which nobody has trained on can be asked for. A word is held against each word of the
description, the likest counting most, as in late interaction (Khattab and Zaharia 2020, "ColBERT").
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from standoff.models.reader.distances import WORD_BOUNDS
from standoff.models.reader.positions import SIDED, STANCES
from standoff.models.reader.tags import NEVER
from standoff.train.event_heads import SENTENCE, score_arcs
from standoff.train.position_examples import PositionBatch

ISSUE_WIDTH = 64
INNER_WIDTH = 192
PART_WIDTH = 48
SCALE = 8.0  # of likeness, to begin with


class PositionLosses(NamedTuple):
    """What a batch costs: naming by so many words as a sentence has, the rest by position."""

    naming: Tensor
    stances: Tensor
    parts: Tensor


class PositionScores(NamedTuple):
    """What the heads say of each word, as `standoff.models.reader.positions` reads it."""

    namings: Tensor
    stances: Tensor
    parts: Tensor


class Seen(NamedTuple):
    """What the branch makes of words or pieces, and what it was given."""

    high: Tensor
    low: Tensor


class IssueScores(NamedTuple):
    """What the heads say of an issue's description: a key for each of its words, and one vector for what sides mean."""

    keys: Tensor
    siding: Tensor


class PositionHeads(nn.Module):
    """Score words as naming issues, as taking stances, and as a position's holder and condition."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.likeness = nn.Linear(2 * width, ISSUE_WIDTH)
        self.scale = nn.Parameter(torch.tensor(SCALE))
        self.naming, self.telling = nn.Linear(width, 1), nn.Linear(width, 1)
        self.inner = nn.Linear(width, INNER_WIDTH)
        self.taker = nn.Linear(INNER_WIDTH, len(STANCES) + ISSUE_WIDTH)
        self.issue_inner = nn.Linear(width, INNER_WIDTH)
        self.siding = nn.Linear(INNER_WIDTH, ISSUE_WIDTH)
        self.sides = nn.Linear(width, 4 * PART_WIDTH)
        self.distance = nn.Parameter(torch.zeros(2, len(WORD_BOUNDS) + 1))
        self.rarity = nn.Parameter(torch.full((2,), -2.0))
        nn.init.constant_(self.naming.bias, -SCALE)
        self.register_buffer("sided", torch.from_numpy(SIDED), persistent=False)

    def read(self, hidden: Tensor, low: Tensor) -> PositionScores:
        """Give the scores of words from what the branch makes of them, and from what it was given (`low`)."""
        namings = torch.cat([self.scale * self._liken(hidden, low), self.naming(hidden)], dim=-1)
        stances = self.taker(functional.gelu(self.inner(hidden)))
        return PositionScores(namings, stances, self.sides(hidden) / PART_WIDTH**0.25)

    def read_issues(self, hidden: Tensor, low: Tensor, mean: Tensor) -> IssueScores:
        """Give what an issue is, from the pieces of its description, and from their mean."""
        keys = torch.cat([self._liken(hidden, low), self.telling(hidden)], dim=-1)
        return IssueScores(keys, self.siding(functional.gelu(self.issue_inner(mean))) / ISSUE_WIDTH**0.5)

    def _liken(self, hidden: Tensor, low: Tensor) -> Tensor:
        """Give what is compared of a word: what all layers make of it, and, nearer to the word itself, what few do."""
        return functional.normalize(self.likeness(torch.cat([hidden, low], dim=-1)), dim=-1)

    def measure(self, words: Seen, described: Seen, batch: PositionBatch) -> PositionLosses:
        """Give the losses of a batch; `words` are by word, `described` by issue and piece of its description."""
        scores = self.read(*words)
        shown = batch.issue_present[..., None].float()
        keys, siding = self.read_issues(*described, (described.high * shown).sum(1) / shown.sum(1))
        absent = (1.0 - batch.issue_present.float()) * NEVER
        alike = torch.einsum("bwv,kpv->bwkp", scores.namings[..., :-1], keys[..., :-1])
        named = torch.logsumexp(alike + (keys[..., -1] + absent), dim=-1) + scores.namings[..., -1:]
        costs = functional.binary_cross_entropy_with_logits(named, batch.named, reduction="none") * batch.known
        count = (batch.known.sum(-1) > 0).sum().item()
        naming_loss = costs.sum() / max(1.0, count / SENTENCE)
        rows, places = batch.rows, batch.places
        if not len(rows):
            return PositionLosses(naming_loss, named.sum() * 0, named.sum() * 0)
        base, turned = scores.stances[rows, places].split([len(STANCES), ISSUE_WIDTH], dim=-1)
        sided = (turned * siding[batch.issues]).sum(-1, keepdim=True) * self.sided
        weights = batch.chances / batch.chances.sum()
        stances = functional.cross_entropy(base + sided, batch.stances, reduction="none") @ weights
        arcs = self.score_parts(scores.parts, rows, places)
        there = (batch.known[rows].sum(-1) > 0)[:, None]
        parts = functional.binary_cross_entropy_with_logits(arcs, batch.parts, reduction="none")
        return PositionLosses(naming_loss, stances, (parts * there).sum((1, 2)) @ weights)

    def score_parts(self, parts: Tensor, rows: Tensor, words: Tensor) -> Tensor:
        """Score each word as the holder's and the condition's of the positions that some words carry."""
        return score_arcs(parts, rows, words, self.distance, self.rarity)
