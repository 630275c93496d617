"""Find the noun phrases that name an occasion, and make a fact of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeVar

from spacy.tokens import Doc, Token

from standoff.annotate.facts import (
    ActorFact,
    AttributionFact,
    EventFact,
    MentionFact,
    OccasionFact,
    Offsets,
    TimeFact,
    read_facts,
    read_text,
)
from standoff.annotate.occasions.dated import find_dated
from standoff.annotate.occasions.lexicon import Lexicon
from standoff.annotate.occasions.naming import find_place, name_occasion
from standoff.annotate.occasions.phrase import (
    NOUNS,
    VERBS,
    Phrase,
    children_before,
    find_phrase,
    governing_verb,
    left_words,
)
from standoff.annotate.occasions.status import judge_status
from standoff.annotate.occasions.steps import find_steps
from standoff.annotate.occasions.when import find_time, read_side

DEFINITE = frozenset({"the", "this", "these", "that", "those"})
NEGATIVE = frozenset({"no", "any", "every", "each", "some", "what", "which", "such", "another", "either", "neither"})
Fact = TypeVar("Fact", MentionFact, TimeFact)
LEAD = 24  # characters before a name in which "two days after" may stand
LED = 10  # words between a time and the occasion that it leads ("until 2022 for the elections")
WINDOW = 1500  # characters to either side in which an occasion's time is looked for; longer sentences are lists
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
UNDECIDED = "hypothetical"  # neither told as past nor as planned
_WITH = re.compile(r"[\s,]*(?:in (?:[A-Z]\w+[\s,]+){1,3})?with\s+(?:the\s+)?")
_MEASURED = re.compile(r"\b(?:days?|weeks?|months?|years?|hours?|eve) (?:after|before|of) $")
_IN_WHICH = re.compile(r"\s+(?:in|at) which\b")
_JOINED = re.compile(r"[\s,]*(?:and|or)\s+", re.I)


def find_occasions(doc: Doc, *, lexicon: Lexicon) -> list[OccasionFact]:
    """Give the occasions that the text names, in reading order, those without a day too.

    A name counts if it is of one particular occasion: it is definite ("the elections"), dated, numbered, named, or
    tells its parties. What is only spoken of in general ("free elections", "no talks") does not.
    """
    return _Finder(doc, lexicon).find() if doc.has_annotation("DEP") else []


class _Finder:
    """Hold what the other components found in one text while its occasions are made."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self.text = read_text(doc)
        self.lexicon = lexicon
        self.actors: list[ActorFact] = read_facts(doc, "actors")
        self.mentions: list[MentionFact] = sorted(read_facts(doc, "mentions"), key=lambda fact: fact["start"])
        times: list[TimeFact] = read_facts(doc, "times")
        self.times = [
            fact for fact in times if fact["type"] in ("DATE", "TIME") and (fact["relative"] or fact["earliest"])
        ]
        self.times.sort(key=lambda fact: fact["start"])
        self.timed = {
            token.i
            for fact in self.times
            if (span := doc.char_span(fact["start"], fact["end"], alignment_mode="expand")) is not None
            for token in span
        }

    def find(self) -> list[OccasionFact]:
        facts: list[OccasionFact] = []
        for phrase in self._list_phrases():
            fact = self._read_participle(phrase) if phrase.participle else self._read_noun(phrase)
            if fact is not None and (not facts or (facts[-1]["end"], facts[-1]["kind"]) != (fact["end"], fact["kind"])):
                self._continue(facts[-1] if facts else None, fact)
                facts.append(fact)
        return sorted([*facts, *self._list_clauses(facts)], key=lambda fact: (fact["start"], fact["end"]))

    def _list_clauses(self, facts: list[OccasionFact]) -> list[OccasionFact]:
        """Give what a clause dates or measures off where no event, occasion or dated statement tells it."""
        events: list[EventFact] = read_facts(self.doc, "events")
        said: list[AttributionFact] = read_facts(self.doc, "attributions")
        dated = [fact["cue"] for fact in said if fact["cue"] and fact["time"] and fact["actor"] is not None]
        told = [fact for fact in events if fact["actors"] or fact["recipients"]]  # who did it may be no known actor
        taken = [[fact["start"], fact["end"]] for fact in facts]
        timed = {tuple(fact["time"]) for fact in facts if fact["time"] is not None}
        timed |= {tuple(fact["time"]) for fact in told if fact["time"] is not None and not self._is_verb(fact["cue"])}
        found = [
            *find_dated(
                self.doc,
                self.text,
                times=[fact for fact in self.times if (fact["start"], fact["end"]) not in timed],
                mentions=self.mentions,
                actors=self.actors,
                taken=[*taken, *dated, *(fact["cue"] for fact in told)],
                said=frozenset(fact["cue"][0] for fact in said if fact["cue"]),
                words=self.lexicon.words,
            ),
            *find_steps(
                self.doc,
                self.text,
                durations=[fact for fact in read_facts(self.doc, "times") if fact["type"] == "DURATION"],
                mentions=self.mentions,
                actors=self.actors,
                taken=[*taken, *([fact["start"], fact["end"]] for fact in events)],
            ),
        ]
        return list({(fact["start"], fact["end"]): fact for fact in found}.values())

    def _is_verb(self, cue: Offsets) -> bool:
        span = self.doc.char_span(cue[0], cue[1], alignment_mode="expand")
        return span is not None and span.root.pos_ in VERBS

    def _list_phrases(self) -> Iterator[Phrase]:
        for token in self.doc:
            if token.i in self.timed:
                continue
            if token.lower_ in self.lexicon.participles and (head := _find_described(token)) is not None:
                start = token.i - 2 if token.i > 1 and token.nbor(-1).text in ("-", "–") else token.i
                yield Phrase(head, start, head.i + 1, self.lexicon.participles[token.lower_], participle=True)
            elif token.pos_ in NOUNS and token.dep_ != "compound":
                noun = (token.lemma_ or token.text).lower()
                if noun not in self.lexicon.cues:
                    continue
                code = self.lexicon.find_code(noun, frozenset(word.lower_ for word in left_words(token)))
                if code is not None:
                    yield find_phrase(token, code)

    def _read_participle(self, phrase: Phrase) -> OccasionFact | None:
        """Give what a participle before a name tells: "the now-dissolved X" tells that X has been dissolved."""
        head = phrase.head.idx
        near = _cut_window(self.mentions, head - WINDOW, head + 1)
        covering = [fact for fact in near if fact["start"] <= head < fact["end"]]
        if not covering:
            return None
        described = min(covering, key=lambda fact: fact["end"] - fact["start"])
        return self._make_fact(phrase, [described], None, "actual")

    def _read_noun(self, phrase: Phrase) -> OccasionFact | None:
        span = self.doc[phrase.start : phrase.end]
        inside = _list_outermost(_cut_window(self.mentions, span.start_char, span.end_char), span.end_char)
        times = _cut_window(self.times, span.start_char - WINDOW, span.end_char + WINDOW)
        time = find_time(phrase, times, self.text, lexicon=self.lexicon)
        inside += self._find_counterpart(phrase, span.end_char if time is None else max(span.end_char, time["end"]))
        inside = inside or self._find_owner(phrase)
        if not self._is_particular(phrase, time, inside):
            return None
        start = phrase.start
        if time is not None and time["end"] <= span.start_char:  # "until 2022 for the elections"
            start = next(
                (token.i for token in self.doc[max(0, start - LED) : start] if token.idx >= time["start"]), start
            )
        status = judge_status(phrase.head, start, code=phrase.code, lexicon=self.lexicon)
        if not status and time is not None:
            status = read_side(time, self.doc._.published)
        return self._make_fact(phrase, inside, time, status or UNDECIDED)

    def _find_counterpart(self, phrase: Phrase, end: int) -> list[MentionFact]:
        """Give whom a meeting was with, where the words for it come after a day or a place ("…, on 3 May, with X")."""
        led = _WITH.match(self.text, end) if phrase.code.extra.get("family") == "meeting" else None
        if led is None:
            return []
        return _cut_window(self.mentions, led.end(), led.end() + 5)[:1]

    def _find_owner(self, phrase: Phrase) -> list[MentionFact]:
        """Give the subject of a verb that begins, holds or ends the occasion: "the miners ended a strike"."""
        verb, link = governing_verb(phrase.head)
        if verb is None or link != "object" or verb.lemma_.lower() not in self.lexicon.words["owning_verbs"]:
            return []
        subject = next((word for word in children_before(verb) if word.dep_ == "nsubj"), None)
        if subject is None:
            return []
        near = _cut_window(self.mentions, subject.idx - WINDOW, subject.idx + 1)
        return [fact for fact in near if fact["start"] <= subject.idx < fact["end"]][-1:]

    def _is_particular(self, phrase: Phrase, time: TimeFact | None, inside: list[MentionFact]) -> bool:
        words = left_words(phrase.head)
        lower = {word.lower_ for word in words}
        if lower & NEGATIVE:
            return False
        if time is not None or phrase.is_named or any(ORDINAL.fullmatch(word.lower_) for word in words):
            return True
        definite = bool(lower & DEFINITE) or any(word.dep_ == "poss" for word in words)
        if phrase.code.extra.get("bare"):
            if definite or bool(lower & self.lexicon.words["ahead_words"]):
                return True
            span = self.doc[phrase.start : phrase.end]
            near = self.text[max(0, span.start_char - LEAD) : span.start_char]
            return bool(_MEASURED.search(near)) or bool(_IN_WHICH.match(self.text, phrase.head.idx + len(phrase.head)))
        verb, link = governing_verb(phrase.head)
        runs = verb is not None and link == "subject" and verb.lemma_.lower() in self.lexicon.words["running_verbs"]
        if definite and runs and phrase.code.extra.get("recurs"):  # "the talks opened"
            return True
        named = [fact for fact in inside if fact["form"] != "pronoun"]
        return definite and bool(named)

    def _make_fact(self, phrase: Phrase, inside: list[MentionFact], time: TimeFact | None, status: str) -> OccasionFact:
        span = self.doc[phrase.start : phrase.end]
        place = find_place(phrase, inside, self.actors)
        return OccasionFact(
            start=span.start_char if time is None else min(span.start_char, time["start"]),
            end=span.end_char if time is None else max(span.end_char, time["end"]),
            kind=phrase.code.key,
            label=name_occasion(phrase, inside, self.actors, place),
            status=status,
            time=None if time is None else [time["start"], time["end"]],
            place=place,
            actors=list(dict.fromkeys(fact["actor"] for fact in inside)),
        )

    def _continue(self, before: OccasionFact | None, fact: OccasionFact) -> None:
        """Let an undecided occasion share the status of the one that "and" joins it to."""
        if before is None or fact["status"] != UNDECIDED:
            return
        if _JOINED.fullmatch(self.text[before["end"] : fact["start"]]):
            fact["status"] = before["status"]


def _cut_window(facts: list[Fact], start: int, end: int) -> list[Fact]:
    """Give the facts that start between two offsets, without looking at all of them."""
    first = bisect_left(facts, start, key=lambda fact: fact["start"])
    return facts[first : bisect_left(facts, end, key=lambda fact: fact["start"])]


def _list_outermost(mentions: list[MentionFact], end: int) -> list[MentionFact]:
    """Give the mentions that end by `end`, without those inside a longer one ("Kenya" in "Bank of Kenya")."""
    found: list[MentionFact] = []
    within = (fact for fact in mentions if fact["end"] <= end)
    for fact in sorted(within, key=lambda fact: (fact["start"], -fact["end"])):
        if not found or fact["start"] >= found[-1]["end"]:
            found.append(fact)
    return found


def _find_described(participle: Token) -> Token | None:
    """Give the noun that a participle stands before and describes."""
    head = participle.head
    describes = participle.dep_ in ("amod", "nmod", "compound", "advcl", "npadvmod") and head.pos_ in NOUNS
    return head if describes and 0 < head.i - participle.i <= 8 else None
