"""Find what sides are taken on in a text, whatever it is called: the raw material of an issues codebook.

The positions component judges a clause from the words that name an issue. Here every noun may name one, and every verb
with its object: where somebody takes a stance on it by the same grammar, it is a topic. What the reports take sides on
is thus found by what they do with it, and not by a list of subjects.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from standoff.annotate.facts import PositionFact, read_facts
from standoff.annotate.positions import find_positions
from standoff.annotate.positions.climb import GOVERNING
from standoff.annotate.positions.cues import DEPTH, Found, IssueCues, load_stance_words
from standoff.codebooks import load_codebook
from standoff.records import Article, Passage, Topic, cut_passage

SHIPPED = "issues"
OBJECTS = frozenset({"dobj", "nsubjpass"})
BELOW = frozenset({"compound", "poss", "nmod", "pobj", "prep", "pcomp", "nummod"})
BESIDE = frozenset({"as", "in", "at", "from", "by", "into", "during", "before", "after", "until", "since", "because"})
SHORTEST = 3  # letters of a word, and of what is left of it without its ending


class TopicWords:
    """Hold the codebook of words that tell topics apart."""

    def __init__(self) -> None:
        codes = load_codebook("topics").codes
        self.light = frozenset(codes["light"].cues)
        self.making = frozenset(codes["making"].cues)
        self.unmaking = frozenset(codes["unmaking"].cues)
        self.endings: tuple[str, ...] = tuple(sorted(codes["families"].extra["endings"], key=len, reverse=True))
        self.irregular: dict[str, str] = dict(pair.split() for pair in codes["families"].extra["irregular"])
        self.reporting = frozenset(cue for code in load_codebook("cues").codes.values() for cue in code.cues)

    def find_family(self, lemma: str) -> str:
        """Give what the words of one stem share.

        >>> words = load_topic_words()
        >>> words.find_family("closure") == words.find_family("close") == words.find_family("closing")
        True
        """
        word = self.irregular.get(lemma, lemma)
        ending = next((end for end in self.endings if word.endswith(end) and len(word) - len(end) >= SHORTEST), "")
        stem = word.removesuffix(ending).rstrip("e")
        return stem[:-1] if len(stem) > SHORTEST and stem[-1] == stem[-2] else stem  # "banning", "sell"


@cache
def load_topic_words() -> TopicWords:
    """Give the shipped codebook of topic words, read once."""
    return TopicWords()


class TopicCues(IssueCues):
    """Stand in for an issues codebook: each place that may name a topic is an issue, called by its number."""

    def __init__(self) -> None:
        super().__init__(SHIPPED)
        self.codes = {}
        self.valued = frozenset()
        self.shown_by = {}

    def find(self, doc: Doc) -> Iterator[Found]:
        """Yield each place in reading order."""
        for token in doc:
            if is_name(token) or is_deed(token):
                sign = -1 if token.lemma_.lower() in load_topic_words().unmaking else 1
                yield Found(str(token.i), sign, token.pos_ == "VERB", doc[token.i : token.i + 1], token)


def find_topics(doc: Doc, article: Article) -> Iterator[Topic]:
    """Yield every place that may name a topic, once for each who takes a stance there, and once if nobody does.

    The parties and statements of `doc` must have been found.
    """
    if not doc.has_annotation("DEP"):
        return
    cues = TopicCues()
    actors = read_facts(doc, "actors")
    people = _index_people(doc, actors)
    shipped = {token.i: found.issue for found in IssueCues(SHIPPED).find(doc) for token in found.span}
    taken: dict[int, list[PositionFact | None]] = {}
    for position in find_positions(doc, cues=cues):
        taken.setdefault(int(position["issue"]), []).append(position)
    for found in cues.find(doc):
        token = found.head
        if token.i in people:
            continue
        for fact in taken.get(token.i) or [None]:
            yield Topic(
                source=article.source,
                passage=cut_passage(article, token.idx, token.idx + len(token)),
                sentence=_cut_sentence(article, token),
                word=token.lemma_.lower(),
                name=None if found.does else _name(token),
                deed=_name_deed(token) if found.does else None,
                family=_find_family(token),
                shipped=shipped.get(token.i),
                holder=None if fact is None else actors[fact["holder"]]["name"],
                stance=None if fact is None else fact["stance"],  # type: ignore[arg-type]
                said=fact is not None and fact.get("attribution") is not None,
            )


def is_name(token: Token) -> bool:
    """Tell whether a noun may name a topic: no light noun, nothing beneath another name, no object of a mere deed."""
    if token.pos_ != "NOUN" or not _is_word(token) or _is_light(token):
        return False
    node = token
    for _ in range(DEPTH):
        if node.dep_ == "prep" and node.lower_ in BESIDE:
            return False
        if node.dep_ not in BELOW:
            break
        node = node.head
        if node.pos_ in {"NOUN", "PROPN"} and not _is_light(node) and not _governs(node):
            return False
    return not (node.dep_ in OBJECTS and is_deed(node.head))


def is_deed(token: Token) -> bool:
    """Tell whether a verb may name a topic by what it does to something: "close the pit"."""
    if token.pos_ != "VERB" or not _is_word(token) or _governs(token):
        return False
    return token.lemma_.lower() not in load_topic_words().reporting and _find_object(token) is not None


def _is_word(token: Token) -> bool:
    return len(token.lemma_) >= SHORTEST and token.lemma_.replace("-", "").isalpha()


def _is_light(token: Token) -> bool:
    return token.lemma_.lower() in load_topic_words().light


def _governs(token: Token) -> bool:
    return load_stance_words().classify(token, GOVERNING) is not None


def _find_object(verb: Token) -> Token | None:
    """Give the noun that a verb acts on, if that is no light one."""
    nouns = (child for child in verb.children if child.dep_ in OBJECTS and child.pos_ == "NOUN")
    return next((noun for noun in nouns if _is_word(noun) and not _is_light(noun)), None)


def _name(token: Token) -> str:
    """Give a noun with the nouns that it is made up with, and with the light noun that it stands in: "pay rise"."""
    before = [child for child in token.children if child.dep_ == "compound" and child.pos_ == "NOUN"]
    inside = token.dep_ == "compound" and token.head.pos_ == "NOUN" and token.head.i > token.i
    return " ".join(word.lemma_.lower() for word in (*before, token, *([token.head] if inside else [])))


def _name_deed(verb: Token) -> str:
    noun = _find_object(verb)
    return verb.lemma_.lower() if noun is None else f"{verb.lemma_.lower()} {noun.lemma_.lower()}"


def _find_family(token: Token) -> str:
    """Give a noun's family; for a deed that of what it makes, uses or ends, else both its words'."""
    words = load_topic_words()
    own = words.find_family(token.lemma_.lower())
    noun = _find_object(token) if token.pos_ == "VERB" else None
    if noun is None:
        return own
    other = words.find_family(noun.lemma_.lower())
    return other if token.lemma_.lower() in words.making | words.unmaking else f"{own} {other}"


def _index_people(doc: Doc, actors: list[Any]) -> set[int]:
    """Give the words that stand for a party of its own: not for a mere sort of people, who may be quarrelled over."""
    found = set[int]()
    for mention in read_facts(doc, "mentions"):
        span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
        if span is not None and actors[mention["actor"]]["kind"] != "group":
            found.add(span.root.i)
    return found


def _cut_sentence(article: Article, token: Token) -> Passage:
    sent = token.sent
    return cut_passage(article, sent.start_char, sent.end_char)
