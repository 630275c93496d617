"""Measure what marked relations add, five-fold: `python -m standoff.train.folds FILE.tsv ENCODER_FOLDER NETWORK.pt`.

The network is one that has read nothing of the file: `network-events.pt` of a training. For each fold it goes on
learning from the other four, among the sentences of `--events`, and names the types of the fifth.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch

from standoff.evaluate.relations import name_roots, read_relations, score_relations
from standoff.models.reader import TextReader
from standoff.train.__main__ import load_tokenizer
from standoff.train.encoders import Bert
from standoff.train.event_examples import keep_short, make_relation, read_lessons
from standoff.train.export import export_network
from standoff.train.fit import Settings
from standoff.train.network import Network
from standoff.train.stages import fit_rest

FOLDS = 5
SEED = 5


def deal_rows(count: int) -> list[list[int]]:
    """Deal the numbers of rows into folds, by chance.

    >>> [len(fold) for fold in deal_rows(11)]
    [3, 2, 2, 2, 2]
    """
    order: list[int] = np.random.default_rng(SEED).permutation(count).tolist()
    return [order[fold::FOLDS] for fold in range(FOLDS)]


def name_fold(rows: Sequence[Mapping[str, str]], held: Sequence[int], given: argparse.Namespace) -> list[str]:
    """Give the types of the held rows by a network that has learned from the others."""
    tokenizer = load_tokenizer(given.encoder)
    lessons = read_lessons(given.events, tokenizer)
    related = keep_short(make_relation(row, tokenizer) for number, row in enumerate(rows) if number not in held)
    network = Network(Bert())
    network.load_state_dict(torch.load(given.network))
    with tempfile.TemporaryDirectory() as scratch:
        fit_rest(network, lessons, related, None, tokenizer, Settings(), Path(scratch) / "checkpoint.pt")
        export_network(network, given.encoder, Path(scratch), version="fold")
        return name_roots([rows[number] for number in held], TextReader(Path(scratch)))


def main() -> None:
    """Read the command line, and print the scores before and after learning from the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("file", "encoder", "network"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--events", type=Path, required=True, help="a folder of sentences whose events are marked")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    rows = read_relations(given.file)
    named = [""] * len(rows)
    for number, held in enumerate(deal_rows(len(rows)), start=1):
        for at, root in zip(held, name_fold(rows, held, given), strict=True):
            named[at] = root
        done = [at for at, root in enumerate(named) if root]
        scores = score_relations([rows[at] for at in done], [named[at] for at in done])
        print(f"after fold {number}: " + ", ".join(f"{name} {score}" for name, score in scores.items()), flush=True)


if __name__ == "__main__":
    main()
