"""Find the words that say where an event took place, and which words around them say what country that is in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Span, Token

from standoff.annotate.events.circumstances import find_clause
from standoff.annotate.events.coding import Coded, find_core
from standoff.annotate.events.gazetteer import look_up
from standoff.annotate.events.grammar import find_agent, find_entity, list_patients
from standoff.codebooks import load_codebook

PLACES = frozenset({"GPE", "LOC", "FAC"})
NO_PLACES = frozenset(
    ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE", "NORP", "EVENT", "LAW")
)
# What is said can be said anywhere: where it was is told by the verb's own phrase alone.
VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
MOVING = frozenset({"MOBILIZE", "AID", "RETREAT", "PROTEST"})
DOERS = frozenset({"PROTEST", "ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})  # who sits there does it there
TAKEN = frozenset({"seize", "restrict"})  # of COERCE: a place can be taken or shut
NAMING = frozenset({"compound", "nmod", "appos", "poss"})  # "Donetsk region", "the capital, Lomé", "Peru's coast"
DEPTH = 4  # nouns followed from a preposition to its place: "in the streets of the port of Kisumu"
WIDE = 40  # dependents looked at


class SiteWords(NamedTuple):
    """The codebook's word lists that steer where a place is looked for."""

    within: frozenset[str]
    toward: frozenset[str]
    away: frozenset[str]
    against: frozenset[str]
    parts: frozenset[str]
    sorts: frozenset[str]
    bearings: frozenset[str]
    grounds: frozenset[str]
    seated: frozenset[str]
    mental: frozenset[str]
    signing: frozenset[str]


class Where(NamedTuple):
    """A place's name in the text, whether a noun calls it a region, and the words beside it that may name a country."""

    name: Span
    region: bool
    beside: tuple[Token, ...]


@cache
def load_site_words() -> SiteWords:
    """Give the word lists at the top of the places codebook."""
    settings = load_codebook("places").settings
    return SiteWords(**{name: frozenset(settings[name]) for name in SiteWords._fields})


def find_where(coded: Coded) -> Where | None:
    """Give the place that the sentence ties to an event, or None.

    The trigger's own phrase comes first ("arrested in Kisumu"), then what it strikes, takes or goes to ("bombed
    Kharkiv"), then where whom it befell or who did it is ("the embassy in Bangui was attacked"), then the clause that
    it is joined to. A place within a party's name, or that stands for a government, is none: it hangs on no such word.
    Of what is merely said only the verb's own phrase tells where.
    """
    core = find_core(coded)
    holders = tuple(dict.fromkeys((*core, find_clause(coded.trigger.token))))
    for search in (_search_phrases, _search_objects, _search_doer, _search_joined):
        for where in search(coded, holders):
            return where
    return None


def _list_prepositions(coded: Coded) -> frozenset[str]:
    words = load_site_words()
    found = words.within
    if coded.type in MOVING or coded.mode == "visit" or coded.trigger.token.lemma_.lower() == "visit":
        found |= words.toward
    if coded.type == "RETREAT":
        found |= words.away
    return found | words.against if coded.type == "ASSAULT" else found


def _search_phrases(coded: Coded, holders: tuple[Token, ...]) -> Iterator[Where]:
    prepositions = _list_prepositions(coded)
    for holder in holders:
        if holder.lemma_.lower() not in load_site_words().mental:
            for child in _list_children(holder):
                if child.lower_ in prepositions and not _is_object_of_words(coded, child):
                    yield from _descend(child)


def _is_object_of_words(coded: Coded, preposition: Token) -> bool:
    """Tell whether a phrase behind a thing that is merely spoken of may belong to that: "welcomed the vote in Chad"."""
    if coded.type not in VERBAL or preposition.i < coded.trigger.token.i:
        return False
    signed = coded.trigger.token.lemma_.lower() in load_site_words().signing
    between = preposition.doc[coded.trigger.token.i + 1 : preposition.i]
    return any(word.pos_ == "VERB" for word in between) or (
        not signed and len(between) > 0 and between[-1].pos_ == "NOUN" and between[-1].ent_type_ == ""
    )


def _search_objects(coded: Coded, holders: tuple[Token, ...]) -> Iterator[Where]:
    if coded.type in VERBAL:
        return
    words, token = load_site_words(), coded.trigger.token
    reached = coded.type in ("ASSAULT", "MOBILIZE") or coded.mode in TAKEN or token.lemma_.lower() in ("visit", "tour")
    for holder in holders[:-1] if len(holders) > 1 else holders:
        if holder.pos_ not in ("VERB", "AUX", "NOUN"):
            continue
        for patient in list_patients(holder) if holder.pos_ != "NOUN" else []:
            if reached and _is_place(patient):
                yield _make_where(patient, patient)
            if patient.lemma_.lower() in words.mental:
                continue
            yield from _search_noun(patient)


