"""Keep readings and the record resolved from them in SQLite or PostgreSQL."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, create_engine, delete, event, insert, inspect, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from standoff.errors import StoreError
from standoff.records import Reading, Record
from standoff.store.entries import save_entries
from standoff.store.parts import load_part
from standoff.store.queries import By, Found, Key, Query, find_entries, tally_entries
from standoff.store.search import create_words
from standoff.store.tables import KINDS, TABLES, about, metadata, readings


class Store:
    """Hold an open database of readings and the record made from them.

    Each reading is written in a transaction of its own: what was reported as stored stays, whatever kills the run. The
    record can be dropped and made again from the readings. As long as it is open, each reading is loaded once.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._loaded: dict[str, tuple[str, Reading]] = {}

    def add_reading(self, reading: Reading, *, made_by: dict[str, Any]) -> None:
        """Write one article's reading, in place of an earlier one of the same text."""
        body = dataclasses.asdict(reading)
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        row = {"article": reading.article.id, "made_by": made_by, "digest": digest, "body": body}
        with self.engine.begin() as connection:
            connection.execute(delete(readings).where(readings.c.article == reading.article.id))
            connection.execute(insert(readings).values(row))
        self._loaded[reading.article.id] = (digest, reading)

    def list_articles(self, *, made_by: dict[str, Any]) -> set[str]:
        """Give the ids of the articles that were read by just these models and codebooks."""
        wanted = select(readings.c.article, readings.c.made_by)
        with self.engine.connect() as connection:
            return {row.article for row in connection.execute(wanted) if row.made_by == made_by}

    def load_readings(self) -> Iterator[Reading]:
        """Yield every reading, in the order of the articles' ids.

        One that was loaded or added before, and that nobody has replaced since, is given as the same object.
        """
        adapter = TypeAdapter(Reading)
        listed = select(readings.c.article, readings.c.digest).order_by(readings.c.article)
        with self.engine.connect() as connection:
            for article, digest in connection.execute(listed).all():
                known, reading = self._loaded.get(article, (None, None))
                if reading is None or known is None or known != digest:
                    body = connection.execute(select(readings.c.body).where(readings.c.article == article)).scalar_one()
                    reading = adapter.validate_python(body)
                    self._loaded[article] = (digest, reading)
                yield reading

    def save_record(self, record: Record) -> None:
        """Write `record` in place of the one before, in one transaction."""
        content = record.to_dict()
        with self.engine.begin() as connection:
            connection.execute(delete(about))
            connection.execute(insert(about).values(key="made_by", value=content["made_by"]))
            for name, table in TABLES.items():
                connection.execute(delete(table))
                rows = [{"position": number, **row} for number, row in enumerate(content[name])]
                if rows:
                    connection.execute(insert(table), rows)
            save_entries(connection, record)

    def load_record(self) -> Record:
        """Give the record as it was saved."""
        content: dict[str, Any] = {}
        with self.engine.connect() as connection:
            made_by = connection.execute(select(about.c.value).where(about.c.key == "made_by")).scalar()
            for name, table in TABLES.items():
                kept = [column for column in table.c if column.name != "position"]
                rows: Sequence[Any] = connection.execute(select(*kept).order_by(table.c.position)).all()
                adapter: TypeAdapter[Any] = TypeAdapter(KINDS[name])
                content[name] = tuple(adapter.validate_python(row._asdict()) for row in rows)
        return Record(made_by=made_by or {}, **content)

    def find_entries(self, query: Query) -> Found:
        """Give the keys of the entries that a query asks for, one page of them, without loading the record."""
        with self.engine.connect() as connection:
            return find_entries(connection, query)

    def tally_entries(self, query: Query, by: tuple[By, ...]) -> dict[tuple[str | None, ...], int]:
        """Count the entries that a query asks for, by one or more of their traits."""
        with self.engine.connect() as connection:
            return tally_entries(connection, query, by)

    def load_part(self, keys: Iterable[Key]) -> Record:
        """Give the record of some entries and of all that they refer to."""
        with self.engine.connect() as connection:
            made_by = connection.execute(select(about.c.value).where(about.c.key == "made_by")).scalar()
            return load_part(connection, keys, made_by=made_by or {})


def open_store(url: str, *, create: bool = True) -> Store:
    """Open the store at `url`: a path, which is an SQLite file, or an SQLAlchemy address such as postgresql+psycopg://….

    Makes the tables if there are none, unless `create` is False, and adds the columns that an older store lacks. Raises
    StoreError, in one sentence, if it cannot.
    """
    address = url if "://" in url else f"sqlite:///{url}"
    try:
        engine = create_engine(address)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_sqlite_up)
        with engine.connect():
            if not create and not inspect(engine).has_table("readings"):
                raise StoreError(
                    f"{url} is not a store: it has no readings; make one with: standoff read PATHS --store {url}"
                )
        metadata.create_all(engine)
        _add_columns(engine)
        with engine.begin() as connection:
            create_words(connection)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"{url} is not the address of a store; give a file's path or postgresql+psycopg://…."
        ) from error
    except ModuleNotFoundError as error:
        raise StoreError(f"\"{error.name}\" is needed here: pip install 'standoff[postgres]'.") from error
    except DBAPIError as error:
        raise StoreError(f"the store {url} cannot be opened: {error.orig}; check its path or address.") from error
    return Store(engine)


def _add_columns(engine: Engine) -> None:
    """Add to a store's tables the fields that records have got since it was made; what it holds has nothing in them."""
    for table in (readings, *TABLES.values()):
        known = {column["name"] for column in inspect(engine).get_columns(table.name)}
        for column in table.c:
            if column.name not in known:
                type_ = column.type.compile(engine.dialect)
                with engine.begin() as connection:
                    connection.execute(text(f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {type_}'))


def _set_sqlite_up(connection: Any, _record: Any) -> None:
    """Let readers go on while a writer writes, and a second writer wait rather than fail."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=30000")
