"""The network: an encoder that sees the kinds of pieces, a branch of it for events, and the heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy

import torch
from torch import Tensor, nn

from standoff.models.reader.pieces import SIDES
from standoff.train.attribution_heads import AttributionHeads, AttributionLosses
from standoff.train.batches import Batch
from standoff.train.encoders import Encoder, Layer
from standoff.train.event_examples import EventBatch
from standoff.train.event_heads import EventHeads, EventLosses
from standoff.train.hearing import Hearing
from standoff.train.position_examples import PositionBatch
from standoff.train.position_heads import PositionHeads, PositionLosses, Seen


class Branch(nn.Module):
    """Layers of its own on top of the encoder's lowest, for events; here a given source and target are marked."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.sides = nn.Embedding(SIDES, encoder.width)
        self.layers = deepcopy(encoder.layers[encoder.fork :])
        nn.init.zeros_(self.sides.weight)

    def forward(self, low: Tensor, sides: Tensor, bias: Tensor | None) -> Tensor:
        hidden = low + self.sides(sides)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden

    def start_from(self, encoder: Encoder) -> None:
        """Take the encoder's own upper layers to begin with."""
        self.layers.load_state_dict(encoder.layers[encoder.fork :].state_dict())


def list_layers(network: Network) -> Iterator[tuple[str, Layer]]:
    """Yield the layers of the encoder, then those of the branch, each with its name."""
    for part in ("encoder", "branch"):
        for number, layer in enumerate(getattr(network, part).layers):
            yield f"{part}.layers.{number}", layer


def fit_sizes(network: Network, weights: Mapping[str, Tensor]) -> None:
    """Put the maps of some weights into a network's layers, so that these are as thin as they."""
    for name, layer in list_layers(network):
        maps = [part for part, own in layer.named_children() if isinstance(own, nn.Linear)]
        for part in (part for part in maps if f"{name}.{part}.weight" in weights):
            layer.put_map(part, *(weights[f"{name}.{part}.{kind}"] for kind in ("weight", "bias")))


def pick_words(hidden: Tensor, words: Tensor) -> Tensor:
    """Give what the encoder makes of each word, by its first piece."""
    return hidden.float().gather(1, words[..., None].expand(-1, -1, hidden.shape[-1]))


class Network(nn.Module):
    """An encoder, its branch, and their heads."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.attributions = AttributionHeads(encoder.width)
        self.branch = Branch(encoder)
        self.events = EventHeads(encoder.width)
        self.positions = PositionHeads(encoder.width)

    def freeze_attributions(self) -> None:
        """Leave everything as it is but what sees events and positions."""
        self.requires_grad_(False)
        for part in (self.branch, self.events, self.positions):
            part.requires_grad_(True)

    def fork_at_once(self) -> None:
        """Let the branch begin with the first layer, as a network for relations does: as a copy of all layers."""
        self.encoder.fork = 0
        self.branch = Branch(self.encoder)

    def read_words(self, batch: Batch) -> Tensor:
        """Give what the encoder makes of the words of a batch of texts."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden, _ = self.encoder(batch.ids, batch.kinds, batch.present)
        return pick_words(hidden, batch.words)

    def read_event_words(self, batch: EventBatch) -> Tensor:
        """Give what the branch makes of the words of a batch of sentences."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.read_branch(batch.ids, batch.kinds, batch.sides, batch.present).high
        return pick_words(hidden, batch.words)

    def read_branch(self, ids: Tensor, kinds: Tensor, sides: Tensor, present: Tensor | None) -> Seen:
        """Give what the branch makes of pieces, and what it was given."""
        low = self.encoder.read_low(ids, kinds, present)
        return Seen(self.branch(low, sides, self.encoder.find_bias(ids.shape[1], present)), low)

    def measure(self, batch: Batch, hearing: Hearing | None = None) -> AttributionLosses:
        """Give the losses of a batch of texts whose attributions are known."""
        hidden = self.read_words(batch)
        scores = self.attributions.score(hidden, batch)
        heard = hidden.new_zeros(())
        if hearing is not None and batch.heard is not None:
            heard = hearing.measure(hidden, scores, batch, batch.heard)
        return self.attributions.measure(scores, batch, heard)

    def measure_events(self, batch: EventBatch, hearing: Hearing | None = None) -> EventLosses:
        """Give the losses of a batch of sentences whose events are known."""
        hidden = self.read_event_words(batch)
        scores = self.events.read(hidden)
        heard = hidden.new_zeros(())
        if hearing is not None and batch.heard is not None:
            heard = hearing.measure_events(hidden, scores, self.events, batch, batch.heard)
        return self.events.measure(scores, batch, heard)

    def measure_positions(self, batch: PositionBatch) -> PositionLosses:
        """Give the losses of a batch of passages whose positions are known."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            seen = self.read_branch(batch.ids, batch.kinds, torch.zeros_like(batch.ids), batch.present)
            asked = torch.zeros_like(batch.issue_ids)
            described = self.read_branch(batch.issue_ids, asked, asked, batch.issue_present)
        words = Seen(*(pick_words(part, batch.words) for part in seen))
        return self.positions.measure(words, Seen(*(part.float() for part in described)), batch)
