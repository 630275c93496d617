"""Measure what marked relations add, five-fold: `python -m standoff.train.folds FILE.tsv ENCODER_FOLDER RUN_FOLDER`.

RUN_FOLDER is that of a training, of which the large network and the network for relations are taken as they were before
they read anything of the file. The second names the types of all rows so; then for each fold both learn the other four,
and it names the types of the fifth. What names them is the file that would ship. A run that was stopped goes on.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer

from standoff.evaluate.relations import name_roots, read_relations, score_relations
from standoff.models.reader import RelationReader
from standoff.models.reader.opening import open_tokenizer
from standoff.models.reader.relations import CueWorth
from standoff.train.encoders import Bert, Mpnet
from standoff.train.event_examples import Lesson
from standoff.train.export import export_relations
from standoff.train.fit import Settings
from standoff.train.hearing import Hearing
from standoff.train.network import Network
from standoff.train.relations import TAUGHT, UNTAUGHT, fit_rows, hear_relations, teach_rows

FOLDS = 5
SEED = 5


def deal_rows(count: int) -> list[list[int]]:
    """Deal the numbers of rows into folds, by chance.

    >>> [len(fold) for fold in deal_rows(11)]
    [3, 2, 2, 2, 2]
    """
    order: list[int] = np.random.default_rng(SEED).permutation(count).tolist()
    return [order[fold::FOLDS] for fold in range(FOLDS)]


class Trained(NamedTuple):
    """What a training left that had read no row: a large network, the one for relations, and what that learned from."""

    teacher: Network
    network: Network
    hearing: Hearing
    lessons: list[Lesson]


def load_trained(run: Path) -> Trained:
    """Load what a training left in its folder."""
    teacher, network = Network(Mpnet()), Network(Bert())
    teacher.load_state_dict(torch.load(run / "teacher-branch.pt")["network"])
    network.fork_at_once()
    kept = torch.load(run / "relations.pt", weights_only=False)
    network.load_state_dict(kept["network"])
    hearing = hear_relations(network, teacher)
    hearing.load_state_dict(kept["hearing"])
    return Trained(teacher, network, hearing, kept["lessons"])


def name_by(network: Network, rows: Sequence[Mapping[str, str]], encoder: Path, cues: CueWorth) -> list[str]:
    """Give the types of rows by the file that would ship."""
    with tempfile.TemporaryDirectory() as scratch:
        export_relations(network, encoder, Path(scratch), cues=cues)
        return name_roots(rows, RelationReader(Path(scratch)))


def learn_rows(run: Path, rows: Sequence[Mapping[str, str]], tokenizer: Tokenizer, name: str) -> Network:
    """Give the network for relations with what rows teach it; checkpoints by that name lie beside the training's."""
    teacher, network, hearing, lessons = load_trained(run)
    taught = teach_rows(teacher, rows, tokenizer, Settings(), run / f"teacher-{name}.pt")
    fit_rows(network, hearing, taught, lessons, rows, tokenizer, Settings(), run / f"relations-{name}.pt")
    return network


def show(name: str, scores: Mapping[str, float]) -> None:
    print(name, *(f"{key} {scores[key]:.1f}" for key in ("root_macro_f1", "penta_macro_f1")), flush=True)


def main() -> None:
    """Read the command line, and print the scores without any row, then of the folds so far after each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("file", "encoder", "run"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    rows, tokenizer = read_relations(given.file), open_tokenizer(given.encoder)
    untaught = name_by(load_trained(given.run).network, rows, given.encoder, UNTAUGHT)
    show("without a row:", score_relations(rows, untaught))
    named = [""] * len(rows)
    for number, held in enumerate(deal_rows(len(rows)), start=1):
        others = [row for at, row in enumerate(rows) if at not in held]
        network = learn_rows(given.run, others, tokenizer, f"fold-{number}")
        taught = name_by(network, [rows[at] for at in held], given.encoder, TAUGHT)
        for at, root in zip(held, taught, strict=True):
            named[at] = root
        done = [at for at, root in enumerate(named) if root]
        show(f"{number} of {FOLDS} folds:", score_relations([rows[at] for at in done], [named[at] for at in done]))


if __name__ == "__main__":
    main()
