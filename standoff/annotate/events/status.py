"""Judge whether an event is told as done, to come, merely possible or not so, from what governs its trigger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Token

from standoff.annotate.events.cues import Trigger
from standoff.annotate.events.grammar import (
    BOUND,
    is_infinitive,
    joins_above,
    list_governors,
    load_grammar_words,
    stands_before,
)
from standoff.codebooks import load_codebook

# A governor passes its standing on only along these arcs: what is told in an adverbial clause stands for itself.
PASSING = frozenset(
    ("xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "attr", "oprd", "acomp", "nsubj", "nsubjpass", "conj")
)
WHENEVER = frozenset({"when", "once", "until", "whenever"})
FREE = frozenset({"whoever", "whichever", "whatever"})
WIDEST = 60  # dependents looked at; a word with more is a list or a parse of no sentence
CLAUSAL = frozenset(("xcomp", "ccomp", "acl", "pcomp"))


class StatusWords(NamedTuple):
    """The codebook's word lists for `status`."""

    future_auxiliaries: frozenset[str]
    would: frozenset[str]
    hypothetical_auxiliaries: frozenset[str]
    conditions: frozenset[str]
    future_governors: frozenset[str]
    hypothetical_governors: frozenset[str]
    negating_governors: frozenset[str]
    future_words: frozenset[str]
    hypothetical_words: frozenset[str]


class Standing(NamedTuple):
    """An event's status, the word that decided it, and whether its own clause is denied and looks ahead."""

    status: str
    word: str | None
    willed: bool


@cache
def load_status_words() -> StatusWords:
    """Give the word lists of the codebook's `[status]` table."""
    table = load_codebook("plover").settings["status"]
    return StatusWords(**{name: frozenset(table[name]) for name in StatusWords._fields})


def judge_status(trigger: Trigger) -> Standing:
    """Give the status of a trigger, read from its own clause first and then from the words that govern it.

    `willed` marks a denial that looks ahead ("will not meet", "vowed not to meet", "no talks"): with a cooperative type
    that is a refusal. A bare modal tells a possibility; "would" in a report tells the future.
    """
    words = load_status_words()
    negated: str | None = None
    ahead: str | None = None
    possible: str | None = None
    willed = False
    previous = trigger.token
    for token in _climb(trigger.token):
        lemma, marks = token.lemma_.lower(), _list_marks(token, previous)
        for mark in marks:
            text = mark.lower_
            if (
                previous.dep_ == "conj"
                and previous is not token
                and mark.dep_ == "neg"
                and not _is_joined_by_or(previous)
            ):
                continue  # "did not attack Chad and met Mali"
            if mark.dep_ == "neg" or text in ("no", "never", "neither", "nor", "without"):
                if previous.dep_ == "nsubj" and previous is not token and lemma not in load_grammar_words().light:
                    continue  # "the talks will not help": the talks themselves are not denied
                negated = negated or text
                refuses = token is trigger.token and token.head.tag_ not in ("VBD", "VBN") if text == "no" else False
                ahead_of_it = mark.dep_ == "neg" and token.tag_ == "VB" and not _is_past(token)
                willed = willed or refuses or ahead_of_it
            elif text in words.conditions:
                possible = possible or text
            elif text in words.future_auxiliaries:
                ahead = ahead or text
            elif text in words.would:
                reported = token.dep_ in ("ccomp", "relcl", "acl") or any(
                    _reports(item) for item in list_governors(token)
                )
                if previous is trigger.token and _is_supposed(previous):
                    reported = False  # "more talks would help" supposes talks; "the talks would resume" plans them
                ahead, possible = (ahead or text, possible) if reported else (ahead, possible or text)
            elif text in words.hypothetical_auxiliaries or text in words.hypothetical_words:
                possible = possible or text
            elif text in words.future_words:
                ahead = ahead or text
        if token is not trigger.token and previous.dep_ != "conj":
            if token.lower_ in words.conditions and previous.dep_ in ("ccomp", "advcl"):
                possible = possible or token.lower_
            elif lemma in words.negating_governors:
                negated = negated or lemma
            elif previous.dep_ in ("advcl", "xcomp") and any(child.dep_ == "acomp" for child in token.children):
                possible = possible or next(child.text for child in token.children if child.dep_ == "acomp")
            elif lemma in words.hypothetical_governors and previous.dep_ != "nsubj":
                possible = possible or lemma
            elif previous.dep_ in CLAUSAL and (lemma in words.future_governors or _is_to_be(previous, token)):
                ahead = ahead or lemma
        if _is_open(token):
            possible = possible or "when"
        if (denier := _find_denying_subject(token)) is not None:
            negated = negated or denier.lower_
        if token is trigger.token and (denier := _find_denied_object(token)) is not None:
            negated = negated or denier.lower_
            willed = willed or any(child.lower_ in words.future_auxiliaries for child in token.children)
        previous = token
    if _is_wished(trigger.token):
        possible = possible or "that"
    if possible in words.conditions:
        return Standing("hypothetical", possible, False)
    if negated:
        return Standing("negated", negated, willed)
    if possible:
        return Standing("hypothetical", possible, False)
    if not ahead and _is_headline_infinitive(trigger.token):
        ahead = "to"
    return Standing("future", ahead, False) if ahead else Standing("actual", None, False)


