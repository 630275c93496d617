"""Train the reader: `python -m standoff.train TRAIN.jsonl ENCODER_FOLDER OUT_FOLDER`.

Seeded and resumable: the same command goes on from what is in OUT_FOLDER. The model is OUT_FOLDER/model.
`standoff.train.stages` says what is trained in what order. `--events` is a folder of sentences whose events are marked,
`--positions` a folder of sentences whose positions are marked, and `--teacher` one with the weights of a larger network
that learns all this first. Beside that one a network for relations is trained too, with `--relations`, a TSV of
sentences with a known type between two marked parties. What is not given is not learned. With `--thin` the network is
made thinner in the end (`standoff.train.thin`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict
from datetime import date
from pathlib import Path

import torch
from tokenizers import Tokenizer

from standoff.evaluate.relations import read_relations
from standoff.models.reader.opening import open_tokenizer
from standoff.train.encoders import WIDTH
from standoff.train.event_examples import Lesson, read_lessons
from standoff.train.examples import cut_text, read_texts
from standoff.train.export import export_network, export_relations
from standoff.train.fit import Settings, save_whole
from standoff.train.hearing import Hearing
from standoff.train.names import mark_names
from standoff.train.network import Network
from standoff.train.position_examples import read_position_lessons
from standoff.train.relations import TAUGHT, UNTAUGHT, fit_relations, fit_rows, keep_marked, teach_rows
from standoff.train.stages import fit_attributions, fit_events, fit_positions, fit_teacher, tell
from standoff.train.thin import STAGES, draw_reads, thin_out


def _fit_relations(
    network: Network,
    teacher: Network,
    lessons: Sequence[Lesson],
    rows: Sequence[Mapping[str, str]],
    tokenizer: Tokenizer,
    settings: Settings,
    out: Path,
) -> Network:
    """Give a network for relations; what it is before it learns any row is kept for `standoff.train.folds`."""
    network, lessons = deepcopy(network), keep_marked(lessons)
    hearing = fit_relations(network, teacher, lessons, tokenizer, settings, out / "checkpoint-relations.pt")
    kept = {"network": network.state_dict(), "hearing": hearing.state_dict(), "lessons": lessons}
    save_whole(kept, out / "relations.pt")
    if rows:
        taught = teach_rows(teacher, rows, tokenizer, settings, out / "teacher-rows.pt")
        fit_rows(network, hearing, taught, lessons, rows, tokenizer, settings, out / "checkpoint-rows.pt")
    return network


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("train", "encoder", "out"):
        parser.add_argument(name, type=Path)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument("--events", type=Path, help="a folder of sentences whose events are marked")
    parser.add_argument("--relations", type=Path, help="a TSV of sentences whose source and target are marked")
    parser.add_argument("--positions", type=Path, help="a folder of sentences whose positions are marked")
    parser.add_argument("--teacher", type=Path, help="a folder with the weights of all-mpnet-base-v2")
    parser.add_argument("--thin", action="store_true", help="leave out what its layers miss least, in the end")
    parser.add_argument("--unmarked", type=Path, help="lines with more texts, from which only the thin network learns")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--version", default=date.today().isoformat())
    given = parser.parse_args()
    settings = Settings(**{name: getattr(given, name) for name in asdict(Settings())})
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "settings.json").write_text(json.dumps(asdict(settings), indent=1) + "\n")
    tokenizer = open_tokenizer(given.encoder)
    records = read_texts(given.train)
    names = mark_names([record["text"] for record in records], given.out / "names.jsonl")
    texts = [cut_text(record, marked, tokenizer) for record, marked in zip(records, names, strict=True)]
    lessons = [] if given.events is None else read_lessons(given.events, tokenizer)
    positions = None if given.positions is None else read_position_lessons(given.positions, tokenizer)
    news: list[Lesson] = []
    teacher, hearing = None, None
    if given.teacher is not None:
        teacher = fit_teacher(texts, lessons, positions, given.teacher, tokenizer, settings, given.out)
        plain, path = [record["text"] for record in records], given.out / "told.pt"
        texts, lessons, news, positions = tell(teacher, texts, lessons, positions, plain, tokenizer, settings, path)
        hearing = Hearing(WIDTH, teacher.attributions, teacher.events)
    network = fit_attributions(texts, given.encoder, tokenizer, settings, given.out, hearing)
    model = given.out / "model"
    if teacher is not None and lessons:
        rows = [] if given.relations is None else read_relations(given.relations)
        between = _fit_relations(network, teacher, [*lessons, *news], rows, tokenizer, settings, given.out)
        export_relations(between, given.encoder, model, cues=TAUGHT if rows else UNTAUGHT)
    if given.events is not None:
        fit_events(network, [*lessons, *news], tokenizer, settings, given.out / "checkpoint-events.pt", hearing)
    if positions is not None:
        fit_positions(network, lessons, positions, tokenizer, settings, given.out / "checkpoint-rest.pt", hearing)
    torch.save(network.state_dict(), given.out / "network.pt")
    if given.thin:
        others = read_texts(given.unmarked) if given.unmarked else []
        more = [cut_text({"text": record["text"], "attributions": []}, (), tokenizer) for record in others]
        network = thin_out(
            network,
            lambda stage: draw_reads([*texts, *more], lessons, positions, tokenizer, seed=settings.seed + stage),
            STAGES,
            given.out,
        )
    export_network(network, given.encoder, model, version=given.version)
    print(f"{model}: {(model / 'reader.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
