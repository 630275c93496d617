"""Resolve what stands for many or for all: "observers", "the opposition", "Cambodians", "the country"."""

from __future__ import annotations

from standoff.annotate.mentions.lexicon import Tag, name_country
from standoff.annotate.mentions.phrases import find_country, start_phrase
from standoff.annotate.mentions.register import Party, Register
from standoff.annotate.mentions.words import Words

UNCOUNTED = frozenset({"DET", "NUM", "PRON", "ADV", "ADP"})


def add_group(words: Words, tag: Tag, register: Register) -> None:
    """Add an unnamed collective; the same words without their number are the same collective in one article.

    "The opposition" is the article's one opposition party if it names one.
    """
    if tag.text == "opposition" and words.lower[tag.end : tag.end + 1] == ["to"]:
        return
    start, end = start_phrase(words, tag.start, register), tag.end
    first = next((at for at in range(start, tag.start) if words.doc[at].pos_ not in UNCOUNTED), tag.start)
    label = words.doc[first:end].text
    if words.kind(first) not in ("demonym", "country", "body") and register.owner[first] is None:
        label = label[:1].lower() + label[1:]
    party = _find_opposition(register) if tag.text == "opposition" else None
    if party is None:
        key = (label.lower(), "group")
        party = register.states.get(key)
        if party is None:
            country = find_country(words, start, tag.start) or tag.entry.country
            party = register.states[key] = register.add_party("group", label=label, country=country, plural=True)
            party.add_sectors(_list_sectors(words, tag, start, register))
    party.forms[words.doc[start:end].text] = None
    register.add_mention(party, start, end, tag.end - 1, "group")


def _list_sectors(words: Words, tag: Tag, start: int, register: Register) -> tuple[str, ...]:
    """Give a collective's sector; one without its own has that of the body that its phrase names ("CNRP members")."""
    owners = [register.owner[at] for at in range(start, tag.start)]
    body = next((owner.party for owner in owners if owner is not None and owner.party.kind == "organisation"), None)
    sectors = tag.entry.sectors or (tuple(body.sectors) if body is not None else ())
    return (*sectors, "OPP") if "opposition" in words.lower[start : tag.start] and "OPP" not in sectors else sectors


def _find_opposition(register: Register) -> Party | None:
    """Give the one party that the article shows to be in opposition: called so, or the only one that does not rule."""
    parties = [p for p in register.parties if p.kind == "organisation" and "PTY" in p.sectors and p.names]
    named = [party for party in parties if "OPP" in party.sectors]
    if not named and any("ruling" in party.heads for party in parties):
        named = [party for party in parties if "ruling" not in party.heads and party.country == register.country]
    if len(named) != 1:
        return None
    named[0].add_sectors(("OPP",))
    return named[0]


def add_people(words: Words, tag: Tag, register: Register) -> None:
    """Add a people: "Cambodians" are a collective, "the Japanese" stands for the country."""
    country = str(tag.entry.country)
    start = start_phrase(words, tag.start, register)
    if tag.entry.plural:
        key = (tag.text.lower(), "group")
        party = register.states.get(key)
        if party is None:
            party = register.states[key] = register.add_party("group", label=tag.text, country=country, plural=True)
            party.add_sectors(("CVL",))
        register.add_mention(party, start, tag.end, tag.end - 1, "group")
    elif words.lower[tag.start - 1 : tag.start] == ["the"]:
        start = tag.start - 1
        party = _find_country(country, register)
        register.add_mention(party, start, tag.end, tag.end - 1, "demonym")
    else:
        return
    party.forms[words.doc[start : tag.end].text] = None


def _find_country(country: str, register: Register) -> Party:
    party = next((p for p in register.parties if p.kind == "country" and p.country == country), None)
    if party is None:
        party = register.add_party("country", country=country, label=name_country(country), sectors=["GOV"])
    return party


def add_country(words: Words, at: int, register: Register) -> None:
    """Add "the country" or "the Kingdom" as the country that the article is set in."""
    if register.country is None or words.lower[at - 1 : at] != ["the"] or words.doc[at].dep_ in ("compound", "amod"):
        return
    party = _find_country(register.country, register)
    party.forms[words.doc[at - 1 : at + 1].text] = None
    register.add_mention(party, at - 1, at + 1, at, "title")
