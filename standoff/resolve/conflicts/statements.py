"""See attributions and events as statements that can be compared: whose, about whom, in what words, how certain."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.records import Passage, Reading

STEM = 6  # letters by which two words count as one: "negotiate" and "negotiations" share six
SHORTEST = 4  # letters; shorter words are mostly grammar
MARKS = ("denial", "hedge", "settled", "whole", "part")


class Statement(NamedTuple):
    """One thing that a source, or the article itself (`source` None), says; `about` are the actors that it names."""

    id: str
    article: str
    source: str | None
    start: int
    end: int
    text: str
    stems: frozenset[str]
    about: frozenset[str]
    marks: frozenset[str]
    inside: str | None
    told: bool  # an attribution, not an event in the article's own voice


@cache
def _compile_cues(key: str) -> re.Pattern[str]:
    """Give one pattern for all cues of a code; a cue in "n't" may end a word."""
    cues = sorted(load_codebook("contrasts").codes[key].cues, key=len, reverse=True)
    return re.compile(
        "|".join(
            re.escape(cue) + r"\b" if cue.startswith("n") and not cue.isalpha() else rf"\b{re.escape(cue)}\b"
            for cue in cues
        ),
        re.I,
    )


def find_cue(text: str, key: str) -> str | None:
    """Give the first word of `text` that is a cue of the code `key`, or None.

    >>> find_cue("It was not decided, but they went.", "turn")
    'but'
    """
    match = _compile_cues(key).search(text)
    return match.group() if match else None


def list_stems(text: str) -> frozenset[str]:
    """Give the beginnings of the longer words of a text.

    >>> sorted(list_stems("They negotiate; the negotiations go on."))
    ['negoti', 'they']
    """
    return frozenset(word[:STEM] for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) >= SHORTEST)


def list_statements(readings: Iterable[Reading]) -> Iterator[Statement]:
    """Yield the statements of every reading: each attribution with content, each event in the article's own voice."""
    for reading in readings:
        mentions = sorted((item.passage.start, item.passage.end, item.actor) for item in reading.mentions)
        starts = [start for start, _, _ in mentions]

        def make(id_: str, source: str | None, parts: Sequence[Passage], inside: str | None, told: bool) -> Statement:
            about = {
                actor
                for part in parts
                for start, end, actor in mentions[
                    bisect.bisect_left(starts, part.start) : bisect.bisect_left(
                        starts, part.end
                    )  # noqa: B023
                ]
                if end <= part.end
            }
            text = " ".join(part.text for part in parts)
            marks = frozenset(mark for mark in MARKS if find_cue(text, mark))
            return Statement(
                id_,
                parts[0].article,
                source,
                parts[0].start,
                parts[-1].end,
                text,
                list_stems(text),
                frozenset(about),
                marks,
                inside,
                told,
            )

        for item in reading.attributions:
            if item.content:
                source = item.source.actor if item.source else None
                yield make(item.id, source or f"unnamed:{item.id}", item.content, item.inside, True)
        for event in reading.events:
            if event.asserted_by is None:
                yield make(event.id, None, [event.passage], None, False)


class Words:
    """Weigh the words that two statements share: rare ones tell more than common ones."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.counts = Counter(stem for item in statements for stem in item.stems)
        self.holders: dict[str, list[Statement]] = defaultdict(list)
        for item in statements:
            for stem in item.stems:
                self.holders[stem].append(item)

    def weigh(self, stems: Iterable[str]) -> float:
        """Give the weight of some words together: each counts one over the root of how often it is used."""
        return float(sum(self.counts.get(stem, 1) ** -0.5 for stem in sorted(stems)))

    def compare(self, left: Statement, right: Statement) -> float:
        """Give how much of the lighter statement's words the two share, 0 to 1."""
        shared = self.weigh(left.stems & right.stems)
        lighter = min(self.weigh(left.stems), self.weigh(right.stems))
        return shared / lighter if lighter else 0.0
