"""Tell from the words around an occasion whether it is over, lies ahead, or is only spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from standoff.annotate.occasions.lexicon import Lexicon
from standoff.annotate.occasions.phrase import (
    VERBS,
    children_before,
    clause_auxiliaries,
    holding_verbs,
    left_words,
    text_before,
)
from standoff.codebooks import Code

FUTURE_AUX = frozenset({"will", "'ll", "’ll", "shall", "to"})
MODAL_AUX = frozenset({"would", "could", "might", "may", "should", "can", "must"})
PAST_AUX = frozenset({"was", "were", "had", "has", "have", "did"})
NOT = frozenset({"not", "n't", "n’t", "never"})
PAST_TAGS = frozenset({"VBD", "VBN"})
UNREAL = frozenset({"modal", "if", "not"})


def judge_status(head: Token, start: int, *, code: Code, lexicon: Lexicon) -> str:
    """Give "actual", "future" or "hypothetical" for the occasion whose phrase begins at token `start`, or "" if open.

    The nearest signal decides: a word inside the phrase ("upcoming"), a phrase before it ("ahead of"), then the verb
    that it hangs on. A deed without any signal was done ("the dissolution of the party"). Anything else without one is
    open: its date may settle it.
    """
    words = lexicon.words
    deed = bool(code.extra.get("deed"))
    inside = {word.lower_ for word in left_words(head)}
    before = text_before(head.doc, start, 6)
    if inside & words["open_words"] or _ends_with(before, words["open_phrases"]):
        return "hypothetical"
    described = next(holding_verbs(head), None)
    verb, link = described if described is not None else (None, "oblique")
    tense = _read_tense(verb) if verb is not None else "present"
    if deed:
        unreal = link != "oblique" and (tense in UNREAL or tense == "future")
        if tense != "past" and _ends_with(before, words["ahead_phrases"]):
            return "future"
        return "hypothetical" if unreal or inside & words["ahead_words"] else "actual"
    if inside & words["ahead_words"]:
        return "future"
    if _ends_with(before, words["over_phrases"]) and tense not in UNREAL and tense != "future":
        return "actual"
    if _ends_with(before, words["ahead_phrases"]):
        return "future" if tense != "past" or link == "oblique" else "hypothetical"
    if inside & words["over_words"]:
        return "actual"
    return "" if verb is None else _judge_by_verb(verb, link, tense, words)


def is_held_by(verb: Token | None, link: str, *, lexicon: Lexicon) -> bool:
    """Tell whether the verb says that the occasion takes place, so that the verb's day is the occasion's."""
    if verb is None or link == "oblique" or verb.pos_ not in VERBS:
        return False
    return verb.lemma_.lower() in lexicon.words["holding_verbs"]


def _judge_by_verb(verb: Token, link: str, tense: str, words: dict[str, frozenset[str]]) -> str:
    lemma = verb.lemma_.lower()
    if lemma in words["over_verbs"] and tense == "past":
        return "actual"
    if tense == "if":
        return "hypothetical"
    if not (lemma in words["holding_verbs"] or lemma == "be") or link == "oblique":
        return ""
    if tense in UNREAL:
        return "hypothetical"
    if tense == "future" or lemma in words["planning_verbs"]:
        return "future"
    return "actual" if tense == "past" else ""


def _read_tense(verb: Token) -> str:
    """Give past, future, present, or what makes it unreal: modal, if, not. A bare participle counts as past."""
    auxiliaries = {aux.lower_ for aux in clause_auxiliaries(verb)}
    if any(child.lower_ in ("if", "unless") and child.dep_ == "mark" for child in children_before(verb)):
        return "if"
    if auxiliaries & NOT:
        return "not"
    if auxiliaries & MODAL_AUX:
        return "modal"
    if auxiliaries & FUTURE_AUX:
        return "future"
    return "past" if verb.tag_ in PAST_TAGS or auxiliaries & PAST_AUX else "present"


def _ends_with(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether `text`, without an article at its end, ends with one of `phrases`."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?:^|\s)(?:the|an?|this|that|these|its|their|his|her)$", "", text)
    return any(text == phrase or text.endswith(" " + phrase) for phrase in phrases)
