"""Add the parties of events that the trained reader sees and no list foresaw: "the garrison", "Manila", "Thai drones".

The reader says how likely each word is to name who does or who suffers an event; what sort of party a word can be is
still told by the codebooks, by endings and by the names' labels. A doer is believed more readily than one that is
acted on, for things are acted on too ("rejected the plan").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from standoff.annotate.facts import read_facts
from standoff.annotate.mentions.coding import code_actor
from standoff.annotate.mentions.collectives import add_group, provide_country
from standoff.annotate.mentions.lexicon import Entry, Tag, load_lexicon, load_words, name_country
from standoff.annotate.mentions.phrases import start_phrase, strip_article, tells_why
from standoff.annotate.mentions.places import load_cities
from standoff.annotate.mentions.register import Party, Register
from standoff.annotate.mentions.words import Words
from standoff.codebooks import load_codebook

# Chosen on the tune half of tests/cases/events.toml, 2026-11.
EVENT = 0.3  # the parties of a word count from this chance of an event on
DOER = 0.5  # who is told by a list or an ending to be somebody is a party from this chance on
TRUSTED = 0.7  # and any noun that is no thing from this one
SUFFERER = 0.45  # the same for who is acted on
NOBODY = frozenset({"no", "any", "every", "each", "such", "what", "which"})
ONE_OF_MANY = frozenset({"of", "in", "at", "from"})
FORCE = frozenset({"ASSAULT", "COERCE"})
OBJECTS = frozenset({"dobj", "dative", "nsubjpass"})
SIDES = frozenset({"north", "south", "east", "west"})


class Chance(NamedTuple):
    """How likely a word names who does something, and whom something is done to; `struck` if that is force."""

    doer: float = 0.0
    sufferer: float = 0.0
    struck: float = 0.0

    def reaches(self, doer: float, sufferer: float) -> bool:
        return self.doer >= doer or self.sufferer >= sufferer


def add_seen(words: Words, register: Register) -> None:
    """Add a mention for each party that the reader sees and no mention covers; nothing if the reader did not run."""
    seen = _read_chances(words)
    for at in sorted(seen):
        token = words.doc[at]
        if token.head.i in seen and token.head.i != at and token.dep_ != "conj":
            continue
        if token.pos_ == "NOUN" and words.titled[at]:
            continue  # a headline's noun means somebody whom the text below names
        if register.owner[at] is None and not words.outside[at] and not _is_loose(words, token):
            _add_party(words, token, seen[at], register)


def _read_chances(words: Words) -> dict[int, Chance]:
    """Give the chances of each word that the reader takes for a party, the best that it has in any event."""
    tokens = {token.idx: token for token in words.doc}
    found: dict[int, Chance] = {}
    for fact in read_facts(words.doc, "sightings"):
        if sum(fact["types"].values()) < EVENT:
            continue
        force = max(fact["types"], key=lambda name: fact["types"][name]) in FORCE
        for start, _, doer, sufferer in fact["parties"]:
            token = tokens.get(int(start))
            if token is not None and Chance(doer, sufferer).reaches(DOER, SUFFERER):
                at = token.head.i if token.dep_ == "det" else token.i  # what "the" is told of is told of its noun
                before = found.get(at, Chance())
                chance = Chance(doer, sufferer, sufferer if force else 0.0)
                found[at] = Chance(*map(max, before, chance))
    return found


def _is_loose(words: Words, token: Token) -> bool:
    """Tell whether a word is no noun and no name, or names a time, a sum, or nobody in particular."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.ent_type_ in load_words("parties", "unfit"):
        return True
    return any(child.lower_ in NOBODY for child in token.children)


def _add_party(words: Words, token: Token, chance: Chance, register: Register) -> None:
    """Add the party that one word names, if it can be one: a state by its capital or its people's word, a town, people,
    a body or a person."""
    state = _find_state(words, token, register)
    if state is not None:
        _add_state(words, state, register)
    elif token.pos_ == "PROPN" and (token.ent_type_ in ("GPE", "LOC") or _is_town(words, token)):
        acted_on = token.dep_ in OBJECTS
        if chance.reaches(TRUSTED, SUFFERER if acted_on else TRUSTED) and not _is_placed(words, token):
            _add_town(words, token, register)
    elif token.pos_ != "ADJ":
        _add_noun(words, token, chance, register)


class State(NamedTuple):
    """A country that tokens `start` to `end` stand for."""

    start: int
    end: int
    country: str
    form: str


def _find_state(words: Words, token: Token, register: Register) -> State | None:
    """Give the country that a word stands for: as its capital, as its people's word, or as one half of a country."""
    tag = words.tag_at[token.i]
    if tag is not None and tag.kind in ("capital", "country", "demonym") and tag.entry.country is not None:
        if tag.kind != "demonym":
            return None if _is_placed(words, token) else State(tag.start, tag.end, tag.entry.country, "name")
        said = token.dep_ in ("acomp", "attr") or words.is_title(tag.end) or words.kind(tag.end) == "portfolio"
        return None if said else State(tag.start, tag.end, tag.entry.country, "demonym")
    start = _start_name(words, token)
    seat = _load_seats().get(words.doc[start : token.i + 1].text)
    if seat is not None:
        return None if _is_placed(words, token) else State(start, token.i + 1, seat, "name")
    half = _find_half(words, token, register)
    return None if half is None else State(token.i - 1, token.i + 1, half, "name")


