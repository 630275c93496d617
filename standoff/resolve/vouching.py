"""Tell whose word a position rests on: the holder's own, the article's, or that of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from standoff.records import Actor, Reading

STATE = frozenset({"GOV", "MIL", "COP"})  # sectors whose actors act for their country


def find_tellers(readings: Iterable[Reading]) -> dict[str, str]:
    """Give, for each position that rests on a statement, the actor whose statement it is: the outermost that names one.

    A position that the article itself vouches for has no teller. Where the teller is not the holder, the position is a
    claim about the holder, and no ground for saying that the holder has changed.
    """
    tellers: dict[str, str] = {}
    for reading in readings:
        said = {item.id: item for item in reading.attributions}
        for position in reading.positions:
            attribution = said.get(position.basis or "")
            passed: set[str] = set()
            while attribution is not None and attribution.id not in passed:
                passed.add(attribution.id)
                if attribution.source is not None and attribution.source.actor is not None:
                    tellers[position.id] = attribution.source.actor
                attribution = said.get(attribution.inside or "")
    return tellers


def are_one_side(one: str, other: str, actors: Mapping[str, Actor]) -> bool:
    """Tell whether two holders speak for one side.

    They do if they are one actor, a body and whoever has an office in it, or a country or its organs and an official.
    """
    if one == other:
        return True
    first, second = actors.get(one), actors.get(other)
    if first is None or second is None:
        return False
    if _speaks_for(first, second) or _speaks_for(second, first):
        return True
    if first.country is None or first.country != second.country:
        return False
    pair = (first, second)
    if not all(map(_acts_for_state, pair)):
        return False
    return any(actor.kind in {"country", "organisation"} for actor in pair)


def name_sides(actors: Iterable[Actor]) -> dict[str, str]:
    """Give for each actor the one that stands for its side: the country that it acts for, the body that it speaks for.

    An official of a country that is no actor here stands with the others of that country behind the first of them.
    """
    actors = list(actors)
    bodies = {
        name.casefold(): actor.id for actor in reversed(actors) if actor.kind != "person" for name in _name_all(actor)
    }
    countries: dict[str, str] = {}
    for actor in sorted(actors, key=lambda item: (item.kind != "country", item.id)):
        if actor.country is not None and _acts_for_state(actor):
            countries.setdefault(actor.country, actor.id)
    sides = {}
    for actor in actors:
        if actor.country is not None and _acts_for_state(actor):
            sides[actor.id] = countries[actor.country]
        else:
            offices = (bodies.get(role.organisation.casefold()) for role in actor.roles if role.organisation)
            sides[actor.id] = next((body for body in offices if body), actor.id)
    return {actor: sides.get(side, side) for actor, side in sides.items()}


def _acts_for_state(actor: Actor) -> bool:
    return actor.kind == "country" or not STATE.isdisjoint(actor.sectors)


def _name_all(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _speaks_for(person: Actor, body: Actor) -> bool:
    """Tell whether a person has an office in a body: its leader, its lawyer, its spokeswoman."""
    if person.kind != "person" or body.kind not in {"organisation", "group"}:
        return False
    names = {name.casefold() for name in _name_all(body)}
    return any(role.organisation is not None and role.organisation.casefold() in names for role in person.roles)
