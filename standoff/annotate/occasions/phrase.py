"""See the noun phrase of an occasion in the parse: its modifiers, its reach, the verb it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
COMPLEMENTS = frozenset({"of", "in", "between", "with", "on", "to", "over", "against", "at"})
REACH = 25  # words to either side of the head that still count as its phrase; newspaper noun phrases are shorter


def left_words(head: Token) -> list[Token]:
    """Give the words of the head's own phrase that stand before it, in order."""
    first = max(head.left_edge.i, head.sent.start, head.i - REACH)
    return [head.doc[i] for i in range(first, head.i)]


def right_end(head: Token) -> int:
    """Give the end (a token index) of the head with the complements that name parties and places."""
    end = head.i + 1
    limit = min(head.sent.end, head.i + 1 + REACH)
    for child in head.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in COMPLEMENTS and child.right_edge.i < limit:
            end = max(end, _cut_clause(child) + 1)
    return end


def _cut_clause(preposition: Token) -> int:
    """Give the last word of a prepositional phrase, cut before a relative or participial clause inside it."""
    for word in preposition.subtree:
        if word.dep_ in ("relcl", "acl", "advcl", "appos") and word.i > preposition.i + 1:
            return max(preposition.i + 1, word.left_edge.i - 1)
        if word.is_punct and word.text in ",–—;:(":
            return max(preposition.i, word.i - 1)
    return preposition.right_edge.i


def governing_verb(head: Token) -> tuple[Token | None, str]:
    """Give the nearest verb above the phrase and the link to it: subject, object, or oblique."""
    token, link = head, ""
    for _ in range(6):
        dep = token.dep_
        if not link:
            if dep in ("nsubj", "nsubjpass", "csubj"):
                link = "subject"
            elif dep in ("dobj", "attr", "oprd"):
                link = "object"
            elif dep not in ("conj", "compound", "nmod"):
                link = "oblique"
        if token.head is token:
            return None, "oblique"
        token = token.head
        if token.pos_ in VERBS:
            return token, link or "oblique"
    return None, "oblique"


def clause_auxiliaries(verb: Token) -> Iterator[Token]:
    """Yield the auxiliaries of a verb, and those of the verb that it complements ("is set to be held")."""
    yield from (child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "neg"))
    if verb.dep_ == "xcomp" and verb.head.pos_ in VERBS:
        yield from (child for child in verb.head.lefts if child.dep_ in ("aux", "auxpass", "neg"))


def text_before(doc: Doc, start: int, words: int) -> str:
    """Give up to `words` words before token `start`, within its sentence, in lower case."""
    if start <= 0 or start >= len(doc):
        return ""
    first = max(doc[start].sent.start, start - words)
    return doc[first:start].text.lower()
