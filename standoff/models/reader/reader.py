"""Read attributions, names and events with the trained reader: onnxruntime, tokenizers, numpy, one pass over each text.

The model is a folder of two files: `reader.onnx`, which carries what the decoder needs, and `tokenizer.json`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standoff.models.reader.distances import place_lines, place_spans
from standoff.models.reader.events import EventDecoder, EventWords, ReadEvent, share_scores
from standoff.models.reader.field import Field, Scores
from standoff.models.reader.links import Linker
from standoff.models.reader.opening import open_network, open_tokenizer
from standoff.models.reader.pieces import WINDOW, Pieces, cut_pieces, cut_windows, feed_window
from standoff.models.reader.positions import Issues, PositionDecoder, PositionWords, ReadPosition, keep_telling
from standoff.models.reader.tags import NAME_TAGS, ROLES, TAGS, Range, read_names, read_spans

OUTPUTS = (
    *("scores", "vectors", "names"),
    *("types", "modes", "statuses", "senses", "parties"),
    *("namings", "stances", "parts"),
)
ISSUE_OUTPUTS = ("keys", "siding")
# What the spans of a role gain by beginning. Chosen on PolNeAR's development part, 2026-11: up to here F1 stays.
OPENS = {"cue": 0.5, "content": 0.8}


_NOTHING: Scores = np.zeros((0, 0), dtype=np.float32)
NO_ISSUES = Issues((), _NOTHING, np.zeros(0, dtype=np.int64), _NOTHING)


class ReadAttribution(NamedTuple):
    """One attribution as the reader sees it; ranges are of characters.

    `signs` tell how sure it is, the larger the surer: logarithms of the chances of its links (to cue, to source) and of
    the tags of its cue, content and source, of the words of its content, and 1 where it has no source.
    """

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    signs: tuple[float, ...]


class ReadName(NamedTuple):
    """A name, its characters, and its kind as OntoNotes 5 has them."""

    start: int
    end: int
    kind: str


class Readout(NamedTuple):
    """What the reader sees in one text, each kind in reading order."""

    attributions: list[ReadAttribution]
    names: list[ReadName]
    events: list[ReadEvent]
    positions: list[ReadPosition]


class _Window(NamedTuple):
    """The words of one window: what the network says of each, whether it begins a line, and its edges in the text."""

    scores: Scores
    vectors: Scores
    names: Scores
    events: EventWords
    positions: PositionWords
    heads: NDArray[np.bool_]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def span(self, words: Range) -> Range:
        """Give the characters of a range of words."""
        return int(self.starts[words[0]]), int(self.ends[words[1] - 1])

    def average(self, ranges: Sequence[Range]) -> Scores:
        """Give the mean vectors of ranges of words: one row each."""
        parts = np.zeros((len(ranges), len(self.vectors)), dtype=np.float32)
        for row, (start, end) in enumerate(ranges):
            parts[row, start:end] = 1 / (end - start)
        means: Scores = parts @ self.vectors
        return means


class TextReader:
    """The trained reader of one model folder. Calls on the same text give the same result on the same machine."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.session, decoder = open_network(folder / "reader.onnx", threads)
        learned = {name: np.array(value, dtype=np.float32) for name, value in decoder.items() if "." in name}
        self.field = Field(TAGS, learned["field.follows"], learned["field.starts"], OPENS)
        self.content_linker, self.source_linker = (
            Linker(*(learned[f"{kind}_linker.{part}"] for part in ("words_away", "lines_away", "none")))
            for kind in ("content", "source")
        )
        self.events = EventDecoder(
            decoder["types"], tuple(decoder["modes"]), learned["events.distance"], learned["events.rarity"]
        )
        self.positions = PositionDecoder(learned["positions.distance"], learned["positions.rarity"])
        self.version = str(decoder["version"])
        self.frame = (int(decoder["cls"]), int(decoder["sep"]))
        self.tokenizer = open_tokenizer(folder)

    def read(self, text: str, issues: Issues | None = None) -> Readout:
        """Give what is seen in `text`: attributions, window by window in the order of their cues, names, events, and
        positions on `issues`, if these are given.

        Attributions are flat: none stands inside another. A cue that no content chooses gives none. Links never reach
        across windows: vectors hold places within one, and those of two compare by accident.
        """
        pieces = cut_pieces(text, self.tokenizer)
        if not len(pieces):
            return Readout([], [], [], [])
        windows = [self._run_window(pieces, *bounds) for bounds in cut_windows(pieces, size=WINDOW - 2)]
        courses = self._find_courses(windows)
        attributions = [
            item
            for window, course in zip(windows, courses, strict=True)
            for item in self._find_attributions(window, course)
        ]
        return Readout(
            attributions,
            [name for window in windows for name in _find_names(window)],
            [event for window in windows for event in self.events.find_events(window.events)],
            [
                position
                for window in windows
                for position in self.positions.find_positions(window.positions, issues or NO_ISSUES)
            ],
        )

    def describe_issues(self, descriptions: Mapping[str, str]) -> Issues:
        """Give issues by key as the vectors by which they are found, each read from a description of a sentence or two.

        Of a description too long for one window the first counts.
        """
        if not descriptions:
            return NO_ISSUES
        read = [self._read_issue(text) for text in descriptions.values()]
        firsts = np.cumsum([0, *(len(keys) for keys, _ in read[:-1])])
        return Issues(
            tuple(descriptions),
            np.concatenate([keys for keys, _ in read]),
            firsts,
            np.stack([siding for _, siding in read]),
        )

    def _read_issue(self, text: str) -> tuple[Scores, Scores]:
        cls, sep = self.frame
        ids = np.concatenate([[cls], cut_pieces(text, self.tokenizer).ids[: WINDOW - 2], [sep]])[None].astype(np.int64)
        zeros = np.zeros_like(ids)
        feed = {"ids": ids, "kinds": zeros, "sides": zeros, "words": np.arange(ids.shape[1])}
        keys, siding = self.session.run(list(ISSUE_OUTPUTS), feed)
        return keep_telling(keys[0]), siding[0]

    def _run_window(self, pieces: Pieces, start: int, stop: int) -> _Window:
        """Read one window alone: in a batch, neighbours would share their int8 scale."""
        feed = feed_window(pieces, start, stop, frame=self.frame)
        first = feed["words"] - 1
        values = [value[0] for value in self.session.run(list(OUTPUTS), feed)]
        scores, vectors, names, types, modes, statuses, senses, parties, namings, stances, parts = values
        starts = pieces.starts[start:stop][first]
        ends = pieces.ends[start:stop][np.append(first[1:], stop - start) - 1]
        return _Window(
            scores=scores,
            vectors=vectors,
            names=names,
            events=EventWords(types, modes, statuses, senses, parties, starts, ends),
            positions=PositionWords(namings, stances, parts, starts, ends),
            heads=pieces.begins_line[start:stop][first],
            starts=starts,
            ends=ends,
        )

    def _find_courses(self, windows: Sequence[_Window]) -> list[NDArray[np.int64]]:
        """Give the tags of each window's words; all windows go through the field together."""
        lengths = np.array([len(window.scores) for window in windows])
        scores = np.zeros((len(windows), int(lengths.max()), len(TAGS)), dtype=np.float32)
        heads = np.zeros(scores.shape[:2], dtype=bool)
        for row, window in enumerate(windows):
            scores[row, : lengths[row]], heads[row, : lengths[row]] = window.scores, window.heads
        self.field.bar_line_heads(scores, heads)
        return self.field.find_best_courses(scores, lengths)

    def _find_attributions(self, window: _Window, course: NDArray[np.int64]) -> Iterator[ReadAttribution]:
        """Let each content of a window choose its cue, and each cue its source."""
        spans: dict[str, list[Range]] = {role: [] for role in ROLES}
        for role, start, end in read_spans([TAGS[number] for number in course]):
            spans[role].append((start, end))
        contents, cues, sources = spans["content"], spans["cue"], spans["source"]
        if not contents or not cues:
            return
        content_means, cue_means, source_means = (
            np.stack(np.split(window.average(some), 4, axis=1)) for some in (contents, cues, sources)
        )
        content_side, content_cue, source_cue, source_side = range(4)
        cue_of, cue_chances = self.content_linker.choose(
            content_means[content_side],
            cue_means[content_cue],
            (place_spans(contents, cues), place_lines(contents, cues, window.heads)),
        )
        source_of, source_chances = self.source_linker.choose(
            cue_means[source_cue],
            source_means[source_side] if sources else None,
            (place_spans(sources, cues).T, place_lines(sources, cues, window.heads).T),
        )
        shares = share_scores(window.scores)[np.arange(len(course)), course]
        sure = {
            span: math.sqrt(shares[span[0]] * shares[span[1] - 1]) for role in ROLES for span in spans[role]
        }  # of the tags at its edges, the field left out
        for number, cue in enumerate(cues):
            own = [content for content, chosen in zip(contents, cue_of, strict=True) if chosen == number]
            if not own:
                continue
            chosen_source = source_of[number]
            source = None if chosen_source is None else sources[chosen_source]
            linked = max(chance for chance, chosen in zip(cue_chances, cue_of, strict=True) if chosen == number)
            chances = (linked, source_chances[number], sure[cue], max(sure[content] for content in own))
            words = sum(end - start for start, end in own)
            yield ReadAttribution(
                source=None if source is None else window.span(source),
                cue=window.span(cue),
                content=tuple(window.span(content) for content in own),
                signs=(
                    *(_take_log(chance) for chance in (*chances, 1.0 if source is None else sure[source])),
                    _take_log(words),
                    float(source is None),
                ),
            )


def _take_log(number: float) -> float:
    """Give the natural logarithm, to three places, of a number that may be next to nothing."""
    return round(math.log(max(number, 1e-4)), 3)


def _find_names(window: _Window) -> Iterator[ReadName]:
    tags = [NAME_TAGS[number] for number in window.names.argmax(axis=1)]
    for kind, start, end in read_names(tags):
        yield ReadName(*window.span((start, end)), kind)
