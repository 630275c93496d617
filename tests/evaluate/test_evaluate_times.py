"""Scores of time expressions are counted as TempEval-3 counts them, and hold on a slice of the development set."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from standoff.errors import SourceError
from standoff.evaluate.times import evaluate_times, score_times

DEV = pathlib.Path(__file__).resolve().parents[2] / "../shared/data/timex/dev.jsonl"


def mark(start: int, end: int, value: str) -> dict[str, Any]:
    return {"start": start, "end": end, "value": value}


@pytest.mark.parametrize(
    ("gold", "found", "scores"),
    [
        ([mark(0, 6, "2018")], [mark(0, 6, "2018")], (100, 100, 100)),
        ([mark(0, 6, "2018")], [mark(2, 6, "2018")], (0, 100, 100)),
        ([mark(0, 6, "2018")], [mark(2, 6, "2017")], (0, 100, 0)),
        ([mark(0, 6, "2018")], [mark(6, 9, "2018")], (0, 0, 0)),
        ([mark(0, 6, "2018"), mark(8, 9, "P1D")], [mark(0, 9, "2018")], (0, 200 / 3, 200 / 3)),
        ([], [], (0, 0, 0)),
    ],
)
def test_spans_and_values_are_counted(
    gold: list[dict[str, Any]], found: list[dict[str, Any]], scores: tuple[float, float, float]
) -> None:
    assert tuple(score_times([gold], [found]).values()) == pytest.approx(scores)


def test_a_file_is_read_scored_and_its_predictions_written(tmp_path: pathlib.Path) -> None:
    text = "The miners struck on Tuesday."
    row = {"doc_id": "a", "dct": "2018-03-28", "text": text, "timexes": [mark(21, 28, "2018-03-27")]}
    path = tmp_path / "dev.jsonl"
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    assert evaluate_times(path, predictions=tmp_path / "out.jsonl") == {"strict": 100, "relaxed": 100, "value": 100}
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {"doc_id": "a", "timexes": [{**mark(21, 28, "2018-03-27"), "type": "DATE"}]}


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "line 1 is not JSON"), ('{"doc_id": "a"}', "line 1 has no `text`"), ("7", "line 1 has no")],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: pathlib.Path, content: str, message: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        evaluate_times(path)


def test_a_missing_file_is_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        evaluate_times(tmp_path / "none.jsonl")


@pytest.mark.skipif(not DEV.exists(), reason="the development set ../shared/data/timex/dev.jsonl is not here")
def test_a_slice_of_the_development_set_keeps_its_score(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "slice.jsonl"
    path.write_text("\n".join(DEV.read_text(encoding="utf-8").splitlines()[::8]), encoding="utf-8")
    assert evaluate_times(path)["value"] > 76
