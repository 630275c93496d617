"""Weigh how far each party of an article is in a reader's mind, for a pronoun to find.

A weighing of antecedents after Lappin and Leass (1994), with the weights that news needs: the subject of a verb of
speech stays in mind over the quotation that follows, and what is inside a quotation hardly counts outside it.
"""

from __future__ import annotations

from spacy.tokens import Token

from standoff.annotate.mentions.lexicon import load_words
from standoff.annotate.mentions.register import Party
from standoff.annotate.mentions.words import Words

SPEAKER = 100.0
ASKER = 70.0  # who asks gives the floor away
WEIGHTS = {"nsubj": 80.0, "nsubjpass": 80.0, "agent": 60.0, "dobj": 50.0, "pobj": 40.0, "dative": 50.0, "poss": 35.0}
QUOTED = 15.0
OUTSIDE = 0.7  # a quotation's pronoun looks less to what is told around it than to what it says itself
FADED = 4.0


class Rival(Party):
    """A thing that is no actor ("the law") but that a pronoun may mean."""


class InMind:
    """Hold how far each party is in mind, apart for the reporter's text and for what is quoted in it.

    A pronoun inside a quotation rather means whom the quotation spoke of; one outside hardly looks into it.
    """

    def __init__(self) -> None:
        self.told: dict[Party, float] = {}
        self.quoted: dict[Party, float] = {}

    def fade(self, decay: float) -> None:
        """Let all fade, as a new sentence begins."""
        for scores in (self.told, self.quoted):
            faded = {party: decay * score for party, score in scores.items() if decay * score >= FADED}
            scores.clear()
            scores.update(faded)

    def add(self, words: Words, token: Token, party: Party, share: float = 1.0) -> None:
        """Bring a party to mind by a mention of it."""
        if words.quoted[token.i]:
            raise_score(self.quoted, party, share * WEIGHTS.get(find_place(token).dep_, 30.0))
        raise_score(self.told, party, share * weigh_place(words, token))

    def weigh(self, quoted: bool) -> dict[Party, float]:
        """Give how far each party is in mind for a pronoun that is, or is not, inside a quotation."""
        if not quoted:
            return self.told
        return {
            party: max(OUTSIDE * self.told.get(party, 0.0), self.quoted.get(party, 0.0))
            for party in {**self.told, **self.quoted}
        }


def raise_score(salience: dict[Party, float], party: Party, weight: float) -> None:
    """Bring a party to mind, above what else is there as much."""
    salience[party] = max(salience.get(party, 0.0), weight) + 1.0


def weigh_place(words: Words, token: Token) -> float:
    """Say how far a mention's place puts its party in mind."""
    if words.quoted[token.i]:
        return QUOTED
    token = find_place(token)
    if token.dep_ == "nsubj" and token.head.lemma_ in load_words("names", "speech"):
        return ASKER if token.head.lemma_ == "ask" else SPEAKER
    return WEIGHTS.get(token.dep_, 30.0)


def find_place(token: Token) -> Token:
    """Give the word whose place in the sentence a mention has: an apposition has that of the noun beside it."""
    for _ in range(3):
        if token.dep_ != "appos":
            break
        token = token.head
    return token