@cache
def _load_seats() -> dict[str, str]:
    return dict(load_codebook("parties").settings["seats"])


def _find_half(words: Words, token: Token, register: Register) -> str | None:
    """Give the country that "the North" is, where the article names it or the South that belongs to it."""
    if token.lower_ not in SIDES or not token.is_title or words.lower[token.i - 1 : token.i] != ["the"]:
        return None
    for party in register.parties:
        side, _, rest = name_country(party.country or "").partition(" ")
        if party.kind == "country" and side.lower() in SIDES:
            tags = list(load_lexicon().find_tags([token.text, *rest.split()]))
            if len(tags) == 1 and tags[0].kind == "country" and tags[0].end == 1 + len(rest.split()):
                return tags[0].entry.country
    return None


def _add_state(words: Words, state: State, register: Register) -> None:
    if any(register.owner[at] is not None for at in range(state.start, state.end)):
        return
    party = provide_country(state.country, register)
    party.forms[words.doc[state.start : state.end].text] = None
    register.add_mention(party, state.start, state.end, state.end - 1, state.form)


def _is_placed(words: Words, token: Token) -> bool:
    """Tell whether a town is where something happens ("in Lima"), or belongs to another name ("the Lima road")."""
    if token.dep_ in ("compound", "nmod") or any(child.dep_ == "det" for child in token.children):
        return True
    return token.dep_ == "pobj" and token.head.lower_ in load_words("parties", "placing")


def _start_name(words: Words, token: Token) -> int:
    """Give where the name begins that a word ends: "Boa Vista"."""
    start = token.i
    while start > 0 and words.doc[start - 1].dep_ == "compound" and words.upper[start - 1]:
        start -= 1
    return start


def _is_town(words: Words, token: Token) -> bool:
    return words.doc[_start_name(words, token) : token.i + 1].text in load_cities()


def _add_town(words: Words, token: Token, register: Register) -> None:
    """Add a town that acts or is acted on as those who live there."""
    start = token.i
    while start > 0 and words.doc[start - 1].dep_ == "compound" and register.owner[start - 1] is None:
        start -= 1
    text = words.doc[start : token.i + 1].text
    country = load_cities().get(text)
    if country is not None:
        party = _provide("group", text, register, country=country, plural=True)
        party.add_sectors(("CVL",))
        register.add_mention(party, start, token.i + 1, token.i, "name")


def _add_noun(words: Words, token: Token, chance: Chance, register: Register) -> None:
    """Add people, a body or a person by a common noun or a name that no list has; for a thing, the country it is of.

    One that is acted on has an article or an owner, or is an idea ("barred from public office").
    """
    tag = words.tag_at[token.i]
    if tag is not None and (tag.kind in ("role", "collective") and (tag.entry.plural or chance.doer < TRUSTED)):
        return  # a rule knows this noun, and means nobody by it here
    counted = next((child for child in token.children if child.lower_ == "of"), None)
    if token.lower_ in load_words("collectives", "counts") and counted is not None:
        inner = next((child for child in counted.children if child.dep_ == "pobj"), None)
        if inner is not None and register.owner[inner.i] is None and inner.pos_ in ("NOUN", "PROPN"):
            _add_many(words, inner, register)
        return
    sort = _tell_sort(words, token)
    named = token.pos_ == "PROPN" and chance.sufferer >= TRUSTED
    if sort == "target":  # struck with those who are in it, unless it is some state's
        sort = "thing" if chance.struck < SUFFERER or any(_list_states(words, token)) else "group"
    if sort == "thing" or (sort is None and chance.doer < TRUSTED and not named):
        _add_sender(words, token, register)
    elif token.tag_ in ("NNS", "NNPS"):
        _add_many(words, token, register)
    elif chance.doer >= DOER or token.pos_ == "PROPN" or any(child.dep_ in ("det", "poss") for child in token.children):
        _add_one(words, token, sort or ("organisation" if token.pos_ == "PROPN" else "group"), register)


def _tell_sort(words: Words, token: Token) -> str | None:
    """Tell whether a noun is a body (an organisation), a person or a thing, or None if nothing tells."""
    noun, tag = token.lemma_.lower(), _find_tag(words, token)
    sorts = _load_sorts()
    if tag is not None and tag.kind in ("organisation", "body"):
        return "organisation"
    if tag is not None and tag.kind in ("role", "collective"):
        return "person"
    if noun in sorts:
        return sorts[noun]
    if noun + "s" in load_words("collectives", "things") or token.lower_ in load_words("collectives", "things"):
        return "thing"
    if token.pos_ == "PROPN":
        return None
    if noun.endswith(tuple(load_words("parties", "abstract"))):
        return "thing"
    return "person" if len(noun) > 4 and noun.endswith(tuple(load_words("parties", "persons"))) else None


