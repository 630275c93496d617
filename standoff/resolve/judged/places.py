"""Say where an entry stands in words that hold, whatever other articles there are and whichever model reads them.

An actor's id and a happening's hang on the articles that there are. The places where an actor is named do not, so a
judgement on either keeps these: "a1:10-20".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from standoff.records import Passage, Reading

MOST = 200  # places that a judgement keeps of one entry: far more than it takes to find it again
ALIKE = (
    0.5  # part of two passages' characters that both have, if a new model found the one where the old found the other
)
_FORM = re.compile(r"(.+):(\d+)-(\d+)")


class Place(NamedTuple):
    """Characters of an article, half-open."""

    article: str
    start: int
    end: int


def read_place(passage: Passage) -> Place:
    """Give where a passage stands."""
    return Place(passage.article, passage.start, passage.end)


def write_place(passage: Passage) -> str:
    """Give a passage as a place in words.

    >>> write_place(Passage(article="a1", start=3, end=6, text="Ito"))
    'a1:3-6'
    """
    return f"{passage.article}:{passage.start}-{passage.end}"


def parse_place(text: str) -> Place | None:
    """Give the place that such words stand for, or None if they are none."""
    found = _FORM.fullmatch(text)
    return None if found is None else Place(found[1], int(found[2]), int(found[3]))


def parse_places(texts: Iterable[str]) -> tuple[Place, ...]:
    """Give the places that such words stand for, those that are none left out."""
    return tuple(place for place in map(parse_place, texts) if place is not None)


class Finder:
    """Find what stands at a place, or where a new model sees almost the same words."""

    def __init__(self, found: Iterable[tuple[Place, str]]) -> None:
        self._here: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
        for place, key in found:
            self._here[place.article][place.start, place.end].append(key)

    def find(self, place: Place) -> tuple[str, ...]:
        """Give the ids of what stands at the place; at the one most like it, if nothing stands at just this one."""
        here = self._here.get(place.article)
        if here is None:
            return ()
        if (place.start, place.end) in here:
            return tuple(here[place.start, place.end])
        best = max(here, key=lambda span: (share_characters(place, span), -span[0], -span[1]))
        return tuple(here[best]) if share_characters(place, best) >= ALIKE else ()

    def find_all(self, places: Iterable[Place]) -> tuple[str, ...]:
        """Give the ids of what stands at any of the places, once each, in their order."""
        return tuple(dict.fromkeys(key for place in places for key in self.find(place)))

    def find_first(self, places: Iterable[Place]) -> str | None:
        """Give the id of what stands at the first of the places where anything does."""
        return next(iter(self.find_all(places)), None)


def share_characters(place: Place, span: tuple[int, int]) -> float:
    """Give the part of all characters of two passages of one article that both have."""
    both = min(place.end, span[1]) - max(place.start, span[0])
    return max(0, both) / max(1, max(place.end, span[1]) - min(place.start, span[0]))


def find_mentioned(readings: Iterable[Reading], places: Iterable[Place]) -> Finder:
    """Give what finds the actors of single readings by the places where they are named."""
    wanted = {place.article for place in places}
    return Finder(
        (read_place(mention.passage), mention.actor)
        for reading in readings
        if reading.article.id in wanted
        for mention in reading.mentions
    )


def choose_home(keys: Sequence[str], homes: dict[str, str]) -> str | None:
    """Give the home of most of the keys, the first one's before another with as many."""
    counts = Counter(homes[key] for key in keys if key in homes)
    return max(counts, key=counts.__getitem__) if counts else None
