"""Fit the network to its examples; every few steps a checkpoint is written, from which the same run goes on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard, TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from standoff.train.attribution_heads import AttributionLosses
from standoff.train.batches import join_examples
from standoff.train.event_examples import EventExample, Lesson, draw_lessons, join_events
from standoff.train.event_heads import EventLosses
from standoff.train.examples import MASK, Example, Text, draw_batches
from standoff.train.hearing import LINKS, MODES, NAMES, OWN, PARTIES, Hearing
from standoff.train.network import Network
from standoff.train.position_examples import PositionExample, PositionLessons, draw_passages, join_positions
from standoff.train.position_heads import PositionLosses

EVERY = 40  # steps between reports, each with a checkpoint
POSITION_WEIGHTS = (1.0, 1.0, 0.2)  # of the losses of positions: naming, stances, parts

AnyKind = TypeVar("AnyKind", Example, EventExample, PositionExample)
Batch = list[Example] | list[EventExample] | list[PositionExample]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is made of; two runs with the same settings and threads give the same model."""

    passes: float = 6.0
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
    link_weight: float = LINKS
    own_weight: float = OWN
    name_weight: float = NAMES
    party_weight: float = PARTIES
    heard_weight: float = 2.0
    lesson_pieces: int = 1024
    seed: int = 11


def fit_network(
    network: Network,
    examples: Sequence[Text] | Sequence[Lesson],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
    *,
    positions: PositionLessons | None = None,
    hearing: Hearing | None = None,
) -> None:
    """Fit `network` to texts or to lessons, and `positions` among them, going on from the file `checkpoint` if there.

    With `hearing` it learns besides from what a larger network has made of the texts or lessons.

    Each pass cuts texts into other windows, and takes another pair of each lesson. The rate rises, stays, and falls to
    nothing over the last `cool_share` of the passes, so that a run may be cut short or drawn out by giving the same
    command another number of passes.
    """
    groups = _group_parameters(network, settings)
    if hearing is not None:
        groups.append({"params": [own for own in hearing.parameters() if own.requires_grad], "lr": settings.head_rate})
    optimiser = torch.optim.AdamW(groups, weight_decay=settings.weight_decay, fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    number, step = 0, 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        if hearing is not None:
            hearing.load_state_dict(saved["hearing"])
        number, step = saved["number"], saved["step"]
    mask: int = tokenizer.token_to_id(MASK)  # type: ignore[assignment]
    network.train()
    costs, started = _Costs(), time.monotonic()
    while number < settings.passes:
        batches = _draw_pass(examples, positions, tokenizer, settings, np.random.default_rng((settings.seed, number)))
        while step < len(batches):
            progress = number + step / len(batches)
            if progress >= settings.passes:
                save_checkpoint(checkpoint, network, hearing, optimiser, number, step)
                return
            falling = (settings.passes - progress) / (settings.cool_share * settings.passes)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, progress / settings.warm_passes, falling)
            drawn = np.random.default_rng((settings.seed, number, step))
            loss = _measure_batch(network, hearing, batches[step], positions, mask, settings, drawn, costs)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            if step % EVERY == 0:
                print(f"{progress:.2f} {costs} {time.monotonic() - started:.0f} s", flush=True)
                save_checkpoint(checkpoint, network, hearing, optimiser, number, step)
                costs.clear()
        number, step = number + 1, 0
    save_checkpoint(checkpoint, network, hearing, optimiser, number, step)


class _Costs(dict[str, list[float]]):
    """What batches cost since the last report, by kind of loss."""

    def add(self, losses: AttributionLosses | EventLosses | PositionLosses) -> None:
        for name, loss in losses._asdict().items():
            self.setdefault(f"{type(losses).__name__[0].lower()}.{name}", []).append(loss.item())

    def __str__(self) -> str:
        return " ".join(f"{name} {sum(costs) / len(costs):.3f}" for name, costs in sorted(self.items()))


