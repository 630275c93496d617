"""Bring a store to the form of today, whatever version made it, and refuse what is none.

The tables that are kept are changed by revisions (Alembic), which are written by hand. Those that are derived are made
anew when their form has changed: their rows are carried over as far as they fit, and the record counts as out of date.
"""

from __future__ import annotations

import logging
import pathlib
import sqlite3
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, delete, inspect, select, text

from standoff.errors import StoreError
from standoff.records import Record
from standoff.store.engines import (
    begin_reading,
    begin_writing,
    copy_sqlite,
    explain_errors,
    name_store,
    use_write_ahead_log,
)
from standoff.store.index.indexing import derive_index, save_index
from standoff.store.index.search import create_words
from standoff.store.record.saving import adapt, save_rows
from standoff.store.record.tables import TABLES, about, write_about
from standoff.store.schema import DERIVED, describe_form

REVISIONS = pathlib.Path(__file__).parent / "migrations"
HEAD = max(path.stem[1:5] for path in (REVISIONS / "versions").glob("r*.py"))

NO_STORE = "{name} is not a store: it has no readings; make one with: standoff read PATHS --store {name}"

log = logging.getLogger(__name__)

Age = Literal["new", "older", "current", "later", "foreign"]


def prepare_store(engine: Engine, *, url: str, create: bool = True, migrate: bool = False) -> None:
    """Make the tables of a new store, and bring an older one to the form of today.

    An SQLite file is brought there at once, after a copy of it was laid beside it. A PostgreSQL store, which others may
    be using with the program that made it, only with `migrate`. Raises StoreError for a store of a later version, for a
    database that holds something else, and, unless `create`, for one that holds nothing.
    """
    name = name_store(url)
    if not create and _is_missing(engine):
        raise StoreError(NO_STORE.format(name=name))
    with begin_reading(engine) as connection:
        age = tell_age(connection)
        others = inspect(connection).get_table_names() if age == "foreign" else []
    if age == "current":
        return
    if age == "foreign":
        some = ", ".join(sorted(others)[:3])
        raise StoreError(f"{name} is not a store: it holds tables of something else ({some}); give one of its own.")
    if age == "later":
        raise StoreError(
            f"{name} was made by a later version of Standoff; install that one with: pip install -U standoff"
        )
    if age == "new" and not create:
        raise StoreError(NO_STORE.format(name=name))
    if age == "older" and engine.dialect.name == "postgresql" and not migrate:
        raise StoreError(f"{name} was made by an earlier version of Standoff; run: standoff store migrate {name}")
    if engine.dialect.name == "sqlite":
        with explain_errors(engine), engine.connect() as connection:
            use_write_ahead_log(connection)
    with begin_writing(engine, alone=True) as connection:
        age = tell_age(connection)  # another may have been faster
        if age == "older" and _read_revision(connection) != HEAD:
            _lay_copy_beside(engine, before=HEAD)
        if age == "older":
            log.warning("%s is being brought to the form of this version of Standoff; a large one takes minutes.", name)
        if age in ("new", "older"):
            _upgrade(connection)


def _is_missing(engine: Engine) -> bool:
    """Tell whether an SQLite file is not there; to look into it would leave an empty one."""
    place = engine.url.database or ":memory:"
    named = engine.dialect.name == "sqlite" and not place.startswith((":", "file:"))
    return named and not pathlib.Path(place).exists()


def tell_age(connection: Connection) -> Age:
    """Tell whether the database holds a store of today's form, of another, something else or nothing."""
    there = set(inspect(connection).get_table_names())
    if not there:
        return "new"
    if not {"readings", "about"} <= there:
        return "foreign"
    known = {column["name"] for column in inspect(connection).get_columns("readings")}
    if not {"article", "made_by", "body"} <= known:
        return "foreign"
    revision = _read_revision(connection) if "alembic_version" in there else ""
    if revision > HEAD:
        return "later"
    form = connection.execute(select(about.c.value).where(about.c.key == "form")).scalar()
    return "current" if revision == HEAD and form == describe_form(connection.dialect) else "older"


def _read_revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _lay_copy_beside(engine: Engine, *, before: str) -> None:
    """Copy an SQLite file as it is now, before it is changed; an earlier copy is left, being nearer to what it was."""
    place = engine.url.database
    if engine.dialect.name != "sqlite" or not place or not pathlib.Path(place).exists():
        return
    copy = pathlib.Path(f"{place}.before-{before}")
    if not copy.exists():
        try:
            copy_sqlite(place, copy)
        except (OSError, sqlite3.Error) as error:
            copy.unlink(missing_ok=True)
            raise StoreError(
                f"{place} is of an earlier version and cannot be copied to {copy} before it is changed: {error}; "
                "make room there."
            ) from error


def _upgrade(connection: Connection) -> None:
    """Run the revisions that are missing, and make the derived tables anew if their form has changed."""
    config = Config()
    config.set_main_option("script_location", str(REVISIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    form = describe_form(connection.dialect)
    if connection.execute(select(about.c.value).where(about.c.key == "form")).scalar() != form:
        _make_derived(connection)
        write_about(connection, "form", form)


def _make_derived(connection: Connection) -> None:
    """Make the derived tables anew, with the record that they held if its entries still are entries."""
    record = _load_record_loosely(connection)
    connection.execute(text("DROP TABLE IF EXISTS words"))
    for table in reversed(DERIVED):
        table.drop(connection, checkfirst=True)
    for table in DERIVED:
        table.create(connection)
    create_words(connection)
    if record != Record():
        save_index(connection, derive_index(record), save_rows(connection, record))
    connection.execute(delete(about).where(about.c.key == "made_from"))


def _load_record_loosely(connection: Connection) -> Record:
    """Give the record from tables of whatever form: what an entry has got since is as if it had been left out.

    Where something has gone that an entry needs, the record is empty, to be made again from the readings.
    """
    there = set(inspect(connection).get_table_names())
    content: dict[str, Any] = {}
    for kind, table in TABLES.items():
        if kind in there:
            known = {column["name"] for column in inspect(connection).get_columns(kind)}
            kept = [column for column in table.c if column.name in known - {"position", "digest"}]
            rows = connection.execute(select(*kept).order_by(table.c.position))
            try:
                content[kind] = tuple(adapt(kind).validate_python(row._asdict()) for row in rows)
            except ValidationError:
                return Record()
    return Record(**content)
