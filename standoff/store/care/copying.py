"""Take a whole store out as a folder of Parquet files, and put it back into an empty one of either engine, all of it.

A file per table: text and numbers as they are, lists and objects as JSON text. What the index holds follows from the
record and is made again. A character that UTF-8 lacks is written as in the database (see `exact`).
"""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

from pydantic import ValidationError
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    type_coerce,
)
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from standoff.errors import StoreError
from standoff.records import Record
from standoff.store.care.upgrading import HEAD
from standoff.store.database import Store
from standoff.store.exact import ExactText, read_exactly
from standoff.store.index.entries import INDEXED
from standoff.store.index.indexing import derive_index, save_index
from standoff.store.kept.accounts import accounts
from standoff.store.record.saving import load_rows, save_rows
from standoff.store.record.tables import TABLES, about, write_about
from standoff.store.schema import KEPT, describe_form

FORM = "standoff.store/1"
HEADING = "store.json"
MANY = 1000  # rows held in memory at a time
OF_ONE = ("form", INDEXED)  # what `about` says of one database alone
NEVER = frozenset({"sessions"})  # of one desk at one time

Path = str | os.PathLike[str]


def export_store(store: Store, folder: Path, *, accounts: bool = False) -> dict[str, int]:
    """Write the whole store into a new `folder`, as of one moment, and give how many rows each table has.

    Accounts, which hold the hashes of passwords, only if asked; nobody else may look into the folder then. Raises
    StoreError if there is a folder with something in it, or if it cannot be written.
    """
    place = pathlib.Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            raise StoreError(f"{place} is not empty; give a folder that is new or empty.")
        if accounts:
            place.chmod(0o700)
        with store.read() as connection:
            counts = {table.name: _write_table(connection, table, place) for table in _list_tables(accounts)}
        heading = {"schema": FORM, "revision": HEAD, "standoff": version("standoff"), "rows": counts}
        (place / HEADING).write_text(json.dumps(heading, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{place} cannot be written: {error.strerror or error}; give another folder.") from error
    return counts


def import_store(store: Store, folder: Path) -> dict[str, int]:
    """Put into an empty store what `export_store` wrote, all or nothing, and give how many rows each table got.

    Raises StoreError if the store holds something, or if the folder is no whole export of this or an earlier version.
    """
    place = pathlib.Path(folder)
    heading = _read_heading(place)
    with store.write(alone=True) as connection:
        filled = [table.name for table in _list_tables(True) if table is not about and _count_rows(connection, table)]
        if filled:
            raise StoreError(f"the store has {filled[0]} already; import into a new one.")
        counts = {}
        for table in _list_tables(True):
            if table.name in heading["rows"]:
                counts[table.name] = _read_table(connection, table, place)
                if counts[table.name] != heading["rows"][table.name]:
                    raise StoreError(f"{place} is not whole: {table.name} has lost rows; export the store again.")
        _set_counter(connection)
        write_about(connection, "form", describe_form(connection.dialect))
        _fill_index(connection)
    return counts


def _fill_index(connection: Connection) -> None:
    """Make the index of the record; one whose entries have another form by now is left to be made again."""
    try:
        record = Record(**load_rows(connection))
    except ValidationError:
        record = Record()
        connection.execute(delete(about).where(about.c.key == "made_from"))
    save_index(connection, derive_index(record), save_rows(connection, record))


def _list_tables(with_accounts: bool) -> list[Table]:
    kept = [table for table in KEPT if table.name not in NEVER and (with_accounts or table is not accounts)]
    return [*kept, *TABLES.values()]


def _count_rows(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _write_table(connection: Connection, table: Table, place: pathlib.Path) -> int:
    """Write one table, some rows at a time, in the order of its key."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(column.name, _choose_arrow(column)) for column in table.c])
    columns = [_as_stored(column).label(column.name) for column in table.c]
    wanted = select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=MANY)
    if table is about:
        wanted = wanted.where(about.c.key.not_in(OF_ONE))
    count = 0
    with pq.ParquetWriter(place / f"{table.name}.parquet", schema, compression="zstd") as writer:
        for rows in connection.execute(wanted).mappings().partitions(MANY):
            writer.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema))
            count += len(rows)
    return count


def _as_stored(column: Column[Any]) -> Any:
    """Give a column as the very text that stands in the database."""
    if isinstance(column.type, JSON):
        return column.cast(Text)
    return type_coerce(column, Text()) if isinstance(column.type, ExactText) else column


def _choose_arrow(column: Column[Any]) -> Any:
    import pyarrow as pa

    if isinstance(column.type, (Integer, BigInteger)):
        return pa.int64()
    if isinstance(column.type, Float):
        return pa.float64()
    return pa.bool_() if isinstance(column.type, Boolean) else pa.string()


def _read_heading(place: pathlib.Path) -> dict[str, Any]:
    try:
        heading = json.loads((place / HEADING).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{place} is not an exported store: it has no {HEADING} that can be read.") from error
    if not isinstance(heading, dict) or heading.get("schema") != FORM or not isinstance(heading.get("rows"), dict):
        raise StoreError(f"{place} is not an exported store: its {HEADING} is not of {FORM}.")
    if str(heading.get("revision")) > HEAD:
        raise StoreError(f"{place} was exported by a later version of Standoff; install that one first.")
    return heading


def _read_table(connection: Connection, table: Table, place: pathlib.Path) -> int:
    count = 0
    for rows in _read_rows(table, place / f"{table.name}.parquet"):
        try:
            connection.execute(insert(table), rows)
        except IntegrityError as error:
            raise StoreError(f"{place / table.name}.parquet has rows that cannot be: {error.orig}.") from error
        count += len(rows)
    return count


def _read_rows(table: Table, path: pathlib.Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a file, some at a time, with what the table's columns hold; a column it lacks is empty."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    read = {column.name: _choose_reader(column) for column in table.c}
    try:
        with pq.ParquetFile(path) as file:
            known = [column.name for column in table.c if column.name in set(file.schema_arrow.names)]
            for batch in file.iter_batches(MANY, columns=known):
                yield [
                    {key: None if value is None else read[key](value) for key, value in row.items()}
                    for row in batch.to_pylist()
                ]
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise StoreError(f"{path} cannot be read as a table of a store: {reason}; export the store again.") from error


def _choose_reader(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, JSON):
        return json.loads
    return read_exactly if isinstance(column.type, ExactText) else lambda value: value


def _set_counter(connection: Connection) -> None:
    """Let PostgreSQL number further judgements from where the imported ones end."""
    if connection.dialect.name == "postgresql":
        last = "SELECT setval(pg_get_serial_sequence('judgements', 'number'), max(number)) FROM judgements"
        connection.execute(sql(last))
