"""Derive one table per kind of record from the dataclasses, so that the columns are the record's own fields.

A field that holds a string, a number or nothing is a column of that type; a field that holds a passage, a time or
several values is a JSON column. `readings` holds what each article gave on its own, from which all else is resolved.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.schema import SchemaItem

from standoff import records
from standoff.store.exact import ExactText

KINDS: dict[str, type] = {
    "articles": records.Article,
    "actors": records.Actor,
    "mentions": records.Mention,
    "attributions": records.Attribution,
    "events": records.Event,
    "positions": records.Position,
    "happenings": records.Happening,
    "shifts": records.Shift,
    "conflicts": records.Conflict,
    "suggestions": records.Suggestion,
    "failures": records.Failure,
}

metadata = MetaData()

Place = BigInteger().with_variant(Integer, "sqlite")  # SQLite's integers are that wide by themselves

about = Table("about", metadata, Column("key", Text, primary_key=True), Column("value", JSON, nullable=False))

readings = Table(
    "readings",
    metadata,
    Column("article", ExactText, primary_key=True),
    Column("made_by", JSON, nullable=False),
    Column("digest", Text),  # of the body, so that who has loaded it can tell whether it is still the same
    Column("body", JSON, nullable=False),
)


def _derive_table(name: str, kind: type) -> Table:
    """Make the table of one kind; `position` keeps the record's own order, `digest` tells whether a row has changed."""
    hints = typing.get_type_hints(kind)
    columns: list[SchemaItem] = [
        Column("position", Place, primary_key=True, autoincrement=False),
        Column("digest", Text),
    ]
    for field in dataclasses.fields(kind):
        columns.append(Column(field.name, _choose_type(hints[field.name]), index=field.name == "id"))
    return Table(name, metadata, *columns)


def _choose_type(hint: Any) -> Any:
    """Choose the column type for a field's type hint."""
    members = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    plain = [member for member in members if member is not type(None)]
    if plain == [float]:
        return Float
    if plain == [int]:
        return Integer
    if plain == [str] or all(typing.get_origin(member) is typing.Literal for member in plain):
        return ExactText
    return JSON(none_as_null=True)


TABLES = {name: _derive_table(name, kind) for name, kind in KINDS.items()}


def write_about(connection: Connection, key: str, value: Any) -> None:
    """Note something about the store as a whole, and write nothing where it is noted already."""
    known = connection.execute(select(about.c.value).where(about.c.key == key)).one_or_none()
    if known is None:
        connection.execute(insert(about).values(key=key, value=value))
    elif known.value != value:
        connection.execute(update(about).where(about.c.key == key).values(value=value))