@cache
def _load_sorts() -> dict[str, str]:
    kinds = {"body": "organisation", "settlement": "group"}
    codes = load_codebook("parties").codes.items()
    return {cue: kinds.get(key, key) for key, code in codes for cue in code.cues}


def _find_tag(words: Words, token: Token) -> Tag | None:
    """Give what the codebooks know of a noun, or of its singular ("armies")."""
    tag = words.tag_at[token.i]
    return tag or next(load_lexicon().find_tags([token.lemma_.lower()]), None)


def _add_many(words: Words, token: Token, register: Register) -> None:
    """Add several people, or several bodies, as a collective of their own."""
    known = _find_tag(words, token)
    sectors = known.entry.sectors if known is not None else _list_sectors(words, token)
    entry = Entry("collective", load_codebook("collectives").codes["guessed"], None, sectors, True)
    add_group(words, Tag(token.i, token.i + 1, token.lower_, entry), register)


def _list_sectors(words: Words, token: Token) -> tuple[str, ...]:
    """Give the sector of a noun that only this component's codebook knows; a people or a settlement are civilians."""
    settled = _load_sorts().get(token.lemma_.lower()) == "group"
    return ("CVL",) if settled or token.ent_type_ == "NORP" else ()


def _add_one(words: Words, token: Token, kind: str, register: Register) -> None:
    """Add a body or a person that a noun means; "the garrison" is the one that the article told of before."""
    start, end = start_phrase(words, token.i, register), _end_phrase(words, token, register)
    text = words.doc[start:end].text
    definite = words.lower[start] not in ("a", "an", "another", "one")
    party = _find_named(words, end, register)
    if party is None and definite:
        party = _find_latest(token, kind, register)
    if party is None:
        tag = _find_tag(words, token)
        country, sectors = code_actor(text)
        if country is None and tag is not None and tag.entry.code.extra.get("state"):
            country = register.country
        party = register.add_party(kind, label=strip_article(text), country=country, plural=kind == "group")
        party.add_sectors(tuple(sectors) or _list_sectors(words, token))
        party.heads.add(token.lower_)
    party.forms[text] = None
    register.add_mention(party, start, end, token.i, "group" if kind == "group" else "title")


def _find_named(words: Words, end: int, register: Register) -> Party | None:
    """Give the person whom a description is followed by: "his former partner, Lars Holt," or "flatmate Lars Holt"."""
    at = end + (words.texts[end : end + 1] == [","])
    owner = register.owner[at] if at < len(words.texts) else None
    named = owner is not None and owner.start == at and owner.form == "name" and owner.party.kind == "person"
    return owner.party if owner is not None and named else None


def _find_latest(token: Token, kind: str, register: Register) -> Party | None:
    """Give the party of this noun that was told of last."""
    same = [
        party for party in register.parties if party.kind == kind and token.lower_ in party.heads and party.mentions
    ]
    return max(same, key=lambda party: max(mention.start for mention in party.mentions), default=None)


def _end_phrase(words: Words, token: Token, register: Register) -> int:
    """Give where a phrase ends: after the place or the owner that its noun takes along ("a court in Windhoek")."""
    joint = words.doc[token.i + 1] if token.i + 1 < len(words.doc) else None
    if joint is None or joint.head.i != token.i or joint.lower_ not in ONE_OF_MANY:
        return token.i + 1
    inner = next((child for child in joint.children if child.dep_ == "pobj"), None)
    if inner is None or inner.i > token.i + 5 or tells_why(words, joint, inner.i):
        return token.i + 1
    owner = register.owner[inner.i]
    if owner is not None:
        return owner.end
    return inner.i + 1 if inner.pos_ == "PROPN" or joint.lower_ == "of" else token.i + 1


def _add_sender(words: Words, token: Token, register: Register) -> None:
    """Add the country whose thing acts or is acted on: "Thai drones", "the Moroccan posts"."""
    for state in _list_states(words, token):
        if register.owner[state.start] is None:
            _add_state(words, state, register)


def _list_states(words: Words, token: Token) -> Iterator[State]:
    for child in token.children:
        tag = words.tag_at[child.i]
        if child.i < token.i and tag is not None and tag.kind in ("demonym", "country") and tag.entry.country:
            yield State(tag.start, tag.end, tag.entry.country, "demonym")


def _provide(kind: str, label: str, register: Register, *, country: str | None, plural: bool) -> Party:
    """Give the party of this kind and name; a new one if there is none."""
    same = (party for party in register.parties if party.kind == kind and label in (party.label, *party.names))
    return next(same, None) or register.add_party(kind, label=label, country=country, plural=plural)
