"""The network: a small BERT that sees the kinds of pieces, and its heads: tags of words, links of spans, names, events.

The encoder is written out here (forty lines) so that training needs torch and nothing else, and the export is small.
Links are scored as in biaffine dependency parsing (Dozat & Manning 2017): each content chooses a cue or none, each cue
a source or none. One head more serves training alone: what each word is to each cue, as in semantic role labelling. It
makes the encoder see which words belong together, and the tags the better for it; reading with it links less well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from standoff.models.reader.distances import LINE_BUCKETS, WORD_BOUNDS
from standoff.models.reader.field import allow_transitions
from standoff.models.reader.pieces import KINDS, SIDES
from standoff.models.reader.tags import NAME_TAGS, NEVER, OWN, OWN_TAGS, TAGS
from standoff.train.batches import UNKNOWN, Batch, Links
from standoff.train.event_examples import EventBatch
from standoff.train.event_heads import EventHeads, EventLosses
from standoff.train.position_examples import PositionBatch
from standoff.train.position_heads import PositionHeads, PositionLosses, Seen

LINK_WIDTH = 96
PAIR_WIDTH = 24
HEAD_WIDTH = 32
FORK = 3  # layers that attributions and events share


class Losses(NamedTuple):
    """What a batch costs: tags and own tags by word of the text, links by span, names by word."""

    tags: Tensor
    links: Tensor
    own: Tensor
    names: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The encoder's sizes, as its config.json gives them."""

    vocab_size: int = 30522
    hidden_size: int = 384
    num_hidden_layers: int = 6
    intermediate_size: int = 1536
    max_position_embeddings: int = 512


