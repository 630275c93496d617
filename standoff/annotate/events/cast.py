"""Say which actors a noun names: by the mention that covers it, or by a mention that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from spacy.tokens import Doc, Token

from standoff.annotate.events.grammar import list_prepositional
from standoff.annotate.facts import read_facts

BELONGING = frozenset(("of", "from"))
LOOSE = frozenset(("in", "with"))
OWNING = frozenset(("poss", "compound", "amod", "nmod"))


class Naming(NamedTuple):
    """Actors that a noun names; `direct` unless they only own or qualify it."""

    actors: tuple[int, ...]
    direct: bool


NOBODY = Naming((), False)


class Cast:
    """Look up the actors of a document's nouns, once its mentions are known."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.known = "mentions" in doc.spans
        self._by_token: dict[int, tuple[int, int]] = {}
        for fact in read_facts(doc, "mentions"):
            span = doc.char_span(fact["start"], fact["end"], alignment_mode="expand")
            if span is None:
                continue
            # A long mention yields to a shorter one on any word but its own head.
            root = span.root.i
            for token in span:
                size = 0 if token.i == root else len(span)
                if token.i not in self._by_token or size < self._by_token[token.i][0]:
                    self._by_token[token.i] = (size, fact["actor"])

    def name(self, noun: Token, *, loosely: bool = False) -> Naming:
        """Give the actors that a noun names, or those that own or qualify it ("Chad's plan", "the plan of Chad").

        `loosely` takes a place or a partner too: "reporters in Chad", "issues with Chad".
        """
        covering = self._by_token.get(noun.i)
        if covering is not None:
            return Naming((covering[1],), True)
        if noun.dep_ == "appos" and noun.head.i in self._by_token:
            return Naming((self._by_token[noun.head.i][1],), True)
        for child in noun.children:
            if child.dep_ in OWNING and child.i in self._by_token:
                return Naming((self._by_token[child.i][1],), False)
        prepositions = BELONGING | LOOSE if loosely else BELONGING
        for inner in list_prepositional(noun, prepositions):
            for item in (inner, *(child for child in inner.children if child.dep_ in OWNING)):
                if item.i in self._by_token:
                    return Naming((self._by_token[item.i][1],), False)
        return NOBODY

    def name_all(self, nouns: tuple[Token, ...], *, loosely: bool = False) -> Naming:
        """Give the actors of several nouns; direct ones alone if there are any."""
        namings = [self.name(noun, loosely=loosely) for noun in nouns]
        direct = tuple(dict.fromkeys(actor for naming in namings if naming.direct for actor in naming.actors))
        if direct:
            return Naming(direct, True)
        return Naming(tuple(dict.fromkeys(actor for naming in namings for actor in naming.actors)), False)

    def is_owned(self, noun: Token, owners: Collection[int]) -> bool:
        """Tell whether a noun is said to belong to one of the actors: "its troops"."""
        own = (child.i for child in noun.children if child.dep_ == "poss" and child.i in self._by_token)
        return any(self._by_token[i][1] in owners for i in own)

    def list_within(self, start: int, end: int, *, owners: Collection[int]) -> list[int]:
        """Give the actors named between two tokens, in the text's order, without what belongs to `owners`."""
        named = (i for i in range(start, end) if i in self._by_token and not self.is_owned(self._doc[i], owners))
        return list(dict.fromkeys(self._by_token[i][1] for i in named))

    def find_home(self) -> tuple[str, int] | None:
        """Give the country that most mentions belong to, and the actor that is that country; None if none leads."""
        actors = read_facts(self._doc, "actors")
        counts = Counter(actors[fact["actor"]]["country"] for fact in read_facts(self._doc, "mentions"))
        counts.pop(None, None)
        if not counts:
            return None
        code, _ = counts.most_common(1)[0]
        home = next((i for i, fact in enumerate(actors) if fact["kind"] == "country" and fact["country"] == code), None)
        return None if home is None else (code, home)