def _is_wished(verb: Token) -> bool:
    """Tell whether a clause only says what shall be, by a verb without its ending: "a demand that it withdraw"."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    helped = any(child.dep_ in ("aux", "neg") for child in verb.lefts)
    if subject is None or helped or verb.tag_ not in ("VB", "VBP") or verb.dep_ not in ("acl", "ccomp", "relcl"):
        return False
    joined = any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.lefts)
    return joined and (subject.lower_ in ("he", "she", "it") or subject.tag_ in ("NN", "NNP"))


def _is_supposed(noun: Token) -> bool:
    """Tell whether a subject is only imagined: "more talks would help", unlike "the talks would resume"."""
    definite = any(child.dep_ in ("det", "poss") for child in noun.children)
    return (
        noun.dep_ == "nsubj"
        and noun.tag_ == "NNS"
        and not definite
        and noun.head.lemma_.lower() not in load_grammar_words().light
    )


def _is_open(verb: Token) -> bool:
    """Tell whether a clause leaves open if or by whom it will be so.

    "They will return once she resigns", "whoever breaks the truce".
    """
    if verb.tag_ not in ("VBZ", "VBP") or verb.dep_ not in ("advcl", "relcl", "ccomp", "pcomp", "acl"):
        return False
    words = load_status_words()
    modals = words.future_auxiliaries | words.would
    ahead = any(word.pos_ == "AUX" and word.lower_ in modals for word in islice(verb.sent, WIDEST))
    timed = ahead and any(child.lower_ in WHENEVER and child.dep_ in ("advmod", "mark") for child in verb.children)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    return timed or (subject is not None and any(word.lower_ in FREE for word in (subject, *subject.lefts)))


def _find_denying_subject(verb: Token) -> Token | None:
    """Give the word of a subject that denies what the verb tells: "neither side asked", "none of them fired"."""
    nobody = load_grammar_words().nobody
    subject = next((child for child in reversed(list(verb.lefts)) if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or verb.pos_ != "VERB":
        return None
    words = (subject, *(child for child in subject.lefts if child.dep_ in ("det", "preconj", "cc")))
    return next((word for word in words if word.lower_ in nobody), None)


def _find_denied_object(verb: Token) -> Token | None:
    """Give the word of an object that denies what the verb tells: "held no talks", "will sign nothing".

    "No fewer than" and "no longer" deny nothing.
    """
    nobody = load_grammar_words().nobody
    for noun in verb.rights if verb.pos_ == "VERB" else ():
        words = (noun, *(child for child in noun.lefts if child.dep_ == "det")) if noun.dep_ == "dobj" else ()
        for word in words:
            if word.lower_ in nobody and (word is noun or word.nbor(1).tag_ not in ("JJR", "RBR")):
                return word
    return None


def _is_headline_infinitive(token: Token) -> bool:
    """Tell whether a headline puts off what it tells: "Chad to free prisoners"."""
    own = any(child.dep_ == "nsubj" for child in token.children)
    return own and is_infinitive(token) and token.dep_ == "ROOT"


def _is_joined_by_or(token: Token) -> bool:
    """Tell whether a verb is joined to the one before it by "or" or "nor", so that both are denied together."""
    return any(child.dep_ == "cc" and child.lower_ in ("or", "nor") for child in token.head.children)


def _is_to_be(token: Token, governor: Token) -> bool:
    """Tell whether a clause stands as "is to leave"."""
    return token.dep_ == "xcomp" and governor.lemma_ == "be" and is_infinitive(token)


def _is_past(token: Token) -> bool:
    """Tell whether a denial is of something past: "did not", "has never"."""
    return any(
        child.lower_ in ("did", "had", "has", "have", "does", "do") for child in token.children if child.dep_ == "aux"
    ) and not (_is_imperative(token))


def _is_imperative(token: Token) -> bool:
    return token.tag_ == "VB" and not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)


def _climb(token: Token) -> Iterator[Token]:
    """Yield the trigger and the words above it whose standing it shares, stopping at a word of reporting."""
    yield token
    below = token
    for governor in list_governors(token):
        clause = below.dep_ in ("acl", "relcl", "advcl")
        passes = is_infinitive(below) if clause else below.dep_ in PASSING
        if not passes or _reports(governor):
            return
        if below.dep_ == "conj" and any(child.dep_ in ("nsubj", "nsubjpass") for child in below.children):
            return
        if joins_above(below) or stands_before(below, governor):
            return
        if below.dep_ == "prep" and governor.pos_ != "NOUN" and below.lower_ not in BOUND:
            return
        if below.dep_ == "nsubj" and governor.pos_ == "VERB" and below is not token:
            return
        yield governor
        below = governor


def _reports(token: Token) -> bool:
    return (
        token.pos_ == "VERB"
        and token.lemma_.lower() in load_grammar_words().reporting
        and any(child.dep_ == "ccomp" for child in token.children)
    )


def _list_marks(token: Token, below: Token) -> Iterator[Token]:
    """Yield the words that mark a clause or noun: auxiliaries, negations, conjunctions, adjectives, determiners."""
    for child in islice(token.children, WIDEST):
        if child.dep_ in ("aux", "auxpass", "neg", "mark", "amod", "advmod", "det", "preconj", "preconj"):
            yield child
        elif token.tag_ in ("VBD", "VBN"):
            continue
        elif child.dep_ == "npadvmod" or (child.dep_ == "prep" and child is not below and token.pos_ == "VERB"):
            yield from (inner for inner in child.subtree if inner.dep_ in ("amod",) and inner.i > token.i)
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        yield token.head
