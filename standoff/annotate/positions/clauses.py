"""Read where parties stand from the clauses that name an issue: what is said, and what the article says of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from standoff.annotate.facts import AttributionFact, Offsets, PositionFact
from standoff.annotate.positions.answers import find_references, judge_answers
from standoff.annotate.positions.climb import Frame, Judged, judge
from standoff.annotate.positions.context import Context
from standoff.annotate.positions.cues import Found, IssueCues, load_stance_words
from standoff.annotate.positions.grammar import is_past
from standoff.annotate.positions.holders import CLAIMED, FIRST_PERSON, owns, said_again, speaks_for

OWN = {"cue": 0.9, "duty": 0.85, "verdict": 0.8, "denial": 0.8, "own": 0.75, "neutral": 0.55}
OWN_OTHERWISE = 0.8  # a governing verb whose subject the holder is


class ClauseReader:
    """Judge the clauses of one article where an issue is named."""

    def __init__(self, context: Context, cues: IssueCues) -> None:
        self.context, self.cues = context, cues
        self.doc = context.doc
        self.words = load_stance_words()

    def read_clause(self, found: Found) -> Iterator[PositionFact]:
        """Yield the positions taken where an issue is named: one for each holder."""
        if found.does and found.head.dep_ in {"amod", "compound"}:
            return  # "the dissolved party": what is so, not what anybody wants
        for number in self.context.list_attributions(found.span) or [None]:
            yield from self.read_as(found, number)

    def read_references(self, stated: Sequence[PositionFact]) -> Iterator[PositionFact]:
        """Yield the positions on what a sentence before took a position on: "Lane ruled that out"."""
        told = sorted((fact for fact in stated if fact["stance"] != "neutral"), key=lambda fact: fact["start"])
        starts, places = [fact["start"] for fact in told], [sent.start_char for sent in self.doc.sents]
        for token, back in find_references(self.doc, self.words):
            here = bisect_right(places, token.idx) - 1
            before = bisect_left(starts, places[here]) - 1
            if before < 0 or starts[before] < places[max(0, here - back)]:
                continue
            fact = told[before]
            sign = -1 if fact["stance"] == "against" else 1
            yield from self.read_clause(Found(fact["issue"], sign, False, self.doc[token.i : token.i + 1], token))

    def read_as(self, found: Found, number: int | None) -> Iterator[PositionFact]:
        """Yield the positions taken where an issue is named, as the content of one attribution or in no one's words."""
        if any(said["act"] == "deny" for said in self.context.list_outer(number)):
            return  # "she denied that she had rejected talks": whether she is for them is not said
        said = None if number is None else self.context.attributions[number]
        frame = Frame() if said is None else self.make_frame(found, said)
        judged = judge(found, words=self.words, frame=frame, valued=found.issue in self.cues.valued)
        if judged is not None:
            yield from self.write_up(found, judged, number, by_cue=judged.decided.i in frame.cue)
        for answer in judge_answers(found, words=self.words):
            yield from self.write_up(found, answer, number if answer.top.i in frame.content else None, by_cue=False)

    def write_up(self, found: Found, judged: Judged, number: int | None, *, by_cue: bool) -> Iterator[PositionFact]:
        """Yield a judged clause as one position for each holder."""
        said = None if number is None else self.context.attributions[number]
        speaker = None if said is None else said["actor"]
        holders = list(self.list_holders(judged, said))
        if by_cue and speaker not in holders:
            holders = [speaker]
        start, end = self.cut_passage(found, judged, said)
        for holder in dict.fromkeys(actor for actor in holders if actor is not None):
            claimed = self.context.find_teller(number, holder, by_cue=by_cue)
            score = OWN["cue"] if by_cue else OWN.get(judged.kind, OWN_OTHERWISE)
            score *= 1.0 if claimed is None else CLAIMED
            whose = f", as {self.context.name(claimed)} tells it" if claimed is not None else ""
            yield PositionFact(
                start=start,
                end=end,
                holder=holder,
                issue=found.issue,
                stance=judged.stance,
                toward=self.find_toward(found, judged, said, holder),
                condition=self.cut_condition(judged),
                time=self.find_time(judged, said, by_cue=by_cue),
                attribution=number,
                event=None if number is not None else self.context.find_event(start, end, holder),
                score=round(score, 3),
                why=f"{judged.reason}: {judged.stance}{whose}.",
                made_by="rules/clause-stance",
            )

    def make_frame(self, found: Found, said: AttributionFact) -> Frame:
        """Give an attribution's act, cue and content as the climb needs them, in words."""
        parts = [part for part in said["content"] if part[0] <= found.span.start_char < part[1]]
        return Frame(
            said["act"], self.context.find_tokens(said["cue"]), self.context.find_tokens(parts[0] if parts else None)
        )

    def list_holders(self, judged: Judged, said: AttributionFact | None) -> Iterator[int | None]:
        """Yield the actors whose stance it is: the subjects', who speaks for them, or the speaker's."""
        speaker = None if said is None else said["actor"]
        source = self.context.find_tokens(None if said is None else said["source"])
        if not judged.subjects:
            yield speaker
        for token in judged.subjects:
            first = said is not None and token.lower_ in FIRST_PERSON
            holder = self.context.mention_at.get(token.i, speaker if first else None)  # in this order: "US" is not "us"
            if speaker is None:
                yield holder
                continue
            if said_again(token, self.doc[source.start : source.stop].text):
                holder = speaker
            following = owns(token, speaker, self.context.actors, self.context.mention_at)
            if following or (holder is not None and speaks_for(speaker, holder, self.context.actors)):
                yield speaker
            if holder is not None and not (following and self.is_unlike(speaker, holder)):
                yield holder

    def is_unlike(self, speaker: int, holder: int) -> bool:
        """Tell whether a following is no body of its own: an unnamed group, or one taken for another country's."""
        one, other = self.context.actors[speaker].get("country"), self.context.actors[holder].get("country")
        return self.context.actors[holder].get("kind") == "group" or (
            one is not None and other is not None and one != other
        )

    def cut_passage(self, found: Found, judged: Judged, said: AttributionFact | None) -> tuple[int, int]:
        """Give the words to show: the sentence as far as it is content, or the clause in the article's own voice."""
        if said is not None:
            return self.context.cut_sentence(found.span[0], said)
        first, last = judged.top.left_edge, judged.top.right_edge
        return self.context.trim(first.idx, last.idx + len(last))

    def cut_condition(self, judged: Judged) -> Offsets | None:
        if judged.condition is None:
            return None
        span = self.doc[judged.condition[0] : judged.condition[1]]
        text = span.text.rstrip(" ,.;”\"'")
        return [span.start_char, span.start_char + len(text)] if text else None

    def find_toward(self, found: Found, judged: Judged, said: AttributionFact | None, holder: int) -> int | None:
        """Give the other party of the stance: the first other actor named below the issue's words, or addressed."""
        for word in sorted(found.head.subtree, key=lambda token: token.i):
            actor = self.context.mention_at.get(word.i)
            if actor is not None and actor != holder:
                return actor
        if said is not None and said["addressee"] != holder:
            return said["addressee"]
        return None

    def find_time(self, judged: Judged, said: AttributionFact | None, *, by_cue: bool) -> Offsets | None:
        """Give the time of a stance: that of the statement, or of the past verb by which the report itself tells it."""
        if said is not None and (said["time"] is not None or not by_cue):
            return said["time"]
        verb = judged.decided
        if not is_past(verb):
            return None
        near = {child.i for child in verb.children} | {below.i for child in verb.children for below in child.children}
        dates = (self.context.dates[at] for at in near if at in self.context.dates)
        return min(dates, default=None)
