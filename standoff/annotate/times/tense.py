"""Tell from the clause around a time expression whether it looks back or ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

REACH = 12  # words to either side that are searched where there is no parse
STEPS = 12  # governors that are climbed before giving up, so that odd parses stay cheap
PRESENT_TAGS = ("VBZ", "VBP")


@dataclass(frozen=True, slots=True)
class TenseWords:
    """Hold the words that tell a direction; what each list is for stands in the codebook."""

    modals: frozenset[str]
    ahead: frozenset[str]
    asking: frozenset[str]
    limits: frozenset[str]
    saying: frozenset[str]


def load_tense_words(settings: Mapping[str, Any]) -> TenseWords:
    """Read the word lists of tense from a times codebook's settings; a list that is left out is empty."""
    lists = settings.get("tense", {})
    return TenseWords(
        **{name: frozenset(lists.get(name, ())) for name in ("modals", "ahead", "asking", "limits", "saying")}
    )


def find_direction(doc: Doc, start: int, end: int, words: TenseWords) -> str | None:
    """Say what the clause around `start` to `end` tells: past, present, future, limit, unclear, or None for nothing.

    The nearest governing verb decides. One in the past tense looks back; a modal, a word that looks ahead ("plan",
    "due"), and an infinitive under a noun or a word of asking ("urged them to vote on Sunday") look ahead; a word like
    "by" or "until" makes a limit, which mostly lies ahead. The present counts only where the expression hangs on the
    verb itself and the verb is not one of saying: "voters choose on Sunday", but "he says on Sunday". Without a parse,
    the nearest telling word decides.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if not span:
        return None
    before = " " + doc[max(0, span.start - 2) : span.start].text.lower()
    if before.endswith(tuple(words.limits)):
        verb = next((word for word in span.root.ancestors if word.pos_ in ("VERB", "AUX")), None)
        pluperfect = verb is not None and any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children)
        return "past" if pluperfect else "limit"
    if span.end < len(doc) and doc[span.end].tag_ == "POS":
        return None
    if not doc.has_annotation("DEP"):
        return _look_around(span[0], words)
    return _climb(_find_verb_before(span) or span.root, words)


def _find_verb_before(span: Span) -> Token | None:
    """Give the past verb that an expression follows at once, or after one short object ("told reporters on Tuesday").

    A parser likes to tie "said on Tuesday he would go" to the verb that comes after.
    """
    place = span.start - 1
    if place >= 0 and span.doc[place].tag_ == "IN":
        place -= 1
    for _ in range(3):
        if place < 0 or span.doc[place].pos_ not in ("NOUN", "PROPN", "PRON", "DET"):
            break
        place -= 1
    return span.doc[place] if place >= 0 and span.doc[place].tag_ == "VBD" else None


def _climb(token: Token, words: TenseWords) -> str | None:
    """Read the tense off the words above a token, the nearest first, up to the first finite verb."""
    direct = True
    for _ in range(STEPS):
        direction = _read_tense(token, words)
        if direction is not None:
            return direction if direct or direction != "present" else None
        if token.head.i == token.i:
            return None
        token = token.head
        direct = direct and token.pos_ not in ("NOUN", "PROPN", "PRON")
    return None


def _read_tense(token: Token, words: TenseWords) -> str | None:
    """Say what one word tells: "unclear" if it is a finite verb that tells nothing, None if the next may tell."""
    if token.lemma_.lower() in words.ahead and token.tag_ != "VBD":
        return "future"
    if token.pos_ not in ("VERB", "AUX"):
        return None
    helpers = [child for child in token.children if child.dep_ in ("aux", "auxpass") and child.i < token.i]
    forms = {helper.lower_ for helper in helpers}
    if forms & words.modals:
        failed = "could" in forms and any(child.dep_ == "neg" for child in token.children)
        return "past" if failed else "future"
    if "to" in forms:
        asked = token.head.lemma_.lower() in words.asking | words.ahead
        return "future" if asked or token.head.pos_ in ("NOUN", "PROPN", "ADJ") else None
    if token.tag_ == "VBD" or any(helper.tag_ == "VBD" for helper in helpers):
        return "past"
    if token.tag_ in PRESENT_TAGS:
        return "unclear" if token.lemma_.lower() in words.saying else "present"
    if any(helper.tag_ in PRESENT_TAGS for helper in helpers):
        return "unclear"
    return "past" if token.tag_ == "VBN" else None


def _look_around(token: Token, words: TenseWords) -> str | None:
    """Read the tense off the nearest telling word of the sentence; tags are used where there are any."""
    doc = token.doc
    for reach in range(1, REACH):
        for place in (token.i - reach, token.i + reach):
            if not 0 <= place < len(doc) or any(
                word.text in ".!?" for word in doc[min(place, token.i) : max(place, token.i)]
            ):
                continue
            other = doc[place]
            if other.lower_ in words.modals or other.lower_ in words.ahead:
                return "future"
            if other.tag_ == "VBD" or (not other.tag_ and other.lower_ in ("said", "was", "were", "had", "did")):
                return "past"
    return None
