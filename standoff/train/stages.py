"""What a training is made of: a large network learns all there is, then a small one, which also hears the large one."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from standoff.train.distil import cut_passages, label_passages, leave_unmarked
from standoff.train.encoders import Bert, Encoder, Mpnet
from standoff.train.event_examples import Lesson
from standoff.train.examples import Text
from standoff.train.fit import Settings, fit_network, save_whole
from standoff.train.hearing import Hearing
from standoff.train.listening import hear_lessons, hear_texts, make_news
from standoff.train.network import Network
from standoff.train.position_examples import PositionLessons

NEWS, SILVER = 250, 700  # texts, drawn by chance, that the large network reads for events, and for positions
TAKEN = 2  # how often in a pass a passage with positions is read


class Run(NamedTuple):
    """One that goes on from where the first one ended: to how many passes in all, with what seed."""

    passes: float
    seed: int


ATTRIBUTION_RUNS = (Run(8.0, 11), Run(8.0, 23))
EVENT_RUNS = (Run(9.0, 23), Run(9.0, 37))


class Told(NamedTuple):
    """What there is to learn from, with what a large network has told of it; of `news` nobody else knows anything."""

    texts: list[Text]
    lessons: list[Lesson]
    news: list[Lesson]
    positions: PositionLessons | None


def build_network(encoder: Encoder, folder: Path, seed: int) -> Network:
    """Make a network on an encoder that has the weights in a folder."""
    torch.manual_seed(seed)
    encoder.load_published(folder)
    return Network(encoder)


def fit_teacher(
    texts: Sequence[Text],
    lessons: Sequence[Lesson],
    positions: PositionLessons | None,
    folder: Path,
    tokenizer: Tokenizer,
    settings: Settings,
    out: Path,
) -> Network:
    """Fit a large network: to attributions and names, then its branch to events and positions."""
    network = build_network(Mpnet(), folder, settings.seed)
    own = replace(settings, passes=2.5, rate=1e-4, head_rate=6e-4, cool_share=0.6)
    fit_network(network, texts, tokenizer, own, out / "teacher.pt")
    network.branch.start_from(network.encoder)
    network.freeze_attributions()
    own = replace(own, passes=4.0, cool_share=0.8, lesson_pieces=512, seed=31)
    fit_network(network, lessons, tokenizer, own, out / "teacher-branch.pt", positions=positions)
    return network.eval().requires_grad_(False)


def tell(
    teacher: Network,
    texts: Sequence[Text],
    lessons: Sequence[Lesson],
    positions: PositionLessons | None,
    news: Sequence[str],
    tokenizer: Tokenizer,
    settings: Settings,
    path: Path,
) -> Told:
    """Let a fitted large network tell of all that there is to learn from, and of some `news` besides.

    What it has told is kept in the file `path`, and loaded from there if it is there.
    """
    if path.exists():
        kept: Told = torch.load(path, weights_only=False)
        return kept
    drawn = [news[at] for at in np.random.default_rng(settings.seed).permutation(len(news))]
    if positions is not None:
        unmarked = leave_unmarked(lesson.plain for lesson in lessons if lesson.plain is not None)
        passages = chain(unmarked, cut_passages(drawn[:SILVER], tokenizer, size=settings.window))
        positions = positions._replace(silver=list(label_passages(teacher, passages, positions.issues)))
    told = Told(
        list(hear_texts(teacher, texts, tokenizer, window=settings.window)),
        list(hear_lessons(teacher, lessons)),
        list(make_news(teacher, drawn[:NEWS], tokenizer)) if lessons else [],
        positions,
    )
    save_whole(told, path)
    return told


def fit_attributions(
    texts: Sequence[Text],
    encoder: Path,
    tokenizer: Tokenizer,
    settings: Settings,
    out: Path,
    hearing: Hearing | None = None,
) -> Network:
    """Give a network fitted to attributions and names."""
    network = build_network(Bert(), encoder, settings.seed)
    if hearing is not None:
        hearing.start(network.attributions, network.events)
    _fit_runs(network, texts, tokenizer, settings, out / "checkpoint.pt", ATTRIBUTION_RUNS, hearing)
    return network


def fit_events(
    network: Network,
    lessons: Sequence[Lesson],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
    hearing: Hearing | None = None,
) -> None:
    """Fit the branch that sees events, on the lower layers as attributions have made them; these stay as they are."""
    network.branch.start_from(network.encoder)
    network.freeze_attributions()
    own = replace(settings, rate=3e-4, cool_share=0.6, seed=31)
    _fit_runs(network, lessons, tokenizer, own, checkpoint, EVENT_RUNS, hearing)


def _fit_runs(
    network: Network,
    examples: Sequence[Text] | Sequence[Lesson],
    tokenizer: Tokenizer,
    settings: Settings,
    trunk: Path,
    runs: Sequence[Run],
    hearing: Hearing | None,
) -> None:
    """Fit a network, then several runs from where that ended, and leave it with the mean of their weights.

    The mean reads better than any of them (Wortsman et al. 2022, "Model soups").
    """
    fit_network(network, examples, tokenizer, settings, trunk, hearing=hearing)
    mean: dict[str, Tensor] = {}
    for run in runs:
        checkpoint = trunk.with_stem(f"{trunk.stem}-{run.passes:g}-{run.seed}")
        if not checkpoint.exists():
            shutil.copy(trunk, checkpoint)
        own = replace(settings, passes=run.passes, seed=run.seed)
        fit_network(network, examples, tokenizer, own, checkpoint, hearing=hearing)
        for name, weight in network.state_dict().items():
            mean[name] = mean.get(name, 0.0) + weight / len(runs)
    network.load_state_dict(mean)


def fit_positions(
    network: Network,
    lessons: Sequence[Lesson],
    positions: PositionLessons,
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
    hearing: Hearing | None = None,
) -> None:
    """Go on with passages whose positions are known, among the lessons of before, so that nothing is unlearned."""
    network.freeze_attributions()
    own = replace(settings, passes=4.0, rate=3e-4, cool_share=0.8, lesson_pieces=768, seed=41)
    positions = positions._replace(examples=list(positions.examples) * TAKEN)
    fit_network(network, lessons, tokenizer, own, checkpoint, positions=positions, hearing=hearing)
