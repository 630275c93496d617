"""The encoders that networks stand on, written out so that training needs torch and nothing else.

`Bert` is small and ships. `Mpnet` (Song et al. 2020, as `all-mpnet-base-v2` has it) is ten times as large; it learns
from few examples what `Bert` then learns from it, and is needed for training only. Both read the same word pieces.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from standoff.models.reader.pieces import KINDS
from standoff.models.reader.tags import NEVER

WIDTH = 384  # of the vectors that the small network makes of pieces
BUCKETS, FARTHEST = 32, 128  # of relative places in MPNet
OFFSET = 4  # by which MPNet's numbers of word pieces exceed those of BERT
FRAMES = {101: 0, 102: 2, 103: 30526}  # [CLS], [SEP] and [MASK], whose numbers are its own
FIRST_PLACE = 2
PARTS = ("query", "key", "value", "joined", "attention_norm", "widened", "narrowed", "output_norm")
BERT_PARTS = (
    *("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"),
    *("attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"),
)
MPNET_PARTS = (
    *("attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o"),
    *("attention.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"),
)


class Layer(nn.Module):
    """One encoder layer, normed after each half. Without dropout, which on a CPU costs as much again."""

    def __init__(self, width: int, heads: int, precision: float) -> None:
        super().__init__()
        self.heads, self.size = heads, width // heads  # how many, and the width of one
        self.query, self.key, self.value, self.joined = (nn.Linear(width, width) for _ in range(4))
        self.widened, self.narrowed = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.attention_norm, self.output_norm = (nn.LayerNorm(width, eps=precision) for _ in range(2))

    def forward(self, hidden: Tensor, bias: Tensor | None) -> Tensor:
        """Give what the pieces become; `bias` is added to attention."""
        seen = self.attend(self.query(hidden), self.key(hidden), self.value(hidden), bias)
        hidden = self.attention_norm(hidden + self.joined(seen))
        output: Tensor = self.output_norm(hidden + self.narrowed(functional.gelu(self.widened(hidden))))
        return output

    def attend(self, query: Tensor, key: Tensor, value: Tensor, bias: Tensor | None) -> Tensor:
        """Give what the pieces' queries see of all, with the heads' parts behind one another."""
        batch, length, width = query.shape
        shape = (batch, length, self.heads, self.size)
        mask = bias.to(query.dtype) if bias is not None else None
        asked, seen, told = (part.view(shape).transpose(1, 2) for part in (query, key, value))
        made = functional.scaled_dot_product_attention(asked, seen, told, attn_mask=mask)
        return made.transpose(1, 2).reshape(batch, length, width)

    def put_map(self, name: str, weight: Tensor, bias: Tensor) -> None:
        """Put a map, maybe of another size, in place of the one of this name; all heads are of one size."""
        made = nn.Linear(weight.shape[1], weight.shape[0])
        made.weight, made.bias = (nn.Parameter(part.detach().clone()) for part in (weight, bias))
        setattr(self, name, made)
        self.heads = self.joined.in_features // self.size


class Encoder(nn.Module):
    """What makes vectors of `width` of word pieces: of their own, of their places and of their kinds, then in layers.

    After `fork` layers the branch for events leaves it.
    """

    width: int
    fork: int
    words: nn.Embedding
    positions: nn.Embedding
    kinds: nn.Embedding
    norm: nn.LayerNorm
    layers: nn.ModuleList

    @abstractmethod
    def load_published(self, folder: Path) -> None:
        """Take the published weights that lie in a folder."""

    def forward(self, ids: Tensor, kinds: Tensor, present: Tensor | None) -> tuple[Tensor, Tensor]:
        """Give what the pieces are after all layers, and after `fork` of them."""
        hidden = low = self.read_low(ids, kinds, present)
        bias = self.find_bias(ids.shape[1], present)
        for layer in self.layers[self.fork :]:
            hidden = layer(hidden, bias)
        return hidden, low

    def read_low(self, ids: Tensor, kinds: Tensor, present: Tensor | None) -> Tensor:
        """Give what the pieces are after `fork` layers."""
        hidden = self.embed(ids, kinds)
        bias = self.find_bias(ids.shape[1], present)
        for layer in self.layers[: self.fork]:
            hidden = layer(hidden, bias)
        return hidden

    @abstractmethod
    def embed(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """Give what the pieces are before all layers."""

    @abstractmethod
    def find_bias(self, length: int, present: Tensor | None) -> Tensor | None:
        """Give what is added to attention: among others that padding is not seen."""


class Bert(Encoder):
    """MiniLM (Wang et al. 2020): a BERT of six layers of 384, in heads of 32."""

    def __init__(self, *, words: int = 30522, places: int = 512, width: int = WIDTH, layers: int = 6) -> None:
        super().__init__()
        self.width, self.fork = width, layers * 2 // 3
        self.words, self.positions = nn.Embedding(words, width), nn.Embedding(places, width)
        self.kinds, self.norm = nn.Embedding(KINDS, width), nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, width // 32, 1e-12) for _ in range(layers))

    def embed(self, ids: Tensor, kinds: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden: Tensor = self.norm(self.words(ids) + self.positions(places) + self.kinds(kinds))
        return hidden

    def find_bias(self, length: int, present: Tensor | None) -> Tensor | None:
        return None if present is None else hide_absent(present)

    def load_published(self, folder: Path) -> None:
        """Take the weights in a folder by their published names; every kind starts as token type 0."""
        weights = _load_weights(folder, "bert.")
        names = _name_published(len(self.layers), BERT_PARTS)
        names["positions.weight"] = "embeddings.position_embeddings.weight"
        state = {ours: weights[theirs] for ours, theirs in names.items()}
        state["kinds.weight"] = weights["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 1)
        self.load_state_dict(state)


class Mpnet(Encoder):
    """MPNet: twelve layers of 768, which also see how far pieces lie apart."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.fork, heads = 768, 6, 12
        self.words, self.positions = nn.Embedding(30527, self.width), nn.Embedding(514, self.width)
        self.kinds, self.norm = nn.Embedding(KINDS, self.width), nn.LayerNorm(self.width, eps=1e-5)
        self.bias = nn.Embedding(BUCKETS, heads)
        self.layers = nn.ModuleList(Layer(self.width, heads, 1e-5) for _ in range(12))
        nn.init.zeros_(self.kinds.weight)

    def embed(self, ids: Tensor, kinds: Tensor) -> Tensor:
        own = ids + OFFSET
        for theirs, ours in FRAMES.items():
            own = torch.where(ids == theirs, ours, own)
        places = torch.arange(ids.shape[1]) + FIRST_PLACE
        hidden: Tensor = self.norm(self.words(own) + self.positions(places) + self.kinds(kinds))
        return hidden

    def find_bias(self, length: int, present: Tensor | None) -> Tensor:
        bias: Tensor = self.bias(place_relative(length)).permute(2, 0, 1)[None]
        return bias if present is None else bias + hide_absent(present)

    def load_published(self, folder: Path) -> None:
        """Take the weights in a folder by their published names; what lies below all layers stays as it is."""
        weights = _load_weights(folder, "mpnet.")
        names = {
            "positions.weight": "embeddings.position_embeddings.weight",
            "bias.weight": "encoder.relative_attention_bias.weight",
            **_name_published(12, MPNET_PARTS),
        }
        self.load_state_dict({ours: weights[theirs] for ours, theirs in names.items()}, strict=False)
        for fixed in (self.words, self.positions, self.norm, self.bias):
            fixed.requires_grad_(False)


