"""Read off a dependency parse who does what to whom, whatever the clause's shape: passive, control, participle."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span, Token

from standoff.codebooks import load_codebook

DEPTH = 8  # how many governors are followed; longer chains are parser errors rather than language
# Prepositions that keep a noun within its verb's meaning: "call for talks", but not "leave after the talks".
BOUND = frozenset(("for", "of", "about", "from", "to", "into", "without", "beyond"))
MAKING = frozenset({"set", "create", "form", "establish", "found"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class GrammarWords(NamedTuple):
    """The codebook's closed word lists that steer how roles are read."""

    light: frozenset[str]
    object_control: frozenset[str]
    reporting: frozenset[str]
    opinion: frozenset[str]
    questioning: frozenset[str]
    days: frozenset[str]
    answers: frozenset[str]
    directive_modals: frozenset[str]
    directive_adjectives: frozenset[str]
    verdicts: frozenset[str]
    rebuffs: frozenset[str]
    idle_imperatives: frozenset[str]
    proposals: frozenset[str]
    foreigners: frozenset[str]
    insults: frozenset[str]
    suffered: frozenset[str]
    idle_refusals: frozenset[str]
    unwanted: frozenset[str]
    breakdowns: frozenset[str]
    landings: frozenset[str]
    self_done: frozenset[str]
    anonymity: frozenset[str]
    nobody: frozenset[str]
    parts: frozenset[str]
    grievances: frozenset[str]
    deeds: frozenset[str]
    verdict_verbs: frozenset[str]
    praises: frozenset[str]
    worded: frozenset[str]
    weak: frozenset[str]
    weapons: frozenset[str]
    accidents: frozenset[str]
    agents: frozenset[str]


@cache
def load_grammar_words() -> GrammarWords:
    """Give the word lists of the codebook's `[grammar]` table."""
    table = load_codebook("plover").settings["grammar"]
    return GrammarWords(**{name: frozenset(table[name]) for name in GrammarWords._fields})


def is_passive(verb: Token) -> bool:
    """Tell whether a verb's surface subject is its patient: "was banned", "the party banned in May"."""
    if verb.tag_ != "VBN" and not any(child.dep_ == "auxpass" for child in verb.children):
        return False
    deps = {child.dep_ for child in verb.children}
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.nbor(-1).text == "," and verb.sent[-1].text == ".":
        return False  # "Chad, which has no coast, protested.": a full sentence needs a verb, so this is it
    if deps & {"auxpass", "nsubjpass"}:
        return True
    if verb.dep_ in ("acl", "amod") and "dobj" not in deps and "aux" not in deps:
        return True
    return verb.dep_ == "conj" and not deps & {"aux", "nsubj"} and "dobj" not in deps and is_passive(verb.head)


def list_conjuncts(token: Token) -> list[Token]:
    """Give a noun and those joined to it by "and" or a comma."""
    found = [token]
    for item in found:
        found += [child for child in item.children if child.pos_ in NOMINAL and _joins(child)]
        if len(found) > 20:
            break
    return found


def _joins(noun: Token) -> bool:
    """Tell whether a noun joins the one above it: "and Chad", "among them Chad"."""
    singled_out = noun.dep_ == "appos" and any(child.lower_ in ("among", "including") for child in noun.lefts)
    return noun.dep_ == "conj" or singled_out


def find_surface_subject(verb: Token, depth: int = DEPTH) -> Token | None:
    """Give the noun that a clause's subject position stands for, from its governors where the clause has none."""
    # The nearest subject counts: a dateline before it is often parsed as one too.
    own = next((child for child in reversed(list(verb.lefts)) if child.dep_ in ("nsubj", "nsubjpass")), None)
    if own is None:
        own = next((child for child in verb.rights if child.dep_ in ("nsubj", "nsubjpass")), None)
    head = verb.head
    if own is not None:
        return head if own.tag_ in RELATIVE and verb.dep_ == "relcl" else own
    if depth == 0 or head == verb:
        return None
    if verb.dep_ in ("acl", "relcl"):
        return _find_infinitive_doer(head, depth - 1) if is_infinitive(verb) else head
    if verb.dep_ == "amod":
        return head
    if verb.dep_ == "pcomp":
        return _find_prepositional_subject(head, depth - 1)
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX"):
        theirs = find_own_object(head)
        if verb.dep_ == "xcomp" and theirs is not None and head.lemma_.lower() in load_grammar_words().object_control:
            return theirs
        return find_surface_subject(head, depth - 1)
    if joins_above(verb):
        head = next((word for word in list_governors(verb) if word.tag_ == "VBD"), head)
    if verb.dep_ in ("xcomp", "acomp", "attr", "oprd", "conj", "advcl", "dep", "prep", "ccomp"):
        return find_surface_subject(head, depth - 1)
    return None


def joins_above(verb: Token) -> bool:
    """Tell whether a simple past is joined to the nearest verb in that tense, not to what the parse joins it to.

    "Accused Chad of lying and left", "denied that it had fired and accused Chad".
    """
    if verb.dep_ != "conj" or verb.tag_ != "VBD":
        return False
    perfect = verb.head.tag_ == "VBN" and any(child.lower_ in ("had", "has", "have") for child in verb.head.children)
    own = any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in verb.children)
    return verb.head.tag_ in ("VB", "VBG") or (perfect and not own)


