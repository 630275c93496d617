"""Pair statements that count the same things and come to different numbers: "26 barges" and "some forty barges"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.records import Conflict, make_id
from standoff.resolve.conflicts.statements import RECENT, STEM, Statement, Words, list_stems, say_source

WORD = re.compile(r"\b\d[\d,]*(?:\.\d+)?\b|[^\W\d_]+|[^\w\s]")
REACH = 4  # words after a number in which what it counts is named
COMMON = 25  # statements that count a thing in like words beyond which they are not compared
ALIKE = 2  # other words that two reports must share to be counting the same
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}


class Count(NamedTuple):
    """A number of things: its least and greatest value, the words, the stem of what is counted, where they stand."""

    least: float
    most: float
    text: str
    unit: str
    start: int = 0
    end: int = 0


class Counted(NamedTuple):
    """A statement with one of its counts."""

    statement: Statement
    number: Count


def pair_numbers(statements: Sequence[Statement], *, words: Words, names: Mapping[str, str]) -> Iterator[Conflict]:
    """Yield two sources' or two reports' different numbers of the same things.

    In one report the thing counted brings two sources together, "people" with one more word; two reports must share two
    more besides. Of two sources the pair that shares most is kept. Parts ("ten of the miners", "the other ten") and
    spans of time or money are no counts here.
    """
    buckets: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for item in statements:
        for count in list_counts(item.text if item.told else item.context):
            buckets[count.unit, item.article].append(Counted(item, count))
            for stem in sorted(_list_words(item) - {count.unit}):
                buckets[count.unit, f"~{stem}"].append(Counted(item, count))
    best: dict[tuple[str, ...], Conflict] = {}
    for key in sorted(buckets):
        group = buckets[key] if len(buckets[key]) <= COMMON else []
        for one, other in combinations(group, 2):
            conflict = _compare(one, other, words=words, names=names)
            if conflict is None:
                continue
            ends = (f"{side.statement.article} {side.statement.source}" for side in (one, other))
            spot = (one.number.unit, *sorted(ends))
            if spot not in best or (conflict.score, conflict.id) > (best[spot].score, best[spot].id):
                best[spot] = conflict
    yield from best.values()


def _compare(one: Counted, other: Counted, *, words: Words, names: Mapping[str, str]) -> Conflict | None:
    left, right = sorted((one, other), key=lambda side: (side.statement.article, side.statement.start))
    first, second = left.statement, right.statement
    same_report = first.article == second.article
    if same_report and first.source == second.source:
        return None
    shared = (_list_words(first) & _list_words(second)) - {left.number.unit}
    least = int(left.number.unit in _list_anyone()) if same_report else ALIKE
    if len(shared) < least:
        return None
    if left.number.least <= right.number.most and right.number.least <= left.number.most:
        return None
    if not count_alike(left.number, right.number):
        return None
    return Conflict(
        id=make_id("conflict", first.id, second.id),
        kind="between-sources" if same_report else "between-articles",
        left=first.id,
        right=second.id,
        score=round(
            min(0.55 + 0.1 * same_report + 0.05 * min(len(shared), 3) + 0.1 * words.compare(first, second), 0.95), 3
        ),
        why=(
            f"{say_source(first, names)} counted {left.number.text}, "
            f"{'the other' if first.source == second.source else say_source(second, names)} {right.number.text}."
        ),
    )


@cache
def _list_anyone() -> frozenset[str]:
    """Give the beginnings of nouns so wide that two counts of them need not be of the same: people, men."""
    return frozenset(word[:STEM] for word in load_codebook("collectives").settings["anyone"])


def count_alike(one: Count, other: Count) -> bool:
    """Tell whether two counts whose nouns begin alike are of one noun: villages are no villagers.

    >>> count_alike(*list_counts("four villages, and forty villagers"))
    False
    """
    first, second = (count.text.split()[-1].lower() for count in (one, other))
    return first == second or first.rstrip("s") == second.rstrip("s")


def _list_words(item: Statement) -> frozenset[str]:
    """Give the words that tell what is counted: those of the whole sentence where the report itself counts."""
    return item.stems if item.told else list_stems(item.context)


@lru_cache(maxsize=RECENT)
def list_counts(text: str, *, terms: bool = False) -> tuple[Count, ...]:
    """Give the numbers of things that a text gives, with the range that "about" or "more than" leaves them.

    With `terms`, also for how long something is to last: "for five years".

    >>> [(count.least, count.text) for count in list_counts("At least forty lorries and 3 vans for 2 days.")]
    [(40.0, 'forty lorries'), (3.0, '3 vans')]
    """
    return tuple(_find_counts(text, terms=terms))


def map_counts(text: str, *, terms: bool = False) -> dict[str, Count]:
    """Give the counts of a text by the stem of what is counted, the last of each."""
    return {count.unit: count for count in list_counts(text, terms=terms)}


def _find_counts(text: str, *, terms: bool) -> Iterator[Count]:
    book = load_codebook("contrasts")
    places = list(WORD.finditer(text))
    words = [match.group() for match in places]
    for place in [number for number, word in enumerate(words) if _is_number(word)]:
        value, last = _read_number(words, place)
        if value is None or any(_read_number(words, early)[1] >= place for early in range(max(0, place - 2), place)):
            continue
        before = " ".join(words[max(0, place - 2) : place]).lower()
        if any(before.endswith(part) for part in book.settings["parts"]):
            continue
        for step, noun in enumerate(words[last + 1 : last + 1 + REACH]):
            lower = noun.lower()
            if not noun.isalpha() or lower in book.settings["breaks"] or lower in book.settings["parts"]:
                break
            if _is_plural(lower):
                if lower not in book.settings["measures"] or (terms and before.endswith("for")):
                    final = last + 1 + step
                    shown = " ".join(words[place : final + 1]).replace(" - ", "-")
                    span = places[place].start(), places[final].end()
                    yield Count(*_bound(value, before), shown, lower[:STEM], *span)
                break


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word.lower() in _list_numerals()


def _read_number(words: Sequence[str], place: int) -> tuple[float | None, int]:
    """Give the number that starts at a word, and the place of its last word (-1 if none starts there)."""
    word = words[place].lower()
    if word[0].isdigit():
        value = float(word.replace(",", ""))
    elif word in _list_numerals():
        value = float(_list_numerals()[word])
    else:
        return None, -1
    last = place
    if last + 2 < len(words) and words[last + 1] == "-" and words[last + 2].lower() in _list_numerals():
        value, last = value + _list_numerals()[words[last + 2].lower()], last + 2
    if last + 1 < len(words) and words[last + 1].lower() in SCALES:
        value, last = value * SCALES[words[last + 1].lower()], last + 1
    return value, last


@cache
def _list_numerals() -> Mapping[str, int]:
    return dict(load_codebook("contrasts").settings["numerals"])


def _bound(value: float, before: str) -> tuple[float, float]:
    """Give the range that the words before a number leave it: a tenth either way for "about"."""
    settings = load_codebook("contrasts").settings
    if any(before.endswith(word) for word in settings["at_least"]):
        return value, float("inf")
    if any(before.endswith(word) for word in settings["at_most"]):
        return 0.0, value
    if any(before.endswith(word) for word in settings["roughly"]):
        return value * 0.9, value * 1.1
    return value, value


def _is_plural(word: str) -> bool:
    """Tell whether a word looks like the plural of a thing or of people."""
    regular = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    irregular = word.endswith("men") or word in load_codebook("contrasts").settings["plurals"]
    return irregular or (len(word) > 3 and regular)
