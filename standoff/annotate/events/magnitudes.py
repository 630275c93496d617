"""Count whom an event befell and how many took part: dead, injured, arrested, and the size of a crowd or a force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from spacy.tokens import Doc, Token

from standoff.annotate.events.coding import Coded, find_core
from standoff.annotate.events.grammar import (
    find_agent,
    list_conjuncts,
    list_governors,
    list_patients,
    list_prepositional,
)
from standoff.annotate.facts import MagnitudeFact, Offsets, read_facts
from standoff.annotate.numbers import read_number
from standoff.codebooks import load_codebook

HARMS = ("dead", "injured", "arrested")
HARMFUL = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE"})  # what is merely said harms nobody
MASSED = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE"})  # types of which the doers may be a crowd or a force
MOVED = frozenset({"MOBILIZE", "RETREAT", "AID"})  # types whose object is what moves, goes free or is sent
EXPELLED = frozenset({"expel", "deport"})  # modes of other types of which that is so
NO_COUNT = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
SCALES = frozenset({"dozen", "score", "hundred", "thousand", "million", "thousands", "hundreds", "millions"})
ONE = frozenset({"a", "an", "another"})
REACH = 12  # words before a noun in which its number stands
WIDE = 40  # dependents looked at


class Words(NamedTuple):
    """The codebook's word lists: vague numbers, what is counted, and the harm that verbs and nouns tell."""

    vague: Mapping[str, int]
    few: frozenset[str]
    bodies: frozenset[str]
    vehicles: frozenset[str]
    units: frozenset[str]
    undergone: Mapping[str, str]
    done: Mapping[str, str]
    left: Mapping[str, str]
    nouns: Mapping[str, str]


class Count(NamedTuple):
    """How many came to which harm, the characters that say so, and the word that tells the harm."""

    field: str
    value: int
    part: Offsets
    anchor: Token


@cache
def load_words() -> Words:
    """Give the word lists of the magnitudes codebook."""
    book = load_codebook("magnitudes")
    tables: dict[str, Any] = book.settings["words"]
    few, bodies, vehicles, units = (frozenset(tables[name]) for name in ("few", "bodies", "vehicles", "units"))
    undergone, done, left, nouns = (
        {word: key for key in HARMS for word in book.codes[key].extra[name]}
        for name in ("undergone", "done", "left", "nouns")
    )
    return Words(book.settings["vague"], few, bodies, vehicles, units, undergone, done, left, nouns)


