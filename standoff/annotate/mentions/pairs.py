"""Resolve what counts people out: "both", "the former", "the latter", and one of several: "another", "the second"."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.annotate.mentions.lexicon import load_words
from standoff.annotate.mentions.phrases import end_phrase
from standoff.annotate.mentions.register import Mention, Register
from standoff.annotate.mentions.words import Words

PAIRED = frozenset({"both", "former", "latter"})
PAIR_REACH = 60  # tokens back to the two that were named side by side
APART = 16  # tokens between the heads of two that stand side by side, descriptions and all
ONES = frozenset({"one", "another", "other", "first", "second", "third", "fourth", "fifth"})


def add_pairs(words: Words, register: Register) -> None:
    """Add each "both" and "the latter" that speaks of two whom the text names side by side, and as somebody unnamed
    each "another" and "one of the officers" that says something."""
    for token in words.doc:
        if register.owner[token.i] is not None or token.dep_ not in ("nsubj", "nsubjpass"):
            continue
        if token.lower_ in PAIRED:
            _add_paired(words, token, register)
        elif token.lower_ in ONES and token.head.lemma_ in load_words("names", "speech"):
            _add_one(words, token, register)


def _add_paired(words: Words, token: Token, register: Register) -> None:
    """Tie "the former" to the first, "the latter" to the second of two, and "both" to each of them."""
    pair = _find_pair(words, token, register)
    start = token.i - (words.lower[token.i - 1 : token.i] == ["the"])
    if (
        pair is None
        or (token.lower_ != "both" and start == token.i)
        or any(child.i > token.i for child in token.children)
    ):
        return
    chosen = pair if token.lower_ == "both" else pair[:1] if token.lower_ == "former" else pair[1:]
    for mention in chosen:
        register.add_mention(mention.party, start, token.i + 1, token.i, "pronoun")


def _find_pair(words: Words, token: Token, register: Register) -> list[Mention] | None:
    """Give the last two of one kind that stand side by side before `token`, joined by "and"."""
    near = range(max(0, token.i - PAIR_REACH), token.i)
    named = [mention for mention in register.mentions if mention.form == "name" and mention.head in near]
    for second in sorted(named, key=lambda mention: -mention.start):
        first = max((m for m in named if m.end < second.start), key=lambda mention: mention.start, default=None)
        if first is None or first.party is second.party or first.party.kind != second.party.kind:
            continue
        between = words.lower[first.end : second.start]
        if "and" in between and "." not in between and second.head - first.head < APART:
            return [first, second]
    return None


def _add_one(words: Words, token: Token, register: Register) -> None:
    """Add one of several who says something: somebody without a name, known by these words alone."""
    start = token.i - (words.lower[token.i - 1 : token.i] == ["the"])
    end = (
        end_phrase(words, token.i + 1, register, steps=1)
        if words.lower[token.i + 1 : token.i + 2] == ["of"]
        else token.i + 1
    )
    text = words.doc[start:end].text
    if words.lower[end : end + 1] == [","] and end + 1 < len(words.texts) and register.owner[end + 1] is not None:
        named = register.owner[end + 1]
        if named is not None and named.start == end + 1 and named.form == "name" and named.party.kind == "person":
            register.add_mention(named.party, start, end, token.i, "title")
            return
    party = register.add_party("person", label=text[:1].lower() + text[1:])
    party.forms[text] = None
    register.add_mention(party, start, end, token.i, "title")
