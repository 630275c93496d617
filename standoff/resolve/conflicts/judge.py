"""Judge whether two short texts can both be so: the one call that scores a pair, whatever brought the two together.

The signs are those of de Marneffe, Rafferty and Manning (2008): a number, a negation, words that exclude one another,
all against a part, certainty. No parse and no model: the judge sees words alone, so that it can run over every
candidate; a trained one may take its place behind the same call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.resolve.conflicts.numbers import Count, count_alike, list_counts, map_counts
from standoff.resolve.conflicts.statements import PAIR, RECENT, SHORTEST, STEM, find_cue, find_cues, list_stems
from standoff.resolve.memory import remembered

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?:n[’']t)?")
BEFORE = 4  # words before a word in which a negation turns it
AFTER = 3  # words after it ("were paid nothing")
BESIDE = 6  # words before a toll's verb in which its number stands
BEHIND = 2  # words after it ("arrested 11 bargemen")
# What each kind of difference is worth with no other word in common, and how much more with all in common. Set by hand
# on the example articles and tests/across/tune, November 2026.
WORTH = {
    "number": (0.6, 0.3),
    "toll": (0.55, 0.3),
    "denial": (0.35, 0.5),
    "opposite": (0.35, 0.4),
    "extent": (0.3, 0.4),
    "certainty": (0.25, 0.4),
    "polarity": (0.2, 0.6),
}


ABOUT_CERTAINTY = frozenset({"certainty", "polarity"})
OTHER_SCOPE = 0.7  # what a difference keeps for each sign that the two are not about the same day, world or whole


class Claim(NamedTuple):
    """What is said, and whether the one who says it says that it is not so ("she denied that …").

    `stems` are those of the words that two claims may share; a caller that knows the names leaves them out.
    """

    text: str
    denied: bool = False
    stems: frozenset[str] | None = None

    def list_stems(self) -> frozenset[str]:
        return list_stems(self.text) if self.stems is None else self.stems


class Judgement(NamedTuple):
    """How hard it is that both are so, 0 to 1, what kind of difference makes it so, and that difference in words."""

    score: float
    kind: str | None = None
    difference: str = ""


@remembered
def judge_pair(left: Claim, right: Claim) -> Judgement:
    """Score how hard it is that two claims are both so, with the most telling difference in words.

    >>> judge_pair(Claim("Twelve people were arrested."), Claim("Forty villagers were detained.")).difference
    'Twelve people arrested against Forty villagers detained'
    >>> judge_pair(Claim("The gates are open."), Claim("The gates are shut.")).kind
    'opposite'
    >>> judge_pair(Claim("The gates are open."), Claim("The gates are not shut.")).score
    0.0
    """
    one, other = left.list_stems(), right.list_stems()
    share = len(one & other) / max(PAIR, min(len(one), len(other)))
    found = [
        Judgement(
            round(
                _compare_scopes(left.text, right.text, kind) * (WORTH[kind][0] + WORTH[kind][1] * min(share, 1.0)), 3
            ),
            kind,
            difference,
        )
        for kind, difference in _list_differences(left, right)
    ]
    return max(found, key=lambda item: (item.score, item.kind or ""), default=Judgement(0.0))


def _compare_scopes(left: str, right: str, kind: str) -> float:
    """Give what is left of a difference where two texts may be about different days, worlds or parts of a whole.

    "No shop was looted on Saturday" does not deny Wednesday's looting; what might be, what was brought up to date, and
    a total beside a part are no contradictions either. Whether a thing is certain may be the very difference, though.
    """
    days = [frozenset(_find_days(text)) for text in (left, right)]
    apart = all(days) and not days[0] & days[1]
    marks = ("update", "total") if kind in ABOUT_CERTAINTY else ("hedge", "update", "total")
    others = sum((find_cue(left, mark) is None) != (find_cue(right, mark) is None) for mark in marks)
    return float(OTHER_SCOPE ** (apart + others))


def _find_days(text: str) -> list[str]:
    return re.findall(rf"\b(?:{'|'.join(load_codebook('contrasts').settings['weekdays'])})\b", text)


def _list_differences(left: Claim, right: Claim) -> Iterator[tuple[str, str]]:
    """Yield each kind of difference with the words that show it."""
    for kind, difference in (
        ("number", _compare_counts(left.text, right.text)),
        ("toll", _compare_tolls(left.text, right.text)),
        ("denial", _compare_polarity(left, right)),
        ("opposite", _compare_opposites(left, right)),
        ("extent", _compare_marks(left.text, right.text, "whole", "part")),
        ("certainty", _compare_marks(left.text, right.text, "settled", "hedge")),
        ("polarity", _compare_negations(left, right)),
    ):
        if difference:
            yield kind, difference


def _compare_counts(left: str, right: str) -> str:
    """Give the counts of one thing that cannot both be right."""
    ours, theirs = map_counts(left), map_counts(right)
    for unit in sorted(ours.keys() & theirs.keys()):
        if count_alike(ours[unit], theirs[unit]) and _are_apart(ours[unit], theirs[unit]):
            return f"{ours[unit].text} against {theirs[unit].text}"
    return ""


def _compare_tolls(left: str, right: str) -> str:
    """Give what befell how many, where the two come to numbers that cannot both be right: none against some, too."""
    ours, theirs = list_tolls(left), list_tolls(right)
    for kind in sorted(ours.keys() & theirs.keys()):
        if _are_apart(ours[kind], theirs[kind]):
            return f"{ours[kind].text} against {theirs[kind].text}"
    return ""


def _are_apart(one: Count, other: Count) -> bool:
    return one.least > other.most or other.least > one.most


@lru_cache(maxsize=RECENT)
def list_tolls(text: str) -> dict[str, Count]:
    """Give, for each kind of toll that a text tells, the number of people that it befell or moved.

    >>> {kind: count.least for kind, count in list_tolls("Two people were killed and nobody was hurt.").items()}
    {'killed': 2.0, 'injured': 0.0}
    """
    tolls: dict[str, Count] = {}
    words = list(WORD.finditer(text))
    persons = [count for count in list_counts(text) if count.text.split()[-1].lower() in _list_persons()]
    for place, word in enumerate(words):
        kind = _find_toll(word.group().lower())
        if kind is None or kind in tolls:
            continue
        before = text[words[max(0, place - BESIDE)].start() : word.start()]
        after = text[word.end() : words[min(len(words) - 1, place + BEHIND)].end()]
        near = [count for part in (after, before) for count in persons if count.text in part]
        nothing = re.search(r"\b(?:no|nobody|none|no one|without(?: a)?|not)\b[^.;,]*$", before, re.I)
        if nothing:
            tolls[kind] = Count(0.0, 0.0, f"{nothing.group().strip()} {word.group()}", kind)
        elif near:
            tolls[kind] = near[-1]._replace(text=f"{near[-1].text} {word.group()}")
        else:
            tolls[kind] = Count(1, float("inf"), f"“{word.group()}”", kind)
    return tolls


def _compare_polarity(left: Claim, right: Claim) -> str:
    """Give the shared word that one affirms and the other denies."""
    ours, theirs = _list_polarities(left), _list_polarities(right)
    for stem, (word, plain) in ours.items():
        if stem in theirs and plain != theirs[stem][1]:
            return f"the {'second' if plain else 'first'} denies “{word}”"
    return ""


def _compare_negations(left: Claim, right: Claim) -> str:
    """Give the word by which one text denies something and the other nothing, unless it denies the opposite."""
    here, there = (find_cue(claim.text, "denial") for claim in (left, right))
    ours, theirs = _list_sides(left), _list_sides(right)
    agree = any(theirs.get((pair, 1 - side), ("", plain))[1] != plain for (pair, side), (_, plain) in ours.items())
    if (here is None) == (there is None) or agree:
        return ""
    return f"the {'first' if here else 'second'} denies (“{here or there}”)"


def _compare_opposites(left: Claim, right: Claim) -> str:
    """Give two words that exclude one another, both affirmed or both denied."""
    ours, theirs = _list_sides(left), _list_sides(right)
    for (pair, side), (word, plain) in ours.items():
        word_there, plain_there = theirs.get((pair, 1 - side), ("", not plain))
        if plain == plain_there and (pair, 1 - side) not in ours:
            return f"“{word}” against “{word_there}”"
    return ""


def _compare_marks(left: str, right: str, one: str, other: str) -> str:
    """Give the words by which one text has a mark and the other its contrary."""
    for here, there, turned in ((left, right, False), (right, left, True)):
        first, second = find_cue(here, one), find_cue(there, other)
        if first and second and not find_cue(here, other) and not find_cue(there, one):
            pair = (second, first) if turned else (first, second)
            return f"“{pair[0]}” against “{pair[1]}”"
    return ""


@lru_cache(maxsize=RECENT)
def _list_polarities(claim: Claim) -> dict[str, tuple[str, bool]]:
    """Give each longer word's beginning with the word, and whether it is affirmed."""
    words = list(WORD.finditer(claim.text))
    told = claim.list_stems()
    found: dict[str, tuple[str, bool]] = {}
    for place, word in enumerate(words):
        stem = word.group().lower()[:STEM]
        if len(word.group()) >= SHORTEST and stem in told:
            found.setdefault(stem, (word.group(), _is_affirmed(claim, words, place)))
    return found


