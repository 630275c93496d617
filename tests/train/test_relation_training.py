"""The network for relations learns beside a large one, then rows; what its file says is what was learned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch", reason="training needs standoff[train]")
pytest.importorskip("onnx", reason="training needs standoff[train]")

from tiny import build_tiny, make_settings  # noqa: E402

from standoff.models.reader import RelationReader  # noqa: E402
from standoff.models.reader.relations import CueWorth  # noqa: E402
from standoff.train import relations  # noqa: E402
from standoff.train.event_examples import Lesson  # noqa: E402
from standoff.train.export import export_relations  # noqa: E402
from standoff.train.fit import Settings, fit_network  # noqa: E402
from standoff.train.listening import hear_lessons  # noqa: E402
from standoff.train.network import Network  # noqa: E402

ROWS = [
    {"marked_sentence": "<s>mali</s> met <t>chad</t>.", "gold_root": "CONSULT"},
    {"marked_sentence": "<s>omar</s> met <t>ada</t>.", "gold_root": "CONSULT"},
]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tiny networks learn as fast as they can, for as long as they need."""

    def fit(*given: object, **more: object) -> None:
        *others, settings, checkpoint = given
        assert isinstance(settings, Settings)
        own = replace(make_settings(60.0), party_weight=settings.party_weight, lesson_pieces=64)
        fit_network(*others, own, checkpoint, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(relations, "fit_network", fit)


def read_best(network: Network, tokenizer: Tokenizer, folder: Path, text: str, second: tuple[int, int]) -> str:
    tokenizer.save(str(folder / "tokenizer.json"))
    export_relations(network, folder, folder / "model", cues=CueWorth(0.5, 2.0))
    reader = RelationReader(folder / "model")
    assert reader.cues == (0.5, 2.0)
    types = reader.read(text, (0, 4), second).types
    assert sum(types.values()) == pytest.approx(1.0)
    return max(types, key=lambda name: types[name])


@pytest.mark.usefixtures("quick")
def test_relations_are_learned_from_marked_pairs_and_then_from_rows(
    tokenizer: Tokenizer, lessons: list[Lesson], tmp_path: Path
) -> None:
    teacher, network, settings = build_tiny(64), build_tiny(), make_settings(1.0)
    fit_network(teacher, lessons, tokenizer, make_settings(60.0), tmp_path / "teacher.pt")
    heads = {name: weight.clone() for name, weight in teacher.events.state_dict().items()}
    told = relations.keep_marked(hear_lessons(teacher, lessons))
    assert [(lesson.plain, len(lesson.pairs)) for lesson in told] == [(None, 1), (None, 1)]

    hearing = relations.fit_relations(network, teacher, told, tokenizer, settings, tmp_path / "network.pt")
    assert (network.encoder.fork, len(network.branch.layers)) == (0, 1)
    assert read_best(network, tokenizer, tmp_path, "mali hit chad.", (9, 13)) == "ASSAULT"

    taught = relations.teach_rows(teacher, ROWS, tokenizer, settings, tmp_path / "taught.pt")
    assert all(torch.equal(weight, heads[name]) for name, weight in taught.events.state_dict().items())
    relations.fit_rows(network, hearing, taught, told, ROWS, tokenizer, settings, tmp_path / "rows.pt")
    assert read_best(network, tokenizer, tmp_path, "mali met chad.", (9, 13)) == "CONSULT"
