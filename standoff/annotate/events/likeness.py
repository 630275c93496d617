"""Say which code's examples a word is like: by its sense, as the trained reader has it, and by the words around it.

The reader's senses tell a threat from a visit, but were not trained to tell a lockout from a picket; the words that a
definition, its cues and its examples have to themselves do that. So a word gets the code of the nearest example (Snell
et al. 2017, "Prototypical Networks"), each word that it shares with that code alone drawing it nearer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from standoff.annotate.events.cues import CueBook, find_triggers, is_own
from standoff.annotate.events.grammar import load_grammar_words
from standoff.annotate.facts import SightingFact, read_facts
from standoff.codebooks import Code, Codebook

# Chosen on the 60 odd sentences of tests/cases/ontologies, by what they gain there, and by how many events of these
# fields they see in the example articles, which are of other fields (35 in nine articles, by NEAR = 0.6 twice as many);
# 2026-11.
LIKELY = 0.3  # the least chance of any event at a word
NEAR = 1.0  # the least likeness: the cosine and what shared words add
MARGIN = 0.05  # by how much a code must be more alike than any other
SHARED = 0.5  # the least weight of words shared with the code
DRAW = 0.3  # by how much words of weight 1 draw nearer
MOST = 2.0  # the weight beyond which shared words count no more
REACH = 12  # words on either side that are looked at for shared ones
CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
CARRYING = CONTENT | {"AUX", "PROPN"}


class Prototype(NamedTuple):
    """A trigger in an example or counter-example of a code; its sense is a row of a matrix."""

    type: str
    counter: bool
    text: str


class Likeness(NamedTuple):
    """The code that a word is most like, and how like."""

    type: str
    degree: float


class Examples:
    """The sentences of a user's own codes; `read` parses one, and it is called once for each when first needed."""

    def __init__(self, codebook: Codebook, book: CueBook, read: Callable[[str], Doc]) -> None:
        self._book = book
        self._codes = {type_: codebook.codes[name] for type_, name in book.names.items() if is_own(type_)}
        self._which = codebook.path
        self._read = read
        self._weights: dict[str | None, Mapping[str, Mapping[str, float]]] = {}

    def find_likeness(self, token: Token, fact: SightingFact, *, without: str | None) -> Likeness | None:
        """Give the code that a word is like, `without` one sentence of the codebook."""
        prototypes, senses = self._prototypes
        if not prototypes:
            return None
        cosines = senses @ normalise(fact["sense"])
        weights = self._weigh_words(without)
        near = tuple(dict.fromkeys(_list_content(_list_around(token))))
        shared = {type_: sum(words.get(word, 0.0) for word in near) for type_, words in weights.items()}
        degrees = (
            (
                item,
                float(cosine) + DRAW * min(self._weigh_common(item, near) if item.counter else shared[item.type], MOST),
            )
            for item, cosine in zip(prototypes, cosines, strict=True)
            if item.text != without
        )
        return choose_code(degrees, shared)

    def _weigh_common(self, item: Prototype, near: Iterable[str]) -> float:
        """Give how many words a counter-example has in common with a text that the code itself has not."""
        own = self._weigh_words(None)[item.type]
        words = set(_list_content(self._documents[item.text]))
        return float(sum(word in words and word not in own for word in near))

    @cached_property
    def _documents(self) -> Mapping[str, Doc]:
        texts = {code.definition for code in self._codes.values()}
        texts |= {text for code in self._codes.values() for text in (*code.examples, *code.not_examples)}
        return {text: self._read(text) for text in sorted(texts)}

    @cached_property
    def _prototypes(self) -> tuple[list[Prototype], NDArray[np.float32]]:
        """Hold the prototypes of all codes and their senses; none where the trained reader does not run."""
        found = [pair for type_, code in self._codes.items() for pair in self._make_prototypes(type_, code)]
        return [item for item, _ in found], np.array([sense for _, sense in found], dtype=np.float32)

    def _make_prototypes(self, type_: str, code: Code) -> Iterator[tuple[Prototype, NDArray[np.float32]]]:
        """Yield the sense of the trigger in each example of a code: the cue's word, else what is surest an event."""
        sentences = [*((text, False) for text in code.examples), *((text, True) for text in code.not_examples)]
        for text, counter in sentences:
            doc = self._documents[text]
            cued = {item.token.idx for item in find_triggers(doc, self._which) if item.cue.type == type_}
            tokens = {token.idx: token for token in doc}
            words = [
                fact
                for fact in read_facts(doc, "sightings")
                if "sense" in fact and (token := tokens.get(fact["start"])) is not None and not _only_reports(token)
            ]
            if words:
                best = max(words, key=lambda fact: (fact["start"] in cued, sum(fact["types"].values())))
                yield Prototype(type_, counter, text), normalise(best["sense"])

    def _weigh_words(self, without: str | None) -> Mapping[str, Mapping[str, float]]:
        """Give the words of each code with their weights: 1 if no other code has it, 0 if all have."""
        if without not in self._weights:
            words = {type_: set(self._list_words(type_, code, without)) for type_, code in self._codes.items()}
            owners = Counter(word for own in words.values() for word in own)
            scale = math.log(len(words)) or 1.0
            self._weights[without] = {
                type_: {word: 1.0 - math.log(owners[word]) / scale for word in own} for type_, own in words.items()
            }
        return self._weights[without]

    def _list_words(self, type_: str, code: Code, without: str | None) -> Iterator[str]:
        """Yield the words of a code's definition, examples and cues."""
        for text in (code.definition, *code.examples):
            if text != without:
                yield from _list_content(self._documents[text])
        for (head, _), cues in self._book.by_head.items():
            for cue in cues:
                if cue.type == type_:
                    yield head
                    yield from (word for part in cue.elements if not part.absent for word in part.words)


