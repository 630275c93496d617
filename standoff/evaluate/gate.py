"""Hold the scores of a record against the floors that ship with Standoff."""

from __future__ import annotations

import hashlib
import pathlib
import tomllib
from typing import NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.attributions import evaluate_attributions
from standoff.evaluate.record import evaluate_record
from standoff.evaluate.times import evaluate_times
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
    """Give each score that has a floor, beside it; a score that is no longer made counts as 0.

    Raises ConfigError if the gold is not the one that the floors were measured on: a floor says nothing of other gold.
    """
    settings = tomllib.loads(floors.read_text(encoding="utf-8"))
    digest = digest_gold(gold)
    if digest != settings["gold_sha256"]:
        raise ConfigError(f"{gold} has changed since the floors were measured (its digest is {digest}); measure anew.")
    scores = evaluate_record(record, gold)
    return [Line(name, scores.get(name, 0.0), floor) for name, floor in settings["floors"].items()]


def score_dev_sets(shared: pathlib.Path) -> dict[str, dict[str, float]]:
    """Give the scores on the development sets in a folder, by the name of the file: time expressions and attributions.

    Files that are not there are left out. Nothing is held against a floor: these sets do not ship with Standoff.
    """
    sets = {"data/timex/dev.jsonl": evaluate_times, "data/polnear/dev.jsonl": evaluate_attributions}
    return {name: evaluate(shared / name) for name, evaluate in sets.items() if (shared / name).is_file()}


def digest_gold(folder: pathlib.Path) -> str:
    """Give one SHA-256 over the names and bytes of a folder's gold files."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")) + sorted(folder.glob("*.json")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
