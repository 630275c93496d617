"""Make actors of those who are told a thing and are nobody that the article has named: the juror, the club's stewards.

What is told something is somebody: a person, people or a body. That makes an actor of a noun that no codebook knows,
which would else be none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from standoff.annotate.attributions.cues import Finding
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.sources import find_phrase
from standoff.annotate.facts import ActorFact, MentionFact
from standoff.codebooks import load_codebook

LONGEST = 8  # tokens of what somebody is called


class Strangers:
    """Hold the actors that are added to an article's, and where they stand."""

    def __init__(self, known: Sequence[ActorFact], lexicon: Lexicon) -> None:
        self.first = len(known)
        self.lexicon = lexicon
        self.numbers: dict[str, int] = {}
        self.actors: list[ActorFact] = []
        self.mentions: list[MentionFact] = []

    def find(self, noun: Token) -> int | None:
        """Give the number of whoever was added under the same words."""
        return self.numbers.get(_name(noun).casefold())

    def add(self, noun: Token, finding: Finding) -> int | None:
        """Give the number of an actor for whoever is told in a finding, or None if that is no noun for somebody.

        Of a medium only its name is one: the newspaper Il Faro, but not this newspaper.
        """
        if noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ in ("DATE", "TIME", "GPE", "LOC"):
            return None
        moved = finding.verb.lemma_.lower() in self.lexicon.movers
        surely = noun == finding.listener and finding.frame.code in self.lexicon.hearer_codes and not moved
        if noun.lemma_.lower() in self.lexicon.told_things or not (surely or _may_hear(noun)):
            return None
        outlet = noun.lower_ in self.lexicon.venue_outlets or noun.lower_ in self.lexicon.venue_means
        start, end = _span_name(noun) if outlet else _span(noun)
        label = noun.doc[start:end].text
        if not label:
            return None
        number = self.numbers.setdefault(label.casefold(), self.first + len(self.actors))
        kind = "organisation" if outlet or noun.lemma_.lower() in _list_bodies() else "person"
        if noun.tag_ in ("NNS", "NNPS"):
            kind = "group"
        if number == self.first + len(self.actors):
            self.actors.append(ActorFact(name=label, kind=kind, country=None, sectors=[], aliases=[], roles=[]))
        place = noun.doc[start:end]
        form = "name" if outlet else "group" if kind == "group" else "title"
        self.mentions.append(MentionFact(start=place.start_char, end=place.end_char, actor=number, form=form))
        return number


def _name(noun: Token) -> str:
    start, end = _span(noun)
    return noun.doc[start:end].text


def _span(noun: Token) -> tuple[int, int]:
    """Give the tokens of what somebody is called, without article: club's stewards."""
    start, end = find_phrase(noun)
    while start < noun.i and noun.doc[start].pos_ in ("DET", "PRON", "PUNCT", "SPACE", "ADP"):
        start += 1
    others = (child.i for child in noun.rights if child.dep_ in ("cc", "conj"))
    return start, max(noun.i + 1, min(end, start + LONGEST, *others))


def _span_name(noun: Token) -> tuple[int, int]:
    """Give the tokens of the name right after a noun, if one stands there."""
    doc, end = noun.doc, noun.i + 1
    while end < len(doc) and doc[end].pos_ == "PROPN":
        end += 1
    return noun.i + 1, end


def _may_hear(noun: Token) -> bool:
    """Tell whether a noun looks like one for people, by its ending, or is one for a body of them."""
    plural = noun.lower_ if noun.lower_.endswith("s") else f"{noun.lower_}s"
    people = load_codebook("collectives").settings
    ends = plural.endswith(tuple(people["endings"])) and plural not in people["things"]
    return noun.pos_ == "PROPN" or noun.lemma_.lower() in _list_bodies() or ends


@cache
def _list_bodies() -> frozenset[str]:
    """Give the nouns for bodies of people."""
    return frozenset(cue.casefold() for code in load_codebook("organisations").codes.values() for cue in code.cues)
