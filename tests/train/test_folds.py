"""Folds go on from what a training left, name every row by a network that never saw it, and tell how well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch", reason="training needs standoff[train]")
pytest.importorskip("onnx", reason="training needs standoff[train]")

from tiny import build_tiny  # noqa: E402

from standoff.train import folds, relations  # noqa: E402
from standoff.train.encoders import Bert  # noqa: E402
from standoff.train.event_examples import Lesson  # noqa: E402
from standoff.train.fit import Settings  # noqa: E402
from standoff.train.listening import hear_lessons  # noqa: E402
from standoff.train.network import Network  # noqa: E402

NAMES = ["mali", "chad", "oman", "togo", "iran"]
HEAD = "uid\tmarked_sentence\tgold_root\tgold_penta\n"
ROW = "{at}\t<s>{one}</s> met <t>{other}</t>.\tCONSULT\t1\n"


@pytest.fixture
def run(tokenizer: Tokenizer, lessons: list[Lesson], tmp_path: Path) -> Path:
    """Leave what a training leaves, of tiny networks."""
    teacher, network = build_tiny(64), build_tiny()
    told = relations.keep_marked(hear_lessons(teacher, lessons))
    checkpoint, settings = tmp_path / "checkpoint.pt", Settings(passes=1.0, window=64)
    hearing = relations.fit_relations(network, teacher, told, tokenizer, settings, checkpoint)
    torch.save({"network": teacher.state_dict()}, tmp_path / "teacher-branch.pt")
    kept = {"network": network.state_dict(), "hearing": hearing.state_dict(), "lessons": told}
    torch.save(kept, tmp_path / "relations.pt")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    ring = zip(NAMES, [*NAMES[1:], NAMES[0]], strict=True)
    rows = [ROW.format(at=at, one=one, other=other) for at, (one, other) in enumerate(ring)]
    (tmp_path / "rows.tsv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return tmp_path


def test_each_fold_is_named_and_scored(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, width in (("Mpnet", 64), ("Bert", 32)):
        monkeypatch.setattr(folds, name, lambda width=width: Bert(words=80, places=80, width=width, layers=1))
    monkeypatch.setattr("sys.argv", ["folds", str(run / "rows.tsv"), str(run), str(run)])
    folds.main()
    told = [line for line in capsys.readouterr().out.splitlines() if "root_macro_f1" in line]
    assert [line.partition(":")[0] for line in told] == ["without a row", *(f"{n} of 5 folds" for n in range(1, 6))]
    assert all(re.search(r"penta_macro_f1 \d+\.\d$", line) for line in told)
    assert all((run / f"relations-fold-{number}.pt").exists() for number in range(1, 6))
    assert isinstance(folds.load_trained(run).network, Network)
