"""Hold the scores of a record against the floors that ship with Standoff."""

from __future__ import annotations

import hashlib
import pathlib
import tomllib
from typing import NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.record import evaluate_record
from standoff.records import Record

FLOORS = pathlib.Path(__file__).with_name("floors.toml")


class Line(NamedTuple):
    """Hold one score and the floor that it is held against."""

    name: str
    score: float
    floor: float

    @property
    def holds(self) -> bool:
        return self.score >= self.floor


def check_floors(record: Record, gold: pathlib.Path, *, floors: pathlib.Path = FLOORS) -> list[Line]:
    """Give each score that has a floor, beside it.

    Raises ConfigError if the gold is not the one that the floors were measured on: a floor says nothing of other gold.
    """
    settings = tomllib.loads(floors.read_text(encoding="utf-8"))
    digest = digest_gold(gold)
    if digest != settings["gold_sha256"]:
        raise ConfigError(f"{gold} has changed since the floors were measured (its digest is {digest}); measure anew.")
    scores = evaluate_record(record, gold)
    return [Line(name, scores[name], floor) for name, floor in settings["floors"].items()]


def digest_gold(folder: pathlib.Path) -> str:
    """Give one SHA-256 over the names and bytes of a folder's gold files."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")) + sorted(folder.glob("*.json")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
