"""Read what a user has settled about actors: `actors.toml`, one table per actor.

    ["Hun Sen"]
    kind = "person"
    country = "KHM"
    sectors = ["GOV"]
    aliases = ["Samdech Hun Sen"]

Every field may be left out. An actor that bears the name or an alias gets the pin's name, and what the pin says holds.
"""

from __future__ import annotations

import os
import pathlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from standoff.errors import ConfigError
from standoff.records import Kind

LISTS = ("sectors", "aliases")
FIELDS = ("kind", "country", *LISTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Hold what a user says of one actor; None or empty leaves it to the articles."""

    kind: Kind | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


Pins = Mapping[str, Pin]


def load_pins(path: str | os.PathLike[str]) -> dict[str, Pin]:
    """Give the pins of an `actors.toml` by the actor's name.

    Raises ConfigError, naming file and key, for a file that is missing, is not TOML, or holds a field that no pin has.
    """
    path = pathlib.Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"actors file {path}: {error.strerror or error}; give the path of a TOML file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"actors file {path} is not valid TOML: {error}.") from error
    return {name: _check_pin(path, name, table) for name, table in data.items()}


def _check_pin(path: pathlib.Path, name: str, table: Any) -> Pin:
    """Turn one table into a Pin, or say which of its fields is wrong."""
    if not isinstance(table, Mapping):
        raise ConfigError(f'actors file {path}: {name} should be a table; write ["{name}"] and its fields below.')
    for field, value in table.items():
        if field not in FIELDS:
            raise ConfigError(
                f"actors file {path}: {name}.{field} is not a field of an actor; use {', '.join(FIELDS)}."
            )
        if field in LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise ConfigError(f"actors file {path}: {name}.{field} should be a list of strings.")
        if field not in LISTS and not isinstance(value, str):
            raise ConfigError(f"actors file {path}: {name}.{field} should be a string.")
    if table.get("kind") not in (None, *get_args(Kind)):
        raise ConfigError(f"actors file {path}: {name}.kind should be one of {', '.join(get_args(Kind))}.")
    return Pin(
        kind=table.get("kind"),
        country=table.get("country"),
        sectors=tuple(table.get("sectors", ())),
        aliases=tuple(table.get("aliases", ())),
    )
