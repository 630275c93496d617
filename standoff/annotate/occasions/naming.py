"""Say where an occasion is and name it as a timeline would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from standoff.annotate.facts import ActorFact, MentionFact
from standoff.annotate.occasions.phrase import Phrase
from standoff.codebooks import load_codebook

CLEAR = 1.5  # times as many mentions as the next country has; below that, an election may be either's
NAMING = frozenset({"name", "title", "group"})


def find_place(
    phrase: Phrase, inside: Sequence[MentionFact], actors: Sequence[ActorFact], country: str | None
) -> str | None:
    """Give the country or town that the phrase names; for what belongs to a country, that of the article if none."""
    for fact in inside:
        if actors[fact["actor"]]["kind"] == "country":
            return name_country(actors[fact["actor"]]["country"]) or actors[fact["actor"]]["name"]
    national = bool(phrase.code.extra.get("national"))
    places = [ent.text for ent in phrase.head.doc[phrase.start : phrase.end].ents if ent.label_ == "GPE"]
    return country if national and country else places[-1] if places else None


def name_main_country(actors: Sequence[ActorFact], mentions: Sequence[MentionFact]) -> str | None:
    """Give the English name of the country that by far the most mentions belong to, or None if there is none."""
    codes = (actors[fact["actor"]]["country"] for fact in mentions)
    ranked = Counter(code for code in codes if code and len(code) == 3).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]):
        return None
    return name_country(ranked[0][0])


def name_country(code: str | None) -> str | None:
    """Give a country's English name by its ISO 3166 alpha-3 code, or None if it is no country."""
    found = load_codebook("countries").codes.get(code or "")
    return None if found is None else found.definition


def name_occasion(phrase: Phrase, inside: Sequence[MentionFact], actors: Sequence[ActorFact], place: str | None) -> str:
    """Give the occasion's own name if it has one, else its kind with the parties or the place."""
    title = str(phrase.code.extra.get("title", phrase.code.key))
    if phrase.is_named:
        return phrase.name
    if phrase.code.extra.get("national"):
        return f"{title} in {place}" if place else title
    after = [fact for fact in inside if fact["start"] > phrase.head.idx or phrase.participle]
    parties = [actors[fact["actor"]]["name"] for fact in (after or inside) if fact["form"] in NAMING]
    if not parties:
        return f"{title} in {place}" if place else title
    if after:
        default = "with" if phrase.code.extra.get("family") == "meeting" else "of"
        link = next((child.lower_ for child in phrase.head.rights if child.dep_ == "prep"), default)
        return f"{title} {link} {parties[0]}"
    return f"{title}: {', '.join(dict.fromkeys(parties))}"
