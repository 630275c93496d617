"""Find when a thing was said: by the time beside its cue, or on the day that its speaker is given nearby."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.assembly import Draft
from standoff.annotate.facts import Offsets, TimeFact, read_facts, read_text

BESIDE = frozenset(("npadvmod", "prep", "advmod", "advcl", "pobj"))
JOINTS = frozenset(("prep", "pobj", "npadvmod", "dobj", "dative", "advmod", "nmod", "compound", "amod"))
CLIMB = 6  # steps from a day up to its verb: told a meeting of the board in Oslo on Friday
POINTS = frozenset(("DATE", "TIME"))  # a duration or a habit tells of no day: "after a two-hour dinner"
PERFECT = frozenset(("have", "has", "had", "’ve", "'ve", "’s", "'s", "’d", "'d"))
ELSEWHEN = frozenset(("earlier", "previously", "once", "before", "often", "always", "repeatedly", "later", "since"))
HEADLINES = frozenset(("title", "standfirst", "crosshead"))
REACH = 8  # blocks over which a day is kept: a short report's worth


class DayFinder:
    """Look up the times of a text by place."""

    def __init__(self, doc: Doc, times: Sequence[TimeFact]) -> None:
        self.text = read_text(doc)
        self.times = sorted((time for time in times if time["type"] in POINTS), key=lambda time: time["start"])
        self.starts = [time["start"] for time in self.times]
        self.kinds = [block["kind"] for block in read_facts(doc, "blocks")]

    def find_own(self, draft: Draft, told: set[int]) -> Offsets | None:
        """Give the time expression that hangs on a draft's cue, outside the content.

        It may hang there by whom or by what was told: told a meeting on Sunday. A participle has the day of its verb:
        on Sunday she resigned, saying that …. `told` are the places of times that others have in their words.
        """
        if not draft.finding.cue[1] or not self.times:
            return None
        verb = draft.finding.verb
        for word in (verb, _find_main(verb)):
            found = None if word is None else self._find_beside(word, draft) or self._find_near(word, draft)
            if found is not None and (word == verb or found["start"] not in told):
                return [found["start"], found["end"]]
        return None

    def _find_beside(self, verb: Token, draft: Draft) -> TimeFact | None:
        """Give the first time in what hangs on a verb itself."""
        for child in verb.children:
            if child.dep_ not in BESIDE or (child.dep_ == "advcl" and child.i > verb.i):
                continue
            start, end = child.left_edge.idx, child.right_edge.idx + len(child.right_edge)
            first = bisect_right(self.starts, start - 1)
            for time in self.times[first : first + 1]:
                if start <= time["start"] and time["end"] <= end and not _is_said(draft, time):
                    return time
        return None

    def _find_near(self, verb: Token, draft: Draft) -> TimeFact | None:
        """Give the first time of the sentence that hangs on a verb by the nouns between: told the court on Friday."""
        sentence = verb.sent
        for time in self._list_within(sentence.start_char, sentence.end_char):
            span = (
                None
                if _is_said(draft, time)
                else verb.doc.char_span(time["start"], time["end"], alignment_mode="expand")
            )
            if span is not None and _leads_up(span.root, verb):
                return time
        return None

    def _list_within(self, start: int, end: int) -> Sequence[TimeFact]:
        return self.times[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def spread(
        self,
        drafts: Sequence[Draft],
        actors: Sequence[int | None],
        outer: Sequence[int | None],
        venues: Sequence[Offsets | None],
    ) -> list[Offsets | None]:
        """Give each draft a day: its own, or that of its speaker's last dated statement, if both are of one occasion.

        A speaker's day holds for what he goes on to say in the simple past, until another day stands in the sentence
        that tells it, another venue is named, or the report has left him for long; a headline has his first day. "Has
        said", "had denied" and "earlier" tell of other occasions, and what stands within somebody's words has the day
        that those words give.
        """
        told = self._list_told([draft for draft, holder in zip(drafts, outer, strict=True) if holder is None])
        days = [
            self.find_own(draft, told if holder is None else set()) for draft, holder in zip(drafts, outer, strict=True)
        ]
        known: dict[int, tuple[Offsets, Offsets | None, int]] = {}  # speaker: day, venue, last block
        first: dict[int | None, Offsets] = {}
        for number, draft in enumerate(drafts):
            actor, day, venue = actors[number], days[number], venues[number]
            if actor is None or outer[number] is not None or not _is_told(draft):
                continue
            if day is None and actor in known and not self._is_dated_otherwise(draft, known[actor][0], told):
                kept, place, block = known[actor]
                moved = place is not None and venue is not None and self._read(place) != self._read(venue)
                if not moved and draft.block - block <= REACH:
                    day, venue = kept, venue or place
                    days[number] = day
            if day is not None:
                known[actor] = day, venue, draft.block
                first.setdefault(actor, day)
        for number, draft in enumerate(drafts):
            if days[number] is None and self._is_headline(draft):
                days[number] = first.get(actors[number])
        return days

    def _is_headline(self, draft: Draft) -> bool:
        """Tell whether a draft stands in a headline or below it, which tell ahead what the text dates."""
        return draft.block < len(self.kinds) and self.kinds[draft.block] in HEADLINES

    def _is_dated_otherwise(self, draft: Draft, day: Offsets, told: set[int]) -> bool:
        """Tell whether another time than the day, in the sentence of a cue but not in what is said, dates it."""
        if not draft.finding.cue[1]:
            return False
        sentence = draft.finding.verb.sent
        near = self._list_within(sentence.start_char, sentence.end_char)
        return any(time["start"] != day[0] and time["start"] not in told for time in near)

    def _list_told(self, drafts: Sequence[Draft]) -> set[int]:
        """Give where the times stand that are part of what somebody says."""
        parts = [part for draft in drafts for part in draft.content]
        return {
            start
            for low, high in parts
            for start in self.starts[bisect_left(self.starts, low) : bisect_left(self.starts, high)]
        }

    def _read(self, place: Offsets) -> str:
        return self.text[place[0] : place[1]].casefold()


def _is_told(draft: Draft) -> bool:
    """Tell whether a draft is spoken or done in words on the occasion that the article tells of."""
    finding = draft.finding
    if finding.frame.act == "believe":
        return False
    if not finding.cue[1]:
        return True
    verb: Token = finding.verb
    words = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass", "advmod")}
    return verb.tag_ in ("VBD", "VBN", "VBG", "VBP", "VBZ") and words.isdisjoint(PERFECT | ELSEWHEN)


def _is_said(draft: Draft, time: TimeFact) -> bool:
    return any(start <= time["start"] < end for start, end in draft.content)


def _find_main(verb: Token) -> Token | None:
    """Give the verb that a participle after it goes with, if both have one subject."""
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts)
    return verb.head if verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.i < verb.i and not own else None


def _leads_up(word: Token, verb: Token) -> bool:
    """Tell whether a word hangs on a verb by nouns and prepositions only, none of them the subject before it."""
    for _ in range(CLIMB):
        inverted = word.dep_ == "nsubj" and word.i > verb.i
        if word.dep_ not in JOINTS and not inverted:
            return False
        word = word.head
        if word == verb:
            return True
    return False
