"""Say which place of the world a name in an article means, by what else the article speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from standoff.annotate.events.cast import load_demonyms
from standoff.annotate.events.gazetteer import FAMOUS, REGION, Site, fold_name, look_up, look_up_country
from standoff.annotate.events.grammar import find_entity
from standoff.annotate.events.sites import Where, load_site_words
from standoff.annotate.facts import LocationFact, read_facts, read_text

# How many times more likely a place becomes by its country: named beside it or a party of the event, one of those
# that the article is mostly about, or just named. A namesake needs that many times the people to be preferred.
TIED, MOSTLY, NAMED = 15, 10, 4
SECOND = 20  # how many times less likely a place is by a second name than by its first
SMALLEST = 15_000  # people, of whatever has fewer or is not counted
PLENTY = 4  # a country with a quarter of the mentions of the foremost one is what the article is about


class Locator:
    """Settle place names of one article; nothing is looked up before the first one has to be."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc

    def locate(self, where: Where, parties: Iterable[int]) -> LocationFact | None:
        """Give the place that a name means, or None if no list knows it.

        What the name itself or the words beside it say is in decides ("Tripoli, Lebanon", "the Iraqi city of"); then
        the countries of the event's parties and of the article, then the number of people. A village that no list has
        is located by the country that it is said to lie in.
        """
        told = self._read_countries(where)
        sites = self._list_sites(where)
        if told:
            within = [site for site in sites if site.country in told]
            if not within:
                land = look_up_country(min(told)) if len(told) == 1 else None
                return None if land is None else _write(land)
            sites = within
        if not sites:
            return None
        actors = read_facts(self._doc, "actors")
        tied = {actors[party]["country"] for party in parties}
        name = fold_name(where.name.text)
        return _write(max(sites, key=lambda site: self._weigh(site, name, tied)))

    def _list_sites(self, where: Where) -> list[Site]:
        words, bearings = [token.text for token in where.name], load_site_words().bearings
        sites = look_up(where.name.text)
        while not sites and len(words) > 1 and words[0].lower() in bearings:
            words = words[1:]
            sites = look_up(" ".join(words))
        if not sites and len(words) > 1 and words[-1].lower() in load_site_words().sorts:
            sites = look_up(" ".join(words[:-1]))
        if not sites and "," in words:
            sites = look_up(" ".join(words[: words.index(",")]))
        regions = [site for site in sites if site.kind == "region"]
        if where.region and regions:
            return regions
        return [site for site in sites if not _is_overshadowed(site, sites)]

    def _read_countries(self, where: Where) -> set[str]:
        """Give the countries that the words beside a name say it is in."""
        found = {load_demonyms().get(token.text) for token in where.beside}
        found |= {_read_country(token.text) for token in where.beside if token.pos_ == "PROPN"}
        outer = find_outer(where.name)
        if outer is not None:
            own = {site.country for site in look_up(where.name.text)}
            sites = [site for site in look_up(outer.text) if site.kind != "city" and (not own or site.country in own)]
            found |= {site.country for site in sites[:1]}
        return {country for country in found if country is not None}

    def _weigh(self, site: Site, name: str, tied: Collection[str | None]) -> float:
        weight = max(site.people, SMALLEST) / (1 if site.known_as else SECOND)
        if site.country is None:
            return weight
        counts = {
            country: sum(number for other, number in names.items() if f" {name} " not in f" {other} ")
            for country, names in self._countries.items()
        }
        most, here = max(counts.values(), default=0), counts.get(site.country, 0)
        if site.country in tied and here:
            return weight * TIED
        return weight * (MOSTLY if here * PLENTY >= most > 0 else NAMED if here else 1)

    @cached_property
    def _countries(self) -> dict[str, Counter[str]]:
        """Count, per country, by which names the article speaks of it or of what is in it."""
        found: dict[str, Counter[str]] = {}
        text, actors = read_text(self._doc), read_facts(self._doc, "actors")
        for fact in read_facts(self._doc, "mentions"):
            country = actors[fact["actor"]]["country"]
            if country is not None:
                found.setdefault(country, Counter())[fold_name(text[fact["start"] : fact["end"]])] += 1
        for entity in self._doc.ents:
            if entity.label_ in ("GPE", "LOC"):
                countries = {site.country for site in look_up(entity.text) if site.known_as}
                sure = _read_country(entity.text) or (countries.pop() if len(countries) == 1 else None)
                if sure is not None:
                    found.setdefault(sure, Counter())[fold_name(entity.text)] += 1
            elif entity.label_ == "NORP" and (country := load_demonyms().get(entity.text)):
                found.setdefault(country, Counter())[fold_name(entity.text)] += 1
        return found


def find_outer(name: Span) -> Span | None:
    """Give the larger place that stands behind a name: "Lomé, Togo". A list, or what a clause goes on with, is none."""
    doc, at = name.doc, name.end
    if at + 1 >= len(doc) or doc[at].text != "," or doc[at + 1].ent_type_ != "GPE":
        return None
    outer = find_entity(doc[at + 1])
    after: Token | None = doc[outer.end] if outer.end < len(doc) else None
    ended = after is None or after.is_punct or after.is_space or after.pos_ in ("ADP", "SCONJ")
    listed = after is not None and after.lower_ in ("and", "or", "&")
    return outer if (ended or outer.root.dep_ == "appos") and not listed else None


def name_place(where: Where) -> str:
    """Give a place as the article has it, with the one it lies in: "Lomé, Togo"."""
    outer = find_outer(where.name)
    if outer is None or not any(site.kind != "city" for site in look_up(outer.text)):
        return where.name.text
    return where.name.doc[where.name.start : outer.end].text


def _is_overshadowed(site: Site, sites: Iterable[Site]) -> bool:
    """Tell whether a region's bare name means its town: "Idlib", "Kano", "New York"."""
    if site.kind != "region" or site.people >= FAMOUS:
        return False
    return any(
        city.kind == "city" and city.country == site.country and (city.known_as or city.people > 3 * REGION)
        for city in sites
    )


def _read_country(name: str) -> str | None:
    """Give the country that a name is, if that is what it first means."""
    best = max(look_up(name), key=lambda site: (site.known_as, site.people), default=None)
    return best.country if best is not None and best.kind == "country" else None


def _write(site: Site) -> LocationFact:
    return LocationFact(
        name=site.name,
        kind=site.kind,
        country=site.country,
        latitude=site.latitude,
        longitude=site.longitude,
        geonameid=site.geonameid,
    )