def _draw_pass(
    examples: Sequence[Text] | Sequence[Lesson],
    positions: PositionLessons | None,
    tokenizer: Tokenizer,
    settings: Settings,
    chance: np.random.Generator,
) -> Sequence[Batch]:
    """Give the batches of one pass in an order of chance."""
    lessons = [example for example in examples if isinstance(example, Lesson)]
    texts = [example for example in examples if isinstance(example, Text)]
    size, window = settings.lesson_pieces, settings.window
    drawn: list[Batch] = []
    if texts:
        drawn += draw_batches(texts, tokenizer, window=window, pieces=settings.batch_pieces, chance=chance)
    if lessons:
        drawn += draw_lessons(lessons, window=window, pieces=size, chance=chance)
    if positions is None:
        return drawn
    drawn += draw_passages(positions, window=window, pieces=size, chance=chance)
    return [drawn[number] for number in chance.permutation(len(drawn))]


def _measure_batch(
    network: Network,
    hearing: Hearing | None,
    batch: Batch,
    positions: PositionLessons | None,
    mask: int,
    settings: Settings,
    chance: np.random.Generator,
    costs: _Costs,
) -> Tensor:
    """Give what one batch costs in all."""
    losses: AttributionLosses | EventLosses | PositionLosses
    weights: tuple[float, ...]
    if positions is not None and _is_of(batch, PositionExample):
        joined = join_positions(batch, positions.issues, mask=mask, hidden=settings.hidden, chance=chance)
        losses, weights = network.measure_positions(joined), POSITION_WEIGHTS
    elif _is_of(batch, EventExample):
        events = join_events(batch, mask=mask, hidden=settings.hidden, chance=chance)
        losses = network.measure_events(events, hearing)
        weights = (1.0, MODES, MODES, settings.party_weight, 1.0, settings.heard_weight)
    elif _is_of(batch, Example):
        texts = join_examples(batch, mask=mask, hidden=settings.hidden, missed=settings.missed, chance=chance)
        losses = network.measure(texts, hearing)
        weights = (1.0, settings.link_weight, settings.own_weight, settings.name_weight, settings.heard_weight)
    costs.add(losses)
    return torch.stack([weight * part for weight, part in zip(weights, losses, strict=True)]).sum()


def _is_of(batch: Batch, kind: type[AnyKind]) -> TypeGuard[list[AnyKind]]:
    return isinstance(batch[0], kind)


def save_checkpoint(
    path: Path,
    network: Network,
    hearing: Hearing | None,
    optimiser: torch.optim.Optimizer,
    number: int,
    step: int,
) -> None:
    """Keep a run that has done so many passes, and so many steps of the next."""
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "number": number, "step": step}
    save_whole(state if hearing is None else {**state, "hearing": hearing.state_dict()}, path)


def save_whole(state: object, path: Path) -> None:
    """Replace a file whole, so that a run stopped while it writes loses nothing."""
    new = path.with_suffix(".new")
    torch.save(state, new)
    new.replace(path)


def _group_parameters(network: Network, settings: Settings) -> list[dict[str, object]]:
    """Give each layer its rate: the heads the highest, then less by `layer_decay` for each layer down."""
    groups: dict[float, list[Tensor]] = {}
    layers = len(network.encoder.layers)
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if not name.startswith(("encoder.", "branch.")):
            rate = settings.head_rate * (3 if parameter.dim() < 2 or name.endswith("follows") else 1)
        elif name in ("encoder.kinds.weight", "branch.sides.weight"):
            rate = settings.head_rate
        else:
            rate = settings.rate * settings.layer_decay ** (layers - 1 - _find_depth(name, network.encoder.fork))
        groups.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def _find_depth(name: str, fork: int) -> int:
    """Give the number of a parameter's layer from below, −1 for what lies below all."""
    part, _, rest = name.partition(".layers.")
    return int(rest.split(".")[0]) + (fork if part == "branch" else 0) if rest else -1
