"""What commands are given and where they write: records from files and stores, places that must be writable."""

from __future__ import annotations

import pathlib
from typing import Annotated

import typer

import standoff
from standoff.errors import ConfigError

WIDE = 200  # columns of a table that is piped, not shown on a terminal
Given = Annotated[str, typer.Argument(metavar="RECORD", help="A record's JSON file, or the address of a store.")]


def load_record(given: str) -> standoff.Record:
    """Read a record's file, or the record that a store holds; say so if more was read or decided there since."""
    from standoff.records import read_record
    from standoff.store.database import open_store
    from standoff.store.engines import name_store

    path = pathlib.Path(given)
    if "://" in given or _is_database(path):
        store = open_store(given, create=False)
        if not store.is_current():
            sentence = "more was read or decided since this record was made; make it anew with: standoff store migrate"
            typer.echo(f"standoff: {sentence} {name_store(given)}", err=True)
        return store.load_record()
    return read_record(path)


def _is_database(path: pathlib.Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def check_writable(path: pathlib.Path | None) -> None:
    """Refuse, before anything is read, a file that could not be written in the end."""
    if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise ConfigError(f"{path} cannot be written; give a file in a folder that is there.")
