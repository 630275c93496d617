"""A run on one tiny text learns, one that was cut short goes on as if it had not been, and the export reads alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch", reason="training needs standoff[train]")
onnx = pytest.importorskip("onnx", reason="training needs standoff[train]")

from onnx import numpy_helper  # noqa: E402
from tiny import build_tiny, make_settings  # noqa: E402

from standoff.models.reader import TextReader  # noqa: E402
from standoff.train import fit  # noqa: E402
from standoff.train.batches import join_examples  # noqa: E402
from standoff.train.event_examples import Lesson  # noqa: E402
from standoff.train.examples import Text, cut_examples  # noqa: E402
from standoff.train.export import export_network  # noqa: E402
from standoff.train.position_examples import PositionLessons  # noqa: E402
from standoff.train.restore import restore_network  # noqa: E402
from tests.train.conftest import TEXT  # noqa: E402


def test_a_run_learns_to_read(
    tokenizer: Tokenizer,
    texts: list[Text],
    lessons: list[Lesson],
    positions: PositionLessons,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fit, "EVERY", 1)
    network = build_tiny()
    fit.fit_network(network, texts, tokenizer, make_settings(60.0), tmp_path / "checkpoint.pt")
    network.branch.start_from(network.encoder)
    network.freeze_attributions()
    checkpoint = tmp_path / "checkpoint-events.pt"
    fit.fit_network(network, lessons, tokenizer, make_settings(60.0), checkpoint, positions=positions)
    costs = [float(cost) for cost in re.findall(r"a\.tags (\S+)", capsys.readouterr().out)]
    assert costs[-1] < costs[0] / 4
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    export_network(network, tmp_path, tmp_path / "model", version="tiny")
    found = TextReader(tmp_path / "model").read(TEXT)
    assert [TEXT[slice(*item.cue)] for item in found.attributions] == ["said", "agreed"]
    assert [TEXT[slice(*part)] for item in found.attributions for part in item.content] == [
        "the ferry is safe",
        "no trip today",
    ]
    assert [item.source and TEXT[slice(*item.source)] for item in found.attributions] == ["ada", "the crew"]
    assert all(sign <= 0 for item in found.attributions for sign in item.signs[:5])
    reader = TextReader(tmp_path / "model")
    text = "ada hates the fare."
    fare = reader.describe_issues({"fare": "the fare of the ferry"})
    (position,) = [item for item in reader.read(text, fare).positions if item.chance > 0.5]
    assert (text[position.start : position.end], position.issue) == ("fare", "fare")
    assert max(position.stances, key=lambda name: position.stances[name]) == "against"
    (event,) = [event for event in reader.read("mali hit chad.").events if sum(event.types.values()) > 0.5]
    assert max(event.types, key=lambda name: event.types[name]) == "ASSAULT"


def test_a_model_gives_its_weights_back(tokenizer: Tokenizer, tmp_path: Path) -> None:
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    network, other = build_tiny(), build_tiny()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.1)  # the exporter writes equal weights once, and fitted ones are not equal
    export_network(network, tmp_path, tmp_path / "model", version="tiny")
    lacking = restore_network(other, tmp_path / "model")
    assert {name.split(".")[1] for name in lacking} == {"distance", "pairer", "own_field"}  # they serve training alone
    export_network(other, tmp_path, tmp_path / "again", version="tiny")
    first, again = (numbers(tmp_path / name) for name in ("model", "again"))
    assert first.keys() == again.keys()
    assert [name for name in first if not np.array_equal(first[name], again[name])] == []


def numbers(model: Path) -> dict[str, Any]:
    """Give the int8 numbers of a model by name."""
    held = onnx.load(model / "reader.onnx").graph.initializer
    return {item.name: numpy_helper.to_array(item) for item in held if item.name.endswith("_quantized")}


def test_a_run_goes_on(
    tokenizer: Tokenizer, texts: list[Text], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "EVERY", 1)
    states = []
    for name, stops in (("whole", (3.0,)), ("halved", (1.5, 3.0))):
        for passes in stops:
            network = build_tiny()
            fit.fit_network(network, texts, tokenizer, make_settings(passes), tmp_path / name)
        states.append(network.state_dict())
    left, right = states
    assert all(torch.equal(left[name], right[name]) for name in left)


def test_a_batch_pads_what_is_short(tokenizer: Tokenizer, texts: list[Text]) -> None:
    examples = [*cut_examples(texts[0], tokenizer, size=64), *cut_examples(texts[0], tokenizer, size=30)]
    batch = join_examples(examples, mask=3, hidden=0.5, missed=0.0, chance=np.random.default_rng(1))
    assert batch.known.sum() == sum(len(example.words) for example in examples)
    assert batch.contents.words.sum().item() == pytest.approx(sum(len(item.spans["content"]) for item in examples))
    assert not (batch.ids[:, 0] == 3).any()


def test_a_content_whose_cue_is_withheld_is_to_choose_none(tokenizer: Tokenizer, texts: list[Text]) -> None:
    examples = list(cut_examples(texts[0], tokenizer, size=64))
    batch = join_examples(examples, mask=3, hidden=0.0, missed=1.1, chance=np.random.default_rng(1))
    assert batch.contents.absent[0].tolist() == [True, True, False]
    assert batch.contents.chosen[0].tolist() == [2, 2]
