"""The trained reader: a text in, its attributions and names out; `standoff/train/` makes the files that lie here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from standoff.models.reader.reader import ReadAttribution, Readout, TextReader
from standoff.models.reader.relations import RelationReader

__all__ = [
    "ReadAttribution",
    "Readout",
    "RelationReader",
    "TextReader",
    "has_reader",
    "has_relation_reader",
    "load_reader",
    "load_relation_reader",
]

FOLDER = Path(__file__).parent


def has_reader() -> bool:
    """Tell whether the trained files are there; without them the rules read alone."""
    return _has("reader.onnx", "tokenizer.json")


@cache
def load_reader() -> TextReader:
    """Load the reader that ships with Standoff; takes about a tenth of a second the first time."""
    return TextReader(FOLDER)


def has_relation_reader() -> bool:
    """Tell whether the network for relations is there; without it their type is told by cues alone."""
    return _has("relations.onnx", "tokenizer.json")


@cache
def load_relation_reader() -> RelationReader:
    """Load the network that says what a given source does to a given target."""
    return RelationReader(FOLDER)


def _has(*names: str) -> bool:
    return all((FOLDER / name).is_file() for name in names)
