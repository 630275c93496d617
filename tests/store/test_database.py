"""The store: what goes in comes back, on both engines, and a broken address is one sentence."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text

from standoff.errors import StoreError
from standoff.records import Article, Failure, Mention, Passage, Reading, Record
from standoff.resolve.memory import Memory
from standoff.store.database import Store, open_store
from standoff.workflow import read

ROOT = pathlib.Path(__file__).resolve().parents[2]
MADE_BY = {"standoff": "test"}
Open = Callable[..., Store]


def make_reading(words: str) -> Reading:
    return Reading(article=Article(id=words[:8], source=f"{words}.txt", text=words))


def test_a_record_comes_back_as_it_was_saved(record: Record, store_url: str, opened: Open) -> None:
    store = opened(store_url)
    store.save_record(record)
    store.save_record(record)
    assert opened(store_url, create=False).load_record() == record


def test_a_reading_takes_the_place_of_the_one_before(store: Store) -> None:
    for words in ("one", "two", "one"):
        store.add_reading(make_reading(words), made_by=MADE_BY)
    assert sorted(reading.article.text for reading in store.load_readings()) == ["one", "two"]
    assert store.list_articles(made_by=MADE_BY) == {"one", "two"}
    assert store.list_articles(made_by={"standoff": "another"}) == set()


def test_an_open_store_loads_each_reading_once_and_sees_what_another_replaces(store_url: str, opened: Open) -> None:
    store, other = opened(store_url), opened(store_url)
    for words in ("one", "two"):
        store.add_reading(make_reading(words), made_by=MADE_BY)
    first, second = list(store.load_readings()), list(other.load_readings())
    assert first == second
    assert all(one is two for one, two in zip(second, other.load_readings(), strict=True))
    changed = Reading(article=Article(id="two", source="two.txt", title="Changed", text="two"))
    store.add_reading(changed, made_by=MADE_BY)
    again = list(other.load_readings())
    assert again == [first[0], changed]
    assert again[0] is second[0]


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


def dump_tables(store: Store, *names: str) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of tables, with what tells one version of a row from the next where the engine has it."""
    version = "" if store.engine.dialect.name == "sqlite" else ", xmin::text, ctid::text"
    with store.read() as connection:
        return {name: sorted(map(repr, connection.execute(text(f"SELECT *{version} FROM {name}")))) for name in names}


KEPT = ("readings", "about", "articles", "mentions", "attributions", "events", "entries", "links")


def test_reading_again_changes_no_row(record: Record, store: Store) -> None:
    store.add_reading(make_reading("one"), made_by=MADE_BY)
    store.save_record(record, made_from=store.sign_contents())
    before = dump_tables(store, *KEPT)
    store.add_reading(make_reading("one"), made_by=MADE_BY)
    assert store.save_record(record, made_from=store.sign_contents())
    assert dump_tables(store, *KEPT) == before


def make_record(numbers: list[int], *, words: str = "words") -> Record:
    articles = tuple(Article(id=f"a{number}", source=f"{number}.txt", text=f"{words} {number}") for number in numbers)
    passages = (Passage(article=article.id, start=0, end=5, text=article.text[:5]) for article in articles)
    mentions = tuple(
        Mention(id=f"mention_{number}", passage=passage, actor="actor_1")
        for number, passage in zip(numbers, passages, strict=True)
    )
    return Record(articles=articles, mentions=mentions)


def test_an_article_in_the_middle_moves_no_other_row(store: Store) -> None:
    store.save_record(make_record([1, 2, 5, 6]))
    before = dump_tables(store, "articles", "mentions", "entries")
    grown = make_record([1, 2, 3, 4, 5, 6])
    store.save_record(grown)
    assert store.load_record() == grown
    after = dump_tables(store, "articles", "mentions", "entries")
    assert all(set(rows) < set(after[name]) for name, rows in before.items())


@pytest.mark.parametrize(
    "numbers",
    [[6, 5, 4, 3, 2, 1], [], [1], [2, 1, 3], [9, 1, 2, 3], [3, 4, 1, 2, 7, 8], [*range(1, 40)], [*range(40, 0, -3)]],
)
def test_whatever_the_order_the_record_comes_back_in_it(store: Store, numbers: list[int]) -> None:
    for wanted in (make_record([1, 2, 3, 4]), make_record(numbers), make_record(numbers, words="other")):
        store.save_record(wanted)
        assert store.load_record() == wanted


def test_where_there_is_no_room_left_between_two_rows_all_move(store: Store) -> None:
    numbers = [1, 1000]
    for number in range(2, 24):  # always just after the first: each halves the room
        numbers.insert(1, number)
        store.save_record(make_record(numbers))
    assert store.load_record() == make_record(numbers)


def test_two_failures_in_the_same_words_are_two(store: Store) -> None:
    failure = Failure(source="x.txt", stage="ingest", reason="it is empty.")
    for failures in ((failure, failure), (failure, replace(failure, source="y.txt"), failure), (failure,)):
        store.save_record(Record(failures=failures))
        assert store.load_record().failures == failures


AWKWARD = [
    "a\x00b",
    "\ud800 half",
    "\ufdd0 mark",
    "\ufdd0d800",
    "\x00\udfff\ufdd0",
    "😀" * 100_000,
    "\x1f\x7f\u2028",
    "",
]


