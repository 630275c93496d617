"""Change a store's own settings: its issues and its pins of actors, one at a time, checked before they are kept."""

from __future__ import annotations

import pathlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from standoff.annotate.facts import read_facts
from standoff.annotate.positions.cues import IssueCues
from standoff.codebooks import find_codebook, load_codebook
from standoff.errors import ConfigError
from standoff.export.toml import format_toml
from standoff.models.language import load_language
from standoff.records import Stance
from standoff.resolve.pins import parse_pins
from standoff.store.database import Store
from standoff.store.kept.settings import Setting, insert_setting, select_history, select_setting
from standoff.workflow.kept import ACTORS, ISSUES, READING, lay_out

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
OWN_HEAD = {"version": "1", "source": "Edited on the desk.", "licence": "your own"}
STANCES = get_args(Stance)


class SettingError(ConfigError):
    """Say what is wrong with a setting, and in which field of the form it stands; None for the whole of it."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Hold a setting's tables by their names, the version that they are of (0 for none), and the tables' text."""

    tables: Mapping[str, Mapping[str, Any]]
    version: int
    own: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Tell what a sentence of an issue was read as: `holds` if that is what it stands there for."""

    text: str
    expected: str
    found: tuple[str, ...]
    holds: bool


def load_issues(store: Store) -> Held:
    """Give the issues that a store's articles are read by: its own, or else those that ship."""
    kept = _load(store, ISSUES)
    text = kept.value if kept and kept.value else find_codebook(ISSUES).read_text(encoding="utf-8")
    tables = tomllib.loads(text)["codes"]
    return Held(tables=tables, version=kept.version if kept else 0, own=bool(kept and kept.value), text=text)


def load_actors(store: Store) -> Held:
    """Give the pins of actors that a store holds."""
    kept = _load(store, ACTORS)
    text = kept.value if kept and kept.value else ""
    return Held(tables=tomllib.loads(text), version=kept.version if kept else 0, own=bool(text), text=text)


def _load(store: Store, key: str) -> Setting | None:
    with store.read() as connection:
        return select_setting(connection, key)


def change_issue(held: Held, key: str, fields: Mapping[str, Any] | None) -> str:
    """Give the codebook of issues with one issue put in, changed, or, without `fields`, taken out; checked in full.

    Fields that are not given stay as they were. Raises SettingError, naming the field.
    """
    if not KEY.fullmatch(key):
        raise SettingError(
            f"“{key}” is no key for an issue; use small letters, digits and -, such as night-ferry.", "key"
        )
    data = tomllib.loads(held.text)
    codes = {name: dict(table) for name, table in data["codes"].items()}
    if fields is None:
        codes.pop(key, None)
        if not codes:
            raise SettingError("this is the only issue; a codebook needs at least one.")
    else:
        changed = {**codes.get(key, {}), **fields}
        codes[key] = changed
        if not changed.get("definition"):
            raise SettingError("say in a sentence what the issue is about.", "definition")
        if not any(changed.get(name) for name in ("cues", "for_cues", "against_cues")):
            raise SettingError("give at least one word or phrase that names the issue.", "cues")
    text = format_toml({**data, **({} if held.own else OWN_HEAD), "codes": codes})
    check_issues(text, key)
    return text


def check_issues(text: str, key: str = "") -> pathlib.Path:
    """Give a file of a codebook of issues that was checked in full. Raises SettingError, naming the field of `key`."""
    path = lay_out(text)
    try:
        for code in load_codebook(path).codes.values():
            stances = code.extra.get("stances", [])
            if len(stances) != len(code.examples) or not {*stances} <= {*STANCES}:
                raise ConfigError(f"codes.{code.key}.examples should have a stance each, one of {', '.join(STANCES)}.")
        IssueCues(path)
    except ConfigError as error:
        sentence = str(error).replace(f"codebook {path}: ", "")
        raise SettingError(sentence, _find_field(sentence, key)) from error
    return path


def change_actor(held: Held, name: str, fields: Mapping[str, Any] | None) -> str:
    """Give the pins with one actor's put in, changed, or, without `fields`, taken out; checked in full.

    Raises SettingError, naming the field.
    """
    tables = {known: dict(table) for known, table in held.tables.items()}
    if fields is None:
        tables.pop(name, None)
    elif not name.strip():
        raise SettingError("give the actor's name, as it should stand in the record.", "name")
    else:
        tables[name] = {field: value for field, value in fields.items() if value}
    text = format_toml(tables) if tables else ""
    try:
        parse_pins(text, "")
    except ConfigError as error:
        sentence = str(error).removeprefix("actors file : ")
        raise SettingError(sentence, _find_field(sentence, name)) from error
    return text


def _find_field(sentence: str, name: str) -> str | None:
    """Give the field of an entry that a sentence names as "codes.ferry.cues" or "Ada Ito.country"."""
    found = re.search(rf"(?:codes\.)?{re.escape(name)}\.(\w+)", sentence) if name else None
    return found[1] if found else None


def save_setting(store: Store, key: str, text: str | None, *, who: str, after: int | None) -> Setting:
    """Keep a setting's text as its next version; None goes back to what ships. Nothing that was set before is lost.

    `after` is the version that the one who sets it has seen. Raises StoreError if another has changed it since.
    """
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    with store.write(alone=True) as connection:
        return insert_setting(connection, key, text or None, who=who, at=at, after=after)


def list_settings(store: Store) -> tuple[Setting, ...]:
    """Give every version of the issues and the actors, the latest first."""
    with store.read() as connection:
        found = [item for key in (ISSUES, ACTORS) for item in select_history(connection, key)]
    return tuple(sorted(found, key=lambda item: (item.at, item.version), reverse=True))


def prove_issue(text: str, key: str) -> tuple[Proof, ...]:
    """Read the sentences of one issue by a codebook's text, and tell which are read as they stand there."""
    path = check_issues(text, key)
    code = load_codebook(path).codes[key]

    def read(sentence: str) -> tuple[str, ...]:
        with READING:
            facts = read_facts(load_language(path)(sentence), "positions")
        return tuple(dict.fromkeys(f"{fact['issue']}: {fact['stance']}" for fact in facts))

    stances: Sequence[str] = code.extra.get("stances", ())
    proofs = []
    for sentence, stance in zip(code.examples, stances, strict=True):
        found, expected = read(sentence), f"{key}: {stance}"
        proofs.append(Proof(text=sentence, expected=expected, found=found, holds=expected in found))
    for sentence in code.not_examples:
        found = read(sentence)
        holds = all(not item.startswith(f"{key}: ") for item in found)
        proofs.append(Proof(text=sentence, expected=f"nothing on {key}", found=found, holds=holds))
    return tuple(proofs)
