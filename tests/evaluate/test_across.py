"""Conflicts and shifts across the reports of a dispute: how they are scored, and what must be listed."""

from __future__ import annotations

import pathlib
import tomllib

import pytest

from standoff.evaluate.gate import digest_gold
from standoff.evaluate.gold import read_gold
from standoff.evaluate.record import evaluate_record
from standoff.workflow import read

HERE = pathlib.Path(__file__).resolve().parents[1] / "across"
SETTINGS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
HALVES = ("tune", "held")


@pytest.mark.parametrize("half", HALVES)
def test_what_the_gold_quotes_stands_in_the_reports(half: str) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (HERE / half / "articles").glob("*.txt")}
    gold = read_gold(HERE / half / "coding", texts)
    assert set(gold.articles) == set(texts)
    for coded in gold.articles.values():
        spans = [span for actor in coded["actors"] for span in actor["mentions"]]
        assert len(spans) == len(set(spans))
        assert all(actor["mentions"] for actor in coded["actors"])


@pytest.mark.parametrize("half", HALVES)
def test_a_score_across_reports_holds_its_floor(half: str) -> None:
    settings = SETTINGS[half]
    assert digest_gold(HERE / half / "coding") == settings["gold_sha256"]
    scores = evaluate_record(read(HERE / half / "articles"), HERE / half / "coding")
    assert {name: scores[name] for name, floor in settings["floors"].items() if scores[name] < floor} == {}
