"""Say where an occasion is and name it as a timeline would."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.annotate.facts import ActorFact, MentionFact
from standoff.annotate.occasions.phrase import Phrase, children_after, left_words
from standoff.codebooks import load_codebook

NAMING = frozenset({"name", "title", "group"})


def find_place(phrase: Phrase, inside: Sequence[MentionFact], actors: Sequence[ActorFact]) -> str | None:
    """Give the country that the phrase names, in English, or else the town; None if it names neither."""
    for fact in inside:
        actor = actors[fact["actor"]]
        if actor["kind"] == "country":
            country = load_codebook("countries").codes.get(actor["country"] or "")
            return actor["name"] if country is None else country.definition
    towns = [word for word in phrase.head.doc[phrase.start : phrase.end] if word.ent_type_ == "GPE"]
    name = [word for word in towns if towns[-1].i - word.i < len(towns)]
    return name[0].doc[name[0].i : name[-1].i + 1].text if name else None


def name_occasion(phrase: Phrase, inside: Sequence[MentionFact], actors: Sequence[ActorFact], place: str | None) -> str:
    """Give the occasion's own name if it has one, else its kind with the party or the place that follows it."""
    title = _read_title(phrase)
    if phrase.is_named:
        return phrase.name
    after = [fact for fact in inside if fact["start"] > phrase.head.idx or phrase.participle]
    party = next((actors[fact["actor"]]["name"] for fact in after if fact["form"] in NAMING), None)
    if party is None or phrase.code.extra.get("national"):
        owned = any(word.dep_ == "poss" and word.pos_ != "PRON" for word in left_words(phrase.head))
        return phrase.name if owned else f"{title} in {place}" if place else title
    default = "with" if phrase.code.extra.get("family") == "meeting" else "of"
    link = next((child.lower_ for child in children_after(phrase.head) if child.dep_ == "prep"), default)
    return f"{title} {link} {party}"


def _read_title(phrase: Phrase) -> str:
    """Give the kind in the text's own words, with the nouns and the words of its cue before it: "hunger strike"."""
    if phrase.participle:
        return str(phrase.code.extra.get("title", phrase.code.key))
    own = {word for cue in phrase.code.cues for word in cue.split()[:-1]}
    words = [
        word.text if word.pos_ == "PROPN" else word.lower_
        for word in left_words(phrase.head)
        if word.lower_ in own or (word.dep_ == "compound" and word.pos_ == "NOUN" and word.ent_type_ != "DATE")
    ]
    return " ".join([*words, phrase.head.lower_])
