"""Lay out where the reports disagree: two passages side by side, what differs between them marked, and the reason."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from standoff.codebooks import load_codebook
from standoff.dossier.catalogue import Catalogue, Fact, Name, Quote, name_article, place_fact
from standoff.dossier.passages import list_statement
from standoff.dossier.stances import Stand, show_stand
from standoff.dossier.words import make_key, say_code
from standoff.records import Attribution, Conflict, Event, Passage, Position

STRONG = 0.7  # a score from which a conflict is called strong; set so that a bare difference of words stays "possible"
NAMED = 3  # words that the reason quotes are what differs if they are no more than these; more are the statement itself
QUOTES = re.compile('[“”"]')  # a reason quotes without the marks inside
WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Show one of two passages that do not fit; `pieces` are its words, each with whether it is marked as differing.

    `teller` is who says that `speaker` says or wants it.
    """

    speaker: Name | None
    teller: Name | None
    stand: Stand | None
    article: str
    outlet: str | None
    date: str
    quote: Quote | None
    pieces: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Show two passages side by side, and why they do not seem to hold together; `further` say the same as one does."""

    kind: str
    issue: str | None
    key: str
    left: Side
    right: Side
    further: tuple[Side, ...]
    why: str
    strength: str
    actors: tuple[int, ...]


def present_clashes(catalogue: Catalogue) -> tuple[Clash, ...]:
    """Give the conflicts, the strongest first."""
    facts: dict[str, Fact] = {**catalogue.attributions, **catalogue.events, **catalogue.positions}
    ordered = sorted(catalogue.record.conflicts, key=lambda conflict: -conflict.score)
    return tuple(
        _show_clash(catalogue, conflict, facts)
        for conflict in ordered
        if conflict.left in facts and conflict.right in facts
    )


def _show_clash(catalogue: Catalogue, conflict: Conflict, facts: Mapping[str, Fact]) -> Clash:
    left, right = facts[conflict.left], facts[conflict.right]
    further = [facts[key] for key in (*conflict.left_also, *conflict.right_also) if key in facts]
    sides = [_show_side(catalogue, fact, conflict.why) for fact in (left, right)]
    texts = [side.quote.text if side.quote else "" for side in sides]
    named = list_named(conflict.why)
    marked = [
        replace(side, pieces=mark_differences(mine, other, named))
        for side, mine, other in zip(sides, texts, reversed(texts), strict=True)
    ]
    return Clash(
        kind=say_code("conflicts", conflict.kind),
        issue=say_code("issues", conflict.issue) if conflict.issue else None,
        key=make_key(conflict.issue or ""),
        left=marked[0],
        right=marked[1],
        further=tuple(_show_side(catalogue, fact, conflict.why) for fact in further),
        why=conflict.why,
        strength="strong" if conflict.score >= STRONG else "possible",
        actors=tuple(dict.fromkeys(number for fact in (left, right, *further) for number in _involve(catalogue, fact))),
    )


def mark_differences(text: str, other: str, named: Iterable[str] = ()) -> tuple[tuple[str, bool], ...]:
    """Give a text in pieces, each with whether it differs from the other: a number, a word of day, denial or extent.

    Such a word is marked if the other text lacks it, and so are the words that the reason for the conflict names. What
    else differs is left to the reader: two people seldom use the same words.

    >>> mark_differences("They hold 26 barges.", "There were forty barges.")
    (('They hold ', False), ('26', True), (' barges.', False))
    """
    theirs = {match.group().casefold() for match in WORD.finditer(other)}
    telling = _list_telling() - theirs
    places = [match.span() for match in WORD.finditer(text) if _tells(match.group(), telling, theirs)]
    for words in named:
        places += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)]
    pieces, at = [], 0
    for start, end in sorted(places):
        if start < at:
            continue
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(piece for piece in (*pieces, (text[at:], False)) if piece[0])


def _tells(word: str, telling: Iterable[str], theirs: Iterable[str]) -> bool:
    known = word.casefold()
    return known in telling or (any(char.isdigit() for char in known) and known not in theirs)


@cache
def _list_telling() -> frozenset[str]:
    """Give the words by which two sentences that are alike may say different things."""
    book = load_codebook("contrasts")
    words = {cue for code in ("negation", "whole", "part", "hedge") for cue in book.codes[code].cues}
    words |= {*book.settings["numerals"], *day_name, *month_name[1:]}
    return frozenset(word.casefold() for word in words if " " not in word)


def list_named(why: str) -> tuple[str, ...]:
    """Give the few words that a reason quotes as what differs, not those by which the report turns to another."""
    codes = load_codebook("contrasts").codes
    turns = {cue for code in ("turn", "rebuttal", "account") for cue in codes[code].cues}
    quoted = re.findall(r"“([^”…]+)”", why)
    return tuple(words for words in quoted if len(words.split()) <= NAMED and words.casefold() not in turns)


def _show_side(catalogue: Catalogue, fact: Fact, why: str) -> Side:
    passages = list_statement(fact) if isinstance(fact, Attribution) else (fact.passage,)
    place = place_fact(fact)
    article = catalogue.by_id.get(place.article) if place else None
    _, date, _ = catalogue.date(fact.when, place)
    return Side(
        speaker=_name_speaker(catalogue, fact),
        teller=_name_teller(catalogue, fact),
        stand=show_stand(catalogue, fact) if isinstance(fact, Position) else None,
        article=name_article(article) if article else "",
        outlet=article.outlet if article else None,
        date=date,
        quote=catalogue.quote(put_first(passages, why)),
    )


def put_first(passages: Sequence[Passage], why: str) -> list[Passage]:
    """Give a statement's passages, the one that the reason quotes before the others."""
    quoted = [words.rstrip("… ") for words in re.findall(r"“([^”]+)”", why)]
    statements = [words for words in quoted if len(words.split()) > NAMED]
    return sorted(passages, key=lambda passage: not any(words in QUOTES.sub("", passage.text) for words in statements))


def _name_speaker(catalogue: Catalogue, fact: Fact) -> Name | None:
    """Give whose word or stance a fact is, or None where the report itself says it."""
    if isinstance(fact, Position):
        return catalogue.name(fact.holder)
    said = fact if isinstance(fact, Attribution) else catalogue.attributions.get(fact.asserted_by or "")
    return catalogue.speaker(said) if said is not None else None


def _name_teller(catalogue: Catalogue, fact: Fact) -> Name | None:
    """Give who tells what another says or wants."""
    if isinstance(fact, Position):
        return catalogue.find_teller(fact)
    said = fact if isinstance(fact, Attribution) else catalogue.attributions.get(fact.asserted_by or "")
    outer = catalogue.attributions.get(said.inside or "") if said is not None else None
    if outer is None or said is None or catalogue.speaker(outer) == catalogue.speaker(said):
        return None
    return catalogue.speaker(outer)


def _involve(catalogue: Catalogue, fact: Fact) -> Iterable[int]:
    """Give the numbers of the actors that a fact concerns, for the page's filter."""
    named = [_name_speaker(catalogue, fact), _name_teller(catalogue, fact)]
    actors = (*fact.actors, *fact.recipients) if isinstance(fact, Event) else ()
    return [name.number for name in (*named, *catalogue.names(actors)) if name and name.number]
