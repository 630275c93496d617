"""A store's record is made of all that it holds: readings, settings, and what people decided."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from judging import find_actor, judge, make_report

from standoff.errors import ConfigError
from standoff.records import Failure
from standoff.resolve.memory import Memory
from standoff.resolve.pins import load_pins
from standoff.resolve.to_record import resolve_records
from standoff.store.database import Store, open_store
from standoff.store.kept.settings import insert_setting, select_history
from standoff.workflow import read
from standoff.workflow.kept import (
    BY_FILE,
    adopt_settings,
    describe_reading,
    lay_out,
    load_last_change,
    load_settings,
    renew_record,
)

MADE_BY = {"standoff": "1"}
ISSUES = """
name = "own"
version = "1"
source = "Made up."
licence = "none"
[codes.pit]
definition = "The pit."
cues = ["pit"]
"""


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "dispute.db"))
    for reading in (make_report("a1"), make_report("a2")):
        store.add_reading(reading, made_by=MADE_BY)
    renew_record(store, made_by=MADE_BY, failures=[Failure(source="x", stage="ingest", reason="It is empty.")])
    yield store
    store.close()


def put(store: Store, key: str, value: object) -> None:
    with store.write() as connection:
        insert_setting(connection, key, value, who="rita", at="2026-01-01")


def test_what_people_decided_is_in_the_record_and_gone_once_withdrawn(store: Store) -> None:
    before = store.load_record()
    judgement = judge(before, "events", before.events[0].id, "reject")
    store.add_judgement(judgement)
    assert not store.is_current()
    assert len(renew_record(store, memory=Memory()).events) == 1
    assert store.is_current()
    assert store.load_record().made_by == MADE_BY
    assert [item.source for item in store.load_record().failures] == ["x"]
    store.withdraw_judgement(judgement.id, "rita")
    assert renew_record(store) == before


def test_the_stores_actors_pin_codes_and_a_run_may_bring_its_own(store: Store) -> None:
    put(store, "actors", '["Ada Ito"]\ncountry = "JPN"\n')
    assert find_actor(renew_record(store), "Ada Ito").country == "JPN"
    assert find_actor(renew_record(store, pins={}), "Ada Ito").country is None
    put(store, "actors", None)
    assert load_settings(store).pins is None


def test_a_broken_setting_says_where_it_is(store: Store) -> None:
    put(store, "actors", "nonsense")
    with pytest.raises(ConfigError, match="actors file of the store is not valid TOML"):
        load_settings(store)


def test_the_stores_issues_are_read_by_and_told_by_their_text(store: Store) -> None:
    assert load_settings(store).issues is None
    put(store, "issues", ISSUES)
    path = load_settings(store).issues
    assert path is not None
    assert path.read_text(encoding="utf-8") == ISSUES
    assert path == lay_out(ISSUES) != lay_out(ISSUES + "\n")
    one, other = (describe_reading(lay_out(text))["codebooks"]["issues"] for text in (ISSUES, ISSUES + "\n"))
    assert one.startswith("own 1 (")
    assert one != other


def test_what_a_new_model_changed_is_noted(store: Store) -> None:
    assert load_last_change(store) is None
    before = store.load_record()
    store.add_judgement(judge(before, "events", before.events[0].id, "confirm"))
    renew_record(store)
    assert load_last_change(store) is None
    report = make_report("a1")
    store.add_reading(replace(report, events=(), positions=()), made_by={"standoff": "2"})
    renew_record(store, made_by={"standoff": "2"})
    noted = load_last_change(store)
    assert noted is not None
    assert (noted["before"], noted["after"]) == (MADE_BY, {"standoff": "2"})
    assert noted["changes"]["events"] == {"gone": 1, "new": 0, "changed": 0, "kept": 1}
    (gone,) = noted["entries"]["events"]["gone"]
    assert gone["label"] == "Quarry Guild SANCTION Rowan Vale: “The Quarry Guild fined Rowan Vale”"
    assert len(noted["orphaned"]) == 1
    assert store.is_current()


def test_a_record_made_from_a_store_is_that_of_its_readings(store: Store) -> None:
    assert renew_record(store, failures=[]) == resolve_records(store.load_readings(), made_by=MADE_BY)


def test_files_that_a_run_is_given_become_the_stores_settings(store: Store, tmp_path: pathlib.Path) -> None:
    issues, actors = tmp_path / "issues.toml", tmp_path / "actors.toml"
    issues.write_bytes(ISSUES.replace("\n", "\r\n").encode())
    actors.write_text('["Ada Ito"]\ncountry = "JPN"\n', encoding="utf-8")
    for _ in range(2):
        adopt_settings(store, issues=issues, actors=actors)
        kept = load_settings(store)
        assert kept.issues is not None
        assert describe_reading(kept.issues) == describe_reading(issues)
        assert kept.pins == load_pins(actors)
    with store.read() as connection:
        assert [(item.key, item.version, item.who) for item in select_history(connection)] == [
            ("actors", 1, BY_FILE),
            ("issues", 1, BY_FILE),
        ]
    adopt_settings(store, issues=None, actors=None)
    assert load_settings(store) == kept


def test_a_run_by_files_and_the_desk_after_it_make_the_same_record(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.txt").write_text("HARBOUR CITY — Mayor Ada Ito rejected the pit on Monday.", encoding="utf-8")
    (tmp_path / "issues.toml").write_text(ISSUES, encoding="utf-8")
    (tmp_path / "actors.toml").write_text('["Ada Ito"]\ncountry = "JPN"\n', encoding="utf-8")
    store = open_store(str(tmp_path / "dispute.db"))
    record = read(tmp_path / "a.txt", store=store, issues=tmp_path / "issues.toml", actors=tmp_path / "actors.toml")
    assert find_actor(record, "Ada Ito").country == "JPN"
    assert renew_record(store) == record
    done: list[int] = []
    again = read(tmp_path / "a.txt", store=store, on_progress=lambda number, _: done.append(number))
    assert (again, done) == (record, [])
    store.close()