@lru_cache(maxsize=RECENT)
def _list_sides(claim: Claim) -> dict[tuple[int, int], tuple[str, bool]]:
    """Give each opposite that a claim uses, as (pair, side), with the word and whether it is affirmed."""
    words = list(WORD.finditer(claim.text))
    found: dict[tuple[int, int], tuple[str, bool]] = {}
    for place, word in enumerate(words):
        for spot in _find_opposites(word.group().lower()):
            found.setdefault(spot, (word.group(), _is_affirmed(claim, words, place)))
    return found


def _is_affirmed(claim: Claim, words: Sequence[re.Match[str]], place: int) -> bool:
    """Tell whether a word is meant as it stands: negations near it, and a denial of the whole, turn it each."""
    first = words[max(0, place - BEFORE)].start()
    last = words[min(len(words) - 1, place + AFTER)].end()
    before = len(find_cues(claim.text[first : words[place].start()], "negation"))
    after = len(re.findall(r"\b(?:nothing|nobody|nowhere|no)\b", claim.text[words[place].end() : last], re.I))
    return (before + after + claim.denied) % 2 == 0


@cache
def _find_opposites(word: str) -> tuple[tuple[int, int], ...]:
    """Give each place of a word among the opposites, as (pair, side)."""
    pairs = load_codebook("contrasts").settings["opposites"]
    return tuple(
        (number, side)
        for number, pair in enumerate(pairs)
        for side in (0, 1)
        if any(_fits(word, entry) for entry in pair[side].split())
    )


@cache
def _find_toll(word: str) -> str | None:
    """Give the kind of toll that a word tells of, or None."""
    tolls: dict[str, str] = load_codebook("contrasts").settings["tolls"]
    return next((kind for kind, words in tolls.items() if any(_fits(word, entry) for entry in words.split())), None)


def _fits(word: str, entry: str) -> bool:
    """Tell whether a word is an entry of a codebook's list, in which "-" stands for any ending."""
    return word.startswith(entry[:-1]) if entry.endswith("-") else word == entry


@cache
def _list_persons() -> frozenset[str]:
    return frozenset(load_codebook("contrasts").settings["persons"])
