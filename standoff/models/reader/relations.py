"""Say what a given source does to a given target in one sentence, by a network of its own.

`relations.onnx` sees which words are source and target from its first layer on, which no reading of an article can:
there nobody knows the two beforehand. It lies beside the reader, whose tokenizer it shares, and is opened only when
somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from standoff.models.reader.events import NONE, name_mode, share_scores
from standoff.models.reader.opening import open_network, open_tokenizer
from standoff.models.reader.pieces import WINDOW, cut_pieces, feed_window
from standoff.models.reader.tags import Range

OUTPUTS = ("types", "modes")


class ReadRelation(NamedTuple):
    """What a given source does to a given target: the chance of each type, and the mode that each would have."""

    types: Mapping[str, float]
    modes: Mapping[str, str | None]


class CueWorth(NamedTuple):
    """What a cue adds to the logarithm of its type's chance: by how well it joins the two, but no more than `most`.

    The less a network has learned, the more cues are worth beside it.
    """

    by_fit: float
    most: float


class RelationReader:
    """The network for relations of one model folder."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.session, decoder = open_network(folder / "relations.onnx", threads)
        self.types: list[str] = decoder["types"]
        self.modes: tuple[str, ...] = tuple(decoder["modes"])
        self.cues = CueWorth(*decoder["cues"])
        self.frame = (int(decoder["cls"]), int(decoder["sep"]))
        self.tokenizer = open_tokenizer(folder)

    def read(self, text: str, source: Range | None, target: Range | None) -> ReadRelation:
        """Say what a source does to a target in one sentence; ranges are of characters.

        The chance of a type is how far any of the words carries it. Of a sentence too long to be read at once the first
        part counts. Raises ValueError for a text without any word.
        """
        pieces = cut_pieces(text, self.tokenizer)
        if not len(pieces):
            raise ValueError("there is no word to read; give a sentence.")
        feed = feed_window(pieces, 0, min(len(pieces), WINDOW - 2), frame=self.frame, sides=(source, target))
        types, modes = (value[0] for value in self.session.run(list(OUTPUTS), feed))
        carried = share_scores(types)[:, NONE + 1 :]
        chances, best, names = carried.sum(axis=0) / carried.sum(), carried.argmax(axis=0), self.types[NONE + 1 :]
        return ReadRelation(
            {name: float(chance) for name, chance in zip(names, chances, strict=True)},
            {name: name_mode(self.modes, modes[at], name) for name, at in zip(names, best, strict=True)},
        )