class Counter:
    """Count for the events of one article; a sentence is read once, when its first event is."""

    def __init__(self, doc: Doc, triggers: Mapping[int, Coded]) -> None:
        self._triggers = triggers
        self._sentences: dict[int, list[tuple[int | None, Count]]] = {}
        self._named, self._people = _list_people(doc)

    def count(self, coded: Coded) -> MagnitudeFact | None:
        """Give the numbers that belong to an event, or None if its sentence tells none.

        A number belongs to the nearest event at or above the word that tells the harm ("shot two men and arrested 15"
        is two of the one and 15 of the other), else to the act of force told below it ("three died when police
        fired"). Each is the least that the words allow.
        """
        found: dict[str, int] = {}
        parts: list[Offsets] = []
        token = coded.trigger.token
        for owner, count in self._read(token) if coded.type in HARMFUL else ():
            if owner == token.i:
                found[count.field] = found.get(count.field, 0) + count.value
                parts.append(count.part)
        size = self._measure(coded)
        if size is not None:
            found["size"] = size[0]
            parts.append(size[1])
        if not found:
            return None
        return MagnitudeFact(
            dead=found.get("dead"),
            injured=found.get("injured"),
            arrested=found.get("arrested"),
            size=found.get("size"),
            parts=sorted(parts),
        )

    def _read(self, token: Token) -> list[tuple[int | None, Count]]:
        sentence = token.sent
        if sentence.start not in self._sentences:
            counts = [count for word in sentence for count in self._list_harm(word)]
            self._sentences[sentence.start] = [(self._find_owner(count.anchor), count) for count in counts]
        return self._sentences[sentence.start]

    def _find_owner(self, anchor: Token) -> int | None:
        above = tuple(list_governors(anchor))
        for word in (anchor, *above):
            if word.i in self._triggers:
                return word.i
        anchor = next((verb for verb in above if verb.lemma_ == "leave"), anchor)  # "the attack left two dead"
        below = [
            at
            for at in range(anchor.left_edge.i, anchor.right_edge.i + 1)
            if at in self._triggers and self._triggers[at].type in HARMFUL
        ]
        return min(below, key=lambda at: abs(at - anchor.i), default=None)

    def _list_harm(self, word: Token) -> Iterator[Count]:
        """Yield who comes to harm by a word: "killed 12", "12 died", "left 12 dead", "the arrest of 12"."""
        words, lemma = load_words(), word.lemma_.lower()
        harmed: Iterable[Token] = ()
        field = ""
        if word.pos_ in ("VERB", "ADJ") and word.lower_ in words.left and (found := _find_left(word)) is not None:
            field, harmed = words.left[word.lower_], [found]
        elif word.pos_ == "VERB" and lemma in words.undergone:
            field, harmed = words.undergone[lemma], list_patients(word)
        elif word.pos_ == "VERB" and lemma in words.done:
            doer = find_agent(word)
            field, harmed = words.done[lemma], [] if doer is None else [doer]
        elif word.pos_ == "NOUN" and lemma in words.nouns:
            field = words.nouns[lemma]
            harmed = [*list_prepositional(word, {"of"})] or [word]
        for noun in harmed:
            for each in list_conjuncts(noun):
                own = each.lemma_.lower() in words.nouns
                count = read_count(each) if own else (read_count(each) or self._count_one(each))
                if count is not None:
                    yield Count(field, *count, word)

    def _count_one(self, noun: Token) -> tuple[int, Offsets] | None:
        """Count a single person: one named, or "a boy", but not "a family"."""
        words = load_words()
        lemma = noun.lemma_.lower()
        if lemma in words.bodies | words.units | words.vehicles:
            return None
        single = noun.tag_ == "NN" and any(child.lower_ in ONE for child in islice(noun.children, WIDE))
        if single or noun.i in self._named:
            return 1, [noun.idx, noun.idx + len(noun)]
        return None

    def _measure(self, coded: Coded) -> tuple[int, Offsets] | None:
        """Give the size of what an event moves, or else of the crowd or the force that does it."""
        if coded.type in MOVED or coded.mode in EXPELLED:
            for holder in find_core(coded):
                for patient in list_patients(holder) if holder.pos_ == "VERB" else ():
                    if (size := self._read_size(patient)) is not None:
                        return size
        if coded.type in MASSED:
            for noun in coded.parties.actors:
                if (size := self._read_size(noun)) is not None:
                    return size
        return None

    def _read_size(self, noun: Token) -> tuple[int, Offsets] | None:
        words, lemma = load_words(), noun.lemma_.lower()
        if lemma in words.bodies:
            made = [(item, read_count(item)) for item in list_prepositional(noun, {"of"})]
            count = next((found for _, found in made if found is not None), None) or _read_strength(noun)
        else:
            counted = noun.i in self._people or lemma in words.vehicles or _is_number(noun)
            count = read_count(noun) if counted else None
        return count if count is not None and count[0] > 1 else None


def read_count(noun: Token) -> tuple[int, Offsets] | None:
    """Give the number of a noun and the characters that tell it: "at least 12 protesters", "dozens of men", "12".

    Of a range the lower end counts. Years, ages, money and measures are none.
    """
    doc, words = noun.doc, load_words()
    counted = list_prepositional(noun, {"of"}) if _is_number(noun) else iter((noun,))
    things = [thing for thing in counted if not _is_number(thing)]
    if any(thing.lemma_.lower() in words.units for thing in things):
        return None
    end = noun.i + 1
    if _is_number(noun):  # "tens of thousands of farmers"
        while end + 1 < len(doc) and doc[end].lower_ == "of" and _is_number(doc[end + 1]):
            end += 2
    start = max(noun.left_edge.i, noun.i - REACH)
    at = start
    while at < end:
        last = at
        while last < end and (_is_number(doc[last]) or (last > at and _links(doc, last, end))):
            last += 1
        if last > at:
            hyphened = last < len(doc) and doc[last].text == "-" and last < noun.i
            value = None if hyphened else _read_value(doc[at:last].text)
            if value is not None:
                right = max(last, noun.i + 1)
                return value, [doc[at].idx, doc[right - 1].idx + len(doc[right - 1])]
        at = last + 1
    return None


