"""The command line as a newcomer uses it: what is printed, what is written, and the exit code."""

from __future__ import annotations

import errno
import json
import pathlib
import subprocess
import sys

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from standoff.cli import app, main
from standoff.records import Record, describe_schema

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "examples" / "articles"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "250"})


def run_main(*arguments: object, monkeypatch: pytest.MonkeyPatch) -> object:
    """Run as the installed command does, and give the exit code."""
    monkeypatch.setattr(sys, "argv", ["standoff", *map(str, arguments)])
    with pytest.raises(SystemExit) as stop:
        main()
    return stop.value.code


@pytest.fixture(scope="session")
def record_file(record: Record, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("record") / "record.json"
    record.to_json(path)
    return path


def test_read_writes_a_record_and_a_page(tmp_path: pathlib.Path) -> None:
    result = run(
        "read", ARTICLES / "01_ledger_levy.txt", "--json", tmp_path / "r.json", "--dossier", tmp_path / "d.html"
    )
    assert result.exit_code == 0, result.output
    assert "articles" in result.output
    assert f"written: {tmp_path / 'r.json'}" in result.output
    jsonschema.validate(json.loads((tmp_path / "r.json").read_text(encoding="utf-8")), describe_schema())
    assert (tmp_path / "d.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_bad_article_does_not_stop_the_run_unless_strict(tmp_path: pathlib.Path) -> None:
    (tmp_path / "good.txt").write_bytes((ARTICLES / "02_post_no_table.txt").read_bytes())
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    easy, strict = run("read", tmp_path), run("read", tmp_path, "--strict")
    assert (easy.exit_code, strict.exit_code) == (0, 1)
    assert "not read" in easy.output
    assert "empty.txt" in easy.output


def test_a_run_that_could_read_nothing_fails_and_says_so(tmp_path: pathlib.Path) -> None:
    result = run("read", tmp_path / "nowhere.txt", "--json", tmp_path / "r.json")
    assert result.exit_code == 1
    assert "not read" in result.output
    assert "no article could be read, so the record is empty" in result.output
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["failures"]


def test_a_pin_that_holds_of_nobody_is_told_of_once(tmp_path: pathlib.Path) -> None:
    pins = tmp_path / "actors.toml"
    pins.write_text('["Rosa Benítez"]\ncountry = "PRY"\n["Rosa Benitez-Ortiz"]\ncountry = "PRY"\n', encoding="utf-8")
    result = run("read", ARTICLES / "01_ledger_levy.txt", ARTICLES / "02_post_no_table.txt", "--actors", pins)
    assert result.exit_code == 0, result.output
    assert result.output.count("nobody in the articles is called") == 1
    assert f"nobody in the articles is called “Rosa Benitez-Ortiz”, so what {pins} says there" in result.output


def test_suggestions_do_not_write_over_a_file_unless_told_to(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edited, reports = tmp_path / "issues.toml", tmp_path / "reports"
    edited.write_text("edited", encoding="utf-8")
    reports.mkdir()
    for number, said in enumerate(("wants the bridge shut", "wants the bridge open")):
        (reports / f"{number}.txt").write_text(f"Mayor Ada Ito {said}.", encoding="utf-8")
    (reports / "empty.txt").write_text("", encoding="utf-8")
    assert run_main("issues", "suggest", reports, "--out", edited, monkeypatch=monkeypatch) == 2
    assert f"{edited} is there already, and may have been edited" in " ".join(capsys.readouterr().err.split())
    assert edited.read_text(encoding="utf-8") == "edited"
    assert "empty.txt" in run("issues", "suggest", reports).output
    monkeypatch.setattr("standoff.export.issues.write_issues", lambda drafts, path: path.write_text("new"))
    assert run("issues", "suggest", reports, "--out", edited, "--force").exit_code == 0
    assert edited.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("filename", ["/mnt/full/issues.toml", None])
def test_a_place_that_refuses_in_the_end_is_one_sentence(
    filename: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", filename)

    monkeypatch.setattr("standoff.cli.app", refuse)
    assert run_main("schema", monkeypatch=monkeypatch) == 2
    place = filename or "what was asked for"
    expected = f"standoff: {place} cannot be read or written: No space left on device; give another place."
    assert capsys.readouterr().err.strip() == expected


def test_suggesting_that_is_stopped_says_so_and_writes_nothing(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*paths: str, **settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("standoff.workflow.suggest_issues", stop)
    result = run("issues", "suggest", ARTICLES, "--out", tmp_path / "issues.toml")
    assert result.exit_code == 130
    assert "stopped: nothing was written." in result.output
    assert not (tmp_path / "issues.toml").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_one_worker_or_two_read_the_same(workers: int, record: Record, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "r.json"
    assert run("read", ARTICLES, "--workers", workers, "--json", path).exit_code == 0
    assert path.read_text(encoding="utf-8") == record.to_json()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", ARTICLES, "--json", "/nowhere/r.json"), "give a file in a folder that is there"),
        (("read", ARTICLES, "--issues", "/nowhere/issues.toml"), "give the path of a TOML file"),
        (("read", ARTICLES, "--since", "last week"), "last week"),
        (("read", ARTICLES, "--store", "nosuch://x"), "is not the address of a store"),
        (("show", "said", "/nowhere/r.json"), "No such file"),
        (("show", "weather", "RECORD"), "there is no table"),
        (("export", "RECORD", "out", "--as", "xml"), "choose csv or parquet, or plover, dyads, gdelt"),
        (("export", "RECORD", "nowhere/at/all.csv", "--as", "dyads"), "give a file in a folder that is there"),
        (("evaluate", "times", "/nowhere/x.jsonl"), "/nowhere/x.jsonl"),
        (("evaluate", "cases", "/nowhere/x.toml"), "/nowhere/x.toml"),
        (("evaluate", "cases", "x.toml", "--half", "held", "--errors"), "errors of held cases are not listed"),
        (("evaluate", "events", "/nowhere/x.toml"), "/nowhere/x.toml"),
        (("evaluate", "events", "x.toml", "--half", "held", "--errors"), "errors of held cases are not listed"),
        (("evaluate", "events", "x.toml", "--picture", "/nowhere/x.svg"), "/nowhere/x.svg cannot be written"),
        (("evaluate", "record", "RECORD", "--gold", "/nowhere"), "holds no gold"),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_exit_code_two(
    arguments: tuple[object, ...],
    said: str,
    record_file: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = [record_file if argument == "RECORD" else argument for argument in arguments]
    assert run_main(*given, monkeypatch=monkeypatch) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("what", ["actors", "said", "did", "stands", "timeline", "shifts", "conflicts", "suggestions"])
def test_show_prints_each_table(what: str, record_file: pathlib.Path) -> None:
    result = run("show", what, record_file)
    assert result.exit_code == 0, result.output
    assert result.output.rstrip().endswith(("row", "rows"))


def test_show_reads_a_store_too(tmp_path: pathlib.Path) -> None:
    store = tmp_path / "dispute.db"
    kept = run("read", ARTICLES / "06_courier_party.txt", "--store", store)
    assert kept.exit_code == 0
    assert f"standoff serve {store}" in " ".join(kept.output.split())
    result = run("show", "said", store, "--actor", "Marta Olivera")
    assert result.exit_code == 0, result.output
    assert "closed our house" in " ".join(result.output.split())


def test_dossier_export_and_schema_take_a_record(record_file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    assert run("dossier", record_file, tmp_path / "d.html").exit_code == 0
    assert run("export", record_file, tmp_path / "tables").exit_code == 0
    assert (tmp_path / "tables" / "attributions.csv").exists()
    assert json.loads(run("schema").output) == describe_schema()


@pytest.mark.parametrize("form", ["plover", "dyads", "gdelt"])
def test_events_are_exported_to_one_file(form: str, record_file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    sizes = []
    for options in ((), ("--all-statuses",)):
        result = run("export", record_file, tmp_path / "out", "--as", form, *options)
        assert result.exit_code == 0, result.output
        assert result.output.strip() == str(tmp_path / "out")
        sizes.append(len((tmp_path / "out").read_text(encoding="utf-8").splitlines()))
    assert sizes[0] == sizes[1] if form == "plover" else sizes[0] < sizes[1]


def test_the_record_can_be_scored(record_file: pathlib.Path) -> None:
    result = run("evaluate", "record", record_file, "--gold", ROOT / "examples" / "gold")
    assert result.exit_code == 0, result.output
    assert "said+who" in result.output


def test_cases_are_scored_by_kind_and_their_errors_listed(tmp_path: pathlib.Path) -> None:
    row = '[[case.said]]\nwho = "Omar Haddad"\ncontent = ["the pits would close"]\nact = "deny"\n'
    text = 'text = "Mara Lind said the pits would close."\n'
    path = tmp_path / "cases.toml"
    path.write_text(f'[[case]]\nid = "pit"\nkind = "a [kind]"\nhalf = "tune"\n{text}{row}', encoding="utf-8")
    result = run("evaluate", "cases", path, "--half", "tune", "--errors")
    assert result.exit_code == 0, result.output
    assert "pit 0: who: Mara Lind for Omar Haddad; act: say for deny" in result.output
    assert "act: deny taken for say: 1" in result.output
    assert "a [kind]" in result.output


def test_event_sentences_are_scored_by_type_and_drawn(tmp_path: pathlib.Path) -> None:
    text = 'text = "<a1>Chad</a1> <e1>invited</e1> <r1>Libya</r1>."\nevents = ["COERCE ban actual"]\n'
    path = tmp_path / "events.toml"
    path.write_text(f'[[sentence]]\nid = "chad"\nkind = "plain"\nhalf = "tune"\n{text}', encoding="utf-8")
    result = run("evaluate", "events", path, "--errors", "--picture", tmp_path / "out.svg")
    assert result.exit_code == 0, result.output
    assert "chad: COERCE “invited” has wrong type, quad (AGREE - actual)" in result.output
    assert "quad" in result.output
    assert (tmp_path / "out.svg").read_text(encoding="utf-8").startswith("<svg")


def test_importing_standoff_loads_nothing_heavy() -> None:
    heavy = "{'spacy', 'pandas', 'sqlalchemy', 'pydantic', 'rich'}"
    code = f"import sys, standoff; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
