"""The commands that look after a store, as its owner runs them."""

from __future__ import annotations

import csv
import io
import pathlib
import sys
from collections.abc import Callable

import pytest
from keeping import CORRECTION, REJECTION
from sqlalchemy import text
from typer.testing import CliRunner, Result

from standoff.cli import app, main
from standoff.records import Article, Mention, Passage, Reading, Record
from standoff.store.database import Store

ARTICLE = Article(id="a1", source="one.txt", text="Ada spoke.")
MENTION = Mention(id="mention_1", passage=Passage(article="a1", start=0, end=3, text="Ada"), actor="actor_1")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["store", *map(str, arguments)], env={"COLUMNS": "250"})


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_reading(Reading(article=ARTICLE, mentions=(MENTION,)), made_by={})
    store.save_record(Record(articles=(ARTICLE,), mentions=(MENTION,)))
    for judgement in (REJECTION, CORRECTION):
        store.add_judgement(judgement)
    return store


def test_check_finds_no_fault_in_a_sound_store_and_says_what_to_know(filled: Store, store_url: str) -> None:
    result = run("check", store_url)
    assert result.exit_code == 0, result.output
    assert "note: The record is older than" in result.output
    assert "no fault was found" in result.output


def test_check_exits_with_1_if_something_is_broken(filled: Store, store_url: str) -> None:
    with filled.write() as connection:
        connection.execute(text("DELETE FROM entries"))
    result = run("check", store_url)
    assert result.exit_code == 1
    assert "broken: In the index, articles a1 is not as in the record." in result.output


def test_a_backup_and_an_export_are_put_back(
    filled: Store, store_url: str, opened: Callable[..., Store], tmp_path: pathlib.Path
) -> None:
    assert run("backup", store_url, tmp_path / "backup").exit_code == 0
    result = run("export", store_url, tmp_path / "out", "--accounts")
    assert result.exit_code == 0, result.output
    assert "readings" in result.output
    for number, place in enumerate(("backup", "out")):
        target = tmp_path / f"new{number}.db"
        result = run("import", target, tmp_path / place)
        assert result.exit_code == 0, result.output
        assert opened(str(target)).load_record() == filled.load_record()


def test_judgements_are_listed(filled: Store, store_url: str) -> None:
    filled.withdraw_judgement("j1", "Bo Lund", "I was wrong.")
    result = run("judgements", store_url)
    assert "j2" in result.output
    assert "1 judgement\n" in result.output
    assert "3 judgements" in run("judgements", store_url, "--all").output
    filled.add_reading(Reading(article=ARTICLE), made_by={})
    filled.save_record(Record())
    assert "Ada (orphaned)" in run("judgements", store_url, "--orphans").output


def test_judgements_come_as_csv_that_no_spreadsheet_runs(filled: Store, store_url: str) -> None:
    from dataclasses import replace

    filled.add_judgement(replace(REJECTION, id="j3", why="=HYPERLINK()"))
    rows = list(csv.DictReader(io.StringIO(run("judgements", store_url, "--csv").output)))
    assert [row["id"] for row in rows] == ["j1", "j2", "j3"]
    assert (rows[0]["article"], rows[0]["start"], rows[0]["end"]) == ("a1", "0", "3")
    assert rows[2]["why"] == "'=HYPERLINK()"
    assert {row["orphaned"] for row in rows} == {"False"}


def test_migrating_makes_the_record_anew_where_it_is_out_of_date(store: Store, store_url: str) -> None:
    store.add_reading(Reading(article=ARTICLE), made_by={})
    result = run("migrate", store_url)
    assert result.exit_code == 0, result.output
    assert "the store has this version's form\nits record was made anew" in result.output
    assert store.is_current()
    assert [article.id for article in store.load_record().articles] == ["a1"]
    assert run("migrate", store_url).output == "the store has this version's form\n"


def test_a_record_that_is_out_of_date_is_shown_with_a_word_of_it(store: Store, store_url: str) -> None:
    store.add_reading(Reading(article=ARTICLE), made_by={})
    said = "more was read or decided since this record was made"
    assert said in CliRunner().invoke(app, ["show", "actors", store_url]).stderr
    assert run("migrate", store_url).exit_code == 0
    assert said not in CliRunner().invoke(app, ["show", "actors", store_url]).stderr


def test_migrating_leaves_a_record_without_readings_as_it_is(store: Store, store_url: str) -> None:
    store.save_record(Record(articles=(ARTICLE,)))
    assert run("migrate", store_url).output == "the store has this version's form\n"
    assert store.load_record().articles == (ARTICLE,)


@pytest.mark.parametrize("command", ["check", "backup", "export", "migrate", "judgements"])
def test_what_is_no_store_is_one_sentence(
    command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [str(tmp_path / "out")] if command in ("backup", "export") else []
    monkeypatch.setattr(sys, "argv", ["standoff", "store", command, str(tmp_path / "new.db"), *place])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "is not a store: it has no readings" in capsys.readouterr().err
    assert not (tmp_path / "new.db").exists()
