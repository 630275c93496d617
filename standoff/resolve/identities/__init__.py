"""Suggest which actors may be one, or belong together, where that is not sure enough to merge them.

A name's likeness alone is never a reason: two presidents of one family are alike, and "UN" is not like "United
Nations". So each suggestion rests on something besides: an office, a body, a country that is said, words of a report.
Whom one report tells apart, nothing suggests to be one. `why` says what it rests on. Nothing is merged on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.records import Actor, Reading, Suggestion, SuggestionKind, make_id
from standoff.resolve.identities.links import Link, find_links
from standoff.resolve.identities.names import (
    compare_bodies,
    compare_persons,
    find_acronyms,
    list_person_keys,
    split_body,
)
from standoff.resolve.identities.offices import find_shared_office, list_bodies
from standoff.resolve.kin import is_kin
from standoff.resolve.origins import drop_countries, says_country
from standoff.resolve.pins import Pins, are_kept_apart
from standoff.resolve.unnamed import is_named

COMMON = 12  # actors that share a key beyond which the key no longer brings two together
# How much a reason weighs, by what it was worth on the tune half of tests/cases/identities.toml in November 2026; below
# certainty all of them, since a person decides.
SAID, TURNED, OFFICE, FORM, NAMESAKE, TAIL, ORGAN = 0.85, 0.8, 0.7, 0.75, 0.5, 0.45, 0.8
LINKS: dict[str, SuggestionKind] = {
    "successor": "successor", "predecessor": "successor", "alias": "same-actor", "part": "part"
}  # fmt: skip
ALIKE = {
    "same": "bear one name",
    "turned": "have the same names in another order",
    "spelt": "have names that may be two spellings of one",
    "cut": "have names of which one is part of the other",
    "short": "have one surname, and first names of which one is short for the other",
    "bare": "share a surname",
    "quoted": "share a name that one bears in quotation marks",
}

Key = tuple[str, ...]
Pair = tuple[Actor, Actor]


class Reason(NamedTuple):
    """Why two actors are suggested, and how much that weighs."""

    kind: SuggestionKind
    score: float
    why: str


def suggest_identities(
    readings: Sequence[Reading], *, actors: Sequence[Actor], pins: Pins | None = None
) -> list[Suggestion]:
    """Give the pairs of actors that may be one, follow one another, or act one for the other, the likeliest first.

    `readings` and `actors` are resolved. Only actors that share a key are compared: words or sounds of a name, an
    office, a body, a country. What a user's `pins` keep apart is never suggested.
    """
    known = {actor.id: actor for actor in actors}
    links = [link for reading in readings for link in find_links(reading)]
    together = _Together(readings, links)
    found: dict[tuple[str, str, str], Reason] = {}

    def add(left: Actor, right: Actor, reason: Reason) -> None:
        if reason.kind == "same-actor" and right.id < left.id:
            left, right = right, left
        key = (reason.kind, left.id, right.id)
        if not are_kept_apart(left, right, pins or {}) and (key not in found or found[key].score < reason.score):
            found[key] = reason

    for link in links:
        if link.code in LINKS and link.left in known and link.right in known:
            _add_link(link, known, add)
    for pair in _pair_by_key(
        [actor for actor in actors if actor.kind == "person" and is_named(actor)], _list_name_keys
    ):
        reason = _match_persons(*pair)
        if reason is not None and not together.has(*pair):
            add(*pair, reason)
    for pair in _pair_by_key(
        [actor for actor in actors if actor.kind == "organisation" and is_named(actor)], _list_body_keys
    ):
        reason = _match_bodies(*pair)
        if reason is not None and not together.has(*pair):
            add(*pair, reason)
    for holder, named, body in _list_holders(actors, links):
        if not together.has(holder, named):
            add(holder, named, Reason("same-actor", OFFICE, f"{named.name} is said to have had that office in {body}."))
    for organ, country in _list_organs(actors):
        add(organ, country, Reason("part", ORGAN, f"{organ.name} is a body through which {country.name} acts."))
    made = (_make_suggestion(*key, reason) for key, reason in found.items())  # type: ignore[arg-type]
    return sorted(made, key=lambda item: (-item.score, item.id))


def _make_suggestion(kind: SuggestionKind, left: str, right: str, reason: Reason) -> Suggestion:
    id_ = make_id("suggestion", kind, left, right)
    return Suggestion(id=id_, kind=kind, left=left, right=right, why=reason.why, score=reason.score)


class _Together:
    """Know which actors one report names beside one another as two, or says to be two."""

    def __init__(self, readings: Sequence[Reading], links: Sequence[Link]) -> None:
        self.articles: dict[str, set[str]] = defaultdict(set)
        for reading in readings:
            for mention in reading.mentions:
                self.articles[mention.actor].add(reading.article.id)
        self.rivals = {frozenset((link.left, link.right)) for link in links if link.code == "rival"}

    def has(self, one: Actor, other: Actor) -> bool:
        return (
            not self.articles[one.id].isdisjoint(self.articles[other.id])
            or frozenset((one.id, other.id)) in self.rivals
        )


def _add_link(link: Link, known: Mapping[str, Actor], add: Callable[[Actor, Actor, Reason], None]) -> None:
    """Add what a report says in words, if the two are of a sort that it can be said of."""
    left, right = known[link.left], known[link.right]
    bodies = {left.kind, right.kind} <= {"organisation", "group"}
    if not bodies and not (link.code == "alias" and left.kind == right.kind == "person"):
        return
    if link.code == "successor":
        left, right = right, left
    add(left, right, Reason(LINKS[link.code], SAID, f"A report puts “{link.words}” between the two."))


def _pair_by_key(actors: Sequence[Actor], list_keys: Callable[[Actor], set[Key]]) -> Iterator[Pair]:
    """Yield each two actors that share a key, once; a key that too many share says nothing."""
    homes: dict[Key, list[Actor]] = defaultdict(list)
    for actor in sorted(actors, key=lambda actor: actor.id):
        for key in sorted(list_keys(actor)):
            homes[key].append(actor)
    seen: set[tuple[str, str]] = set()
    for sharing in homes.values():
        for one, other in combinations(sharing, 2) if len(sharing) <= COMMON else ():
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def _list_name_keys(actor: Actor) -> set[Key]:
    """Give the keys of a person's name; a surname alone meets only who bears it in the same office."""
    keys = list_person_keys(actor.name)
    words = {key[-1] for key in keys if key[0] in ("word", "all", "last")} if actor.roles else set()
    offices = {word for role in actor.roles for word in drop_countries(role.title)}
    return (
        {key for key in keys if key[0] != "word"}
        | {("held", word, office) for word in words for office in offices}
        | {("quoted", key[1]) for key in keys if key[0] == "word"}
    )


