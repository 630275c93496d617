"""Guess which plural nouns that no codebook lists mean people: "gondoliers marched", "they freed nine glassmen"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from standoff.annotate.mentions.lexicon import Entry, Tag, load_words
from standoff.codebooks import load_codebook

SUBJECTS, OBJECTS = frozenset({"nsubj", "agent"}), frozenset({"dobj", "nsubjpass", "dative"})


def guess_people(doc: Doc, at: int) -> Tag | None:
    """Give a collective for a plural noun that by its ending means people, and by its verb acts or suffers as they do.

    "-men" and "-women" need no verb. Other endings that doers bear (-ers, -ists, -ants) are borne by things too: these
    count only as who acts ("marched"), as whom a verb does to that is done to people ("arrested"), or after a number or
    a people. It does not look at meanings.
    """
    token, word = doc[at], doc[at].lower_
    if not word.isalpha() or word in load_words("collectives", "things") or not _is_plural(token, word):
        return None
    ends = tuple(load_words("collectives", "endings"))
    if not word.endswith(("men", "women")) and not (word.endswith(ends) and _acts(token)):
        return None
    return Tag(at, at + 1, word, _make_entry())


@cache
def _make_entry() -> Entry:
    return Entry("collective", load_codebook("collectives").codes["guessed"], plural=True)


def _is_plural(token: Token, word: str) -> bool:
    if not (token.text.islower() or token.is_sent_start):
        return False
    return len(word) > 5 and (
        token.tag_ in ("NNS", "NNPS") or (word.endswith("men") and token.pos_ in ("NOUN", "PROPN"))
    )


def _acts(token: Token) -> bool:
    verb = token.head.head if token.dep_ == "pobj" and token.head.dep_ == "agent" else token.head
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and token.head.head.lower_ in load_words("collectives", "counts")
    ):
        return _acts(token.head.head)
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN") and token.head.i < token.i:
        token, verb = token.head, token.head.head
    lemma = verb.lemma_.lower()
    if token.dep_ in SUBJECTS or verb is not token.head:
        return lemma in load_words("collectives", "acts") or lemma in load_words("names", "speech")
    return token.dep_ in OBJECTS and lemma in load_words("collectives", "sufferings")
