"""The store: what goes in comes back, and a broken address is one sentence."""

from __future__ import annotations

import pathlib
import sys

import pytest

from standoff.errors import StoreError
from standoff.records import Article, Reading, Record
from standoff.resolve.memory import Memory
from standoff.store.database import open_store
from standoff.workflow import read

ROOT = pathlib.Path(__file__).resolve().parents[2]
MADE_BY = {"standoff": "test"}


def make_reading(text: str) -> Reading:
    return Reading(article=Article(id=text[:8], source=f"{text}.txt", text=text))


def test_a_record_comes_back_as_it_was_saved(record: Record, tmp_path: pathlib.Path) -> None:
    store = open_store(str(tmp_path / "dispute.db"))
    store.save_record(record)
    store.save_record(record)
    assert open_store(str(tmp_path / "dispute.db"), create=False).load_record() == record


def test_a_reading_takes_the_place_of_the_one_before(tmp_path: pathlib.Path) -> None:
    store = open_store(str(tmp_path / "dispute.db"))
    for text in ("one", "two", "one"):
        store.add_reading(make_reading(text), made_by=MADE_BY)
    assert sorted(reading.article.text for reading in store.load_readings()) == ["one", "two"]
    assert store.list_articles(made_by=MADE_BY) == {"one", "two"}
    assert store.list_articles(made_by={"standoff": "another"}) == set()


def test_an_open_store_loads_each_reading_once_and_sees_what_another_replaces(tmp_path: pathlib.Path) -> None:
    store, other = (open_store(str(tmp_path / "dispute.db")) for _ in range(2))
    for text in ("one", "two"):
        store.add_reading(make_reading(text), made_by=MADE_BY)
    first, second = list(store.load_readings()), list(other.load_readings())
    assert first == second
    assert all(one is two for one, two in zip(second, other.load_readings(), strict=True))
    changed = Reading(article=Article(id="two", source="two.txt", title="Changed", text="two"))
    store.add_reading(changed, made_by=MADE_BY)
    again = list(other.load_readings())
    assert again == [first[0], changed]
    assert again[0] is second[0]


def test_a_store_made_before_readings_had_digests_still_gives_them(tmp_path: pathlib.Path) -> None:
    store = open_store(str(tmp_path / "old.db"))
    store.add_reading(make_reading("one"), made_by=MADE_BY)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE readings DROP COLUMN digest")
    old = open_store(str(tmp_path / "old.db"), create=False)
    assert list(old.load_readings()) == list(old.load_readings()) == [make_reading("one")]


def test_adding_to_an_open_store_resolves_only_what_is_touched(tmp_path: pathlib.Path) -> None:
    articles, store, memory = ROOT / "examples" / "articles", open_store(str(tmp_path / "dispute.db")), Memory()
    read(articles / "01_ledger_levy.txt", store=store, memory=memory)
    both = read(articles / "02_post_no_table.txt", store=store, memory=memory)
    assert (memory.made["_sketch_runs"], memory.recalled["_sketch_runs"]) == (1, 1)
    assert both == read(articles / "01_ledger_levy.txt", articles / "02_post_no_table.txt")


def test_reading_into_a_store_twice_reads_nothing_anew(tmp_path: pathlib.Path) -> None:
    url, articles = str(tmp_path / "dispute.db"), ROOT / "examples" / "articles"
    seen: list[tuple[int, int]] = []
    first = read(articles / "01_ledger_levy.txt", store=url)
    both = read(articles / "02_post_no_table.txt", store=url, on_progress=lambda *at: seen.append(at))
    again = read(articles, store=str(tmp_path / "all.db"))
    assert [article.source for article in first.articles] == [both.articles[0].source]
    assert len(both.articles) == 2
    assert seen == [(1, 1)]
    seen.clear()
    assert read(articles, store=str(tmp_path / "all.db"), on_progress=lambda *at: seen.append(at)) == again
    assert seen == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nosuch://x", "is not the address of a store"),
        ("/nowhere/at/all/x.db", "cannot be opened"),
    ],
)
def test_a_store_that_cannot_be_opened_is_one_sentence(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        open_store(url)


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"\"psycopg\" is needed here: pip install 'standoff\[postgres\]'"):
        open_store("postgresql+psycopg://localhost/x")


def test_a_file_that_is_no_store_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"these are notes" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(str(path))
    with pytest.raises(StoreError, match="is not a store"):
        open_store(str(tmp_path / "new.db"), create=False)


def test_an_older_store_gets_the_fields_that_events_have_got_since(record: Record, tmp_path: pathlib.Path) -> None:
    store = open_store(str(tmp_path / "old.db"))
    store.save_record(record)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events DROP COLUMN quad")
    old = open_store(str(tmp_path / "old.db"), create=False)
    assert {event.quad for event in old.load_record().events} == {None}
    old.save_record(record)
    assert old.load_record() == record
