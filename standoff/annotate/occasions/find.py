"""Find the noun phrases that name an occasion, and give each its days, place, parties and label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pycountry
from spacy.tokens import Doc, Token

from standoff.annotate.facts import ActorFact, MentionFact, OccasionFact, Offsets, TimeFact, read_facts
from standoff.annotate.occasions.lexicon import Lexicon
from standoff.annotate.occasions.phrase import NOUNS, governing_verb, left_words, right_end
from standoff.annotate.occasions.status import is_held_by, judge_status
from standoff.codebooks import Code

DEFINITE = frozenset({"the", "this", "these", "that", "those"})
NEGATIVE = frozenset({"no", "any", "every", "each", "some", "what", "which", "such", "another", "either", "neither"})
GAP = re.compile(r"[\s,]*(?:\b(?:in|on|of|for|at|by|from|during|early|late)\b[\s,]*)?")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth")


class Phrase(NamedTuple):
    """An occasion's head with the tokens of its phrase, half-open."""

    head: Token
    start: int
    end: int
    code: Code


def find_occasions(doc: Doc, *, lexicon: Lexicon) -> list[OccasionFact]:
    """Give the occasions that the text names, in reading order, those without a day too.

    A name counts if it is of one particular occasion: it is definite ("the elections"), dated, numbered, named, or
    tells its parties. What is only spoken of in general ("free elections", "no talks") does not.
    """
    return _Finder(doc, lexicon).find()


