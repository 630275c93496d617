"""Take the weights of an exported model back into a network, so that a training can go on from the model that ships."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from standoff.train.network import Network, fit_sizes

HEADS = ("attributions", "events", "positions")
TOLD = "network."  # what the exporter puts before the names of weights that it does not multiply by


def restore_network(network: Network, model: Path) -> list[str]:
    """Give `network` the weights of the folder `model`, as exact as int8 keeps them, and list those that it lacks.

    It lacks the heads that serve training alone, which stay as they are. Its layers become as thin as the model's are.
    Exported again, attributions are the same to the bit. Raises ValueError for the model of a network of another shape.
    """
    exported = onnx.load(model / "reader.onnx")
    held = {item.name: numpy_helper.to_array(item) for item in exported.graph.initializer}
    found = {name.removeprefix(TOLD): values for name, values in held.items() if name.startswith(TOLD)}
    for name in [name for name in held if name.endswith("_quantized")]:
        found[name.removeprefix(TOLD).removesuffix("_quantized")] = _widen(held, name)
    for node in exported.graph.node:
        if node.op_type == "MatMulInteger":
            found[_name_layer(network, node.name)] = _widen(held, node.input[1]).T
    decoder = json.loads({item.key: item.value for item in exported.metadata_props}["decoder"])
    found |= {name: np.array(values, dtype=np.float32) for name, values in decoder.items() if "." in name}
    weights = {name: torch.tensor(np.array(values, dtype=np.float32)) for name, values in found.items()}
    fit_sizes(network, weights)
    state = network.state_dict()
    for name, weight in state.items():
        own = weights.get(name, weights.get(name.removeprefix("attributions.")))
        if own is not None and own.shape != weight.shape:
            raise ValueError(
                f"{model}: {name} has the shape {tuple(own.shape)}; in this network it is {tuple(weight.shape)}."
            )
        if own is not None:
            state[name] = own
    network.load_state_dict(state)
    return [name for name in state if name not in found and name.removeprefix("attributions.") not in found]


def _widen(held: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """Give a weight of small numbers as the numbers that they stand for."""
    base = name.removesuffix("_quantized")
    small, zero, scale = (held[f"{base}_{part}"].astype(np.float32) for part in ("quantized", "zero_point", "scale"))
    return (small - zero) * scale


def _name_layer(network: Network, node: str) -> str:
    """Give the name of the weight that a node multiplies by; the exporter leaves out which head it is of."""
    name = node.strip("/").removesuffix("/MatMul_quant").removesuffix("/Gemm_MatMul_quant").replace("/", ".")
    if "." not in name:
        name = next(f"{head}.{name}" for head in HEADS if hasattr(getattr(network, head), name))
    return f"{name}.weight"
