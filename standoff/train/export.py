"""Write fitted networks as the files that `standoff.models.reader` reads: int8 ONNX, and the tokenizer."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from standoff.models.reader.relations import OUTPUTS as RELATION_OUTPUTS
from standoff.models.reader.relations import CueWorth
from standoff.train.encoders import Layer
from standoff.train.event_examples import list_modes, list_types
from standoff.train.event_heads import EventScores
from standoff.train.examples import CLS, SEP
from standoff.train.network import Network, list_layers
from standoff.train.position_heads import IssueScores, PositionScores

LEARNED = (
    *("attributions.field.follows", "attributions.field.starts", "events.distance", "events.rarity"),
    *("positions.distance", "positions.rarity"),
    *(
        f"attributions.{linker}.{part}"
        for linker in ("content_linker", "source_linker")
        for part in ("words_away", "lines_away", "none")
    ),
)
INPUTS = ("ids", "kinds", "sides", "words")
WHOLE = ("siding",)  # said of a window, not of its words
OUTPUTS = ("scores", "vectors", "names", *EventScores._fields, *PositionScores._fields, *IssueScores._fields)


class _Attention(torch.autograd.Function):
    """Attention as one operation of ONNX Runtime's own, in place of the thirty that the exporter makes of it."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return value.clone()  # never read: an export asks for the shape alone

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        made = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return made.setType(value.type())


class _OneWindowLayer(Layer):
    """A layer that reads one window at a time, so that nothing is hidden from it."""

    def attend(self, query: Tensor, key: Tensor, value: Tensor, bias: Tensor | None) -> Tensor:
        made: Tensor = _Attention.apply(query, key, value, self.heads)
        return made


class _Window(nn.Module):
    """The network as one window needs it: nothing is padded, so nothing is hidden; it tells of some pieces, `words`."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = deepcopy(network)
        for _, layer in list_layers(self.network):
            layer.__class__ = _OneWindowLayer

    def forward(self, ids: Tensor, kinds: Tensor, sides: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        hidden, low = self.network.encoder(ids, kinds, None)
        branched = self.network.branch(low, sides, self.network.encoder.find_bias(ids.shape[1], None))
        own, own_low, own_branched = (part[:, words] for part in (hidden, low, branched))
        heads = self.network.positions
        positions = (*heads.read(own_branched, own_low), *heads.read_issues(own_branched, own_low, branched.mean(1)))
        return *self.network.attributions.read(own), *self.network.events.read(own_branched), *positions


class _Sentence(_Window):
    """The network as a sentence needs it whose source and target are given: types and modes of its words."""

    def forward(self, ids: Tensor, kinds: Tensor, sides: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        branched = self.network.read_branch(ids, kinds, sides, None).high
        scores = self.network.events.read(branched[:, words])
        return scores.types, scores.modes


def export_network(network: Network, encoder: Path, out: Path, *, version: str) -> None:
    """Write the reader of the model folder `out`; `version` is what records name the reader by."""
    learned = {name.removeprefix("attributions."): _round(network.get_parameter(name)) for name in LEARNED}
    _export(_Window(network.eval()), OUTPUTS, encoder, out / "reader.onnx", {"version": version, **learned})


def export_relations(network: Network, encoder: Path, out: Path, *, cues: CueWorth) -> None:
    """Write the network for relations of the model folder `out`; `cues` is what cues are worth beside it."""
    _export(_Sentence(network.eval()), RELATION_OUTPUTS, encoder, out / "relations.onnx", {"cues": cues})


def _export(
    module: nn.Module, outputs: Sequence[str], encoder: Path, path: Path, learned: Mapping[str, object]
) -> None:
    """Write a network as int8, with what was learned beside it, and its tokenizer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the newer exporter needs a package more, and gives less
        plain = Path(scratch) / "plain.onnx"
        example = torch.ones(1, 8, dtype=torch.long)
        torch.onnx.export(
            module,
            (example, torch.zeros_like(example), torch.zeros_like(example), torch.arange(1, 7)),
            str(plain),
            input_names=list(INPUTS),
            output_names=list(outputs),
            dynamic_axes={
                **{name: {1: "pieces"} for name in INPUTS[:-1]},
                INPUTS[-1]: {0: "words"},
                **{name: {1: "words"} for name in outputs if name not in WHOLE},
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(plain, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    decoder = {
        "cls": tokenizer.token_to_id(CLS),
        "sep": tokenizer.token_to_id(SEP),
        "types": list_types(),
        "modes": list_modes(),
        **learned,
    }
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {"decoder": json.dumps(decoder)})
    onnx.save(model, path)
    shutil.copy(encoder / "tokenizer.json", path.parent / "tokenizer.json")


def _round(values: Tensor) -> list[object]:
    return [_round(row) if row.dim() else round(row.item(), 5) for row in values.detach()]
