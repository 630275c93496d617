"""Code an actor by the words that describe it: its country, and its PLOVER sectors."""

from __future__ import annotations

from standoff.annotate.mentions.lexicon import Tag, load_words
from standoff.annotate.mentions.places import find_city
from standoff.annotate.mentions.sectors import Coded, code_sectors
from standoff.annotate.mentions.segments import PLACES, TURNS, WORLD, Description, read_description

BORDERLESS = frozenset({"BUS", "JRN", "EDU", "SOC", "REL"})  # a body of these keeps its country wherever it is met


def code_actor(text: str) -> tuple[str | None, list[str]]:
    """Give the country and the sectors that an actor's name with its description shows.

    The head of the phrase says the sector ("government supporters" are civilians, not the government); an office
    without one has that of what it is an office in ("spokesman for the army"). Who once held an office of a state is
    ELI, the elite. A country is the first that is named, as itself, by its people or by a town; a body of states is
    its own "country". A bare name that no codebook holds says nothing.

    >>> code_actor("Rebels from Chad")
    ('TCD', ['REB'])
    >>> code_actor("UN Security Council")
    ('IGO', ['IGO'])
    >>> code_actor("the former Ghanaian president")
    ('GHA', ['ELI'])
    """
    described = read_description(text)
    coded = code_sectors(described)
    country = code_country(described, coded)
    sectors = list(coded.sectors)
    broken = any(tag.text in load_words("descriptions", "breakaway") for tag in described.tags if tag.kind in PLACES)
    if broken and country not in WORLD and set(sectors[:1]) & load_words("descriptions", "state"):
        sectors = ["PRE"] if coded.head is None else [*sectors, "PRE"]
    return country, sectors


def code_country(described: Description, coded: Coded) -> str | None:
    """Give the country of a description: that of its body, or the first one named, or that of a town in it.

    A firm or a newspaper is its own country's wherever it is met ("New York Times reporter in Cairo"); a party or a
    ministry whose name several countries know is that of any country named beside it ("Norwegian Labour Party").
    """
    body = coded.body
    places = [tag for tag in described.tags if tag.kind in PLACES]
    if body is not None and body.entry.country in WORLD:
        beside = next((tag for tag in places if _is_beside(described, tag, body)), None)
        return beside.entry.country if body.entry.country == "NGO" and beside is not None else body.entry.country
    if coded.head is not None and coded.head.entry.country is not None:
        return coded.head.entry.country
    if coded.sectors[:1] == ("IGO",):
        return "IGO"
    loose = [body] if body is not None and _is_loose(body) else []
    named = sorted(
        [tag for tag in places if not tag.entry.code.extra.get("spread")]
        + ([body] if body is not None and not loose else []),
        key=lambda tag: tag.start,
    )
    taken = {at for tag in described.tags for at in range(tag.start, tag.end)}
    others = [tag for tag in described.tags if tag.entry.country is not None and tag.entry.country not in WORLD]
    others += [tag for tag in described.friends if described.lower[max(0, tag.start - 1)] == "ethnic"]
    countries = [tag.entry.country for tag in (*named[:1], *loose, *others)]
    if not named:
        return find_city(described.words, taken, TURNS) or next(iter(countries), None)
    return countries[0]


def _is_beside(described: Description, place: Tag, body: Tag) -> bool:
    """Tell whether a place stands right before a body or right after it: "Haiti's Red Cross", "Oxfam India"."""
    owned = described.words[place.end : place.end + 1] == ["'s"]
    return place.end + owned == body.start or place.start == body.end


def _is_loose(body: Tag) -> bool:
    """Tell whether a body's name is one that several countries know, as that of a party or a ministry."""
    extra = body.entry.code.extra
    return "kind" in extra and not extra.get("seat") and not set(body.entry.sectors[:1]) & BORDERLESS
