"""Make a fitted network thinner: leave out what its layers miss least, and let the rest learn to say the same.

Of each layer some attention heads go (Michel et al. 2019, "Are Sixteen Heads Really Better than One?") and some inner
units. Which are missed least, and how the others make up for them, is told by least squares from what the layers make
of texts (Hassibi and Stork 1993, "Optimal Brain Surgeon"). Then the thin network learns from the whole one what that
makes of any text (Hinton et al. 2015), for which nobody needs to have marked it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from standoff.train.encoders import Layer
from standoff.train.event_examples import EventExample, Lesson, draw_lessons
from standoff.train.examples import MASK, Framed, Text, draw_batches, group_by_length
from standoff.train.fit import EVERY, Settings, save_checkpoint
from standoff.train.network import Network, fit_sizes, list_layers
from standoff.train.passages import InPieces
from standoff.train.position_examples import PositionLessons, draw_passages

WATCHED = 45  # batches from which it is told what is missed least
DAMPING = 1e-3  # of a map's mean variance, added to all, so that units that say the same can be told apart
RATE, WARM, COOL = 2e-4, 60, 0.7  # the rate, the steps over which it rises, and the share of them over which it falls
HIDDEN = 0.02  # the share of pieces that are masked
TINY = 1e-12  # keeps what is divided by from being nothing


class Size(NamedTuple):
    """How many heads and inner units a layer is left with."""

    heads: int
    inner: int


class Stage(NamedTuple):
    """The sizes of all layers, of the encoder's and then of the branch's, and for how many steps these learn.

    Without sizes the layers stay as they are.
    """

    sizes: tuple[Size, ...] | None
    steps: int


# By and by, since a network that has lost less learns what is left better. In the end those layers are the thinnest
# which, thinned alone, were missed least in tags and types: the highest of the encoder, and the lowest.
STAGES = (
    Stage((Size(8, 1024),) * 8, 2000),
    Stage(
        (
            *(Size(6, 768), Size(8, 1024), Size(7, 1024), Size(6, 768), Size(4, 512), Size(3, 384)),
            *(Size(8, 1024), Size(6, 768)),
        ),
        2000,
    ),
    Stage(None, 2400),  # the rate rises once more; what is missed fell by a tenth
)


class Read(NamedTuple):
    """Pieces to read, (rows, pieces): their numbers, kinds and sides, which are there, and which begin words."""

    ids: Tensor
    kinds: Tensor
    sides: Tensor
    present: Tensor
    words: Tensor


class Made(NamedTuple):
    """What a network makes of pieces, and what its heads say of them: the scores of classes, and other vectors."""

    hidden: tuple[Tensor, ...]
    classes: tuple[Tensor, ...]
    others: tuple[Tensor, ...]


CLASS_WEIGHTS = (4.0, 1.0, 4.0, 0.2, 0.2)  # of tags, names, types, modes and statuses


def draw_reads(
    texts: Sequence[Text], lessons: Sequence[Lesson], positions: PositionLessons | None, tokenizer: Tokenizer, seed: int
) -> Iterator[Read]:
    """Yield batches of all that there is to read, pass after pass without end."""
    settings = Settings()
    mask: int = tokenizer.token_to_id(MASK)  # type: ignore[assignment]
    issues = [_frame_issue(ids) for ways in (positions.issues.values() if positions else ()) for ids in ways]
    number = 0
    while True:
        chance = np.random.default_rng((seed, number))
        size, window = settings.batch_pieces, settings.window
        batches: list[Sequence[InPieces]] = [
            *draw_batches(texts, tokenizer, window=window, pieces=size, chance=chance),
            *draw_lessons(lessons, window=window, pieces=size, chance=chance),
            *(draw_passages(positions, window=window, pieces=size, chance=chance) if positions else ()),
            *(group_by_length(issues, pieces=size, spread=1, chance=chance) if issues else ()),
        ]
        for at in chance.permutation(len(batches)):
            yield _join(batches[at], mask, chance)
        number += 1


def _frame_issue(ids: NDArray[np.int64]) -> Framed:
    return Framed(ids, np.zeros_like(ids), np.arange(1, len(ids) - 1))


def _join(examples: Sequence[InPieces], mask: int, chance: np.random.Generator) -> Read:
    """Make one batch of examples, whatever is known of them."""
    pieces = max(len(example.ids) for example in examples)
    ids, kinds, sides, present, words = (np.zeros((len(examples), pieces), dtype=np.int64) for _ in Read._fields)
    for row, example in enumerate(examples):
        size = len(example.ids)
        ids[row, :size], kinds[row, :size], present[row, :size] = example.ids, example.kinds, 1
        ids[row, 1 : size - 1][chance.random(size - 2) < HIDDEN] = mask
        words[row, example.words] = 1
        if isinstance(example, EventExample):
            sides[row, :size] = example.sides
    return Read(*map(torch.from_numpy, (ids, kinds, sides, present, words)))


def thin_out(whole: Network, draw: Callable[[int], Iterator[Read]], stages: Sequence[Stage], folder: Path) -> Network:
    """Make a network thinner, stage after stage, each learning from the whole one; `draw` gives what a stage reads.

    Checkpoints are kept in `folder`, from where the same call goes on.
    """
    whole.eval().requires_grad_(False)
    thin = whole
    for number, stage in enumerate(stages):
        checkpoint = folder / f"checkpoint-thin-{number}.pt"
        if checkpoint.exists():
            thin = deepcopy(thin)
            fit_sizes(thin, torch.load(checkpoint)["network"])
        else:
            thin = cut_network(thin, stage.sizes, islice(draw(number), WATCHED)) if stage.sizes else deepcopy(thin)
        fit_thin(thin, whole, islice(draw(number), stage.steps), stage.steps, checkpoint)
    return thin


def cut_network(network: Network, sizes: Sequence[Size], batches: Iterable[Read]) -> Network:
    """Give a network with fewer heads and inner units: those that are missed least in what it makes of batches.

    The maps behind them are fitted anew; all else is the network's own.
    """
    cut = deepcopy(network)
    seen = _watch(network, batches)
    for (name, layer), size in zip(list_layers(cut), sizes, strict=True):
        for kept, before, behind in (
            (_choose_heads(layer, seen[f"{name}.joined"], size.heads), ("query", "key", "value"), "joined"),
            (_choose_units(layer.narrowed, seen[f"{name}.narrowed"], size.inner), ("widened",), "narrowed"),
        ):
            for part in before:
                layer.put_map(part, *(layer.get_parameter(f"{part}.{kind}")[kept] for kind in ("weight", "bias")))
            layer.put_map(behind, *_refit(getattr(layer, behind), seen[f"{name}.{behind}"], kept))
    return cut


@dataclass(slots=True)
class _Seen:
    """What goes into a map, summed up: of how many pieces, its sum, and its products."""

    count: int
    sums: Tensor
    products: Tensor

    def add(self, rows: Tensor) -> None:
        wide = rows.double()
        self.count += len(wide)
        self.sums += wide.sum(0)
        self.products += wide.T @ wide

    def describe(self) -> tuple[Tensor, Tensor]:
        """Give the mean, and the covariance."""
        mean = self.sums / self.count
        spread = self.products / self.count - mean[:, None] * mean
        return mean, spread + torch.eye(len(spread)).double() * spread.diagonal().mean() * DAMPING


def _watch(network: Network, batches: Iterable[Read]) -> dict[str, _Seen]:
    """Read batches, and sum up what goes into each map behind heads or inner units."""
    seen: dict[str, _Seen] = {}
    hooks = []
    present = torch.zeros(0)

    def watch(name: str, part: nn.Linear) -> None:
        size = part.in_features
        seen[name] = _Seen(0, torch.zeros(size).double(), torch.zeros(size, size).double())
        hooks.append(part.register_forward_pre_hook(lambda _, given: seen[name].add(given[0][present > 0])))

    for name, layer in list_layers(network):
        watch(f"{name}.joined", layer.joined)
        watch(f"{name}.narrowed", layer.narrowed)
    with torch.no_grad():
        for batch in batches:
            present = batch.present
            read_all(network, batch)
    for hook in hooks:
        hook.remove()
    return seen


def _choose_heads(layer: Layer, seen: _Seen, count: int) -> Tensor:
    """Give the places of the heads that stay: one after another that one goes for which the rest make up best."""
    _, spread = seen.describe()
    weight = layer.joined.weight.detach().double()

    def place(heads: Sequence[int]) -> Tensor:
        return (torch.tensor(heads)[:, None] * layer.size + torch.arange(layer.size)).flatten()

    def keep(heads: Sequence[int]) -> float:
        """Say how much of what the map gives it still gives with some of the heads, made the best of."""
        kept = place(heads)
        given = (weight @ spread)[:, kept].T
        return float((given * torch.linalg.solve(spread[kept][:, kept], given)).sum())

    heads = list(range(layer.heads))
    while len(heads) > count:
        heads.remove(max(heads, key=lambda out: keep([head for head in heads if head != out])))
    return place(heads)


def _choose_units(narrowed: nn.Linear, seen: _Seen, count: int) -> Tensor:
    """Give the places of the inner units that stay, chosen in the same way, by the inverse of their covariance."""
    _, spread = seen.describe()
    inverse, weight = torch.linalg.inv(spread), narrowed.weight.detach().double().clone()
    there = torch.ones(len(inverse), dtype=torch.bool)
    for _ in range(len(inverse) - count):
        costs = (weight**2).sum(0) / inverse.diagonal().clamp(min=TINY)
        out = int(costs.masked_fill(~there, torch.inf).argmin())
        row = inverse[out] / inverse[out, out]
        weight -= weight[:, out, None] * row
        inverse -= inverse[:, out, None] * row
        there[out] = False
    return there.nonzero().flatten()


def _refit(behind: nn.Linear, seen: _Seen, kept: Tensor) -> tuple[Tensor, Tensor]:
    """Give the weight and bias by which a map gives with what is kept, as nearly as it can, what it gave with all."""
    mean, spread = seen.describe()
    weight, bias = (part.detach().double() for part in (behind.weight, behind.bias))
    new = torch.linalg.solve(spread[kept][:, kept], (weight @ spread)[:, kept].T).T
    return new.float(), (bias + weight @ mean - new @ mean[kept]).float()


def read_all(network: Network, batch: Read) -> Made:
    """Give all that a network makes of pieces."""
    encoder = network.encoder
    hidden, low = encoder(batch.ids, batch.kinds, batch.present)
    branched = network.branch(low, batch.sides, encoder.find_bias(batch.ids.shape[1], batch.present))
    tags, links, names = network.attributions.read(hidden)
    events, positions = network.events.read(branched), network.positions.read(branched, low)
    return Made(
        (low, hidden, branched),
        (tags, names, events.types, events.modes, events.statuses),
        (links, events.senses, events.parties, *positions),
    )


def fit_thin(thin: Network, whole: Network, batches: Iterable[Read], steps: int, checkpoint: Path) -> None:
    """Let the layers of a thin network learn to make of batches what the whole one makes of them.

    Goes on from the file `checkpoint` if there.
    """
    thin.train().requires_grad_(False)
    learning = [weight for _, layer in list_layers(thin) for weight in layer.parameters()]
    for weight in learning:
        weight.requires_grad_(True)
    optimiser = torch.optim.AdamW(learning, lr=RATE, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        thin.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        done = saved["step"]
    costs: list[Tensor] = []
    started = time.monotonic()
    for step, batch in islice(enumerate(batches), done, None):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM, (steps - step) / (COOL * steps))
        parts = _measure(thin, whole, batch)
        optimiser.zero_grad()
        torch.autograd.backward(parts.sum())
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        costs.append(parts.detach())
        if (step + 1) % EVERY == 0 or step + 1 == steps:
            shown = " ".join(f"{cost:.4f}" for cost in torch.stack(costs).mean(0).tolist())
            print(f"{step + 1} {shown} {time.monotonic() - started:.0f} s", flush=True)
            save_checkpoint(checkpoint, thin, None, optimiser, 0, step + 1)
            costs.clear()


def _measure(thin: Network, whole: Network, batch: Read) -> Tensor:
    """Give how far the thin network is off: in vectors, in what else the heads say, and in each kind of classes."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        with torch.no_grad():
            right = read_all(whole, batch)
        made = read_all(thin, batch)
    present, words = batch.present > 0, batch.words > 0
    hidden = [_miss(*pair, present) for pair in zip(made.hidden, right.hidden, strict=True)]
    others = [_miss(*pair, words) for pair in zip(made.others, right.others, strict=True)]
    classes = [
        weight * _diverge(own, other, words)
        for weight, own, other in zip(CLASS_WEIGHTS, made.classes, right.classes, strict=True)
    ]
    return torch.stack([torch.stack(hidden).mean(), torch.stack(others).mean(), *classes])


def _miss(made: Tensor, right: Tensor, there: Tensor) -> Tensor:
    """Give how far vectors are off, as a share of how far they lie from their mean."""
    own, other = made[there].float(), right[there].float()
    return ((own - other) ** 2).sum() / ((other - other.mean(0)) ** 2).sum().clamp(min=TINY)


def _diverge(made: Tensor, right: Tensor, there: Tensor) -> Tensor:
    """Give how far the chances of classes are off, by word (Kullback and Leibler 1951)."""
    own, other = (functional.log_softmax(part[there].float(), -1) for part in (made, right))
    return functional.kl_div(own, other, reduction="none", log_target=True).sum(-1).mean()
