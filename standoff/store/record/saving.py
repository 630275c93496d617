"""Bring the record's tables into line with a record, writing only what differs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, Table, Text, bindparam, delete, insert, select, type_coerce

from standoff.records import Record
from standoff.store.exact import write_exactly
from standoff.store.record.tables import KINDS, TABLES

GAP = 1 << 16  # between two rows' places, so that others find room between them without moving any

Name = tuple[str, int]


def sign_rows(record: Record) -> dict[str, list[str]]:
    """Give a digest of every entry, kind by kind, in the record's order."""
    return {kind: [digest_entry(kind, item) for item in getattr(record, kind)] for kind in TABLES}


def save_rows(
    connection: Connection, record: Record, digests: Mapping[str, Sequence[str]] | None = None
) -> dict[str, list[int]]:
    """Write the entries that are new or changed, remove those that are gone, and give each kind's places in order.

    Rows are told apart by id and digest. A row keeps its place as long as its neighbours do, so that an article that
    comes between two others moves nothing. `digests` are those that `sign_rows` gives.
    """
    digests = sign_rows(record) if digests is None else digests
    return {kind: _save_kind(connection, kind, getattr(record, kind), digests[kind]) for kind in TABLES}


def load_rows(connection: Connection) -> dict[str, Any]:
    """Give the entries of every kind, in the record's order."""
    content = {}
    for kind, table in TABLES.items():
        kept = [column for column in table.c if column.name not in ("position", "digest")]
        rows = connection.execute(select(*kept).order_by(table.c.position))
        content[kind] = tuple(adapt(kind).validate_python(row._asdict()) for row in rows)
    return content


@cache
def adapt(kind: str) -> TypeAdapter[Any]:
    """Give what turns a row of one kind into an entry, and back."""
    return TypeAdapter(KINDS[kind])


def _save_kind(connection: Connection, kind: str, items: Sequence[Any], digests: Sequence[str]) -> list[int]:
    table = TABLES[kind]
    if "id" in table.c:
        names = _name_rows(write_exactly(item.id) for item in items)
    else:
        names = _name_rows(digests)
    known, places = _list_known(connection, table)
    stays = find_stays([known.get(name) for name in names])
    placed = place_rows([place if stays[number] else None for number, place in enumerate(map(known.get, names))])
    if placed is None:
        stays, placed = [False] * len(items), [GAP * number for number in range(1, len(items) + 1)]
    held = {
        place for place, digest, stay in zip(placed, digests, stays, strict=True) if stay and places[place] == digest
    }
    gone = [{"gone": place} for place in places if place not in held]
    if gone:
        connection.execute(delete(table).where(table.c.position == bindparam("gone")), gone)
    fresh = [
        {"position": place, "digest": digest, **adapt(kind).dump_python(item)}
        for place, digest, item in zip(placed, digests, items, strict=True)
        if place not in held
    ]
    if fresh:
        connection.execute(insert(table), fresh)
    return placed


def _list_known(connection: Connection, table: Table) -> tuple[dict[Name, int], dict[int, str | None]]:
    """Give the place of each row that is there by its name, and the digest of each by its place."""
    key = type_coerce(table.c.id if "id" in table.c else table.c.digest, Text())
    rows = connection.execute(select(key, table.c.position, table.c.digest).order_by(table.c.position)).all()
    names = _name_rows([row[0] or "" for row in rows])
    return {name: row[1] for name, row in zip(names, rows, strict=True)}, {row[1]: row[2] for row in rows}


def _name_rows(keys: Iterable[str]) -> list[Name]:
    """Give each row a name of its own, also where two have one key, as two failures in the same words have."""
    seen: Counter[str] = Counter()
    names = []
    for key in keys:
        names.append((key, seen[key]))
        seen[key] += 1
    return names


def find_stays(places: Sequence[int | None]) -> list[bool]:
    """Tell which rows can keep their places: as many as possible of those whose order is still the record's.

    That is the longest increasing run of places, found by patience sorting.
    """
    tops: list[int] = []  # the last place of the best run of each length
    rows: list[int] = []  # whose that is
    before: dict[int, int] = {}
    for number, place in enumerate(places):
        if place is None:
            continue
        length = bisect_left(tops, place)
        before[number] = rows[length - 1] if length else -1
        tops[length : length + 1] = [place]
        rows[length : length + 1] = [number]
    stays = [False] * len(places)
    number = rows[-1] if rows else -1
    while number >= 0:
        stays[number] = True
        number = before[number]
    return stays


def place_rows(places: Sequence[int | None]) -> list[int] | None:
    """Give a place to each row that has none, between its neighbours'; None where there is no room left."""
    placed: list[int] = []
    waiting = 0
    last = 0
    for place in (*places, None):
        if place is None and len(placed) + waiting < len(places):
            waiting += 1
            continue
        step = GAP if place is None else (place - last) // (waiting + 1)
        if step < 1:
            return None
        placed += [last + step * number for number in range(1, waiting + 1)]
        waiting = 0
        if place is not None:
            placed.append(place)
            last = place
    return placed


def digest_entry(kind: str, item: Any) -> str:
    """Give what is the same for two entries only if they are."""
    try:
        body = adapt(kind).dump_json(item)
    except PydanticSerializationError:  # half of a surrogate pair, which is no UTF-8
        body = json.dumps(dataclasses.asdict(item)).encode()
    return hashlib.sha256(body).hexdigest()[:24]