@pytest.mark.parametrize("words", AWKWARD, ids=range(len(AWKWARD)))
def test_text_is_kept_as_it_is(store_url: str, opened: Open, words: str) -> None:
    article = Article(id="a1", source=f"{words[:50]}.txt", title=words[:50], text=words)
    passage = Passage(article="a1", start=0, end=len(words), text=words)
    mention = Mention(id="mention_1", passage=passage, actor="actor_1")
    kept = Record(articles=(article,), mentions=(mention,))
    store = opened(store_url)
    store.add_reading(Reading(article=article, mentions=(mention,)), made_by={"standoff": words[:50]})
    store.save_record(kept)
    again = opened(store_url)
    assert list(again.load_readings()) == [Reading(article=article, mentions=(mention,))]
    assert again.load_record() == kept
    assert again.list_articles(made_by={"standoff": words[:50]}) == {"a1"}


def test_the_record_tells_whether_it_is_of_all_that_the_store_holds(store: Store) -> None:
    assert not store.is_current()
    store.add_reading(make_reading("one"), made_by=MADE_BY)
    signed = store.sign_contents()
    assert store.save_record(Record(), made_from=signed)
    assert store.is_current()
    store.add_reading(make_reading("two"), made_by=MADE_BY)
    assert not store.is_current()
    assert not store.save_record(Record(), made_from=signed)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nosuch://x", "is not the address of a store"),
        ("sqlite+nosuch://x", "is not the address of a store"),
        ("postgresql://x:port/y", "is not the address of a store"),
        ("/nowhere/at/all/x.db", "cannot be opened; check that its folder is there"),
        ("postgresql://standoff:swordfish@127.0.0.1:1/x", "cannot be reached; check the address"),
        ("postgresql://standoff:swordfish@/x?host=/nowhere", "cannot be reached; check the address"),
    ],
)
def test_a_store_that_cannot_be_opened_is_one_sentence(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as raised:
        open_store(url)
    assert "swordfish" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_wrong_password_is_said_and_never_shown(postgres: str) -> None:
    import psycopg
    from sqlalchemy import make_url

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guarded")
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    url = make_url(postgres).set(username="guarded", password="swordfish")
    with pytest.raises(StoreError, match="refuses the name or the password") as raised:
        open_store(url.render_as_string(hide_password=False))
    assert "swordfish" not in str(raised.value)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_server_that_may_only_be_read_can_be_read_and_not_written(store_url: str, record: Record) -> None:
    import psycopg
    from sqlalchemy import make_url

    store = open_store(store_url)
    store.save_record(record)
    store.close()
    with psycopg.connect(store_url, autocommit=True) as connection:
        name = make_url(store_url).database
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    only = open_store(store_url)
    assert only.load_record() == record
    with pytest.raises(StoreError, match="cannot be written by this user or on this server"):
        only.save_record(Record())
    only.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_user_without_rights_is_refused_in_one_sentence(store_url: str) -> None:
    import psycopg
    from sqlalchemy import make_url

    open_store(store_url).close()
    with psycopg.connect(store_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS stranger")
        connection.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(StoreError, match="refuses this user; let the database's owner grant the right"):
        open_store(make_url(store_url).set(username="stranger").render_as_string(hide_password=False))


def test_a_database_that_is_not_there_is_named(postgres: str) -> None:
    from sqlalchemy import make_url

    with pytest.raises(StoreError, match=r"nosuch.*does not exist"):
        open_store(make_url(postgres).set(database="nosuch").render_as_string(hide_password=False))


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"\"psycopg\" is needed here: pip install 'standoff\[postgres\]'"):
        open_store("postgresql+psycopg://localhost/x")


def test_a_folder_is_no_store(tmp_path: pathlib.Path) -> None:
    with pytest.raises(StoreError, match=r"is a folder; give the path of a file in it"):
        open_store(str(tmp_path))


def test_a_file_that_is_no_store_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"these are notes" * 100)
    with pytest.raises(StoreError, match="is not an SQLite file"):
        open_store(str(path))
    with pytest.raises(StoreError, match="is not a store"):
        open_store(str(tmp_path / "new.db"), create=False)


def test_a_file_that_may_only_be_read_can_be_read_and_not_written(tmp_path: pathlib.Path, record: Record) -> None:
    store = open_store(str(tmp_path / "dispute.db"))
    store.save_record(record)
    store.close()
    only = open_store(f"sqlite:///file:{tmp_path}/dispute.db?mode=ro&uri=true")
    assert only.load_record() == record
    with pytest.raises(StoreError, match="cannot be written; give the file's owner's right"):
        only.save_record(Record())


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: pathlib.Path) -> None:
    store = open_store(str(tmp_path / "dispute.db"))
    store.add_reading(make_reading("one"), made_by=MADE_BY)
    store.close()
    from sqlalchemy import event

    pages = store.engine.connect().exec_driver_sql("PRAGMA page_count").scalar_one()
    store.close()
    event.listen(store.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(StoreError, match="disk is full"):
        store.add_reading(make_reading("two " * 100_000), made_by=MADE_BY)
    assert store.list_articles(made_by=MADE_BY) == {"one"}