class Layer(nn.Module):
    """One encoder layer, normed after each half. Without dropout, which on a CPU costs as much again."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.hidden_size // HEAD_WIDTH
        width = shape.hidden_size
        self.query, self.key, self.value, self.joined = (nn.Linear(width, width) for _ in range(4))
        self.widened = nn.Linear(width, shape.intermediate_size)
        self.narrowed = nn.Linear(shape.intermediate_size, width)
        self.attention_norm, self.output_norm = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = hidden.shape
        query, key, value = (
            part(hidden).view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        mask = mask.to(query.dtype) if mask is not None else None
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        hidden = self.attention_norm(hidden + self.joined(seen.transpose(1, 2).reshape(batch, length, width)))
        output: Tensor = self.output_norm(hidden + self.narrowed(functional.gelu(self.widened(hidden))))
        return output


class Encoder(nn.Module):
    """BERT, whose token types are the kinds of pieces."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.positions = nn.Embedding(shape.max_position_embeddings, shape.hidden_size)
        self.kinds = nn.Embedding(KINDS, shape.hidden_size)
        self.norm = nn.LayerNorm(shape.hidden_size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.num_hidden_layers))

    def forward(self, ids: Tensor, kinds: Tensor, present: Tensor | None) -> tuple[Tensor, Tensor]:
        """Give what the pieces are after all layers, and after `FORK` of them."""
        hidden = self.read_low(ids, kinds, present)
        low = hidden
        for layer in self.layers[FORK:]:
            hidden = layer(hidden, hide_absent(present))
        return hidden, low

    def read_low(self, ids: Tensor, kinds: Tensor, present: Tensor | None) -> Tensor:
        """Give what the pieces are after `FORK` layers."""
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden: Tensor = self.norm(self.words(ids) + self.positions(places) + self.kinds(kinds))
        for layer in self.layers[:FORK]:
            hidden = layer(hidden, hide_absent(present))
        return hidden

    def load_bert(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of a BERT by their published names; every kind starts as token type 0."""
        names = {
            "words.weight": "embeddings.word_embeddings.weight",
            "positions.weight": "embeddings.position_embeddings.weight",
        }
        names |= {f"norm.{part}": f"embeddings.LayerNorm.{part}" for part in ("weight", "bias")}
        inner = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "joined": "attention.output.dense",
            "attention_norm": "attention.output.LayerNorm",
            "widened": "intermediate.dense",
            "narrowed": "output.dense",
            "output_norm": "output.LayerNorm",
        }
        for number in range(len(self.layers)):
            for ours, theirs in inner.items():
                for part in ("weight", "bias"):
                    names[f"layers.{number}.{ours}.{part}"] = f"encoder.layer.{number}.{theirs}.{part}"
        state = {ours: weights[theirs] for ours, theirs in names.items()}
        state["kinds.weight"] = weights["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 1)
        self.load_state_dict(state)


class EventBranch(nn.Module):
    """Layers of its own on top of the encoder's lowest, for events; here a given source and target are marked."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.sides = nn.Embedding(SIDES, shape.hidden_size)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(FORK, shape.num_hidden_layers))
        nn.init.zeros_(self.sides.weight)

    def forward(self, low: Tensor, sides: Tensor, present: Tensor | None) -> Tensor:
        hidden = low + self.sides(sides)
        for layer in self.layers:
            hidden = layer(hidden, hide_absent(present))
        return hidden

    def start_from(self, encoder: Encoder) -> None:
        """Take the encoder's own upper layers to begin with."""
        for own, theirs in zip(self.layers, encoder.layers[FORK:], strict=True):
            own.load_state_dict(theirs.state_dict())


def hide_absent(present: Tensor | None) -> Tensor | None:
    """Give what is added to attention so that padding is not seen."""
    return None if present is None else (1.0 - present[:, None, None, :].to(torch.float32)) * NEVER


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
        """Give the loss by link; vectors are (rows, spans, width)."""
        scores = choosing @ choices.transpose(1, 2)
        scores = scores + self.words_away[links.words_away] + self.lines_away[links.lines_away]
        scores = torch.cat([scores, (choosing @ self.none)[..., None]], dim=-1)
        scores = scores.masked_fill(links.absent[:, None, :], NEVER)
        loss = functional.cross_entropy(
            scores.flatten(0, 1), links.chosen.flatten(), ignore_index=UNKNOWN, reduction="sum"
        )
        return loss / (links.chosen != UNKNOWN).sum().clamp(min=1)


def pick_words(hidden: Tensor, words: Tensor) -> Tensor:
    """Give what the encoder makes of each word, by its first piece."""
    return hidden.float().gather(1, words[..., None].expand(-1, -1, hidden.shape[-1]))


class Network(nn.Module):
    """The encoder with its heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.tagger = nn.Linear(shape.hidden_size, len(TAGS))
        self.linker = nn.Linear(shape.hidden_size, 4 * LINK_WIDTH)
        self.namer = nn.Linear(shape.hidden_size, len(NAME_TAGS))
        self.pairer = nn.Linear(shape.hidden_size, 2 * len(OWN_TAGS) * PAIR_WIDTH)
        self.distance = nn.Parameter(torch.zeros(len(WORD_BOUNDS) + 1, len(OWN_TAGS)))
        self.field, self.own_field = Field(TAGS), Field(OWN_TAGS)
        self.content_linker, self.source_linker = Linker(), Linker()
        self.branch = EventBranch(shape)
        self.events = EventHeads(shape.hidden_size)
        self.positions = PositionHeads(shape.hidden_size)

    def read_heads(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give for each piece the scores of its tags, its vectors for each side of links, and its names' scores."""
        return self.tagger(hidden), self.linker(hidden) / LINK_WIDTH**0.25, self.namer(hidden)

    def freeze_attributions(self) -> None:
        """Leave everything as it is but what sees events and positions."""
        self.requires_grad_(False)
        for part in (self.branch, self.events, self.positions):
            part.requires_grad_(True)

    def measure_events(self, batch: EventBatch) -> EventLosses:
        """Give the losses of a batch of sentences whose events are known."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            low = self.encoder.read_low(batch.ids, batch.kinds, batch.present)
            hidden = self.branch(low, batch.sides, batch.present)
        return self.events.measure(pick_words(hidden, batch.words), batch)

    def measure_positions(self, batch: PositionBatch) -> PositionLosses:
        """Give the losses of a batch of passages whose positions are known."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            seen = self._read_branch(batch.ids, batch.kinds, batch.present)
            described = self._read_branch(batch.issue_ids, torch.zeros_like(batch.issue_ids), batch.issue_present)
        words = Seen(*(pick_words(part, batch.words) for part in seen))
        return self.positions.measure(words, Seen(*(part.float() for part in described)), batch)

    def _read_branch(self, ids: Tensor, kinds: Tensor, present: Tensor) -> Seen:
        low = self.encoder.read_low(ids, kinds, present)
        return Seen(self.branch(low, torch.zeros_like(ids), present), low)

    def measure(self, batch: Batch) -> Losses:
        """Give the losses of a batch of texts whose attributions are known."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden, _ = self.encoder(batch.ids, batch.kinds, batch.present)
        hidden = pick_words(hidden, batch.words)
        scores, vectors, names = self.read_heads(hidden)
        content_side, content_cue, source_cue, source_side = torch.chunk(vectors, 4, dim=-1)
        contents, cues = batch.contents, batch.cues
        links = self.content_linker(contents.words @ content_side, cues.words @ content_cue, contents)
        links = links + self.source_linker(cues.words @ source_cue, batch.source_words @ source_side, cues)
        return Losses(
            tags=self.field(scores, batch.tags, batch.heads, batch.known) / batch.known.sum(),
            links=links,
            own=self._measure_own(scores, hidden, batch) / batch.known.sum(),
            names=functional.cross_entropy(names.flatten(0, 1), batch.names.flatten(), ignore_index=UNKNOWN),
        )

    def _measure_own(self, scores: Tensor, hidden: Tensor, batch: Batch) -> Tensor:
        """Give the loss of the tags that words have for each cue alone, the cue's side being the mean of its words."""
        rows, cues = batch.cue_known.nonzero(as_tuple=True)
        if not len(rows):
            return scores.sum() * 0
        asked, asking = (self.pairer(hidden) / PAIR_WIDTH**0.25).chunk(2, dim=-1)
        tags = len(OWN_TAGS)
        sides = (batch.cues.words @ asking)[rows, cues].view(len(rows), 1, tags, PAIR_WIDTH)
        pairs = (asked.view(*asked.shape[:2], tags, PAIR_WIDTH)[rows] * sides).sum(-1)
        own = pairs + self.distance[batch.own_places[rows, cues]] + scores[..., OWN][rows]
        loss: Tensor = self.own_field(own, batch.own[rows, cues], batch.heads[rows], batch.known[rows])
        return loss