def _list_body_keys(actor: Actor) -> set[Key]:
    words = split_body(actor.name)
    return {("tail", *words[-2:]), *(("short", form) for form in find_acronyms((actor.name, *actor.aliases)))}


def _match_persons(one: Actor, other: Actor) -> Reason | None:
    """Give why two persons may be one: alike in name, and in one office or body, or in all that is known of both."""
    alike = compare_persons(one.name, other.name)
    if alike is None or is_kin(one) or is_kin(other):
        return None
    office, bodies = find_shared_office(one, other), list_bodies(one).keys() & list_bodies(other).keys()
    how = f"They {ALIKE[alike]}"
    if alike == "quoted":
        return Reason("same-actor", OFFICE, f"{how}.")
    if office or bodies:
        held = f"the office “{office}”" if office else f"an office in {list_bodies(one)[min(bodies)]}"
        return Reason("same-actor", TURNED if alike in ("same", "turned") else OFFICE, f"{how}, and share {held}.")
    if alike in ("same", "turned") and not (says_country(one) and says_country(other) and one.country != other.country):
        return Reason("same-actor", NAMESAKE, f"{how}, and nothing that is said of them keeps them apart.")
    if alike == "cut" and one.country == other.country and {*one.sectors} & {*other.sectors}:
        return Reason("same-actor", NAMESAKE, f"{how}, and share country and sector.")
    return None


def _match_bodies(one: Actor, other: Actor) -> Reason | None:
    """Give why two organisations may be one: one acronym, or one name but for its form, country or beginning."""
    if one.country != other.country and says_country(one) and says_country(other):
        return None
    acronyms = find_acronyms((one.name, *one.aliases)) & find_acronyms((other.name, *other.aliases))
    alike = compare_bodies(one.name, other.name)
    if alike == "form":
        return Reason("same-actor", FORM, "They have one name, but for what form of company it is.")
    if acronyms:
        return Reason("same-actor", OFFICE, f"Both are called {min(acronyms)}.")
    if alike == "country" and one.country == other.country:
        return Reason("same-actor", OFFICE, "They have one name, of which one says the country.")
    if alike == "tail" and (one.country == other.country or None in (one.country, other.country)):
        return Reason("same-actor", TAIL, "One has the other's name with more before it.")
    return None


def _list_holders(actors: Sequence[Actor], links: Sequence[Link]) -> Iterator[tuple[Actor, Actor, str]]:
    """Yield each unnamed holder of an office in a body with the only named person who is said to have had it.

    Who "led the Front" was its leader.
    """
    known = {actor.id: actor for actor in actors}
    held: dict[Key, dict[str, Actor]] = defaultdict(dict)
    led: dict[Key, dict[str, Actor]] = defaultdict(dict)
    for actor in actors:
        for words in list_bodies(actor) if actor.kind == "person" and is_named(actor) else ():
            held[words][actor.id] = actor
    for link in links:
        person, body = known.get(link.left), known.get(link.right)
        if link.code == "leads" and person and body and person.kind == "person" and body.kind == "organisation":
            led[split_body(body.name)][person.id] = person
    for actor in actors:
        if actor.kind != "person" or is_named(actor):
            continue
        for words, body_name in list_bodies(actor).items():
            fitting = {key: person for key, person in held[words].items() if find_shared_office(actor, person)}
            if _is_leader(actor):
                fitting |= led[words]
            if len(fitting) == 1:
                yield actor, next(iter(fitting.values())), body_name


def _is_leader(actor: Actor) -> bool:
    return any({"leader", "head", "chief"} & set(drop_countries(role.title)) for role in actor.roles)


def _list_organs(actors: Sequence[Actor]) -> Iterator[Pair]:
    """Yield each embassy, government or ministry with its country, if a report names that."""
    countries = {actor.country or "": actor for actor in actors if actor.kind == "country"}
    organs = {tuple(organ.split()) for organ in load_codebook("identities").settings["organs"]}
    for actor in actors:
        country = countries.get(actor.country or "-")
        if actor.kind == "organisation" and country is not None:
            words = drop_countries(actor.name)
            if words in organs or (words[:1] == ("ministry",) and "GOV" in actor.sectors):
                yield actor, country
