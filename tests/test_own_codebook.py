"""A codebook of one's own on the command line: a record coded by it, its faults, and its own sentences."""

from __future__ import annotations

import json
import logging
import pathlib
import sys

import pytest
from typer.testing import CliRunner

from standoff.cli import app, main
from standoff.evaluate.codebook import check_codebook
from standoff.export.plover import list_plover
from standoff.models.language import describe_language, load_language
from standoff.records import read_record

ROOT = pathlib.Path(__file__).resolve().parent.parent
STRIKE = ROOT / "examples" / "codebooks" / "strike.toml"
REPORT = (
    "Miners at the Borek pit walked out on Monday, and the coal company locked out 400 men a day later.\n\n"
    "Union leader Gareth Pryce said the union would ballot its members on the board's offer.\n"
)


def test_a_record_is_coded_by_the_users_codebook_and_says_so(tmp_path: pathlib.Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    target = tmp_path / "record.json"
    arguments = ["read", tmp_path / "report.txt", "--codebook", STRIKE, "--json", target]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    record = json.loads(target.read_text(encoding="utf-8"))
    found = {(event["type"], event["quad"], event["status"]) for event in record["events"]}
    assert found >= {("WALKOUT", 4, "actual"), ("LOCKOUT", 4, "actual"), ("BALLOT", 3, "future")}
    assert record["made_by"]["codebooks"]["events"].startswith("strike 1 (")
    assert all(event["passage"]["text"] in REPORT for event in record["events"])
    lines = list(list_plover(read_record(target)))
    assert {line["version"] for line in lines} == {record["made_by"]["codebooks"]["events"]}
    assert {"WALKOUT", "LOCKOUT"} <= {line["event"][0] for line in lines}


def test_a_changed_codebook_is_another_one_to_a_store(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(STRIKE.read_text("utf-8") + "\n# changed\n", encoding="utf-8")
    assert describe_language(codebook=path)["codebooks"]["events"] != describe_language(codebook=STRIKE)["codebooks"]
    assert "events" not in describe_language()["codebooks"]


@pytest.mark.parametrize(("text", "says"), [(None, "give the path of a TOML file"), ("", "it is empty")])
def test_a_broken_codebook_stops_the_run_in_one_sentence(
    text: str | None,
    says: str,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "own.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["standoff", "read", str(tmp_path), "--codebook", str(path)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    error = capsys.readouterr().err.strip()
    assert says in error
    assert len(error.splitlines()) == 1


def test_check_names_the_sentences_that_do_not_hold(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'name = "own"\nversion = "1"\nsource = "s"\nlicence = "l"\n[codes.LOCKOUT]\ndefinition = "Shuts out."\n'
        'quad = 4\nscore = -6\ncues = ["lock +out"]\nexamples = ["The coal company locked out 400 miners.", '
        '"The Danes ate herring."]\nnot_examples = ["The union locked out the president."]\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["check", str(path)])
    assert result.exit_code == 1
    assert "codes.LOCKOUT.examples: “The Danes ate herring.” is coded nothing." in result.output
    assert "codes.LOCKOUT.not_examples: “The union locked out the president.” is coded LOCKOUT." in result.output
    assert "1 of 2 examples hold" in result.output
    assert "0 of 1 not_examples hold" in result.output


def test_the_worked_case_holds_its_own_counter_examples() -> None:
    verdicts = list(check_codebook(STRIKE))
    held = [verdict.holds for verdict in verdicts if not verdict.example]
    assert sum(held) >= 0.8 * len(held)


def test_without_the_reader_a_warning_says_that_only_cues_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(STRIKE.read_text("utf-8"), encoding="utf-8")
    monkeypatch.setattr("standoff.models.language.has_reader", lambda: False)
    with caplog.at_level(logging.WARNING):
        nlp = load_language(codebook=path)
    assert "standoff_reader" not in nlp.pipe_names
    assert "only the cues of" in caplog.text
