"""Migrations: every older store becomes one of today, nothing else is touched, and the schema is the code's."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, select, text

from standoff.errors import StoreError
from standoff.records import Article, Judgement, Reading, Record
from standoff.store.care.upgrading import HEAD, REVISIONS
from standoff.store.database import Store, open_store
from standoff.store.engines import make_engine
from standoff.store.record.tables import KINDS, about, metadata
from standoff.store.schema import DERIVED, KEPT, describe_form

Open = Callable[..., Store]
MADE_BY = {"standoff": "0.1.0"}
READING = Reading(article=Article(id="a1", source="one.txt", text="one"))

# The tables of version 0.1.0, as it made them; its record's tables had a column per field and a place.
OLD = (
    "CREATE TABLE about (key TEXT NOT NULL, value JSON NOT NULL, PRIMARY KEY (key))",
    "CREATE TABLE readings (article TEXT NOT NULL, made_by JSON NOT NULL, body JSON NOT NULL, PRIMARY KEY (article))",
    """CREATE TABLE articles (position INTEGER NOT NULL, id TEXT, source TEXT, title TEXT, outlet TEXT, url TEXT,
       language TEXT, published TEXT, earliest TEXT, latest TEXT, dated_by TEXT, text TEXT, PRIMARY KEY (position))""",
    """CREATE TABLE actors (position INTEGER NOT NULL, id TEXT, name TEXT, kind TEXT, country TEXT, sectors JSON,
       aliases JSON, roles JSON, PRIMARY KEY (position))""",
    "INSERT INTO about VALUES ('made_by', '{\"standoff\": \"0.1.0\"}')",
    """INSERT INTO readings VALUES ('a1', '{"standoff": "0.1.0"}',
       '{"article": {"id": "a1", "source": "one.txt", "text": "one"}}')""",
    "INSERT INTO articles (position, id, source, text) VALUES (0, 'a1', 'one.txt', 'one')",
    """INSERT INTO actors (position, id, name, kind, sectors, aliases, roles)
       VALUES (0, 'actor_1', 'Ada Ito', 'person', '[]', '[]', '[]')""",
)


def make_old_store(url: str) -> None:
    engine = make_engine(url)
    with engine.connect() as connection:
        for statement in OLD:
            connection.execute(text(statement))
        connection.commit()
    engine.dispose()


def list_differences(connection: Connection) -> list[object]:
    def is_ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or name is None or not name.startswith(("words", "alembic"))

    options = {"compare_type": True, "include_name": is_ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_a_new_store_has_the_schema_of_the_code(store: Store) -> None:
    with store.read() as connection:
        assert list_differences(connection) == []


def test_every_table_is_either_kept_or_derived() -> None:
    assert {*KEPT, *DERIVED} == set(metadata.tables.values())
    assert not {*KEPT} & {*DERIVED}


def test_the_revisions_are_one_line_that_ends_in_the_last_file() -> None:
    config = Config()
    config.set_main_option("script_location", str(REVISIONS))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD]
    assert all(f"r{revision.revision}_" in revision.path for revision in script.walk_revisions())


def test_a_store_of_the_first_version_keeps_all_that_it_holds(empty_url: str, opened: Open) -> None:
    make_old_store(empty_url)
    store = opened(empty_url, migrate=True)
    assert list(store.load_readings()) == [READING]
    kept = store.load_record()
    assert [actor.name for actor in kept.actors] == ["Ada Ito"]
    assert kept.articles == (READING.article,)
    assert not store.is_current()
    with store.read() as connection:
        assert list_differences(connection) == []
    again = opened(empty_url)
    assert again.load_record() == kept


def test_a_file_is_copied_before_it_is_migrated(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "old.db"
    make_old_store(str(path))
    open_store(str(path)).close()
    copy = tmp_path / f"old.db.before-{HEAD}"
    engine = create_engine(f"sqlite:///{copy}")
    with engine.connect() as connection:
        assert "judgements" not in inspect(connection).get_table_names()
        assert connection.execute(text("SELECT name FROM actors")).scalars().all() == ["Ada Ito"]
    engine.dispose()
    made = copy.stat()
    open_store(str(path)).close()
    assert copy.stat().st_mtime_ns == made.st_mtime_ns


def test_a_file_that_cannot_be_copied_is_left_as_it_is(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "old.db"
    make_old_store(str(path))
    (tmp_path / f"old.db.before-{HEAD}").symlink_to(tmp_path / "nowhere" / "copy")
    with pytest.raises(StoreError, match="cannot be copied to"):
        open_store(str(path))
    engine = create_engine(f"sqlite:///{path}")
    assert "judgements" not in inspect(engine).get_table_names()
    engine.dispose()


def test_an_older_file_that_may_only_be_read_is_refused_in_one_sentence(tmp_path: pathlib.Path) -> None:
    make_old_store(str(tmp_path / "old.db"))
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(f"sqlite:///file:{tmp_path}/old.db?mode=ro&uri=true")


def test_a_new_file_is_not_copied(tmp_path: pathlib.Path) -> None:
    open_store(str(tmp_path / "new.db")).close()
    assert not list(tmp_path.glob("*.before-*"))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_an_older_store_for_a_team_is_migrated_by_its_owner_alone(empty_url: str, opened: Open) -> None:
    make_old_store(empty_url)
    with pytest.raises(StoreError, match=r"earlier version of Standoff; run: standoff store migrate"):
        open_store(empty_url)
    opened(empty_url, migrate=True)
    assert list(opened(empty_url).load_readings()) == [READING]


def test_a_store_of_a_later_version_is_refused(store_url: str, opened: Open) -> None:
    store = opened(store_url)
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a later version of Standoff"):
        open_store(store_url, migrate=True)


def test_the_tables_of_something_else_are_left_alone(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE accounts (owner TEXT)"))
        connection.commit()
    with pytest.raises(StoreError, match=r"holds tables of something else \(accounts\)"):
        open_store(empty_url, migrate=True)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["accounts"]
    engine.dispose()


def test_tables_of_a_record_in_another_form_are_made_anew(record: Record, store_url: str, opened: Open) -> None:
    store = opened(store_url)
    store.save_record(record, made_from=store.sign_contents())
    judgement = Judgement(
        id="j1", kind="events", entry="event_1", verdict="reject", who="Ada", at="2026-01-01T00:00:00+00:00"
    )
    store.add_judgement(judgement)
    with store.write() as connection:
        connection.execute(text("ALTER TABLE events DROP COLUMN quad"))
        connection.execute(text("DROP TABLE links"))
        connection.execute(text("UPDATE about SET value = '\"another\"' WHERE key = 'form'"))
    again = opened(store_url, migrate=True)
    kept = again.load_record()
    assert {event.quad for event in kept.events} == {None}
    assert kept.positions == record.positions
    assert again.list_judgements() == (judgement,)
    assert not again.is_current()
    again.save_record(record)
    assert again.load_record() == record
    with again.read() as connection:
        assert list_differences(connection) == []
        form = connection.execute(select(about.c.value).where(about.c.key == "form")).scalar_one()
        assert form == describe_form(connection.dialect)


def test_a_record_that_lacks_what_its_entries_need_is_dropped(record: Record, store_url: str, opened: Open) -> None:
    store = opened(store_url)
    store.add_reading(READING, made_by=MADE_BY)
    store.save_record(record)
    with store.write() as connection:
        connection.execute(text("ALTER TABLE conflicts DROP COLUMN why"))
        connection.execute(text("UPDATE about SET value = '\"another\"' WHERE key = 'form'"))
    again = opened(store_url, migrate=True)
    assert all(not getattr(again.load_record(), kind) for kind in KINDS)
    assert list(again.load_readings()) == [READING]
