"""Fit the network to its examples; every few steps a checkpoint is written, from which the same run goes on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from standoff.train.batches import join_examples
from standoff.train.examples import MASK, Text, draw_batches
from standoff.train.network import Losses, Network, Shape

EVERY = 40  # steps between reports, each with a checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is made of; two runs with the same settings and threads give the same model."""

    passes: float = 4.0
    batch_pieces: int = 2048
    window: int = 256
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warm_passes: float = 0.1
    cool_share: float = 0.4
    weight_decay: float = 0.01
    hidden: float = 0.1
    missed: float = 0.1
    link_weight: float = 0.3
    own_weight: float = 0.5
    name_weight: float = 0.3
    seed: int = 11


def build_network(encoder: Path, seed: int) -> Network:
    """Make a network whose encoder has the weights in the folder `encoder`."""
    torch.manual_seed(seed)
    network = Network(Shape())
    weights = load_file(encoder / "model.safetensors")
    network.encoder.load_bert({name.removeprefix("bert."): weight for name, weight in weights.items()})
    return network


def fit_network(
    network: Network, texts: Sequence[Text], tokenizer: Tokenizer, settings: Settings, checkpoint: Path
) -> None:
    """Fit `network`, going on from the file `checkpoint` if it is there. Each pass cuts the texts into other windows.

    The rate rises, stays, and falls to nothing over the last `cool_share` of the passes, so that a run may be cut short
    or drawn out by giving the same command another number of passes.
    """
    optimiser = torch.optim.AdamW(_group_parameters(network, settings), weight_decay=settings.weight_decay)
    rates = [group["lr"] for group in optimiser.param_groups]
    number, step = 0, 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        number, step = saved["number"], saved["step"]
    mask: int = tokenizer.token_to_id(MASK)  # type: ignore[assignment]
    network.train()
    sums, since, started = np.zeros(len(Losses._fields)), 0, time.monotonic()
    while number < settings.passes:
        chance = np.random.default_rng((settings.seed, number))
        batches = draw_batches(texts, tokenizer, window=settings.window, pieces=settings.batch_pieces, chance=chance)
        while step < len(batches):
            progress = number + step / len(batches)
            if progress >= settings.passes:
                _save_checkpoint(checkpoint, network, optimiser, number, step)
                return
            falling = (settings.passes - progress) / (settings.cool_share * settings.passes)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, progress / settings.warm_passes, falling)
            drawn = np.random.default_rng((settings.seed, number, step))
            batch = join_examples(
                batches[step], mask=mask, hidden=settings.hidden, missed=settings.missed, chance=drawn
            )
            losses = network.measure(batch)
            weights = (1.0, settings.link_weight, settings.own_weight, settings.name_weight)
            loss = sum(weight * part for weight, part in zip(weights, losses, strict=True))
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            sums += [part.item() for part in losses]
            step, since = step + 1, since + 1
            if since == EVERY:
                costs = " ".join(f"{name} {cost:.4f}" for name, cost in zip(Losses._fields, sums / since, strict=True))
                pace = since * settings.batch_pieces / (time.monotonic() - started)
                print(f"{progress:.2f} {costs} {pace:.0f} pieces/s", flush=True)
                _save_checkpoint(checkpoint, network, optimiser, number, step)
                sums, since, started = np.zeros(len(Losses._fields)), 0, time.monotonic()
        number, step = number + 1, 0
    _save_checkpoint(checkpoint, network, optimiser, number, step)


def _save_checkpoint(path: Path, network: Network, optimiser: torch.optim.Optimizer, number: int, step: int) -> None:
    """Replace the checkpoint whole, so that a run stopped while it writes loses nothing."""
    new = path.with_suffix(".new")
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "number": number, "step": step}
    torch.save(state, new)
    new.replace(path)


def _group_parameters(network: Network, settings: Settings) -> list[dict[str, object]]:
    """Give each layer its rate: the heads the highest, then less by `layer_decay` for each layer down."""
    groups: dict[float, list[Tensor]] = {}
    layers = len(network.encoder.layers)
    for name, parameter in network.named_parameters():
        if not name.startswith("encoder."):
            rate = settings.head_rate * (3 if parameter.dim() < 2 or name.endswith("follows") else 1)
        elif name == "encoder.kinds.weight":
            rate = settings.head_rate
        else:
            depth = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = settings.rate * settings.layer_decay ** (layers - 1 - depth)
        groups.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]
