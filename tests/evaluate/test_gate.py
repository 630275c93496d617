"""The gate: the shipped floors hold on the example articles, and the command says what is below them."""

from __future__ import annotations

import json
import pathlib
import shutil

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.evaluate.gate import check_floors, digest_gold, score_dev_sets
from standoff.evaluate.gold import read_gold
from standoff.records import Record

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLD = ROOT / "examples" / "gold"


def test_the_shipped_floors_hold_on_the_example_articles(record: Record) -> None:
    below = [
        f"{line.name} is {line.score}, its floor {line.floor}" for line in check_floors(record, GOLD) if not line.holds
    ]
    assert not below


def test_every_example_article_is_coded(record: Record) -> None:
    names = {pathlib.PurePath(article.source).name: article.text for article in record.articles}
    assert set(read_gold(GOLD, names).articles) == set(names)


def test_a_score_that_is_no_longer_made_is_below_its_floor(record: Record, tmp_path: pathlib.Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(f'gold_sha256 = "{digest_gold(GOLD)}"\n[floors]\nunheard-of = 1.0\n', encoding="utf-8")
    assert [(line.score, line.holds) for line in check_floors(record, GOLD, floors=floors)] == [(0.0, False)]


def test_the_command_reports_on_further_articles_where_they_are(
    record: Record, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standoff.workflow.read", lambda *_: record)
    shutil.copytree(GOLD, tmp_path / "shared" / "gold")
    runner = CliRunner()
    without = runner.invoke(app, ["evaluate", "gate", "--gold", str(GOLD), "--shared", str(tmp_path / "none")])
    within = runner.invoke(
        app, ["evaluate", "gate", "--gold", str(GOLD), "--shared", str(tmp_path / "shared"), "--full"]
    )
    assert (without.exit_code, within.exit_code) == (0, 0), without.output + within.output
    assert "seeds (no floors)" not in without.output
    assert "seeds (no floors)" in within.output


def test_development_sets_are_scored_where_they_are(tmp_path: pathlib.Path) -> None:
    assert score_dev_sets(tmp_path) == {}
    (tmp_path / "data" / "timex").mkdir(parents=True)
    times = [{"start": 12, "end": 22, "value": "2024-05-06"}]
    line = json.dumps({"doc_id": "a", "dct": "2024-05-06", "text": "They met on 6 May 2024.", "timexes": times})
    (tmp_path / "data" / "timex" / "dev.jsonl").write_text(line, encoding="utf-8")
    assert score_dev_sets(tmp_path)["data/timex/dev.jsonl"]["value"] == 100.0