def choose_code(degrees: Iterable[tuple[Prototype, float]], shared: Mapping[str, float]) -> Likeness | None:
    """Give the code that is most alike, if it is enough so, has words of its own in common, and no other comes close.

    What a code is called and where it stands in its file have no say: of two that are as like, neither is taken.
    """
    nearest: dict[str, float] = {}
    against: dict[str, float] = {}
    for item, degree in degrees:
        table = against if item.counter else nearest
        table[item.type] = max(table.get(item.type, -1.0), degree)
    if not nearest:
        return None
    best = max(nearest, key=lambda type_: nearest[type_])
    rival = max((degree for type_, degree in nearest.items() if type_ != best), default=-1.0)
    if nearest[best] < NEAR or nearest[best] - rival < MARGIN or nearest[best] < against.get(best, -1.0):
        return None
    return Likeness(best, nearest[best]) if shared.get(best, 0.0) >= SHARED else None


def is_likely(token: Token, fact: SightingFact) -> bool:
    """Tell whether the reader sees an event at a word that is more than the report of one ("said that")."""
    likely = sum(fact["types"].values()) >= LIKELY and token.pos_ in CARRYING
    return likely and not _only_reports(token)


def _only_reports(token: Token) -> bool:
    return token.lemma_.lower() in load_grammar_words().reporting


def normalise(sense: Sequence[float]) -> NDArray[np.float32]:
    """Give a vector the length 1, so that products are cosines."""
    vector: NDArray[np.float32] = np.array(sense, dtype=np.float32)
    vector /= np.linalg.norm(vector) + 1e-9
    return vector


def _list_around(token: Token) -> Iterable[Token]:
    """Give the words of a word's sentence that stand near it."""
    sent = token.sent
    return token.doc[max(sent.start, token.i - REACH) : min(sent.end, token.i + REACH + 1)]


def _list_content(tokens: Iterable[Token]) -> Iterator[str]:
    return (token.lemma_.lower() for token in tokens if token.pos_ in CONTENT)
