"""Taking a store out and putting it back: nothing is lost, between the two engines in all four directions."""

from __future__ import annotations

import json
import pathlib
import stat
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from keeping import AT, CORRECTION, OWNER, REJECTION, SESSION, VIEW
from servers import make_database
from sqlalchemy import select

from standoff.errors import StoreError
from standoff.records import Article, Mention, Passage, Reading, Record
from standoff.store.care.backing import backup_store, restore_store
from standoff.store.care.copying import OF_ONE, export_store, import_store
from standoff.store.database import Store
from standoff.store.kept.accounts import insert_account, insert_session
from standoff.store.kept.settings import insert_setting
from standoff.store.kept.views import insert_view
from standoff.store.schema import DERIVED, KEPT

Open = Callable[..., Store]

ODD = "\x00 \ud800 \ufdd0 “=1+1”"
ARTICLE = Article(id="a1", source=ODD, title=ODD, text=ODD)
READING = Reading(
    article=ARTICLE,
    mentions=(Mention(id="mention_1", passage=Passage(article="a1", start=0, end=1, text=ODD[:1]), actor="actor_1"),),
)


@pytest.fixture
def filled(store: Store, record: Record) -> Store:
    """Give a store in which every table has rows."""
    store.add_reading(READING, made_by={"standoff": ODD})
    store.save_record(record, made_from=store.sign_contents())
    for judgement in (REJECTION, CORRECTION):
        store.add_judgement(judgement)
    store.withdraw_judgement("j1", "Bo Lund", ODD)
    with store.write() as connection:
        insert_account(connection, OWNER)
        insert_session(connection, SESSION)
        insert_view(connection, VIEW)
        insert_setting(connection, "issues", {"name": ODD, "weights": [0.1, 1e300, None]}, who="ada", at=AT)
        insert_setting(connection, "issues", None, who="ada", at=AT)
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: pathlib.Path, opened: Open) -> Iterator[Store]:
    """Give an empty store of either engine to put things into."""
    if request.param == "sqlite":
        yield opened(str(tmp_path / "other.db"))
        return
    with make_database(request.getfixturevalue("postgres")) as address:
        store = opened(address)
        yield store
        store.close()


def list_rows(store: Store, *, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Give the rows of every table as the program sees them, the index's without the numbers it gives itself."""
    found = {}
    with store.read() as connection:
        for table in (*KEPT, *DERIVED):
            if table.name in ("sessions", "links", *without):
                continue
            columns = [
                column for column in table.c if table.name != "entries" or column.name not in ("number", "digest")
            ]
            rows = connection.execute(select(*columns)).all()
            found[table.name] = sorted(repr(tuple(row)) for row in rows if row[0] not in OF_ONE)
    return found


def test_what_is_taken_out_and_put_back_is_the_same(filled: Store, other: Store, tmp_path: pathlib.Path) -> None:
    counts = export_store(filled, tmp_path / "out", accounts=True)
    assert import_store(other, tmp_path / "out") == counts
    assert list_rows(other) == list_rows(filled)
    assert other.load_record() == filled.load_record()
    assert list(other.load_readings()) == [READING]
    assert other.list_judgements(open_only=False) == filled.list_judgements(open_only=False)
    assert other.is_current() == filled.is_current()


def test_a_store_that_was_put_back_goes_on(filled: Store, other: Store, tmp_path: pathlib.Path) -> None:
    export_store(filled, tmp_path / "out")
    import_store(other, tmp_path / "out")
    withdrawal = other.withdraw_judgement("j2", "Bo Lund")
    assert other.list_judgements(open_only=False)[-1] == withdrawal
    again = filled.load_record()
    other.save_record(again)
    assert other.load_record() == again


def test_accounts_are_left_out_unless_asked_for(filled: Store, other: Store, tmp_path: pathlib.Path) -> None:
    export_store(filled, tmp_path / "out")
    assert not (tmp_path / "out" / "accounts.parquet").exists()
    assert all("argon2" not in path.read_bytes().decode("latin-1") for path in (tmp_path / "out").iterdir())
    import_store(other, tmp_path / "out")
    assert list_rows(other)["accounts"] == []
    assert list_rows(other, without=("accounts",)) == list_rows(filled, without=("accounts",))


def test_sessions_are_never_taken_out(filled: Store, tmp_path: pathlib.Path) -> None:
    assert "sessions" not in export_store(filled, tmp_path / "out", accounts=True)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_a_backup_is_put_back_by_import(filled: Store, other: Store, tmp_path: pathlib.Path) -> None:
    place = backup_store(filled, tmp_path / "backup")
    assert stat.S_IMODE(place.stat().st_mode) in (0o600, 0o700)
    restore_store(other, place)
    assert list_rows(other) == list_rows(filled)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_backup_of_a_file_is_a_store(filled: Store, opened: Open, tmp_path: pathlib.Path) -> None:
    assert opened(str(backup_store(filled, tmp_path / "backup.db")), create=False).load_record() == filled.load_record()


def test_nothing_is_overwritten(filled: Store, tmp_path: pathlib.Path) -> None:
    place = backup_store(filled, tmp_path / "backup")
    with pytest.raises(StoreError, match="is there already"):
        backup_store(filled, place)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not empty"):
        export_store(filled, tmp_path / "notes")
    export_store(filled, tmp_path / "out")
    with pytest.raises(StoreError, match="the store has readings already; import into a new one"):
        import_store(filled, tmp_path / "out")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("no heading", r"has no store.json"),
        ("another heading", r"is not of standoff.store/1"),
        ("later", "exported by a later version"),
        ("no file", r"readings.parquet cannot be read"),
        ("no parquet", r"readings.parquet cannot be read"),
        ("lost rows", "is not whole: readings has lost rows"),
    ],
)
def test_a_damaged_export_is_one_sentence_and_leaves_the_store_empty(
    filled: Store, opened: Open, tmp_path: pathlib.Path, damage: str, said: str
) -> None:
    place = tmp_path / "out"
    export_store(filled, place)
    heading = json.loads((place / "store.json").read_text())
    if damage == "no heading":
        (place / "store.json").unlink()
    elif damage == "no file":
        (place / "readings.parquet").unlink()
    elif damage == "no parquet":
        (place / "readings.parquet").write_bytes(b"PAR1 not at all")
    else:
        changed = {
            "another heading": {"schema": "else"},
            "later": {"revision": "9999"},
            "lost rows": {"rows": {**heading["rows"], "readings": 7}},
        }
        (place / "store.json").write_text(json.dumps({**heading, **changed[damage]}))
    empty = opened(str(tmp_path / "empty.db"))
    with pytest.raises(StoreError, match=said):
        import_store(empty, place)
    assert all(not rows for name, rows in list_rows(empty).items())


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_no_backup_is_refused(store: Store, tmp_path: pathlib.Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    with pytest.raises(StoreError, match="neither an exported store's folder nor an SQLite store"):
        restore_store(store, tmp_path / "notes.txt")
    with pytest.raises(StoreError, match="cannot be read"):
        restore_store(store, tmp_path / "nothing")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_place_that_cannot_be_written_is_one_sentence(filled: Store, tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("a file")
    for take_out in (export_store, backup_store):
        with pytest.raises(StoreError, match="cannot be written"):
            take_out(filled, tmp_path / "file" / "inside")
