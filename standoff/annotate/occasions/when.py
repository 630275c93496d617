"""Find the time expression that says when an occasion is, and on which side of the article's day it lies."""

from __future__ import annotations

import re

from spacy.tokens import Token

from standoff.annotate.facts import TimeFact
from standoff.annotate.occasions.lexicon import Lexicon
from standoff.annotate.occasions.phrase import NOUNS, Phrase, holding_verbs
from standoff.annotate.occasions.status import is_held_by

CLAUSES = frozenset({"relcl", "acl", "conj", "ccomp", "advcl", "appos"})
_BESIDE = re.compile(r"[\s,]*(?:(?:in|on|of|for|at|by|from|during) )?(?:early |late )?", re.I)
_LED = re.compile(r"(?:['’]s)? |,? for (?:the )?", re.I)
_PAST = re.compile(r"<|[DWMQHYEC]-\d")
_COMING = re.compile(r">|[DWMQHYEC]\+[1-9]")


def find_time(phrase: Phrase, times: list[TimeFact], text: str, *, lexicon: Lexicon) -> TimeFact | None:
    """Give the time of an occasion: within its phrase, right beside it, or with the verb that says it is held."""
    span = phrase.head.doc[phrase.start : phrase.end]
    head_end = phrase.head.idx + len(phrase.head)
    for fact in times:
        if span.start_char <= fact["start"] and fact["end"] <= span.end_char:
            return fact
    for fact in times:
        if any(
            edge <= fact["start"] and _BESIDE.fullmatch(text[edge : fact["start"]])
            for edge in (head_end, span.end_char)
        ):
            return fact
        if fact["end"] <= span.start_char and _LED.fullmatch(text[fact["end"] : span.start_char]):
            return fact
    for verb, link in holding_verbs(phrase.head):
        if is_held_by(verb, link, lexicon=lexicon):
            found = next((fact for fact in times if hangs_on(fact, verb)), None)
            if found is not None:
                return found
    return None


def read_side(fact: TimeFact, published: str | None) -> str:
    """Give "actual" or "future" where a time's own rule, or the article's day, puts it on one side of now; else ""."""
    rule = fact["relative"]
    if rule is not None:
        first = rule.split()[0]
        return "actual" if _PAST.match(first) else "future" if _COMING.match(first) else ""
    if published is None or fact["earliest"] is None or fact["latest"] is None:
        return ""
    return "actual" if fact["latest"] < published else "future" if fact["earliest"] > published else ""


def hangs_on(fact: TimeFact, verb: Token) -> bool:
    """Tell whether a time is a complement of the verb, or of one that the verb takes ("set to be held on")."""
    span = verb.doc.char_span(fact["start"], fact["end"], alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    for _ in range(5):
        if token == verb:
            return True
        if token.dep_ in CLAUSES or token.head == token:
            return False
        token = token.head
        if token.pos_ in NOUNS:  # the day of something else that the verb takes
            return False
    return False
