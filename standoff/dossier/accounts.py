"""Compose an account of an actor from nothing but their own words, chosen and put in order of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from standoff.dossier.catalogue import Catalogue, Name, Reference
from standoff.records import Attribution

QUOTATIONS = 5  # in an account: about a paragraph
LEAST = 2  # quotations below which there is no account, but a statement
SHORTEST, LONGEST = 4, 45  # words of a quotation
ACCOUNTS = 12  # actors with an account, those with most to say first in the page's own order
ALIKE = 0.5  # the share of its longer words by which a quotation may repeat one that is chosen

# What speaks for a quotation; set by reading the accounts of the example articles, not measured.
STANCE, ACT, DATED, FRESH = 3.0, 1.0, 1.0, 1.5
TELLING = frozenset({"deny", "accuse", "promise", "threaten", "demand", "request", "refuse", "agree"})
QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Show words of an actor: where and when they were said, and to whom, each only if it is known.

    `repeats` tells that all that is as with the quotation before it.
    """

    text: str
    date: str
    venue: str | None
    addressee: Name | None
    reference: Reference | None
    sort: tuple[str, int, int]
    issues: tuple[str, ...]
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Hold an actor's quotations in order of time; `left_out` counts the further ones."""

    speaker: Name
    quotations: tuple[Quotation, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    quotation: Quotation
    worth: float
    words: frozenset[str]
    sides: frozenset[tuple[str, str]]


def present_accounts(catalogue: Catalogue, issues: Mapping[str, Sequence[str]]) -> tuple[Account, ...]:
    """Give an account for each prominent actor who is quoted at least twice, the most prominent first.

    Chosen are words that take a stance, promise, refuse or accuse, whose day is known, and that are unlike what is
    chosen already; nothing is added to them. What another quotes an actor as saying is not among them. `issues` names,
    by attribution, the issues on which a position rests on it.
    """
    sides: dict[str, set[tuple[str, str]]] = {}
    for position in catalogue.record.positions:
        if position.basis:
            sides.setdefault(position.basis, set()).add((position.issue, position.stance))
    spoken: dict[str, list[_Candidate]] = {}
    for item in sorted(catalogue.record.attributions, key=lambda item: catalogue.place(next(iter(item.content), None))):
        actor = item.source.actor if item.source else None
        if actor in catalogue.actor_numbers and item.inside is None and item.directness != "indirect":
            found = _weigh(catalogue, item, sides.get(item.id, set()), issues.get(item.id, ()))
            spoken.setdefault(str(actor), []).extend(found)
    chosen = ((actor, _choose(spoken.get(actor.id, ()))) for actor in catalogue.actors)
    accounts = (
        Account(
            speaker=catalogue.name(actor.id),
            quotations=tuple(_mark_repeats(sorted(quotations, key=lambda quotation: quotation.sort))),
            left_out=len(spoken[actor.id]) - len(quotations),
        )
        for actor, quotations in chosen
        if len(quotations) >= LEAST
    )
    return tuple(account for _, account in zip(range(ACCOUNTS), accounts, strict=False))


def _weigh(
    catalogue: Catalogue, item: Attribution, sides: Iterable[tuple[str, str]], issues: Sequence[str]
) -> Iterator[_Candidate]:
    """Yield what may be quoted of a statement, with what speaks for it."""
    for passage in item.content:
        text = _cut_own_words(passage.text, direct=item.directness == "direct")
        words = text.split()
        if not SHORTEST <= len(words) <= LONGEST:
            continue
        sort, date, dated = catalogue.date(item.when, passage)
        bounds = catalogue.bound(item.when, passage)
        quotation = Quotation(
            text=text,
            date=date,
            venue=item.venue.text if item.venue else None,
            addressee=catalogue.name(item.addressee) if item.addressee in catalogue.actor_numbers else None,
            reference=catalogue.refer([passage]),
            sort=(sort, *catalogue.place(passage)),
            issues=tuple(issues),
        )
        known = frozenset(sides)
        day = DATED * (dated + (bounds is not None and bounds[0] == bounds[1])) / 2
        worth = STANCE * bool(known) + ACT * (item.act in TELLING) + day
        yield _Candidate(quotation=quotation, worth=worth, words=_list_words(text), sides=known)


def _cut_own_words(text: str, *, direct: bool) -> str:
    """Give the sentence that stands in quotation marks, or all of a direct quotation up to a bearable length.

    A fragment says nothing without the reporter's words around it, so it is left out.

    >>> _cut_own_words("it was “an act of piracy”: “It has to end now,”", direct=False)
    'It has to end now'
    """
    if not direct:
        found = ["".join(match) for match in QUOTED.findall(text)]
        return max((words for words in found if words[:1].isupper()), key=len, default="").rstrip(" ,;")
    kept, words = "", 0
    for sentence in re.findall(r".+?(?:[.!?…]+[”’'\"]*(?=\s|$)|$)\s*", text, re.DOTALL):
        words += len(sentence.split())
        if kept and words > LONGEST:
            return kept.rstrip() + " …"
        kept += sentence
    return kept.rstrip().rstrip(",;")


def _mark_repeats(quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """Yield quotations with whether day, place and addressee are as before."""
    before = None
    for quotation in quotations:
        setting = (quotation.date, quotation.venue, quotation.addressee)
        yield replace(quotation, repeats=setting == before)
        before = setting


def _list_words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > SHORTEST)


def _choose(candidates: Sequence[_Candidate]) -> tuple[Quotation, ...]:
    """Choose quotations one by one: the worthiest that says something else, a stance not yet told before others."""
    chosen: list[_Candidate] = []
    left = list(candidates)
    while left and len(chosen) < QUOTATIONS:
        told = frozenset(side for item in chosen for side in item.sides)
        best = max(left, key=lambda item: item.worth + FRESH * bool(item.sides - told))  # of equals, the first told
        left.remove(best)
        if all(len(best.words & item.words) <= ALIKE * max(1, len(best.words)) for item in chosen):
            chosen.append(best)
    return tuple(item.quotation for item in chosen)
