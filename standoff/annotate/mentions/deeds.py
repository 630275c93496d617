"""Tell who is meant by what the article says of people: "the baker" of Ada who bakes, "their leader" who is named next.

Grosz, Joshi and Weinstein (1995) call such a description a realisation of who is in the centre already; a lead that
describes somebody whom only the next paragraph names is the news desk's delayed identification.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Token

from standoff.annotate.mentions.lexicon import Tag
from standoff.annotate.mentions.register import Mention, Party, Register
from standoff.annotate.mentions.words import Words
from standoff.codebooks import load_codebook


def find_doer(words: Words, tag: Tag, start: int, register: Register) -> Party | None:
    """Give the named person whom the article says to do what a title says, before token `start`.

    "The league chief" led the league: where the title's phrase has more words, the deed's object must share one.
    """
    said = {words.lower[at] for at in range(start, tag.start) if words.doc[at].pos_ in ("NOUN", "PROPN")}
    best: tuple[int, int] = (-1, -1)
    chosen: Party | None = None
    for mention in register.mentions:
        if mention.start >= start or mention.form != "name" or mention.party.kind != "person":
            continue
        for verb in _list_verbs(words.doc[mention.head]):
            if not _is_deed(verb.lemma_.lower(), tag.text):
                continue
            shared = len(said & {token.lower_ for token in _list_object(verb)})
            if (shared or not said) and (shared, mention.start) > best:
                best, chosen = (shared, mention.start), mention.party
    return chosen


def _list_verbs(head: Token) -> Iterator[Token]:
    """Yield the verbs that a name is the subject of, its relative clause's included ("Wangdi, who commanded ...")."""
    if head.dep_ == "nsubj":
        yield head.head
        yield from (verb for verb in head.head.rights if verb.dep_ == "conj" and not _has_subject(verb))
    for clause in head.children:
        if clause.dep_ == "relcl" and any(child.lower_ == "who" for child in clause.children):
            yield clause


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" for child in verb.children)


def _list_object(verb: Token) -> Iterator[Token]:
    """Yield the words of what is done, without those of a clause that is joined to it."""
    for child in verb.rights:
        if child.dep_ not in ("conj", "advcl", "ccomp"):
            yield from child.subtree


def _is_deed(lemma: str, title: str) -> bool:
    """Tell whether a verb makes somebody what a title calls him: by the codebook, or by the title's own ending."""
    noun = title.split()[-1]
    doers = {lemma + "er", lemma + "r", lemma + lemma[-1:] + "er", lemma + "or", lemma[:-1] + "or"}
    return noun in doers or not {title, noun}.isdisjoint(_load_deeds().get(lemma, ()))


@cache
def _load_deeds() -> Mapping[str, list[str]]:
    deeds: Mapping[str, list[str]] = load_codebook("roles").settings["deeds"]
    return deeds


def join_delayed(words: Words, register: Register) -> None:
    """Make one of whom the first paragraph only describes and whom the second opens with by name: "a mother of two
    said ... ¶ Ada Ito has waited since May". Not somebody who was named before, or who has a title of another kind."""
    breaks = [token.i for token in words.doc if "\n" in token.text]
    if not breaks:
        return
    lead = breaks[0]
    opening = next((m for m in register.mentions if m.form == "name" and _opens(words, m, lead)), None)
    if opening is None or opening.party.kind != "person" or opening.party.roles:
        return
    if any(mention.start < lead for mention in opening.party.mentions):
        return
    told = [p for p in register.parties if p.kind == "person" and any(m.start < lead for m in p.mentions)]
    if len(told) == 1 and not told[0].names and _agree(told[0], opening.party):
        join_parties(told[0], opening.party, register)


def _opens(words: Words, mention: Mention, lead: int) -> bool:
    """Tell whether a name without a title is the first word of the paragraph after token `lead`, and its subject."""
    return mention.start == lead + 1 and words.doc[mention.head].dep_ == "nsubj"


def _agree(one: Party, other: Party) -> bool:
    return None in (one.gender, other.gender or other.hint) or one.gender == (other.gender or other.hint)


def join_parties(one: Party, other: Party, register: Register) -> None:
    """Make all that is known of `one` the other's."""
    for mention in one.mentions:
        mention.party = other
    other.mentions += one.mentions
    one.mentions = []
    register.owned = [
        (other if party is one else party, len(other.roles) + number, at) if party is one else (party, number, at)
        for party, number, at in register.owned
    ]
    other.roles += one.roles
    other.heads |= one.heads
    other.forms |= one.forms
    other.add_sectors(tuple(one.sectors))
    other.country, other.gender = other.country or one.country, other.gender or one.gender
    register.parties.remove(one)
