"""Six reports on six unlike disputes: the reader must not fall back on them."""

from __future__ import annotations

import pathlib
import tomllib

import pytest

from standoff.evaluate.gate import digest_gold
from standoff.evaluate.gold import read_gold
from standoff.evaluate.record import evaluate_record
from standoff.workflow import read

HERE = pathlib.Path(__file__).resolve().parents[1] / "gold"
SETTINGS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    record = read(HERE / "articles")
    assert not record.failures
    return evaluate_record(record, HERE / "coding")


def test_the_floors_were_measured_on_this_gold() -> None:
    assert digest_gold(HERE / "coding") == SETTINGS["gold_sha256"]


@pytest.mark.parametrize(("name", "floor"), SETTINGS["floors"].items())
def test_a_score_on_other_disputes_holds_its_floor(name: str, floor: float, scores: dict[str, float]) -> None:
    assert scores[name] >= floor


def test_every_coded_mention_belongs_to_one_actor() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (HERE / "articles").glob("*.txt")}
    gold = read_gold(HERE / "coding", texts)
    assert set(gold.articles) == set(texts)
    for coded in gold.articles.values():
        spans = [span for actor in coded["actors"] for span in actor["mentions"]]
        assert len(spans) == len(set(spans))
        assert all(actor["mentions"] for actor in coded["actors"])