def _load_weights(folder: Path, prefix: str) -> dict[str, Tensor]:
    weights = load_file(folder / "model.safetensors")
    return {name.removeprefix(prefix): weight for name, weight in weights.items()}


def _name_published(layers: int, parts: tuple[str, ...]) -> dict[str, str]:
    """Give the published name of each weight by ours."""
    names = {"words.weight": "embeddings.word_embeddings.weight"}
    names |= {f"norm.{part}": f"embeddings.LayerNorm.{part}" for part in ("weight", "bias")}
    for number in range(layers):
        for ours, theirs in zip(PARTS, parts, strict=True):
            for part in ("weight", "bias"):
                names[f"layers.{number}.{ours}.{part}"] = f"encoder.layer.{number}.{theirs}.{part}"
    return names


def hide_absent(present: Tensor) -> Tensor:
    """Give what is added to attention so that padding is not seen."""
    return (1.0 - present[:, None, None, :].to(torch.float32)) * NEVER


def place_relative(length: int) -> Tensor:
    """Give the bucket of each place as seen from each other, as T5 has them (Raffel et al. 2020)."""
    places = torch.arange(length)
    away = places[:, None] - places[None, :]
    half = BUCKETS // 2
    near = half // 2
    far = near + (torch.log(away.abs().float().clamp(min=1) / near) / math.log(FARTHEST / near) * near).long()
    side: Tensor = (away < 0).long() * half
    return side + torch.where(away.abs() < near, away.abs(), far.clamp(max=half - 1))
