"""A larger network that learns positions from few sentences, and then reads many for the small one to learn from.

It is MPNet (Song et al. 2020), as `all-mpnet-base-v2` has it, with the heads of the small network. What it says of
texts that nobody has marked, the small network learns beside what people marked (Hinton et al. 2015, "Distilling the
knowledge in a neural network"). It is needed for training only.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from standoff.models.reader.pieces import KINDS
from standoff.models.reader.tags import NEVER
from standoff.train.position_heads import PositionHeads, Seen

WIDTH, INNER, HEADS, LAYERS = 768, 3072, 12, 12
OFFSET = 4  # by which its numbers of word pieces exceed those of BERT
FRAMES = {101: 0, 102: 2, 103: 30526}  # [CLS], [SEP] and [MASK], whose numbers are its own
FIRST_PLACE = 2
BUCKETS, FARTHEST = 32, 128  # of relative places
LOW = 4  # layers after which words are still near to themselves
FIXED = 6  # layers that stay as they are


class TeacherLayer(nn.Module):
    """One encoder layer, normed after each half."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.widened, self.narrowed = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.attention_norm, self.output_norm = nn.LayerNorm(WIDTH, eps=1e-5), nn.LayerNorm(WIDTH, eps=1e-5)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = hidden.shape
        query, key, value = (
            part(hidden).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        hidden = self.attention_norm(hidden + self.joined(seen.transpose(1, 2).reshape(batch, length, WIDTH)))
        output: Tensor = self.output_norm(hidden + self.narrowed(functional.gelu(self.widened(hidden))))
        return output


class Teacher(nn.Module):
    """MPNet with the heads that see positions; issues are described once, by the network as it was published."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30527, WIDTH)
        self.positions = nn.Embedding(514, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.kinds = nn.Embedding(KINDS, WIDTH)
        self.bias = nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(TeacherLayer() for _ in range(LAYERS))
        self.heads = PositionHeads(WIDTH)
        nn.init.zeros_(self.kinds.weight)

    def load_published(self, folder: Path) -> None:
        """Take the published weights, and let only the upper layers and the heads learn."""
        weights = {
            name.removeprefix("mpnet."): weight for name, weight in load_file(folder / "model.safetensors").items()
        }
        names = {"words.weight": "embeddings.word_embeddings.weight"}
        names |= {"positions.weight": "embeddings.position_embeddings.weight"}
        names |= {"bias.weight": "encoder.relative_attention_bias.weight"}
        names |= {f"norm.{part}": f"embeddings.LayerNorm.{part}" for part in ("weight", "bias")}
        inner = {
            **{"query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v"},
            **{"joined": "attention.attn.o", "attention_norm": "attention.LayerNorm"},
            **{"widened": "intermediate.dense", "narrowed": "output.dense", "output_norm": "output.LayerNorm"},
        }
        for number in range(LAYERS):
            for ours, theirs in inner.items():
                for part in ("weight", "bias"):
                    names[f"layers.{number}.{ours}.{part}"] = f"encoder.layer.{number}.{theirs}.{part}"
        self.load_state_dict({ours: weights[theirs] for ours, theirs in names.items()}, strict=False)
        for fixed in (self.words, self.positions, self.norm, self.bias, *self.layers[:FIXED]):
            fixed.requires_grad_(False)

    def read(self, ids: Tensor, kinds: Tensor, present: Tensor) -> Seen:
        """Give what is made of pieces, which are numbered as BERT's."""
        own = ids + OFFSET
        for theirs, ours in FRAMES.items():
            own = torch.where(ids == theirs, ours, own)
        length = ids.shape[1]
        places = torch.arange(length) + FIRST_PLACE
        hidden = self.norm(self.words(own) + self.positions(places) + self.kinds(kinds))
        bias = self.bias(place_relative(length)).permute(2, 0, 1)[None]
        bias = bias + (1.0 - present[:, None, None, :].float()) * NEVER
        low = hidden
        for number, layer in enumerate(self.layers, start=1):
            hidden = layer(hidden, bias)
            low = hidden if number == LOW else low
        return Seen(hidden, low)


def place_relative(length: int) -> Tensor:
    """Give the bucket of each place as seen from each other, as T5 has them (Raffel et al. 2020)."""
    places = torch.arange(length)
    away = places[:, None] - places[None, :]
    half = BUCKETS // 2
    near = half // 2
    far = near + (torch.log(away.abs().float().clamp(min=1) / near) / math.log(FARTHEST / near) * near).long()
    side: Tensor = (away < 0).long() * half
    return side + torch.where(away.abs() < near, away.abs(), far.clamp(max=half - 1))
