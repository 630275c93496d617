"""Make a backup of a store while it is in use, and put one back."""

from __future__ import annotations

import contextlib
import os
import pathlib
import sqlite3
import tempfile

from standoff.errors import StoreError
from standoff.store.care.copying import export_store, import_store
from standoff.store.database import Store, open_store
from standoff.store.engines import copy_sqlite

MAGIC = b"SQLite format 3"

Path = str | os.PathLike[str]


def backup_store(store: Store, place: Path) -> pathlib.Path:
    """Copy the whole store, accounts included, to a `place` that is not there yet, and give it.

    An SQLite file becomes another one, which can be opened as it is; a PostgreSQL store becomes a folder of Parquet
    files. Others may go on reading and writing. Nobody else may look into a backup, since it holds passwords' hashes.
    """
    target = pathlib.Path(place)
    if target.exists():
        raise StoreError(f"{target} is there already; give the backup another place, say with the day in it.")
    if store.engine.dialect.name != "sqlite":
        export_store(store, target, accounts=True)
        return target
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        copy_sqlite(str(store.engine.url.database), target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{target} cannot be written: {error}; give another place.") from error
    return target


def restore_store(store: Store, place: Path) -> dict[str, int]:
    """Put a backup or an export back into an empty store, and give how many rows each table got.

    `place` is a folder that `export_store` or `backup_store` wrote, or the copy of an SQLite store, of this version or
    an earlier one; it stays as it is.
    """
    source = pathlib.Path(place)
    if source.is_dir():
        return import_store(store, source)
    try:
        with source.open("rb") as file:
            known = file.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise StoreError(f"{source} cannot be read: {error.strerror or error}; give a backup's path.") from error
    if not known:
        raise StoreError(f"{source} is neither an exported store's folder nor an SQLite store; give one of them.")
    with tempfile.TemporaryDirectory(prefix="standoff-") as folder:
        copy = pathlib.Path(folder) / "copy.db"
        copy_sqlite(str(source), copy)
        with contextlib.closing(open_store(str(copy), create=False)) as earlier:
            export_store(earlier, pathlib.Path(folder) / "tables", accounts=True)
        return import_store(store, pathlib.Path(folder) / "tables")
