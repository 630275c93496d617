"""What a training is made of: runs on attributions, of which the mean is taken; events; relations; then positions."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer

from standoff.train.distil import cut_passages, fit_teacher, label_passages
from standoff.train.event_examples import Lesson
from standoff.train.examples import Text
from standoff.train.fit import Settings, build_network, fit_network
from standoff.train.network import Network
from standoff.train.position_examples import PositionExample, PositionLessons

TRUNK_SHARE = 0.3  # of the first run, in the mean
KEPT = 2  # … and so often while positions are learned, so that it is not forgotten
NEWS = 250  # texts, drawn by chance, that the teacher reads besides our own sentences
REPEATED = 5  # a sentence of which only a relation is known is read so often in a round


class Branch(NamedTuple):
    """A run that goes on from where the first one ended: to how many passes in all, with what seed, and its share."""

    passes: float
    seed: int
    share: float


BRANCHES = (Branch(8.0, 11, 0.35), Branch(6.0, 23, 0.35))


def fit_attributions(
    texts: Sequence[Text], encoder: Path, tokenizer: Tokenizer, settings: Settings, out: Path
) -> Network:
    """Fit a first run and its branches to attributions and names, and give the network of their mean weights.

    The mean reads better than any of them (Wortsman et al. 2022, "Model soups").
    """
    trunk = out / "checkpoint.pt"
    network = build_network(encoder, settings.seed)
    fit_network(network, texts, tokenizer, settings, trunk)
    mean = {name: TRUNK_SHARE * weight for name, weight in network.state_dict().items()}
    for branch in BRANCHES:
        checkpoint = out / f"checkpoint-{branch.passes:g}-{branch.seed}.pt"
        if not checkpoint.exists():
            shutil.copy(trunk, checkpoint)
        own = replace(settings, passes=branch.passes, seed=branch.seed)
        fit_network(network, texts, tokenizer, own, checkpoint)
        for name, weight in network.state_dict().items():
            mean[name] += branch.share * weight
    network.load_state_dict(mean)
    return network


def fit_events(
    network: Network, lessons: Sequence[Lesson], tokenizer: Tokenizer, settings: Settings, checkpoint: Path
) -> None:
    """Fit the branch that sees events, on the lower layers as attributions have made them; these stay as they are."""
    network.branch.start_from(network.encoder)
    network.freeze_attributions()
    own = replace(settings, passes=6.0, rate=3e-4, cool_share=0.6, seed=31)
    fit_network(network, lessons, tokenizer, own, checkpoint)


def fit_relations(
    network: Network,
    lessons: Sequence[Lesson],
    related: Sequence[Lesson],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
) -> None:
    """Go on with sentences of which only the type between two parties is known, among all the others."""
    network.freeze_attributions()
    own = replace(settings, passes=2.0, rate=2e-4, cool_share=0.9, seed=37)
    fit_network(network, [*lessons, *list(related) * REPEATED], tokenizer, own, checkpoint)


def read_silver(
    marked: PositionLessons,
    texts: Sequence[str],
    sentences: Sequence[str],
    folder: Path,
    tokenizer: Tokenizer,
    settings: Settings,
    out: Path,
) -> list[PositionExample]:
    """Let a teacher, fitted to the marked positions, read other sentences and some texts; or load what it has read."""
    path = out / "silver.pt"
    if not path.exists():
        teacher, described = fit_teacher(marked, folder, tokenizer, settings, out / "teacher.pt")
        drawn = np.random.default_rng(settings.seed).permutation(len(texts))[:NEWS]
        passages = cut_passages([*sentences, *(texts[at] for at in drawn)], tokenizer, size=settings.window)
        torch.save(list(label_passages(teacher, passages, described)), path)
    read: list[PositionExample] = torch.load(path, weights_only=False)
    return read


def fit_positions(
    network: Network,
    lessons: Sequence[Lesson],
    positions: PositionLessons,
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
) -> None:
    """Go on with passages whose positions are known, among the lessons of before, so that nothing is unlearned."""
    network.freeze_attributions()
    own = replace(settings, passes=3.0, rate=3e-4, cool_share=0.8, lesson_pieces=512, seed=41)
    fit_network(network, lessons, tokenizer, own, checkpoint, positions=positions)
