"""Connect to SQLite or PostgreSQL, and say in one sentence why it cannot be done."""

from __future__ import annotations

import pathlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from standoff.errors import StoreError

PATIENCE = 60  # seconds that a writer waits for the one before it
ASKED = {"connect_timeout": 10, "client_encoding": "utf8"}  # of every connection to PostgreSQL
LOCK = 0x5741_4E44  # the number under which writers of the record wait for one another on PostgreSQL


def make_engine(url: str) -> Engine:
    """Give the engine for a store's address: a path, which is an SQLite file, or an SQLAlchemy address.

    Nothing is connected yet. Raises StoreError for what is no address, and for a driver that is not installed.
    """
    try:
        address = make_url(url if "://" in url else f"sqlite:///{url}")
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() not in ("sqlite", "postgresql"):
            raise ArgumentError(f"no store is kept in {address.get_backend_name()}")
        if address.get_backend_name() == "sqlite":
            return _make_sqlite(url, create_engine(address))
        return create_engine(address, connect_args=ASKED, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(
            f"{name_store(url)} is not the address of a store; give a file's path or postgresql://…."
        ) from error
    except ModuleNotFoundError as error:
        raise StoreError(f"\"{error.name}\" is needed here: pip install 'standoff[postgres]'.") from error


def _make_sqlite(url: str, engine: Engine) -> Engine:
    """Let readers go on while one writes, and a second writer wait rather than fail.

    Python's own driver begins transactions when it sees fit, and the first to write in one that began by reading is
    refused at once if another has written. So transactions are begun here, and one that will write says so first.
    """
    place = engine.url.database
    if place and pathlib.Path(place).is_dir():
        raise StoreError(f"{url} is a folder; give the path of a file in it, as {url.rstrip('/')}/dispute.db")
    event.listen(engine, "connect", _set_sqlite_up)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_sqlite_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    connection.execute("PRAGMA foreign_keys=ON")


def use_write_ahead_log(connection: Connection) -> None:
    """Put an SQLite file into the mode in which readers and a writer do not stop one another; it stays so.

    SQLite does not wait for others here, as it does everywhere else, so that has to be done by hand.
    """
    until = time.monotonic() + PATIENCE
    raw: Any = connection.connection.driver_connection
    while raw.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        try:
            raw.execute("PRAGMA journal_mode=WAL")
        except raw.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def copy_sqlite(source: str, target: pathlib.Path) -> None:
    """Copy an SQLite file as of one moment, whoever is writing to it, by SQLite's own way of doing so."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def begin_reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads, and sees one state of the store throughout; its errors are StoreErrors."""
    level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    options = {} if level is None else {"isolation_level": level}
    with explain_errors(engine), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def begin_writing(engine: Engine, *, alone: bool = False) -> Iterator[Connection]:
    """Open a transaction that writes, all or nothing; `alone` waits for others who write alone. Errors are StoreErrors.

    On SQLite one writer at a time is the rule. On PostgreSQL those who write rows of their own need no waiting.
    """
    with explain_errors(engine), engine.execution_options(writes=True).begin() as connection:
        if alone and engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


@contextmanager
def explain_errors(engine: Engine) -> Iterator[None]:
    """Turn what a database driver raises into one sentence that names the store, and never a password."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_explain(engine, str(error.orig))) from error
    except sqlite3.Error as error:
        raise StoreError(_explain(engine, str(error))) from error
    except ModuleNotFoundError as error:
        raise StoreError(f"\"{error.name}\" is needed here: pip install 'standoff[postgres]'.") from error


# What a driver says, and what that means to who runs it.
MEANINGS = (
    ("database or disk is full", "cannot be written, since the disk is full; make room or move the store"),
    ("no space left", "cannot be written, since its server's disk is full; make room there"),
    ("readonly database", "cannot be written; give the file's owner's right to write, or copy it elsewhere"),
    ("read-only transaction", "cannot be written by this user or on this server; use one that may write"),
    ("permission denied", "refuses this user; let the database's owner grant the right, or use another name"),
    ("is not a database", "is not an SQLite file; give another path"),
    ("malformed", "is damaged; restore it from a backup with: standoff store import"),
    ("unable to open", "cannot be opened; check that its folder is there and may be written"),
    ("password authentication failed", "refuses the name or the password; check both"),
    ("no password supplied", "asks for a password; put one into the address or into PGPASSWORD"),
    ("database is locked", f"was held by another writer for {PATIENCE} seconds; try again when that one is done"),
    ("timeout expired", "does not answer; check the address and that the server runs"),
    ("refused", "cannot be reached; check the address and that the server runs"),
    ("could not translate host name", "is on a host that is not known; check the address"),
    ("failed to resolve host", "is on a host that is not known; check the address"),
    ("connection is bad", "cannot be reached; check the address and that the server runs"),
    ("does not exist", "lacks something that a store has: {said}; check the address, or make the database first"),
)


def _explain(engine: Engine, said: str) -> str:
    first = next((line.strip() for line in said.splitlines() if line.strip()), "no reason was given")
    name = engine.url.render_as_string(hide_password=True)
    name = str(engine.url.database) if engine.dialect.name == "sqlite" else name
    for sign, meaning in MEANINGS:
        if sign in said.casefold():
            return f"the store {name} {meaning.format(said=first)}."
    return f"the store {name} cannot be used: {first}; check its path or address."


def name_store(url: str) -> str:
    """Give a store's address as it may be shown: without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True) if "://" in url else url
    except (ArgumentError, ValueError):
        return url.partition("://")[0] + "://…"