def _links(doc: Doc, at: int, end: int) -> bool:
    """Tell whether a word stands within a number: "two hundred and fifty", "twenty-one", "half a dozen"."""
    if at + 1 >= end or not _is_number(doc[at + 1]):
        return False
    after_scale = doc[at].lower_ == "and" and doc[at - 1].lower_ in SCALES and doc[at + 1].lower_ not in SCALES
    return after_scale or doc[at].text == "-" or doc[at].lower_ in ("of", "a")


def _is_number(token: Token) -> bool:
    if token.ent_type_ in NO_COUNT:
        return False
    lower, words = token.lower_, load_words()
    if lower in ("a", "few", "several", "half"):
        nearby = token.doc[token.i + 1 : token.i + 3]
        return any(word.lower_ in SCALES for word in (nearby if lower == "half" else nearby[:1]))
    return token.tag_ == "CD" or lower in words.vague or lower in SCALES


def _read_value(text: str) -> int | None:
    """Give the least whole number that words allow.

    >>> [_read_value(text) for text in ("1,500", "tens of thousands", "several hundred", "1.5 million", "half a dozen")]
    [1500, 20000, 200, 1500000, 6]
    """
    words = load_words()
    parts = re.split(r"[\s-]+", text.lower().replace(" of ", " "))
    value = 1.0
    while len(parts) > 1 and (scale := read_number(parts[-1].removesuffix("s"))) is not None:
        if not (parts[0] in words.vague or parts[0] in words.few or parts[0][0].isdigit()):
            break
        value *= float(scale)
        parts.pop()
    if parts == ["a"]:
        parts.clear()
    if len(parts) == 1 and parts[0] in words.vague:
        return int(value * words.vague[parts[0]])
    if parts and parts[-1] in words.few:
        return int(value * 2)
    if value == 1 and "half" in parts and parts[-1] == "dozen":
        return 6
    number = read_number(" ".join(parts)) if parts else None
    return None if number is None else int(float(number) * value)


def _read_strength(body: Token) -> tuple[int, Offsets] | None:
    """Give the number of "a 1,200-strong force" and "a 20-truck convoy"."""
    doc = body.doc
    for at in range(max(body.left_edge.i, body.i - REACH), body.i - 1):
        if doc[at].tag_ == "CD" and doc[at + 1].text == "-":
            value = _read_value(doc[at].text)
            if value is not None:
                return value, [doc[at].idx, body.idx + len(body)]
    return None


def _find_left(word: Token) -> Token | None:
    """Give whom a word like "dead" is said of: "left six dead", "shot three men dead", "six dead"."""
    own = [child for child in islice(word.children, WIDE) if child.dep_ in ("nsubj", "nummod") and child.i < word.i]
    if own and word.tag_ not in ("VBD", "VBN"):
        return own[-1] if own[-1].dep_ == "nsubj" else word
    head = word.head
    if head.pos_ == "VERB" and word.dep_ in ("oprd", "acomp", "ccomp", "advmod", "xcomp", "amod"):
        if own:
            return own[-1]
        patients = [noun for noun in list_patients(head) if head.lemma_.lower() in ("leave", "shoot", "find", "gun")]
        return patients[0] if patients else None
    if word.dep_ == "amod" and head.i < word.i:
        return head
    if word.tag_ == "VBN" and word.dep_ in ("acl", "dobj") and head.i < word.i and head.head.lemma_.lower() == "leave":
        return head
    return None


def _list_people(doc: Doc) -> tuple[frozenset[int], frozenset[int]]:
    """Give the words within mentions of single persons, and within those of anybody."""
    places = {token.idx: token.i for token in doc}
    actors = read_facts(doc, "actors")
    named: set[int] = set()
    people: set[int] = set()
    for fact in read_facts(doc, "mentions"):
        first = places.get(fact["start"])
        at = first
        while at is not None and at < len(doc) and doc[at].idx < fact["end"]:
            people.add(at)
            if actors[fact["actor"]]["kind"] == "person" and fact["form"] != "group":
                named.add(at)
            at += 1
    return frozenset(named), frozenset(people)
