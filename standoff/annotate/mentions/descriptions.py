"""Resolve what describes one party without naming it: "the premier", "director of the fund", "the ruling party"."""

from __future__ import annotations

from functools import cache

from standoff.annotate.mentions.collectives import add_country, add_group, add_people
from standoff.annotate.mentions.lexicon import Tag, load_words
from standoff.annotate.mentions.names import name_state
from standoff.annotate.mentions.phrases import ARTICLES, end_phrase, find_country, head_noun, record_title, start_phrase
from standoff.annotate.mentions.register import Party, Register
from standoff.annotate.mentions.words import Words
from standoff.codebooks import load_codebook

DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})


def add_descriptions(words: Words, register: Register) -> None:
    """Add the mentions that describe rather than name, in reading order, after all names are known."""
    stand_ins = load_words("countries", "stand_ins")
    for token in words.doc:
        tag = words.tag_at[token.i]
        if tag is None and token.lower_ in stand_ins and register.owner[token.i] is None:
            add_country(words, token.i, register)
        elif tag is not None and tag.start == token.i and register.owner[tag.end - 1] is None:
            _add_tagged(words, tag, register)
    for party in register.parties:
        if party.country is None:
            party.country = _guess_country(party, register)


def _guess_country(party: Party, register: Register) -> str | None:
    """Give the country of what a person belongs to; who is in politics has the article's own, if that is sure."""
    home = next((home.country for home in party.homes if home.country), None)
    politics = {"GOV", "LEG", "PTY", "OPP"} if party.kind == "person" else {"PTY"}
    own = register.country if register.sure and party.kind in ("person", "organisation") else None
    return home or (own if politics & set(party.sectors) else None)


def _add_tagged(words: Words, tag: Tag, register: Register) -> None:
    heads = heads_phrase(words, tag)
    owned = words.kind(tag.start - 1) in ("country", "demonym") and words.is_title(tag.end)
    if tag.kind == "organisation" and (heads or owned):
        _add_organisation(words, tag, register)
    elif not heads:
        return
    elif tag.kind in ("role", "collective") and tag.entry.plural:
        add_group(words, tag, register)
    elif tag.kind == "role" and not tag.entry.code.extra.get("honorific"):
        _add_person(words, tag, register)
    elif tag.kind == "demonym":
        add_people(words, tag, register)


def heads_phrase(words: Words, tag: Tag) -> bool:
    """Tell whether an entry is the head of its phrase, not a modifier in a longer one or a verb."""
    head = words.doc[tag.end - 1]
    if head.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    if head.pos_ == "ADJ" and tag.kind != "demonym":
        return head.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos")
    near = head.head.i > head.i and head.head.i - head.i < 4
    return not (near and head.dep_ in ("compound", "amod", "nmod") and head.head.pos_ in ("NOUN", "PROPN"))


def _add_person(words: Words, tag: Tag, register: Register) -> None:
    """Add a described person: the one beside whom it stands, or who holds the title, or somebody unnamed."""
    start, end = start_phrase(words, tag.start, register), end_phrase(words, tag.end, register)
    text = words.doc[start:end].text
    bare = strip_article(text)
    party = _find_beside(words, start, end, tag, register)
    pointing = words.lower[start] in ("this", "that")
    if party is not None:
        if not pointing:
            record_title(words, party, start, end, tag, register)
    else:
        party = _find_titled(bare, register)
        if party is None and (words.lower[start] in DEFINITE or words.is_initial(start)):
            party = _find_holder(words, tag, start, register)
    if party is None:
        if words.doc[tag.end - 1].dep_ in ("attr", "acomp", "oprd") or words.lower[start - 1 : start] == ["as"]:
            return
        party = register.add_party("person", label=bare)
        record_title(words, party, start, end, tag, register)
    party.forms[text] = None
    register.add_mention(party, start, end, tag.end - 1, "title")


def strip_article(text: str) -> str:
    """Give a phrase without the article or the pointing word that it begins with.

    >>> strip_article("the ruling party")
    'ruling party'
    """
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in (*ARTICLES, "this", "that") else text


