"""Fit the network for relations: what a marked source does to a marked target in one sentence.

It stands apart from the reader of articles, for it sees the two from its first layer on. It learns beside the large
network. Where there are rows, sentences of which only the type between the two is known, the large one learns these
first, by its layers alone: its heads stay, so that the same ones read what it told before and what it tells then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from standoff.models.reader.relations import CueWorth
from standoff.train.event_examples import Lesson, keep_short, make_relation
from standoff.train.fit import Settings, fit_network
from standoff.train.hearing import Hearing
from standoff.train.listening import hear_lessons
from standoff.train.network import Network
from standoff.train.variants import vary_rows

AMONG = 2000  # lessons, drawn by chance, among which rows are learned
OFTEN = 2  # how often in a pass a row is read
VARIED = 10  # how often a row is said in other words
# Chosen on PLV's training part, 2026-11: for a network that read none of it, and, on two folds, for one that did.
UNTAUGHT, TAUGHT = CueWorth(1.0, 4.0), CueWorth(0.3, 1.6)


def keep_marked(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Give the lessons with marked pairs, without their sentences as they stand."""
    return [Lesson(None, lesson.pairs) for lesson in lessons if lesson.pairs]


def make_rows(rows: Sequence[Mapping[str, str]], tokenizer: Tokenizer) -> list[Lesson]:
    """Give lessons of rows, the longest left out."""
    return keep_short(make_relation(row, tokenizer) for row in rows)


def hear_relations(network: Network, teacher: Network) -> Hearing:
    """Make what a network hears a large one by; who takes part is marked, and not to be learned."""
    return Hearing(network.encoder.width, teacher.attributions, teacher.events, parties=0.0)


def fit_relations(
    network: Network,
    teacher: Network,
    lessons: Sequence[Lesson],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
) -> Hearing:
    """Fit a network to lessons with marked pairs of which `teacher` has told, and give what it learned to hear by."""
    network.fork_at_once()
    hearing = hear_relations(network, teacher)
    hearing.start(network.attributions, network.events)
    own = replace(settings, passes=10.0, rate=3e-4, cool_share=0.6, lesson_pieces=1024, seed=71)
    _fit(network, lessons, tokenizer, own, checkpoint, hearing)
    return hearing


def teach_rows(
    teacher: Network, rows: Sequence[Mapping[str, str]], tokenizer: Tokenizer, settings: Settings, checkpoint: Path
) -> Network:
    """Give a large network that has learned rows besides, its heads as they were."""
    network = deepcopy(teacher).requires_grad_(False)
    for part in (network.branch, network.encoder.layers[: network.encoder.fork], network.encoder.kinds):
        part.requires_grad_(True)
    own = replace(settings, passes=6.0, rate=8e-5, cool_share=0.8, lesson_pieces=512, seed=60)
    fit_network(network, make_rows(rows, tokenizer), tokenizer, own, checkpoint)
    return network.eval().requires_grad_(False)


def fit_rows(
    network: Network,
    hearing: Hearing,
    taught: Network,
    lessons: Sequence[Lesson],
    rows: Sequence[Mapping[str, str]],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
) -> None:
    """Go on with rows, as they stand and in other words, among some lessons; who learned the rows tells of all."""
    chance = np.random.default_rng(settings.seed)
    some = chance.permutation(len(lessons))[:AMONG].tolist()
    others = [Lesson(None, (replace(lessons[at].pairs[0], heard=None),)) for at in some]
    others += vary_rows(rows, tokenizer, times=VARIED, chance=chance)
    every = [*hear_lessons(taught, others), *hear_lessons(taught, make_rows(rows, tokenizer)) * OFTEN]
    own = replace(settings, passes=3.0, rate=2e-4, cool_share=0.9, lesson_pieces=512, seed=72)
    _fit(network, every, tokenizer, own, checkpoint, hearing)


def _fit(
    network: Network,
    lessons: Sequence[Lesson],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
    hearing: Hearing,
) -> None:
    """Fit the branch and the heads for events to lessons with marked pairs."""
    network.freeze_attributions()
    own = replace(settings, party_weight=0.0)
    fit_network(network, lessons, tokenizer, own, checkpoint, hearing=hearing)
