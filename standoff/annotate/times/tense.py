"""Tell from the clause around a time expression whether it looks back or ahead."""

from __future__ import annotations

from spacy.tokens import Doc, Token

REACH = 12  # words to either side that are searched where there is no parse
STEPS = 12  # governors that are climbed before giving up, so that odd parses stay cheap


def find_direction(doc: Doc, start: int, *, ahead: frozenset[str]) -> str | None:
    """Say "past" or "future" of the clause in which the character `start` stands, or None if it does not tell.

    The nearest governing verb decides: one in the past tense looks back; "will", "to" and the lemmas in `ahead` ("plan",
    "due") look ahead. Without a parse, the nearest verb of the sentence stands in for the governing one.
    """
    token = next(iter(doc.char_span(start, start + 1, alignment_mode="expand") or ()), None)
    if token is None:
        return None
    if doc.has_annotation("DEP"):
        return _climb(token, ahead)
    return _look_around(doc, token, ahead)


def _climb(token: Token, ahead: frozenset[str]) -> str | None:
    """Read the tense off the verbs above a token, the nearest first."""
    for _ in range(STEPS):
        if token.pos_ in ("VERB", "AUX") or token.lemma_.lower() in ahead:
            found = _read_tense(token, ahead)
            if found is not None:
                return found
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _read_tense(verb: Token, ahead: frozenset[str]) -> str | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i < verb.i]
    words = {helper.lower_ for helper in helpers}
    if words & {"will", "wo", "'ll", "’ll", "shall", "would", "may", "might", "can", "could", "should", "must"}:
        return "past" if words & {"have"} and verb.tag_ == "VBN" else "future"
    if verb.lemma_.lower() in ahead:
        return "future"
    if "to" in words:
        return "past" if "have" in words else None if verb.head.lemma_.lower() not in ahead else "future"
    if verb.tag_ == "VBD" or (verb.tag_ == "VBN" and not words & {"be", "is", "are", "being"}):
        return "past"
    if any(helper.tag_ == "VBD" or helper.lower_ in ("has", "have") for helper in helpers):
        return "past"
    return None


def _look_around(doc: Doc, token: Token, ahead: frozenset[str]) -> str | None:
    """Read the tense off the nearest telling word; tags are used where there are any."""
    near = sorted(doc[max(0, token.i - REACH) : token.i + REACH], key=lambda other: (abs(other.i - token.i), other.i))
    for other in near:
        if other.lower_ in ("will", "would", "shall", "'ll", "’ll") or other.lemma_.lower() in ahead:
            return "future"
        if other.tag_ == "VBD" or (not other.tag_ and other.lower_ in ("said", "was", "were", "had", "did")):
            return "past"
        if other.text in (".", "!", "?") and other.i > token.i:
            return None
    return None
