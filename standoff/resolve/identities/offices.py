"""Tell whether two actors are said to hold one office, or one in one body, whenever it was that they held it."""

from __future__ import annotations

from functools import cache

from standoff.codebooks import load_codebook
from standoff.records import Actor
from standoff.resolve.identities.names import split_body
from standoff.resolve.origins import drop_countries

Office = frozenset[str]


def list_offices(actor: Actor) -> list[tuple[str, Office]]:
    """Give an actor's titles, each with its words but for countries, kin and what only says when it was held."""
    found = ((role.title, _strip(role.title)) for role in actor.roles)
    return [(title, office) for title, office in found if office]


def find_shared_office(one: Actor, other: Actor) -> str | None:
    """Give the title, as the first actor bears it, that both are said to hold or to have held.

    "Mayor" and "mayor of Santos" are one; "mayor of Santos" and "mayor of Beira" are two.
    """
    return next(
        (
            title
            for title, mine in list_offices(one)
            for _, theirs in list_offices(other)
            if mine <= theirs or theirs <= mine
        ),
        None,
    )


def list_bodies(actor: Actor) -> dict[tuple[str, ...], str]:
    """Give the bodies in which an actor is said to have an office, by the words of their names."""
    return {
        words: role.organisation
        for role in actor.roles
        if role.organisation and (words := split_body(role.organisation))
    }


@cache
def _strip(title: str) -> Office:
    settings = load_codebook("identities").settings
    words = frozenset(drop_countries(title))
    return frozenset() if words & {*settings["kin"]} else words - {*settings["fading"]}
