"""Say who else holds a stance than the one a clause names: who speaks of the own country, party or union holds it too.

What a president says that the country will do is the president's stance and the country's; what an ambassador says of
"my government" is both's. What a minister says that the navy will do is the minister's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.tokens import Token

CLAIMED = 0.6  # what one party says of another's stance is worth this much of the other's own words
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"})
OWN = frozenset({"my", "our", "his", "her", "their"})
SIDES = frozenset({"side", "camp", "team", "delegation"})  # words for whoever speaks, with those behind them
SERVICES = frozenset({"MIL", "COP"})


def speaks_for(speaker: int, holder: int, actors: Sequence[Any]) -> bool:
    """Tell whether what the speaker says of the holder is the holder's word: one actor, or an official of that body.

    An official speaks for the own country, its government and its armed services; whoever has a role in a body, for it.
    """
    if speaker == holder or max(speaker, holder) >= len(actors):
        return speaker == holder
    official, body = actors[speaker], actors[holder]
    names = {str(name).casefold() for name in (body["name"], *body.get("aliases", ()))}
    if any(str(role["organisation"]).casefold() in names for role in official.get("roles", ())):
        return True
    country, sectors = official.get("country"), set(body.get("sectors", ()))
    if country is None or body.get("country") != country or "GOV" not in official.get("sectors", ()):
        return False
    return body.get("kind") == "country" or (body.get("kind") == "organisation" and bool({"GOV", *SERVICES} & sectors))


def owns(token: Token, speaker: int, actors: Sequence[Any], at: Mapping[int, int]) -> bool:
    """Tell whether a subject is the following of a speaker who has a role: "his members", "our movement", "my side"."""
    if speaker >= len(actors) or not (token.lemma_ in SIDES or actors[speaker].get("roles")):
        return False
    owners = [child for child in token.children if child.dep_ == "poss" and child.lower_ in OWN]
    return any(at.get(child.i, speaker) == speaker for child in owners)


def said_again(token: Token, source: str) -> bool:
    """Tell whether a subject repeats the pronoun that names the speaker: "she said she would accept"."""
    return token.lower_ in {"he", "she"} and token.lower_ == source.lower()