def stands_before(below: Token, governor: Token) -> bool:
    """Tell whether a clause before a semicolon hangs on the one after it: "police fired; eleven were hurt"."""
    return below.dep_ == "ccomp" and any(child.text == ";" and below.i < child.i for child in governor.lefts)


def find_noun_doer(noun: Token, depth: int = DEPTH) -> Token | None:
    """Give whose act a noun names: its possessor, or the subject of the verb it is the object of."""
    owner = find_owner(noun)
    if owner is not None or depth == 0:
        return owner
    head = noun.head
    if noun.dep_ in ("dobj", "attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        return find_surface_subject(head, depth - 1)
    return None


def _find_infinitive_doer(noun: Token, depth: int) -> Token | None:
    """Give whose "to meet" hangs on a noun: "their vow to meet", "Chad is in a position to meet"."""
    doer, governor = find_noun_doer(noun, depth), noun.head.head
    if doer is None and noun.dep_ == "pobj" and governor.lemma_ == "be":
        return find_surface_subject(governor, depth)
    return doer


def find_verdict_clause(adjective: Token) -> Token | None:
    """Give the verb of "for Chad to leave" in "it is right for Chad to leave"."""
    if adjective.dep_ != "acomp":
        return None
    places = (adjective, adjective.head)
    return next(
        (x for place in places for x in place.children if x.i > adjective.i and x.dep_ in ("advcl", "xcomp", "ccomp")),
        None,
    )


def find_owner(noun: Token) -> Token | None:
    """Give a noun's possessor; "Sunday's meeting" has none."""
    return next((x for x in noun.children if x.dep_ == "poss" and x.ent_type_ not in ("DATE", "TIME")), None)


def _find_prepositional_subject(prep: Token, depth: int) -> Token | None:
    """Give the subject of "of bombing" in "accused Iran of bombing", of "by saying" in "upset Iran by saying".

    What is done "by shelling" in the passive is not done by whom it befalls.
    """
    governor = prep.head
    if prep.dep_ == "agent":
        return None
    if governor.pos_ in ("VERB", "AUX"):
        theirs = find_own_object(governor)
        controlled = prep.lower_ in ("of", "for", "from", "into") and theirs is not None
        return theirs if controlled else find_surface_subject(governor, depth)
    if governor.pos_ == "ADJ":
        return find_surface_subject(governor, depth)  # "guilty of bombing"
    return find_noun_doer(governor, depth) if governor.pos_ == "NOUN" else None


def find_own_object(verb: Token) -> Token | None:
    """Give a verb's own object, or its passive subject."""
    for wanted in ("dobj", "dative", "nsubjpass"):
        for child in verb.children:
            if child.dep_ == wanted:
                return next((x for x in child.children if x.dep_ == "pobj"), child) if child.dep_ == "dative" else child
    return None


def find_agent(verb: Token) -> Token | None:
    """Give the doer of a verb: its subject, or the "by" phrase of a passive."""
    if not is_passive(verb):
        return find_surface_subject(verb)
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((x for x in child.children if x.dep_ == "pobj"), None)
    return None


def list_patients(verb: Token) -> list[Token]:
    """Give whom a verb acts on: passive subject, objects, or the noun that a relative clause hangs on."""
    if is_passive(verb):
        subject = find_surface_subject(verb)
        return [subject] if subject is not None else []
    found = []
    for child in verb.children:
        if child.dep_ in ("dobj", "dative"):
            inner = next((x for x in child.children if x.dep_ == "pobj"), child) if child.pos_ == "ADP" else child
            found.append(verb.head if inner.tag_ in RELATIVE and verb.dep_ == "relcl" else inner)
    gapped = verb.dep_ == "relcl" and any(
        child.dep_ == "nsubj" and child.tag_ not in RELATIVE for child in verb.children
    )
    if gapped and not found:
        found.append(verb.head)
    return found


def list_prepositional(token: Token, prepositions: Collection[str]) -> Iterator[Token]:
    """Yield the nouns that a word's prepositional phrases of these kinds hold, in the text's order."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.lower_ in prepositions:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def is_made(noun: Token) -> bool:
    """Tell whether a noun is only to come into being: "offered to set up a committee"."""
    made = noun.dep_ == "dobj" and noun.head.lemma_.lower() in MAKING
    return made and any(child.lower_ in ("a", "an") for child in noun.children)


def is_infinitive(verb: Token) -> bool:
    """Tell whether a verb stands as "to meet"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def list_governors(token: Token) -> Iterator[Token]:
    """Yield the words above a word, nearest first, within its sentence."""
    for _ in range(DEPTH):
        if token.head == token:
            return
        token = token.head
        yield token


def find_entity(token: Token) -> Span:
    """Give the entity around a word, or the word alone; `doc.ents` would walk the whole text each time."""
    doc, start, end = token.doc, token.i, token.i + 1
    if not token.ent_type_:
        return doc[start:end]
    while doc[start].ent_iob_ == "I" and start > 0:
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end]