def _search_noun(noun: Token) -> Iterator[Where]:
    """Yield where a noun is: "a church in Mosul", "Bangkok's airport"."""
    words = load_site_words()
    for child in _list_children(noun):
        if child.dep_ == "prep" and child.lower_ in words.within:
            yield from _descend(child)
    if noun.lemma_.lower() in words.grounds:
        for child in _list_children(noun):
            if child.dep_ in ("poss", "compound", "nmod") and _is_place(child):
                yield _make_where(child, noun)


def _search_doer(coded: Coded, holders: tuple[Token, ...]) -> Iterator[Where]:
    if coded.type not in DOERS:
        return
    verb = next((holder for holder in holders if holder.pos_ in ("VERB", "AUX")), None)
    doer = None if verb is None else find_agent(verb)
    if doer is not None and doer.lemma_.lower() not in load_site_words().seated:
        for child in _list_children(doer):
            if child.dep_ == "prep" and child.lower_ in load_site_words().within:
                yield from _descend(child)


def _search_joined(coded: Coded, holders: tuple[Token, ...]) -> Iterator[Where]:
    """Yield what the verb before this one is told to have happened in: "in Lagos, police fired and arrested 20"."""
    verb = holders[-1]
    above = verb.head
    if coded.type in VERBAL or verb.dep_ != "conj" or above.pos_ != "VERB":
        return
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    for child in _list_children(above):
        if child.dep_ == "prep" and child.lower_ in load_site_words().within and (child.i < above.i or not own):
            yield from _descend(child)


def _list_children(token: Token) -> list[Token]:
    return list(islice(token.children, WIDE))


def _descend(preposition: Token, depth: int = DEPTH) -> Iterator[Where]:
    """Yield the place that a prepositional phrase names, however deep: "at a camp outside the town of Goma"."""
    words = load_site_words()
    for child in _list_children(preposition):
        if child.dep_ == "prep":  # "outside of", "off of"
            yield from _descend(child, depth - 1) if depth else ()
        if child.dep_ != "pobj":
            continue
        lemma = child.lemma_.lower()
        if _is_place(child):
            yield _make_where(child, child)
            continue
        inner = _list_children(child)
        for word in inner if depth else []:
            if word.dep_ == "prep" and (word.lower_ in words.within or (word.lower_ == "of" and lemma in words.parts)):
                for where in _descend(word, depth - 1):
                    said = where.region or (word.lower_ == "of" and lemma in words.sorts)
                    yield where._replace(region=said, beside=(*where.beside, *_list_modifiers(child)))
        if lemma in words.parts or lemma in words.grounds:
            named = [word for word in inner if word.dep_ in NAMING and _is_place(word)]
            for word in sorted(named, key=_is_state):
                yield _make_where(word, child)


def _is_state(token: Token) -> bool:
    """Tell whether a place beside another noun may only say whose it is: "Ukraine's Donetsk region"."""
    sites = look_up(_cut_name(token).text)
    return bool(sites) and sites[0].kind == "country"


def _is_place(token: Token) -> bool:
    """Tell whether a word names a place: spaCy says so, or it is a name that the gazetteer knows well."""
    if token.ent_type_ in PLACES:
        return True
    if token.pos_ != "PROPN" or token.ent_type_ in NO_PLACES:
        return False
    sites = look_up(_cut_name(token).text)
    return bool(sites) and sites[0].known_as


def _make_where(token: Token, holder: Token) -> Where:
    name, words = _cut_name(token), load_site_words()
    after = name.doc[name.end] if name.end < len(name.doc) else None
    region = (after is not None and after.lower_ in words.sorts) or name[-1].lower_ in words.sorts
    return Where(name, region, tuple(_list_modifiers(token)) + (tuple(_list_modifiers(holder, token))))


def _list_modifiers(noun: Token, but: Token | None = None) -> list[Token]:
    """Give the words before a noun that may say whose or where it is: "the Iraqi city", "Ukraine's Donetsk region"."""
    wanted = ("amod", "compound", "poss", "nmod")
    return [child for child in _list_children(noun) if child.dep_ in wanted and child != but and child.i < noun.i]


def _cut_name(token: Token) -> Span:
    """Give a place's name: spaCy's entity, or the run of capitals that ends here, without article and "'s"."""
    doc = token.doc
    if token.ent_type_ in PLACES:
        entity = find_entity(token)
        start, end = entity.start, entity.end
        while start > 0 and doc[start - 1].is_title and look_up(doc[start - 1 : end].text):
            start -= 1  # spaCy cuts "North Darfur" in two
    else:
        start, end = token.i, token.i + 1
        while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].dep_ == "compound":
            start -= 1
    while end - start > 1 and doc[end - 1].lower_ in ("'s", "’s", "'"):
        end -= 1
    return doc[start:end]
