"""Read what a user has settled about actors: `actors.toml`, one table per actor.

    ["Hun Sen"]
    kind = "person"
    country = "KHM"
    sectors = ["GOV"]
    aliases = ["Samdech Hun Sen"]
    same = ["the strongman of Phnom Penh"]
    not_same = ["Hun Manet"]

Every field may be left out. An actor that bears the name or an alias gets the pin's name, and what the pin says holds.
`same` and `not_same` are a person's yes and no to a suggestion: whoever bears a name of `same` is the pin's actor too,
and whoever bears one of `not_same` never is, whatever chain of likenesses would lead there.
"""

from __future__ import annotations

import os
import pathlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from standoff.errors import ConfigError
from standoff.records import Actor, Kind

LISTS = ("sectors", "aliases", "same", "not_same")
FIELDS = ("kind", "country", *LISTS)
CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Hold what a user says of one actor; None or empty leaves it to the articles."""

    kind: Kind | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    not_same: tuple[str, ...] = ()


Pins = Mapping[str, Pin]


def list_forms(name: str, pin: Pin) -> tuple[str, ...]:
    """Give the names by which a pin's actor is known, in small letters."""
    return tuple(form.casefold() for form in (name, *pin.aliases, *pin.same))


def list_refused(pins: Pins) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Give the names that a user keeps apart: those of a pin's actor, and those that are not its."""
    return [
        (frozenset(list_forms(name, pin)), frozenset(form.casefold() for form in pin.not_same))
        for name, pin in pins.items()
        if pin.not_same
    ]


def list_idle_pins(pins: Pins, actors: Iterable[Actor]) -> list[str]:
    """Give the names of the pins that hold of nobody: no actor bears the name or any that the pin adds to it."""
    borne = {form.casefold() for actor in actors for form in (actor.name, *actor.aliases)}
    return [name for name, pin in pins.items() if borne.isdisjoint(list_forms(name, pin))]


def are_kept_apart(one: Actor, other: Actor, pins: Pins) -> bool:
    """Tell whether a user has said that two actors are not one."""
    left, right = ({form.casefold() for form in (actor.name, *actor.aliases)} for actor in (one, other))
    return any((left & own and right & others) or (right & own and left & others) for own, others in list_refused(pins))


def load_pins(path: str | os.PathLike[str]) -> dict[str, Pin]:
    """Give the pins of an `actors.toml` by the actor's name.

    Raises ConfigError, naming file and key, for a file that is missing, is not TOML, holds a field that no pin
    has or a code that is none, or has two pins for one name.
    """
    path = pathlib.Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"actors file {path}: {error.strerror or error}; give the path of a TOML file.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"actors file {path} is not valid TOML: {error}.") from error
    return parse_pins(text, str(path))


def parse_pins(text: str, path: str) -> dict[str, Pin]:
    """Give the pins of an `actors.toml` from its text; `path` is what an error calls it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"actors file {path} is not valid TOML: {error}.") from error
    pins = {name: _check_pin(path, name, table) for name, table in data.items()}
    _check_forms(path, pins)
    return pins


def _check_forms(path: str, pins: Pins) -> None:
    """Refuse two pins that claim one name or alias, whatever its case: neither could be told to hold."""
    owners: dict[str, str] = {}
    for name, pin in pins.items():
        for form in (name, *pin.aliases, *pin.same):
            owner = owners.setdefault(form.casefold(), name)
            if owner != name:
                raise ConfigError(f'actors file {path}: "{form}" is claimed by {owner} and by {name}; leave it to one.')
        for form in pin.not_same:
            if form.casefold() in list_forms(name, pin):
                raise ConfigError(f'actors file {path}: {name}.not_same has "{form}", which is {name}; leave it out.')


def _check_pin(path: str, name: str, table: Any) -> Pin:
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
    for field, code in (("country", table.get("country")), *(("sectors", code) for code in table.get("sectors", ()))):
        if code is not None and not CODE.fullmatch(code):
            raise ConfigError(
                f'actors file {path}: {name}.{field} has "{code}"; codes are three capitals, such as KHM or GOV.'
            )
    if table.get("kind") not in (None, *get_args(Kind)):
        raise ConfigError(f"actors file {path}: {name}.kind should be one of {', '.join(get_args(Kind))}.")
    return Pin(
        kind=table.get("kind"),
        country=table.get("country"),
        sectors=tuple(table.get("sectors", ())),
        aliases=tuple(table.get("aliases", ())),
        same=tuple(table.get("same", ())),
        not_same=tuple(table.get("not_same", ())),
    )
