"""Train the reader: `python -m standoff.train TRAIN.jsonl ENCODER_FOLDER OUT_FOLDER`.

Seeded and resumable: the same command goes on from what is in OUT_FOLDER. The model is OUT_FOLDER/model.

A run of `--passes` is gone on with, from its end, by each of `BRANCHES`; the weights of all are averaged, which reads
better than any of them (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from standoff.train.examples import Text, cut_text, read_texts
from standoff.train.export import export_network
from standoff.train.fit import Settings, build_network, fit_network
from standoff.train.names import mark_names
from standoff.train.network import Network

TRUNK_SHARE = 0.3  # of the first run, in the average


class Branch(NamedTuple):
    """A run that goes on from where the first one ended: to how many passes in all, with what seed, and its share."""

    passes: float
    seed: int
    share: float


BRANCHES = (Branch(8.0, 11, 0.35), Branch(6.0, 23, 0.35))


def fit_branches(settings: Settings, given: argparse.Namespace, texts: list[Text], tokenizer: Tokenizer) -> Network:
    """Fit the first run and its branches, and give the network of their mean weights."""
    trunk = given.out / "checkpoint.pt"
    network = build_network(given.encoder, settings.seed)
    fit_network(network, texts, tokenizer, settings, trunk)
    mean = {name: TRUNK_SHARE * weight for name, weight in network.state_dict().items()}
    for branch in BRANCHES:
        checkpoint = given.out / f"checkpoint-{branch.passes:g}-{branch.seed}.pt"
        if not checkpoint.exists():
            shutil.copy(trunk, checkpoint)
        fit_network(network, texts, tokenizer, replace(settings, passes=branch.passes, seed=branch.seed), checkpoint)
        for name, weight in network.state_dict().items():
            mean[name] += branch.share * weight
    network.load_state_dict(mean)
    return network


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("train", "encoder", "out"):
        parser.add_argument(name, type=Path)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--version", default=date.today().isoformat())
    given = parser.parse_args()
    settings = Settings(**{name: getattr(given, name) for name in asdict(Settings())})
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "settings.json").write_text(json.dumps(asdict(settings), indent=1) + "\n")
    tokenizer = Tokenizer.from_file(str(given.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    records = read_texts(given.train)
    names = mark_names([record["text"] for record in records], given.out / "names.jsonl")
    texts = [cut_text(record, marked, tokenizer) for record, marked in zip(records, names, strict=True)]
    network = fit_branches(settings, given, texts, tokenizer)
    torch.save(network.state_dict(), given.out / "network.pt")
    model = given.out / "model"
    export_network(network, given.encoder, model, version=given.version)
    print(f"{model}: {(model / 'reader.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
