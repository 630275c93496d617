"""Check a store: that the engine finds it sound, that passages are slices, and that what is derived agrees with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, func, select, text

from standoff.records import Passage, Reading, Record
from standoff.store.database import Store
from standoff.store.index.entries import derive_entries, entries
from standoff.store.index.search import words
from standoff.store.kept.judgements import select_orphans
from standoff.store.record.saving import digest_entry, load_rows
from standoff.store.record.tables import TABLES, readings

SHOWN = 5  # of many faults of one kind; how many more there are is said


class Finding(NamedTuple):
    """Say one thing about a store, in a sentence; one that is not `broken` is only worth knowing."""

    sentence: str
    broken: bool = True


def check_store(store: Store) -> list[Finding]:
    """Give what is wrong with a store, and what its owner should know; nothing where all is well.

    Broken is what no use of Standoff leads to. Judgements without a ground, and a record that is out of date, are not.
    """
    found: list[Finding] = []
    with store.read() as connection:
        for check in (_check_engine, _check_readings, _check_record):
            found += check(connection)
        orphans = select_orphans(connection)
    if orphans:
        found.append(Finding(f"{_count_resting(len(orphans))} on what is in no reading any more.", False))
    if not store.is_current():
        found.append(Finding("The record is older than the readings, judgements or settings.", False))
    return found


def _check_engine(connection: Connection) -> Iterator[Finding]:
    """Ask the engine itself; PostgreSQL has checksums for that, and here only reads every row."""
    if connection.dialect.name == "sqlite":
        for pragma in ("integrity_check", "foreign_key_check"):
            for row in connection.execute(text(f"PRAGMA {pragma}")):
                if row[0] != "ok":
                    yield Finding(f"SQLite finds a fault: {' '.join(map(str, row))}.")


def _check_readings(connection: Connection) -> Iterator[Finding]:
    """Read every reading, one at a time, and look at its passages."""
    adapter = TypeAdapter(Reading)
    for article in connection.execute(select(readings.c.article).order_by(readings.c.article)).scalars().all():
        body = connection.execute(select(readings.c.body).where(readings.c.article == article)).scalar_one()
        try:
            reading = adapter.validate_python(body)
        except ValidationError as error:
            yield Finding(f"The reading of {article} is none: {error.errors()[0]['msg']}.")
            continue
        texts = {reading.article.id: reading.article.text}
        items = (item for field in dataclasses.fields(reading)[1:] for item in getattr(reading, field.name))
        faults = (fault for item in items for fault in _find_wrong(item, texts))
        yield from _say_some(f"In the reading of {article},", faults)


def _check_record(connection: Connection) -> Iterator[Finding]:
    """Compare the record's rows with their digests, its passages with the articles, the index with the record."""
    try:
        record = Record(**load_rows(connection))
    except ValidationError as error:
        yield Finding(f"An entry of the record is none: {error.errors()[0]['msg']}.")
        return
    texts = {article.id: article.text for article in record.articles}
    for kind, table in TABLES.items():
        items = getattr(record, kind)
        yield from _say_some(f"In {kind},", (fault for item in items for fault in _find_wrong(item, texts)))
        digests = connection.execute(select(table.c.digest).order_by(table.c.position)).scalars()
        changed = [item for item, digest in zip(items, digests, strict=True) if digest != digest_entry(kind, item)]
        yield from _say_some(f"In {kind},", (f"row {_name(item)} was changed by other means" for item in changed))
    yield from _check_index(connection, record)


def _check_index(connection: Connection, record: Record) -> Iterator[Finding]:
    wanted = {(entry.kind, entry.id): entry.text for entry in derive_entries(record)}
    rows = connection.execute(select(entries.c.kind, entries.c.id, entries.c.text))
    known = {(row.kind, row.id): row.text for row in rows}
    differ = [key for key in {**wanted, **known} if wanted.get(key) != known.get(key)]
    yield from _say_some("In the index,", (f"{kind} {key} is not as in the record" for kind, key in sorted(differ)))
    indexed = connection.execute(select(func.count()).select_from(words)).scalar_one()
    spoken = sum(1 for said in known.values() if said)
    if indexed != spoken:
        yield Finding(f"The search has the words of {indexed} entries, and the index has {spoken} with words.")


def _find_wrong(item: Any, texts: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with any passage of an entry."""
    for passage in find_passages(item):
        known = texts.get(passage.article)
        if known is None:
            yield f"{_name(item)} points at article {passage.article}, which is not there"
        elif known[passage.start : passage.end] != passage.text:
            yield f"{_name(item)} has words that are not those at {passage.start} to {passage.end}"


def find_passages(item: Any) -> Iterator[Passage]:
    """Yield every passage within an entry, however deep."""
    if isinstance(item, Passage):
        yield item
    elif isinstance(item, tuple):
        for part in item:
            yield from find_passages(part)
    elif dataclasses.is_dataclass(item):
        for field in dataclasses.fields(item):
            yield from find_passages(getattr(item, field.name))


def _name(item: Any) -> str:
    return getattr(item, "id", None) or type(item).__name__


def _say_some(where: str, faults: Iterator[str]) -> Iterator[Finding]:
    listed = list(faults)
    for fault in listed[:SHOWN]:
        yield Finding(f"{where} {fault}.")
    if len(listed) > SHOWN:
        yield Finding(f"{where} {len(listed) - SHOWN} more are like that.")


def _count_resting(number: int) -> str:
    return "1 judgement rests" if number == 1 else f"{number} judgements rest"
