"""See the noun phrase of an occasion in the parse: its modifiers, its reach, the verb it hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from standoff.codebooks import Code

NOUNS = frozenset({"NOUN", "PROPN"})
INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "NUM", "DET", "PART", "PRON", "VERB"})
VERBS = frozenset({"VERB", "AUX"})
COMPLEMENTS = frozenset({"of", "in", "between", "with", "on", "to", "over", "against", "at"})
REACH = 25  # words to either side of the head that still count as its phrase; newspaper noun phrases are shorter


@dataclass(frozen=True, slots=True)
class Phrase:
    """An occasion's head with its tokens, half-open; with a participle, the head is whom the occasion befell."""

    head: Token
    start: int
    end: int
    code: Code
    participle: bool = False

    @property
    def name(self) -> str:
        """Give the words up to the head without an article, in one line."""
        first = self.start + (self.head.doc[self.start].dep_ == "det" and self.start < self.head.i)
        return " ".join(self.head.doc[first : self.head.i + 1].text.split())

    @property
    def is_named(self) -> bool:
        """Tell whether the occasion has a name of its own, in capitals: "the Paris Peace Agreements"."""
        words = left_words(self.head)
        proper = [word for word in words if word.pos_ == "PROPN" and word.dep_ in ("compound", "nmod", "amod")]
        return not self.participle and self.head.is_title and bool(proper)


def find_phrase(head: Token, code: Code) -> Phrase:
    """Give the phrase of a noun that names an occasion."""
    before = left_words(head)
    return Phrase(head, before[0].i if before else head.i, right_end(head), code)


def left_words(head: Token) -> list[Token]:
    """Give the words of the head's own phrase that stand before it, in order.

    The parse may hang more on a head than belongs to it, so the phrase is followed word by word to its start; only "of"
    within a name is passed ("Bank of England conference").
    """
    first = max(climb_name(head).left_edge.i, start_near(head))
    start = head.i
    while start > first and _belongs(head.doc[start - 1], head.doc[start]):
        start -= 1
    while start < head.i and head.doc[start].is_punct:
        start += 1
    return [head.doc[i] for i in range(start, head.i)]


def _belongs(word: Token, following: Token) -> bool:
    if word.lower_ == "of":
        return word.i > 0 and word.nbor(-1).pos_ == "PROPN" and following.pos_ == "PROPN"
    if word.is_punct:
        return word.text in "-–'’\"“”"
    return word.pos_ in INSIDE and (word.pos_ != "VERB" or word.dep_ in ("amod", "compound"))


def right_end(head: Token) -> int:
    """Give the end (a token index) of the head with the complements that name parties and places."""
    end = head.i + 1
    limit = head.i + 1 + REACH
    for child in children_after(head):
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


def holding_verbs(head: Token) -> Iterator[tuple[Token, str]]:
    """Yield the verbs that may say when it is held: one that describes it ("set to be held"), then the one above it."""
    for child in children_after(head):
        if child.dep_ in ("acl", "relcl") and child.pos_ in VERBS:
            yield child, "subject"
    verb, link = governing_verb(head)
    if verb is not None:
        yield verb, link


def governing_verb(head: Token) -> tuple[Token | None, str]:
    """Give the nearest verb above the phrase and the link to it: subject, object, or oblique."""
    token, link = climb_name(head), ""
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
        if token.dep_ in ("aux", "auxpass"):
            token = token.head
        if token.pos_ in VERBS:
            return token, link or "oblique"
    return None, "oblique"


def climb_name(head: Token) -> Token:
    """Give the word that a name hangs on the sentence by: "Bank" for "conference" in "Bank of England conference"."""
    preposition = head.head
    name = preposition.head
    inside = preposition.lower_ == "of" and head.dep_ == "pobj" and name.pos_ == head.pos_ == "PROPN"
    return name if inside and name.i == preposition.i - 1 else head


def clause_auxiliaries(verb: Token) -> Iterator[Token]:
    """Yield the auxiliaries of a verb, and those of the verb that it complements ("is set to be held")."""
    yield from (child for child in children_before(verb) if child.dep_ in ("aux", "auxpass", "neg"))
    if verb.dep_ == "xcomp" and verb.head.pos_ in VERBS:
        yield from (child for child in children_before(verb.head) if child.dep_ in ("aux", "auxpass", "neg"))


def text_before(doc: Doc, start: int, words: int) -> str:
    """Give up to `words` words before token `start`, within its sentence, in lower case."""
    if start <= 0 or start >= len(doc):
        return ""
    first = max(start_near(doc[start]), start - words)
    return doc[first:start].text.lower()


def start_near(token: Token) -> int:
    """Give where the token's sentence starts, or how far back its phrase may reach.

    Looking no further than a phrase can reach keeps a sentence of ten thousand words from costing their square; spaCy's
    `sent`, `lefts` and `rights` each walk the whole sentence.
    """
    first = token.i
    while first > token.i - REACH and first > 0 and not token.doc[first].is_sent_start:
        first -= 1
    return first


def children_before(token: Token) -> Iterator[Token]:
    """Yield the token's children within reach before it."""
    yield from (word for word in token.doc[max(0, token.i - REACH) : token.i] if word.head == token)


def children_after(token: Token) -> Iterator[Token]:
    """Yield the token's children within reach after it."""
    yield from (word for word in token.doc[token.i + 1 : token.i + 1 + REACH] if word.head == token)
