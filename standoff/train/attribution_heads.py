"""The heads that see attributions: tags of words, links of spans, names.

Links are scored as in biaffine dependency parsing (Dozat & Manning 2017): each content chooses a cue or none, each cue
a source or none. One head more serves training alone: what each word is to each cue, as in semantic role labelling. It
makes the encoder see which words belong together, and the tags the better for it; reading with it links less well.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from standoff.models.reader.distances import LINE_BUCKETS, WORD_BOUNDS
from standoff.models.reader.field import allow_transitions
from standoff.models.reader.tags import NAME_TAGS, NEVER, OWN, OWN_TAGS, TAGS
from standoff.train.batches import UNKNOWN, Batch, Links

LINK_WIDTH = 96
PAIR_WIDTH = 24


class AttributionLosses(NamedTuple):
    """What a batch costs: tags and own tags by word of the text, links by span, names by word; and what was heard."""

    tags: Tensor
    links: Tensor
    own: Tensor
    names: Tensor
    heard: Tensor


class AttributionScores(NamedTuple):
    """What the heads say of a batch: of each word its tags and names, of each span its choices, "none" last.

    `own` has what each word is to each cue of the batch, cues of all rows in one list.
    """

    tags: Tensor
    names: Tensor
    contents: Tensor
    cues: Tensor
    own: Tensor


class Field(nn.Module):
    """A linear-chain field over tags (Lafferty et al. 2001); `standoff.models.reader.field` reads with it."""

    allowed_follows: Tensor
    allowed_starts: Tensor
    going_on: Tensor

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        follows, starts = allow_transitions(tags)
        self.register_buffer("allowed_follows", torch.from_numpy(follows), persistent=False)
        self.register_buffer("allowed_starts", torch.from_numpy(starts), persistent=False)
        self.register_buffer("going_on", torch.tensor([tag[0] in "IE" for tag in tags]), persistent=False)
        self.follows = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.starts = nn.Parameter(torch.zeros(len(tags)))

    def forward(self, scores: Tensor, tags: Tensor, heads: Tensor, present: Tensor) -> Tensor:
        """Give the negative log-likelihood of the gold tags, summed; padding comes last."""
        follows, starts = self.follows + self.allowed_follows, self.starts + self.allowed_starts
        scores = scores.masked_fill(heads[..., None] & self.going_on, NEVER)
        own = scores.gather(2, tags[..., None])[..., 0]
        steps = follows[tags[:, :-1], tags[:, 1:]]
        gold = starts[tags[:, 0]] + (own * present).sum(1) + (steps * present[:, 1:]).sum(1)
        alpha = starts + scores[:, 0]
        for number in range(1, scores.shape[1]):
            moved = torch.logsumexp(alpha[:, :, None] + follows, dim=1) + scores[:, number]
            alpha = torch.where(present[:, number, None], moved, alpha)
        return (torch.logsumexp(alpha, dim=1) - gold).sum()


class Linker(nn.Module):
    """The scores of spans that choose among spans of another role, or none."""

    def __init__(self) -> None:
        super().__init__()
        self.words_away = nn.Parameter(torch.zeros(len(WORD_BOUNDS) + 1))
        self.lines_away = nn.Parameter(torch.zeros(LINE_BUCKETS))
        self.none = nn.Parameter(torch.zeros(LINK_WIDTH))

    def forward(self, choosing: Tensor, choices: Tensor, links: Links) -> Tensor:
        """Give the scores of choices, (rows, spans, choices and none); vectors are (rows, spans, width)."""
        scores = choosing @ choices.transpose(1, 2)
        scores = scores + self.words_away[links.words_away] + self.lines_away[links.lines_away]
        scores = torch.cat([scores, (choosing @ self.none)[..., None]], dim=-1)
        return scores.masked_fill(links.absent[:, None, :], NEVER)


class AttributionHeads(nn.Module):
    """Score words as parts of attributions and of names, and spans as belonging together."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.tagger = nn.Linear(width, len(TAGS))
        self.linker = nn.Linear(width, 4 * LINK_WIDTH)
        self.namer = nn.Linear(width, len(NAME_TAGS))
        self.pairer = nn.Linear(width, 2 * len(OWN_TAGS) * PAIR_WIDTH)
        self.distance = nn.Parameter(torch.zeros(len(WORD_BOUNDS) + 1, len(OWN_TAGS)))
        self.field, self.own_field = Field(TAGS), Field(OWN_TAGS)
        self.content_linker, self.source_linker = Linker(), Linker()

    def read(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give for each piece the scores of its tags, its vectors for each side of links, and its names' scores."""
        return self.tagger(hidden), self.linker(hidden) / LINK_WIDTH**0.25, self.namer(hidden)

    def score(self, hidden: Tensor, batch: Batch) -> AttributionScores:
        """Score a batch whose spans are known; `hidden` is by word."""
        tags, vectors, names = self.read(hidden)
        content_side, content_cue, source_cue, source_side = torch.chunk(vectors, 4, dim=-1)
        contents, cues = batch.contents, batch.cues
        return AttributionScores(
            tags=tags,
            names=names,
            contents=self.content_linker(contents.words @ content_side, cues.words @ content_cue, contents),
            cues=self.source_linker(cues.words @ source_cue, batch.source_words @ source_side, cues),
            own=self._score_own(tags, hidden, batch),
        )

    def _score_own(self, tags: Tensor, hidden: Tensor, batch: Batch) -> Tensor:
        """Score the tags that words have for each cue alone, the cue's side being the mean of its words."""
        rows, cues = batch.cue_known.nonzero(as_tuple=True)
        asked, asking = (self.pairer(hidden) / PAIR_WIDTH**0.25).chunk(2, dim=-1)
        shape = (len(OWN_TAGS), PAIR_WIDTH)
        sides = (batch.cues.words @ asking)[rows, cues].view(len(rows), 1, *shape)
        pairs = (asked.view(*asked.shape[:2], *shape)[rows] * sides).sum(-1)
        return pairs + self.distance[batch.own_places[rows, cues]] + tags[..., OWN][rows]

    def measure(self, scores: AttributionScores, batch: Batch, heard: Tensor) -> AttributionLosses:
        """Give the losses of a batch that was scored; `heard` is added to them."""
        words = batch.known.sum()
        rows, cues = batch.cue_known.nonzero(as_tuple=True)
        own = scores.tags.sum() * 0
        if len(rows):
            own = self.own_field(scores.own, batch.own[rows, cues], batch.heads[rows], batch.known[rows])
        return AttributionLosses(
            tags=self.field(scores.tags, batch.tags, batch.heads, batch.known) / words,
            links=_measure_links(scores.contents, batch.contents) + _measure_links(scores.cues, batch.cues),
            own=own / words,
            names=functional.cross_entropy(scores.names.flatten(0, 1), batch.names.flatten(), ignore_index=UNKNOWN),
            heard=heard,
        )


def _measure_links(scores: Tensor, links: Links) -> Tensor:
    """Give the loss by link."""
    chosen = links.chosen.flatten()
    loss = functional.cross_entropy(scores.flatten(0, 1), chosen, ignore_index=UNKNOWN, reduction="sum")
    return loss / (chosen != UNKNOWN).sum().clamp(min=1)
