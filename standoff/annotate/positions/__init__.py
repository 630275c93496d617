"""Find where the parties of an article stand: holder, issue, stance, toward whom, on what condition.

Two sources: what parties say (and what the article says of them), judged clause by clause in `climb`, and what they do,
where an issue of the codebook lists the type of the event. One position is kept per holder, issue and stance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import (
    AttributionFact,
    EventFact,
    MentionFact,
    Offsets,
    PositionFact,
    TimeFact,
    read_facts,
    write_facts,
)
from standoff.annotate.positions.answers import find_pronouns, find_references, judge_answers
from standoff.annotate.positions.climb import Frame, Judged, judge
from standoff.annotate.positions.cues import Found, IssueCues, load_stance_words
from standoff.annotate.positions.grammar import is_past
from standoff.annotate.positions.holders import owns, said_again, speaks_for

OWN = {"cue": 0.9, "duty": 0.85, "verdict": 0.8, "denial": 0.8, "own": 0.75, "neutral": 0.55}
OWN_OTHERWISE = 0.8  # a governing verb whose subject the holder is
CLAIMED = 0.6  # what one party says of another's stance is worth this much of the other's own words
DONE = 0.55  # a stance shown by a deed; the deed may have other grounds
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"})


class PositionsFinder:
    """Write the positions found in a Doc, from its actors and mentions, and its attributions and events if any."""

    def __init__(self, issues: str) -> None:
        self.cues = IssueCues(issues)

    def __call__(self, doc: Doc) -> Doc:
        write_facts(doc, "positions", keep_best(find_positions(doc, cues=self.cues)))
        return doc


@Language.factory("standoff_positions", assigns=["doc.spans"], default_config={"issues": "issues"})
def make_positions(nlp: Language, name: str, issues: str) -> PositionsFinder:
    """Make the component; `issues` is the name of a shipped codebook or the path of one's own."""
    return PositionsFinder(issues)


def find_positions(doc: Doc, *, cues: IssueCues) -> Iterator[PositionFact]:
    """Yield every position that a clause states or an event shows, in reading order, repetitions included.

    A clause without a holder among the article's actors yields nothing: a stance that nobody holds is no position.
    """
    if not doc.has_annotation("DEP"):
        return
    finder = _Finder(doc, cues)
    founds = list(cues.find(doc))
    founds += find_pronouns(doc, founds, frozenset(finder.mention_at))
    stated = [fact for found in founds for fact in finder.read_clause(found)]
    yield from stated
    yield from finder.read_references(stated)
    yield from finder.read_events()


def keep_best(facts: Iterable[PositionFact]) -> list[PositionFact]:
    """Keep one position per holder, issue and stance: the best scored, of equals the first.

    Two stances of one holder on one issue need words of their own; where they share theirs, the better scored stands,
    and of equals the conditional, since it is the more exact reading.
    """
    kept: dict[tuple[int, str], list[PositionFact]] = {}
    for fact in sorted(
        facts, key=lambda fact: (-fact["score"], fact["stance"] != "conditional", fact["start"], fact["end"])
    ):
        rivals = kept.setdefault((fact["holder"], fact["issue"]), [])
        if all(other["stance"] != fact["stance"] and not _overlap(other, fact) for other in rivals):
            rivals.append(fact)
    return sorted(
        chain.from_iterable(kept.values()),
        key=lambda fact: (fact["start"], fact["end"], fact["holder"], fact["issue"], fact["stance"]),
    )


def _overlap(one: PositionFact, other: PositionFact) -> bool:
    return one["start"] < other["end"] and other["start"] < one["end"]


