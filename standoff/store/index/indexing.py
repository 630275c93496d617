"""Bring the index into line with a record, writing only what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import NamedTuple

from sqlalchemy import Connection, Text, delete, insert, select, text, type_coerce

from standoff.records import Record
from standoff.store.exact import write_exactly
from standoff.store.index.entries import INDEXED, MANY, Entry, derive_entries, entries, links
from standoff.store.index.search import forget_words, save_words
from standoff.store.record.tables import write_about

# Rows written at once from which PostgreSQL is told to count its tables anew. It plans by these counts, and by itself
# takes a minute to notice; a search by speaker and issue took 3.6 s without them and 0.24 s with them (100,000
# statements, 2026-11-22).
TELLING = 5_000

TOLD = tuple(field.name for field in fields(Entry) if field.name != "place")


class Derived(NamedTuple):
    """Hold an entry's row before it is known where the entry stands, with a digest of it and its key as stored."""

    entry: Entry
    digest: str
    key: tuple[str, str]


def derive_index(record: Record) -> list[Derived]:
    """Make the index's rows; `place` is each entry's number among those of its kind."""
    return [Derived(entry, _digest(entry), (entry.kind, write_exactly(entry.id))) for entry in derive_entries(record)]


def save_index(connection: Connection, derived: Sequence[Derived], places: Mapping[str, Sequence[int]]) -> None:
    """Write the rows that are new, changed or elsewhere now, and remove those that are gone."""
    wanted = {row.key: (row.digest, places[row.entry.kind][row.entry.place]) for row in derived}
    kept: set[tuple[str, str]] = set()
    gone: list[int] = []
    key = (type_coerce(entries.c.kind, Text()), type_coerce(entries.c.id, Text()))
    known = select(entries.c.number, *key, type_coerce(entries.c.digest, Text()), entries.c.place)
    for number, kind, name, digest, place in connection.execute(known):
        if wanted.get((kind, name)) == (digest, place):
            kept.add((kind, name))
        else:
            gone.append(number)
    _drop_entries(connection, gone)
    fresh = [row for row in derived if row.key not in kept]
    _add_entries(connection, [(replace(row.entry, place=wanted[row.key][1]), row.digest) for row in fresh])
    if connection.dialect.name == "postgresql" and len(gone) + len(fresh) > TELLING:
        connection.execute(text("ANALYZE entries, links, words"))
    signature = hashlib.sha256("".join(row.digest for row in derived).encode()).hexdigest()[:16]
    write_about(connection, INDEXED, signature)


def _drop_entries(connection: Connection, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), MANY):
        some = numbers[start : start + MANY]
        connection.execute(delete(links).where(links.c.entry.in_(some)))
        connection.execute(delete(entries).where(entries.c.number.in_(some)))
        forget_words(connection, some)


def _add_entries(connection: Connection, fresh: Sequence[tuple[Entry, str]]) -> None:
    if not fresh:
        return
    last = connection.execute(select(entries.c.number).order_by(entries.c.number.desc()).limit(1)).scalar() or 0
    numbered = list(enumerate(fresh, start=last + 1))
    rows = []
    for number, (entry, digest) in numbered:
        row = {key: value for key, value in asdict(entry).items() if key not in ("names", "links")}
        rows.append({"number": number, "digest": digest, "day": entry.earliest or entry.latest, **row})
    connection.execute(insert(entries), rows)
    linked = [
        {"entry": number, "role": role, "target": target}
        for number, (entry, _) in numbered
        for role, target in entry.links
    ]
    if linked:
        connection.execute(insert(links), linked)
    save_words(connection, [(number, entry.text, entry.names) for number, (entry, _) in numbered if entry.text])


def _digest(entry: Entry) -> str:
    """Give what is the same for two rows only if they are, wherever they stand."""
    told = (getattr(entry, name) for name in TOLD)
    return hashlib.sha256(repr(tuple(told)).encode()).hexdigest()[:16]
