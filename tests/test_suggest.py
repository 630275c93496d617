"""Issues for a new dispute, end to end: suggested, checked, read with, and scored against a careful reader's."""

from __future__ import annotations

import pathlib
import tomllib

import pytest
from typer.testing import CliRunner

import standoff
from standoff.cli import app
from standoff.errors import ConfigError, SourceError
from standoff.evaluate.suggested import judge_drafts, list_faults, score_drafts

CASES = pathlib.Path(__file__).parent / "cases" / "suggest.toml"
DISPUTES = {table["name"]: table["articles"] for table in tomllib.loads(CASES.read_text(encoding="utf-8"))["dispute"]}


def write_articles(folder: pathlib.Path, texts: list[str]) -> str:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text.strip(), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("name", ["coal strike", "church bells", "dam"])
def test_a_suggested_codebook_passes_its_check_and_finds_positions(name: str, tmp_path: pathlib.Path) -> None:
    reports, book = tmp_path / "reports", tmp_path / "own.toml"
    reports.mkdir()
    result = CliRunner().invoke(app, ["issues", "suggest", write_articles(reports, DISPUTES[name]), "--out", str(book)])
    assert result.exit_code == 0, result.output
    assert "written: " in result.output
    checked = CliRunner().invoke(app, ["check", str(book)])
    assert checked.exit_code == 0, checked.output
    found = standoff.read(reports, issues=book).positions
    assert len({position.issue for position in found}) >= 4
    assert len({position.holder for position in found}) >= 4
    assert len(found) > len(standoff.read(reports).positions)


def test_examples_are_sentences_of_the_articles(tmp_path: pathlib.Path) -> None:
    drafts = standoff.suggest_issues(write_articles(tmp_path, DISPUTES["coal strike"]), limit=3)
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    assert len(drafts) == 3
    for topic in (topic for draft in drafts for topic in (*draft.examples, *draft.not_examples)):
        assert any(topic.sentence.text == text[topic.sentence.start : topic.sentence.end] for text in texts)


def test_one_article_is_enough_and_one_without_statements_gives_nothing(tmp_path: pathlib.Path) -> None:
    (tmp_path / "one").mkdir()
    one = write_articles(tmp_path / "one", DISPUTES["coal strike"][:1])
    assert "closure" in {draft.key for draft in standoff.suggest_issues(one)}
    (tmp_path / "quiet").mkdir()
    quiet = write_articles(
        tmp_path / "quiet", ["The river rose by two metres in the night. The bridge was closed at six."]
    )
    assert standoff.suggest_issues(quiet) == ()
    result = CliRunner().invoke(app, ["issues", "suggest", quiet])
    assert result.exit_code == 0
    assert "no issue was found that two take a stance on" in result.output
    result = CliRunner().invoke(app, ["issues", "suggest", quiet, "--out", str(tmp_path / "none.toml")])
    assert isinstance(result.exception, ConfigError)
    assert not (tmp_path / "none.toml").exists()


def test_no_article_is_said_in_a_sentence(tmp_path: pathlib.Path) -> None:
    with pytest.raises(SourceError, match="no article could be read"):
        standoff.suggest_issues(tmp_path)


def test_drafts_are_scored_and_held_disputes_keep_their_errors_to_themselves(tmp_path: pathlib.Path) -> None:
    outcomes = judge_drafts(CASES)
    scores = score_drafts(outcomes)["all"]
    assert scores["recall@8"].percent >= 80
    assert scores["precision@8"].percent >= 85
    held = {outcome.dispute.name for outcome in outcomes if outcome.dispute.half == "held"}
    assert len(held) == 3
    assert not any(line.startswith(tuple(held)) for line in list_faults(outcomes))
    broken = tmp_path / "broken.toml"
    broken.write_text("dispute = [{name = 'x'}]", encoding="utf-8")
    with pytest.raises(ConfigError, match="each \\[\\[dispute\\]\\] needs name"):
        judge_drafts(broken)
    result = CliRunner().invoke(app, ["evaluate", "drafts", str(CASES), "--half", "held", "--errors"])
    assert isinstance(result.exception, ConfigError)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [('examples = ["The dam is good."]', "stances should give a stance for each of the 1 examples"), ("", None)],
)
def test_a_codebook_of_issues_is_checked_too(fields: str, fault: str | None, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "own.toml"
    head = 'name = "n"\nversion = "1"\nsource = "s"\nlicence = "l"\n[codes.dam]\ndefinition = "d"\ncues = ["dam"]\n'
    path.write_text(head + ("stances = []\n" + fields if fault else 'examples = ["Ada Ito ate."]\nstances = ["for"]\n'))
    result = CliRunner().invoke(app, ["check", str(path)])
    if fault:
        assert fault in str(result.exception)
    else:
        assert result.exit_code == 1
        assert "codes.dam.examples: “Ada Ito ate.” is coded nothing." in result.output