class _Finder:
    """Hold what the other components found in one Doc while its clauses are judged."""

    def __init__(self, doc: Doc, cues: IssueCues) -> None:
        self.doc, self.cues = doc, cues
        self.text: str = doc.text  # once: spaCy joins it from the tokens at each call
        self.words = load_stance_words()
        self.actors: list[Any] = read_facts(doc, "actors")
        self.attributions: list[AttributionFact] = read_facts(doc, "attributions")
        self.events: list[EventFact] = read_facts(doc, "events")
        self.mention_at = _index_mentions(doc, read_facts(doc, "mentions"))
        self.dates = _index_dates(doc, read_facts(doc, "times"))
        self.contents = _index_contents(doc, self.attributions)

    def read_clause(self, found: Found) -> Iterator[PositionFact]:
        """Yield the positions taken where an issue is named: one for each holder."""
        if found.does and found.head.dep_ in {"amod", "compound"}:
            return  # "the dissolved party": what is so, not what anybody wants
        for number in self.list_attributions(found) or [None]:
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
        if any(said["act"] == "deny" for said in self.list_outer(number)):
            return  # "she denied that she had rejected talks": whether she is for them is not said
        said = None if number is None else self.attributions[number]
        frame = Frame() if said is None else self.make_frame(found, said)
        judged = judge(found, words=self.words, frame=frame, valued=found.issue in self.cues.valued)
        if judged is not None:
            yield from self.write_up(found, judged, number, by_cue=judged.decided.i in frame.cue)
        for answer in judge_answers(found, words=self.words):
            yield from self.write_up(found, answer, number if answer.top.i in frame.content else None, by_cue=False)

    def write_up(self, found: Found, judged: Judged, number: int | None, *, by_cue: bool) -> Iterator[PositionFact]:
        """Yield a judged clause as one position for each holder."""
        said = None if number is None else self.attributions[number]
        speaker = None if said is None else said["actor"]
        holders = list(self.list_holders(judged, said))
        if by_cue and speaker not in holders:
            holders = [speaker]
        start, end = self.cut_passage(found, judged, said)
        for holder in dict.fromkeys(actor for actor in holders if actor is not None):
            claimed = self.find_teller(number, holder, by_cue=by_cue)
            score = OWN["cue"] if by_cue else OWN.get(judged.kind, OWN_OTHERWISE)
            score *= 1.0 if claimed is None else CLAIMED
            whose = f", as {self.name(claimed)} tells it" if claimed is not None else ""
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
                event=None if number is not None else self.find_event(start, end, holder),
                score=round(score, 3),
                why=f"{judged.reason}: {judged.stance}{whose}.",
                made_by="rules/clause-stance",
            )

    def read_events(self) -> Iterator[PositionFact]:
        """Yield the positions that actual events show by their type."""
        for number, event in enumerate(self.events):
            kind = f"{event['type']}/{event['mode']}" if event["mode"] else event["type"]
            shown = self.cues.shown_by.get(kind) or self.cues.shown_by.get(event["type"])
            if shown is None or event["status"] != "actual":
                continue
            issue, sign = shown
            stance = "for" if sign > 0 else "against"
            for holder in event["actors"]:
                yield PositionFact(
                    start=event["start"],
                    end=event["end"],
                    holder=holder,
                    issue=issue,
                    stance=stance,
                    toward=event["recipients"][0] if event["recipients"] else None,
                    condition=None,
                    time=event["time"],
                    event=number,
                    score=round(DONE * event["score"], 3),
                    why=f"Does it: the event is coded {kind}, which shows a stance {stance} {issue}.",
                    made_by="rules/event-stance",
                )

    def list_attributions(self, found: Found) -> list[int | None]:
        """Give the attributions whose content holds the issue most closely: several, if several say the same words."""
        end = found.span.end_char
        holding = self.contents.get(found.span.start, ())
        widths = {number: part[1] - part[0] for number, part in holding if end <= part[1]}
        least = min(widths.values(), default=0)
        return [number for number, width in widths.items() if width == least]

    def make_frame(self, found: Found, said: AttributionFact) -> Frame:
        """Give an attribution's act, cue and content as the climb needs them, in words."""
        parts = [part for part in said["content"] if part[0] <= found.span.start_char < part[1]]
        return Frame(said["act"], self.find_tokens(said["cue"]), self.find_tokens(parts[0] if parts else None))

    def find_tokens(self, offsets: Offsets | None) -> range:
        span = None if offsets is None else self.doc.char_span(offsets[0], offsets[1], alignment_mode="expand")
        return range(0) if span is None else range(span.start, span.end)

    def list_holders(self, judged: Judged, said: AttributionFact | None) -> Iterator[int | None]:
        """Yield the actors whose stance it is: the subjects', who speaks for them, or the speaker's."""
        speaker = None if said is None else said["actor"]
        source = self.find_tokens(None if said is None else said["source"])
        if not judged.subjects:
            yield speaker
        for token in judged.subjects:
            first = said is not None and token.lower_ in FIRST_PERSON
            holder = self.mention_at.get(token.i, speaker if first else None)  # in this order: "US" is not "us"
            if speaker is None:
                yield holder
                continue
            if said_again(token, self.doc[source.start : source.stop].text):
                holder = speaker
            following = owns(token, speaker, self.actors, self.mention_at)
            if following or (holder is not None and speaks_for(speaker, holder, self.actors)):
                yield speaker
            if holder is not None and not (following and self.is_unlike(speaker, holder)):
                yield holder

    def is_unlike(self, speaker: int, holder: int) -> bool:
        """Tell whether a following is no body of its own: an unnamed group, or one taken for another country's."""
        one, other = self.actors[speaker].get("country"), self.actors[holder].get("country")
        return self.actors[holder].get("kind") == "group" or (one is not None and other is not None and one != other)

    def find_teller(self, number: int | None, holder: int, *, by_cue: bool) -> int | None:
        """Give the actor who says that the holder has this stance, if it is another; a cue is the report's own word."""
        said = [] if number is None or by_cue else [self.attributions[number]]
        tellers = [item["actor"] for item in (*said, *self.list_outer(number)) if item["actor"] is not None]
        return next((actor for actor in tellers if not speaks_for(actor, holder, self.actors)), None)

    def list_outer(self, number: int | None) -> Iterator[AttributionFact]:
        """Yield the attributions that an attribution stands within, innermost first."""
        passed = {number}
        inside = None if number is None else self.attributions[number]["inside"]
        while inside is not None and inside not in passed:  # a broken chain of facts must not hang a run
            passed.add(inside)
            yield self.attributions[inside]
            inside = self.attributions[inside]["inside"]

    def name(self, actor: int) -> str:
        return str(self.actors[actor]["name"]) if actor < len(self.actors) else "another"

    def cut_passage(self, found: Found, judged: Judged, said: AttributionFact | None) -> tuple[int, int]:
        """Give the words to show: the sentence as far as it is content, or the clause in the article's own voice."""
        sent = found.span.sent
        start, end = sent.start_char, sent.end_char
        if said is None:
            top = judged.top
            start, end = self.doc[top.left_edge.i].idx, self.doc[top.right_edge.i].idx + len(self.doc[top.right_edge.i])
        else:
            for part in said["content"]:
                if part[0] <= found.span.start_char < part[1]:
                    start, end = max(start, part[0]), min(end, part[1])
        text = self.text[start:end]
        return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())

    def cut_condition(self, judged: Judged) -> Offsets | None:
        if judged.condition is None:
            return None
        span = self.doc[judged.condition[0] : judged.condition[1]]
        text = span.text.rstrip(" ,.;”\"'")
        return [span.start_char, span.start_char + len(text)] if text else None

    def find_toward(self, found: Found, judged: Judged, said: AttributionFact | None, holder: int) -> int | None:
        """Give the other party of the stance: the first other actor named below the issue's words, or addressed."""
        for word in sorted(found.head.subtree, key=lambda token: token.i):
            actor = self.mention_at.get(word.i)
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
        dates = (self.dates[at] for at in near if at in self.dates)
        return min(dates, default=None)

    def find_event(self, start: int, end: int, holder: int) -> int | None:
        """Give the event of the holder that these words tell, if one was coded."""
        for number, event in enumerate(self.events):
            if holder in event["actors"] and event["start"] < end and start < event["end"]:
                return number
        return None


def _index_mentions(doc: Doc, mentions: Sequence[MentionFact]) -> dict[int, int]:
    """Map the head of each mention to its actor."""
    at: dict[int, int] = {}
    for mention in sorted(mentions, key=lambda fact: fact["start"] - fact["end"]):
        span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
        if span is not None:
            at[span.root.i] = mention["actor"]
    return at


def _index_dates(doc: Doc, times: Sequence[TimeFact]) -> dict[int, Offsets]:
    """Map the head of each date to its characters, the first of those that share one."""
    at: dict[int, Offsets] = {}
    for time in times:
        span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
        if span is not None and time["type"] == "DATE":
            at.setdefault(span.root.i, [time["start"], time["end"]])
    return at


def _index_contents(doc: Doc, attributions: Sequence[AttributionFact]) -> dict[int, list[tuple[int, Offsets]]]:
    """Map each word to the contents that it starts in, by their attributions, so that none is asked for each issue."""
    places = [token.idx for token in doc]
    at: dict[int, list[tuple[int, Offsets]]] = {}
    for number, said in enumerate(attributions):
        for part in said["content"]:
            for index in range(bisect_left(places, part[0]), bisect_left(places, part[1])):
                at.setdefault(index, []).append((number, part))
    return at
