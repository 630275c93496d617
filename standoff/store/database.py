"""Keep readings, the record resolved from them and what people decided, in SQLite or PostgreSQL."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import weakref
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.dialects import postgresql, sqlite

from standoff.errors import StoreError
from standoff.records import Judgement, Reading, Record
from standoff.store.care.upgrading import prepare_store
from standoff.store.engines import begin_reading, begin_writing, make_engine
from standoff.store.index.indexing import derive_index, save_index
from standoff.store.index.queries import By, Found, Key, Query, find_entries, tally_entries
from standoff.store.kept.judgements import (
    insert_judgement,
    insert_withdrawal,
    judgements,
    select_judgements,
    select_orphans,
)
from standoff.store.kept.settings import settings
from standoff.store.record.parts import load_part
from standoff.store.record.saving import load_rows, save_rows, sign_rows
from standoff.store.record.tables import about, readings, write_about


class Store:
    """Hold an open database of readings, of the record made from them, and of people's judgements.

    Each reading is written in a transaction of its own: what was reported as stored stays, whatever kills the run. The
    record can be dropped and made again from the readings. As long as it is open, each reading is loaded once.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._loaded: dict[str, tuple[str, Reading]] = {}
        weakref.finalize(self, engine.dispose)  # who forgets to close it leaves no connection open

    def close(self) -> None:
        """Let go of the connections; the store can still be used, and opens new ones then."""
        self.engine.dispose()

    def read(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one state of the store throughout; for the functions that take a connection."""
        return begin_reading(self.engine)

    def write(self, *, alone: bool = False) -> AbstractContextManager[Connection]:
        """Open a transaction that is written whole or not at all; `alone` where it depends on what it reads."""
        return begin_writing(self.engine, alone=alone)

    def add_reading(self, reading: Reading, *, made_by: dict[str, Any]) -> None:
        """Write one article's reading, in place of an earlier one of the same text; the same again writes nothing."""
        body = dataclasses.asdict(reading)
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        row = {"article": reading.article.id, "made_by": made_by, "digest": digest, "body": body}
        known = select(readings.c.made_by, readings.c.digest).where(readings.c.article == reading.article.id)
        with self.read() as connection:
            kept = connection.execute(known).one_or_none()
        if kept is None or kept.digest != digest or kept.made_by != made_by:
            add = (sqlite if self.engine.dialect.name == "sqlite" else postgresql).insert(readings).values(row)
            changed = {key: value for key, value in row.items() if key != "article"}
            with self.write() as connection:
                connection.execute(add.on_conflict_do_update(index_elements=["article"], set_=changed))
        self._loaded[reading.article.id] = (digest, reading)

    def list_articles(self, *, made_by: dict[str, Any]) -> set[str]:
        """Give the ids of the articles that were read by just these models and codebooks."""
        wanted = select(readings.c.article, readings.c.made_by)
        with self.read() as connection:
            return {row.article for row in connection.execute(wanted) if row.made_by == made_by}

    def load_readings(self) -> Iterator[Reading]:
        """Yield every reading, in the order of the articles' ids.

        One that was loaded or added before, and that nobody has replaced since, is given as the same object.
        """
        adapter = TypeAdapter(Reading)
        listed = select(readings.c.article, readings.c.digest).order_by(readings.c.article)
        with self.read() as connection:
            for article, digest in connection.execute(listed).all():
                known, reading = self._loaded.get(article, (None, None))
                if reading is None or known is None or known != digest:
                    body = connection.execute(select(readings.c.body).where(readings.c.article == article)).scalar_one()
                    reading = adapter.validate_python(body)
                    self._loaded[article] = (digest, reading)
                yield reading

    def sign_contents(self) -> str:
        """Give what is the same only as long as readings, judgements and settings are: what a record is made from."""
        with self.read() as connection:
            return _sign_contents(connection)

    def save_record(self, record: Record, *, made_from: str | None = None) -> bool:
        """Write what `record` changes in the one before, in one transaction.

        `made_from` is what `sign_contents` gave before the record was made. Tells whether it still does: if not,
        somebody has added something meanwhile, and the record should be made again. One that is out of date never
        takes the place of one that is not.
        """
        digests, derived = sign_rows(record), derive_index(record)  # while nobody has to wait
        with self.write(alone=True) as connection:
            now = _sign_contents(connection)
            if made_from in (None, now) or _load_about(connection, "made_from") != now:
                save_index(connection, derived, save_rows(connection, record, digests))
                write_about(connection, "made_by", record.made_by)
                write_about(connection, "made_from", made_from)
            return made_from == now

    def is_current(self) -> bool:
        """Tell whether the record is of all that the store holds; False too where that was not noted."""
        with self.read() as connection:
            return bool(_load_about(connection, "made_from") == _sign_contents(connection))

    def load_record(self) -> Record:
        """Give the record as it was saved."""
        with self.read() as connection:
            return Record(made_by=_load_about(connection, "made_by") or {}, **load_rows(connection))

    def add_judgement(self, judgement: Judgement) -> None:
        """Add what a person decided; nothing that is there changes. The same judgement again adds nothing.

        Raises StoreError if another judgement has its id.
        """
        with self.write(alone=True) as connection:
            insert_judgement(connection, judgement)

    def withdraw_judgement(self, key: str, who: str, why: str | None = None) -> Judgement:
        """Take the judgement with this id back, by a further one, which is given.

        Raises StoreError if there is no such judgement, or if it is itself a withdrawal.
        """
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self.write(alone=True) as connection:
            return insert_withdrawal(connection, key, who=who, at=at, why=why)

    def list_judgements(
        self, kind: str | None = None, entry: str | None = None, open_only: bool = True
    ) -> tuple[Judgement, ...]:
        """Give the judgements in the order in which they were made; of two on one entry, the later holds.

        `entry` is looked for as a pair's other side too. Unless `open_only` is False, those that were withdrawn are
        left out, and so are the withdrawals.
        """
        with self.read() as connection:
            return select_judgements(connection, kind=kind, entry=entry, open_only=open_only)

    def list_orphans(self) -> tuple[Judgement, ...]:
        """Give the open judgements whose ground has gone: no reading has what they rest on any more."""
        with self.read() as connection:
            return select_orphans(connection)

    def find_entries(self, query: Query) -> Found:
        """Give the keys of the entries that a query asks for, one page of them, without loading the record."""
        with self.read() as connection:
            return find_entries(connection, query)

    def tally_entries(self, query: Query, by: tuple[By, ...]) -> dict[tuple[str | None, ...], int]:
        """Count the entries that a query asks for, by one or more of their traits."""
        with self.read() as connection:
            return tally_entries(connection, query, by)

    def load_part(self, keys: Iterable[Key]) -> Record:
        """Give the record of some entries and of all that they refer to."""
        with self.read() as connection:
            return load_part(connection, keys, made_by=_load_about(connection, "made_by") or {})


def open_store(url: str, *, create: bool = True, migrate: bool = False) -> Store:
    """Open the store at `url`: a path, which is an SQLite file, or an SQLAlchemy address such as postgresql://….

    Makes the tables if there are none, unless `create` is False. An SQLite file that an earlier version made is brought
    to today's form, after a copy was laid beside it; a PostgreSQL store only with `migrate`. Raises StoreError, in one
    sentence, if it cannot.
    """
    engine = make_engine(url)
    try:
        prepare_store(engine, url=url, create=create, migrate=migrate)
    except StoreError:
        engine.dispose()
        raise
    return Store(engine)


def _load_about(connection: Connection, key: str) -> Any:
    return connection.execute(select(about.c.value).where(about.c.key == key)).scalar()


def _sign_contents(connection: Connection) -> str:
    listed = select(readings.c.article, readings.c.digest).order_by(readings.c.article)
    digest = hashlib.sha256()
    for article, read in connection.execute(listed):
        digest.update(f"{article} {read}\n".encode())
    judged = connection.execute(select(func.max(judgements.c.number))).scalar()
    versions = select(settings.c.key, func.max(settings.c.version)).group_by(settings.c.key).order_by(settings.c.key)
    digest.update(repr((judged, [tuple(row) for row in connection.execute(versions)])).encode())
    return digest.hexdigest()[:24]