class _Finder:
    """Hold what the other components found in one text while its occasions are made."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.actors: list[ActorFact] = read_facts(doc, "actors")
        self.mentions: list[MentionFact] = read_facts(doc, "mentions")
        self.times: list[TimeFact] = [
            fact for fact in read_facts(doc, "times") if fact["type"] == "DATE" and _has_days(fact)
        ]
        self.country = _name_main_country(self.actors, self.mentions)

    def find(self) -> list[OccasionFact]:
        facts = [fact for phrase in self._list_phrases() if (fact := self._make_fact(phrase)) is not None]
        return list({(fact["end"], fact["kind"]): fact for fact in reversed(facts)}.values())[::-1]

    def _list_phrases(self) -> Iterator[Phrase]:
        for token in self.doc:
            if token.lower_ in self.lexicon.participles:
                yield from self._read_participle(token)
            elif token.pos_ in NOUNS and token.dep_ != "compound":
                before = left_words(token)
                code = self.lexicon.find_code(token.lemma_.lower(), frozenset(word.lower_ for word in before))
                if code is not None:
                    yield Phrase(token, before[0].i if before else token.i, right_end(token), code)

    def _read_participle(self, token: Token) -> Iterator[Phrase]:
        """Yield what a participle before a name tells: "the now-dissolved X", "the jailed Y"."""
        head = token.head
        if (
            token.dep_ in ("amod", "nmod", "compound", "advcl", "npadvmod")
            and head.pos_ in NOUNS
            and 0 < head.i - token.i <= 8
        ):
            start = token.i - 2 if token.i > 1 and self.doc[token.i - 1].text in "-–" else token.i
            yield Phrase(token, start, head.i + 1, self.lexicon.participles[token.lower_])

    def _make_fact(self, phrase: Phrase) -> OccasionFact | None:
        start, end = self._offsets(phrase)
        participial = phrase.head.pos_ not in NOUNS or phrase.head.lower_ in self.lexicon.participles
        time = None if participial else self._find_time(phrase, start, end)
        inside = [fact for fact in self.mentions if start <= fact["start"] and fact["end"] <= end]
        actors = list(dict.fromkeys(fact["actor"] for fact in inside))
        if not (actors if participial else self._is_particular(phrase, time, actors)):
            return None
        place = self._find_place(phrase, inside)
        if time is not None:
            start, end = min(start, time["start"]), max(end, time["end"])
        return OccasionFact(
            start=start,
            end=end,
            kind=phrase.code.key,
            label=self._make_label(phrase, place, inside),
            status="actual"
            if participial
            else judge_status(phrase.head, phrase.start, code=phrase.code, lexicon=self.lexicon),
            time=None if time is None else [time["start"], time["end"]],
            place=place,
            actors=actors,
        )

    def _offsets(self, phrase: Phrase) -> tuple[int, int]:
        span = self.doc[phrase.start : phrase.end]
        return span.start_char, span.end_char

    def _is_particular(self, phrase: Phrase, time: TimeFact | None, actors: list[int]) -> bool:
        words = left_words(phrase.head)
        lower = {word.lower_ for word in words}
        if lower & NEGATIVE:
            return False
        if time is not None or any(ORDINAL.fullmatch(word.lower_) for word in words):
            return True
        named = any(word.pos_ == "PROPN" and word.is_title for word in words) and phrase.head.is_title
        definite = bool(lower & DEFINITE) or any(word.dep_ == "poss" for word in words)
        if phrase.code.extra.get("bare"):
            return named or definite or bool(lower & self.lexicon.words["ahead_words"])
        return named or (definite and bool(actors)) or (phrase.code.key == "meeting" and len(actors) > 1)

    def _find_time(self, phrase: Phrase, start: int, end: int) -> TimeFact | None:
        """Give the day of the occasion: inside its phrase, right beside it, or beside a verb that says it is held."""
        text = self.doc.text
        for fact in self.times:
            if start <= fact["start"] and fact["end"] <= end:
                return fact
        head_end = phrase.head.idx + len(phrase.head)
        for fact in self.times:
            for edge in (end, head_end):
                if 0 <= fact["start"] - edge < 20 and GAP.fullmatch(text[edge : fact["start"]]):
                    return fact
            if 0 < start - fact["end"] < 10 and text[fact["end"] : start].split() in (
                ["for"],
                ["for", "the"],
                ["’s"],
                ["'s"],
            ):
                return fact
        verb, link = governing_verb(phrase.head)
        if verb is None or not is_held_by(verb, link, lexicon=self.lexicon):
            return None
        first, last = verb.left_edge.i, verb.right_edge.i
        near = [
            fact
            for fact in self.times
            if self.doc[first].idx <= fact["start"] < self.doc[last].idx + len(self.doc[last])
        ]
        own = [fact for fact in near if self._hangs_on(fact, verb)]
        return own[0] if own else None

    def _hangs_on(self, fact: TimeFact, verb: Token) -> bool:
        """Tell whether a time is a direct complement of the verb or of one that it takes ("set to be held on")."""
        span = self.doc.char_span(fact["start"], fact["end"], alignment_mode="expand")
        if span is None:
            return False
        token = span.root
        for _ in range(5):
            if token == verb:
                return True
            if token.dep_ in ("relcl", "acl", "conj", "ccomp", "advcl", "appos") or token.head == token:
                return False
            token = token.head
        return False

    def _find_place(self, phrase: Phrase, inside: list[MentionFact]) -> str | None:
        for fact in inside:
            actor = self.actors[fact["actor"]]
            if actor["kind"] == "country" or fact["form"] == "demonym":
                return actor["name"]
        places = [ent for ent in self.doc[phrase.start : phrase.end].ents if ent.label_ == "GPE"]
        if places:
            return str(places[-1].text)
        return self.country if phrase.code.extra.get("national") else None

    def _make_label(self, phrase: Phrase, place: str | None, inside: list[MentionFact]) -> str:
        """Name the occasion as a timeline would: by its own name if it has one, else by kind, party and place."""
        title = str(phrase.code.extra["title"])
        span = self.doc[phrase.start : phrase.head.i + 1]
        words = [word for word in span if not (word.dep_ == "det" and word.i == phrase.start)]
        if phrase.head.pos_ == "PROPN" and phrase.head.is_title and len(words) > 1:
            return self.doc[words[0].i : phrase.head.i + 1].text.replace("\n", " ")
        parties = [
            self.actors[fact["actor"]]["name"]
            for fact in inside
            if fact["form"] in ("name", "title", "group") and fact["start"] > phrase.head.idx
        ]
        if phrase.code.extra.get("national"):
            return f"{title} in {place}" if place else title
        if parties and phrase.code.extra.get("deed"):
            return f"{title} of {parties[0]}"
        if len(parties) > 0:
            return f"{title}: {', '.join(dict.fromkeys(parties))}"
        names = list(dict.fromkeys(self.actors[fact["actor"]]["name"] for fact in inside))
        return f"{title}: {', '.join(names)}" if names else title


def _has_days(fact: TimeFact) -> bool:
    return fact["earliest"] is not None or fact["relative"] is not None


def _name_main_country(actors: list[ActorFact], mentions: list[MentionFact]) -> str | None:
    """Give the English name of the country that most mentions belong to, or None if two are level."""
    counts = Counter(
        country for fact in mentions if (country := actors[fact["actor"]]["country"]) and len(country) == 3
    )
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    found = pycountry.countries.get(alpha_3=ranked[0][0])
    return None if found is None else str(getattr(found, "common_name", found.name))
