"""Join actors that an article describes but does not name with those whom other articles name, where only one fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from standoff.codebooks import load_codebook
from standoff.records import Actor, Reading
from standoff.resolve.origins import drop_countries

OFFICES = ("head-of-government", "head-of-state", "monarch", "minister")
Find = Callable[[str], str]


def pair_holders(found: Sequence[Actor], find: Find) -> Iterator[tuple[str, str]]:
    """Yield each unnamed holder of a state's office with the only person who is said to hold it in that country.

    "The Malian president" is whoever the other articles call president, if they call only one so; "a minister", or an
    office that two have held, stays open.
    """
    holders: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for actor in found:
        if actor.kind == "person" and is_named(actor) and actor.country is not None:
            for office in _list_offices(actor):
                holders[actor.country, office].add(find(actor.id))
    for actor in found:
        definite = any(alias.lower().startswith("the ") for alias in actor.aliases)
        if actor.kind != "person" or is_named(actor) or actor.country is None or not definite:
            continue
        fitting = {find(key) for office in _list_offices(actor) for key in holders[actor.country, office]}
        if len(fitting) == 1:
            yield fitting.pop(), actor.id


def _list_offices(actor: Actor) -> set[tuple[str, ...]]:
    """Give the offices of a state that only one person holds at a time, among an actor's titles."""
    offices = {drop_countries(role.title) for role in actor.roles}
    return {
        office
        for office in offices
        if " ".join(office) in _load_sole() or (len(office) > 1 and office[-1] == "minister")
    }


@cache
def _load_sole() -> frozenset[str]:
    codes = load_codebook("roles").codes
    return frozenset(cue for key in OFFICES for cue in codes[key].cues) - {"minister", "prince", "princess"}


def pair_bodies(readings: Iterable[Reading], found: Sequence[Actor], find: Find) -> Iterator[tuple[str, str]]:
    """Yield each unnamed body ("their union") with the only named one of its sort in which the person whom its article
    gives an office in it has an office elsewhere."""
    named: dict[str, set[str]] = defaultdict(set)
    for actor in found:
        if actor.kind == "organisation" and is_named(actor):
            for form in (actor.name, *actor.aliases):
                named[form].add(actor.id)
    belonging: dict[str, set[str]] = defaultdict(set)
    for actor in found:
        for role in actor.roles if actor.kind == "person" else ():
            belonging[find(actor.id)] |= named.get(role.organisation or "", set())
    sorts = {actor.id: set(drop_countries(actor.name)) for actor in found if actor.kind == "organisation"}
    for reading in readings:
        persons = [actor for actor in reading.actors if actor.kind == "person"]
        for actor in reading.actors:
            if actor.kind != "organisation" or is_named(actor):
                continue
            members = [person for person in persons if any(role.organisation == actor.name for role in person.roles)]
            bodies = {
                body for person in members for body in belonging[find(person.id)] if sorts[actor.id] <= sorts[body]
            }
            if len({find(body) for body in bodies}) == 1:
                yield min(bodies), actor.id


def pair_collectives(readings: Sequence[Reading], found: Sequence[Actor], find: Find) -> Iterator[tuple[str, str]]:
    """Yield each collective without a country whose members last ("dockers", not "onlookers") with its like.

    That is the only one of the same words that has a country, if its report speaks of that country too, or of none: the
    soldiers of another war are others. Those of no country are one where their reports share one, or have none. What
    one report keeps apart, "the miners" and "the Czech miners", stays apart.
    """
    spoken: dict[str, set[str]] = {}
    told = {actor.id: number for number, reading in enumerate(readings) for actor in reading.actors}
    for reading in readings:
        countries = {actor.country for actor in reading.actors if actor.country is not None}
        spoken.update((actor.id, countries) for actor in reading.actors)
    homes: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    where: dict[str, set[int]] = defaultdict(set)  # the reports that tell of those at home somewhere
    groups = [actor for actor in found if actor.kind == "group" and _lasts(actor)]
    for actor in groups:
        if actor.country is not None:
            homes[drop_countries(actor.name)][find(actor.id)] = actor.country
            where[find(actor.id)].add(told[actor.id])
    first: dict[tuple[tuple[str, ...], str], str] = {}
    for actor in groups:
        if actor.country is None:
            words = drop_countries(actor.name)
            fitting = {find(key): country for key, country in homes[words].items()}
            if len(fitting) == 1:
                [(key, country)] = fitting.items()
                apart = told[actor.id] in where[key]
                if not apart and (country in spoken[actor.id] or not spoken[actor.id]):
                    yield key, actor.id
            elif not fitting:
                for country in sorted(spoken[actor.id]) or [""]:
                    yield first.setdefault((words, country), actor.id), actor.id


def _lasts(actor: Actor) -> bool:
    last = drop_countries(actor.name)[-1:]
    return bool(last) and last[0] in _load_lasting()


@cache
def _load_lasting() -> frozenset[str]:
    codes = load_codebook("collectives").codes.values()
    return frozenset(cue for code in codes if code.extra.get("lasting") for cue in code.cues)


def is_named(actor: Actor) -> bool:
    """Tell whether a person or an organisation goes by a name, and not by a description alone."""
    return actor.name[:1].isupper() and all(role.title != actor.name for role in actor.roles)
