"""Derive one table per kind of record from the dataclasses, so that the columns are the record's own fields.

A field that holds a string, a number or nothing is a column of that type; a field that holds a passage, a time or
several values is a JSON column. `readings` holds what each article gave on its own, from which all else is resolved.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

from sqlalchemy import JSON, Column, Float, Integer, MetaData, Table, Text

from standoff import records

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

about = Table("about", metadata, Column("key", Text, primary_key=True), Column("value", JSON, nullable=False))

readings = Table(
    "readings",
    metadata,
    Column("article", Text, primary_key=True),
    Column("made_by", JSON, nullable=False),
    Column("digest", Text),  # of the body, so that who has loaded it can tell whether it is still the same
    Column("body", JSON, nullable=False),
)


def _derive_table(name: str, kind: type) -> Table:
    """Make the table of one kind; `position` keeps the record's own order."""
    hints = typing.get_type_hints(kind)
    columns = [Column("position", Integer, primary_key=True)]
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
        return Text
    return JSON(none_as_null=True)


TABLES = {name: _derive_table(name, kind) for name, kind in KINDS.items()}