def _find_beside(words: Words, start: int, end: int, tag: Tag, register: Register) -> Party | None:
    """Give the person whom a description stands beside: "Ada Ito, director of the fund", "the director, Ada Ito",
    "this man [Ito]", "Ito was director", or with the description before it ("chair and founder")."""
    head = words.doc[tag.end - 1]
    if start > 1 and words.texts[start - 1] in (",", "–", "—", "-", "(") and not words.doc[start].is_sent_start:
        owner = register.owner[start - 2]
        if owner is not None and owner.party.kind == "person" and owner.form == "name" and owner.end == start - 1:
            return owner.party
    if end + 1 < len(words.texts) and words.texts[end] in (",", "["):
        owner = register.owner[end + 1]
        opens = words.is_initial(start) or head.dep_ in ("nsubj", "nsubjpass") or words.texts[end] == "["
        if owner is not None and owner.party.kind == "person" and owner.start == end + 1 and opens:
            return owner.party
    if head.dep_ in ("attr", "oprd") or (head.dep_ == "pobj" and words.lower[start - 1 : start] == ["as"]):
        verb = head.head.head if head.dep_ == "pobj" else head.head
        subjects = [register.owner[child.i] for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
        return next((owner.party for owner in subjects if owner is not None and owner.party.kind == "person"), None)
    if head.dep_ == "conj" and words.lower[start] not in ARTICLES:
        owner = register.owner[head.head.i]
        if owner is not None and owner.form == "title" and owner.party.kind == "person" and owner.party.names:
            return owner.party
    return None


def _find_titled(text: str, register: Register) -> Party | None:
    """Give the person whose title on record is exactly this one, if it is longer than an office that many hold."""
    if len(text.split()) < 3:
        return None
    for party in register.parties:
        for role in party.roles:
            if role["title"].lower().endswith(text.lower()):
                return party
    return None


def _find_holder(words: Words, tag: Tag, start: int, register: Register) -> Party | None:
    """Give the latest person to hold this title, of the country that the words name or else of the article's own.

    Who is named only later is meant if nobody else holds the title: a lead says "the minister" before it names her.
    """
    wanted = list_same_titles(tag.text)
    country = find_country(words, start, tag.start)
    said = {words.lower[at] for at in range(start, tag.start)}
    best: tuple[tuple[bool, int, bool, int], Party] | None = None
    holders = 0
    for party in register.parties:
        if party.kind != "person" or not any(_is_title(title, wanted) for title in party.heads):
            continue
        if country is not None and party.country not in (None, country):
            continue
        holders += 1
        latest = max((mention.start for mention in party.mentions if mention.start < start), default=-1)
        shared = len(said & {word for role in party.roles for word in role["title"].lower().split()})
        score = (latest >= 0, shared, country is None and party.country in (None, register.country), latest)
        if best is None or score > best[0]:
            best = (score, party)
    return best[1] if best is not None and (best[0][0] or holders == 1) else None


@cache
def list_same_titles(title: str) -> frozenset[str]:
    """Give the titles that stand for this one when a text calls back to somebody, itself among them.

    >>> "premier" in list_same_titles("prime minister")
    True
    """
    groups = load_codebook("roles").settings["same"]
    return next((frozenset(group) for group in groups if title in group), frozenset({title}))


def _is_title(title: str, wanted: frozenset[str]) -> bool:
    """Tell whether a title on record is a wanted one, or a longer form of one ("foreign minister": "minister")."""
    return title in wanted or (title.split()[-1] in wanted and len(list_same_titles(title)) == 1)


def _add_organisation(words: Words, tag: Tag, register: Register) -> None:
    """Add a described organisation: "the ruling party", "the Japan embassy", "the court", "Vega's government"."""
    start, end = start_phrase(words, tag.start, register), tag.end
    head, state = head_noun(tag.text), bool(tag.entry.code.extra.get("state"))
    country = find_country(words, start, tag.start)
    lowered = words.lower[start:end]
    definite = lowered[0] in DEFINITE or "'s" in lowered
    armed = bool(tag.entry.code.extra.get("armed"))
    if not (definite or country or armed or tag.text in load_words("organisations", "bare")):
        return
    party = None
    if "ruling" in lowered or "governing" in lowered:
        party = next((party for party in register.parties if "ruling" in party.heads), None)
    elif "opposition" in lowered:
        opposed = [party for party in register.parties if {"PTY", "OPP"} <= set(party.sectors) and party.names]
        party = next((party for party in opposed if party.kind == "organisation"), None)
    beside = register.owner[end + 1] if words.texts[end : end + 1] == [","] and end + 1 < len(words.texts) else None
    if beside is not None and beside.party.kind == "organisation" and beside.start == end + 1 and not state:
        party = beside.party
    if party is None and state:
        party = _find_organ(words, tag, start, country, register)
    elif party is None and country is None and definite:
        party = _find_latest(head, start, register)
    if party is None:
        if tag.entry.code.extra.get("weak") or (lowered[0] in ("a", "an") and not armed):
            return
        label = strip_article(words.doc[start:end].text)
        party = register.add_party("organisation", label=label, country=country)
    party.add_sectors(tag.entry.sectors if not party.sectors else ())
    party.heads.add(head)
    party.forms[words.doc[start:end].text] = None
    register.add_mention(party, start, end, tag.end - 1, "title")


def _find_organ(words: Words, tag: Tag, start: int, country: str | None, register: Register) -> Party | None:
    """Give the organ of a state that the words mean: the one named by this noun in the article, else one by country.

    What it is in charge of is part of what it is: "the interior ministry" is not the Ministry of Health.
    """
    charge = " ".join(words.lower[at] for at in range(start, tag.start) if words.kind(at) == "portfolio")
    if country is None and tag.text != "government":
        named = _find_latest(head_noun(tag.text), start, register, charge)
        if named is not None:
            return named
    country = country or register.country
    if country is None:
        return None
    organ = (f"{charge} {tag.text}".strip(), country)
    if organ not in register.states:
        register.states[organ] = register.add_party("organisation", label=name_state(*organ), country=country)
    return register.states[organ]


def _find_latest(head: str, start: int, register: Register, charge: str = "") -> Party | None:
    """Give the organisation of this sort, and with this in its name, that was mentioned last before `start`."""
    best: tuple[int, Party] | None = None
    for party in register.parties:
        if party.kind == "organisation" and head in party.heads and charge in party.name.lower():
            latest = max((mention.start for mention in party.mentions if mention.start < start), default=-1)
            if latest >= 0 and (best is None or latest > best[0]):
                best = (latest, party)
    return best[1] if best is not None else None
