"""Find where the parties of an article stand: holder, issue, stance, toward whom, on what condition.

Two sources: what parties say (and what the article says of them), judged clause by clause in `climb`, and what they do,
where an issue of the codebook lists the type of the event. One position is kept per holder, issue and stance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import (
    AttributionFact,
    EventFact,
    MentionFact,
    Offsets,
    PositionFact,
    read_facts,
    write_facts,
)
from standoff.annotate.positions.climb import Judged, judge
from standoff.annotate.positions.cues import Found, IssueCues, load_stance_words

OWN = {"duty": 0.85, "verdict": 0.8, "denial": 0.8, "own": 0.75, "neutral": 0.55}
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
    for found in cues.find(doc):
        yield from finder.read_clause(found)
    yield from finder.read_events()


def keep_best(facts: Iterable[PositionFact]) -> list[PositionFact]:
    """Keep one position per holder, issue and stance: the best scored, of equals the first.

    Two stances of one holder on one issue need words of their own; where they share theirs, the better scored stands,
    and of equals the conditional, since it is the more exact reading.
    """
    kept: list[PositionFact] = []
    for fact in sorted(
        facts, key=lambda fact: (-fact["score"], fact["stance"] != "conditional", fact["start"], fact["end"])
    ):
        rivals = [other for other in kept if other["holder"] == fact["holder"] and other["issue"] == fact["issue"]]
        if all(other["stance"] != fact["stance"] and not _overlap(other, fact) for other in rivals):
            kept.append(fact)
    return sorted(kept, key=lambda fact: (fact["start"], fact["end"], fact["holder"], fact["issue"], fact["stance"]))


def _overlap(one: PositionFact, other: PositionFact) -> bool:
    return one["start"] < other["end"] and other["start"] < one["end"]


class _Finder:
    """Hold what the other components found in one Doc while its clauses are judged."""

    def __init__(self, doc: Doc, cues: IssueCues) -> None:
        self.doc, self.cues = doc, cues
        self.words = load_stance_words()
        self.actors: list[Any] = read_facts(doc, "actors")
        self.attributions: list[AttributionFact] = read_facts(doc, "attributions")
        self.events: list[EventFact] = read_facts(doc, "events")
        self.mention_at = _index_mentions(doc, read_facts(doc, "mentions"))

    def read_clause(self, found: Found) -> Iterator[PositionFact]:
        """Yield the positions taken where an issue is named: one for each holder."""
        if found.does and found.head.dep_ in {"amod", "compound"}:
            return  # "the dissolved party": what is so, not what anybody wants
        number = self.find_attribution(found.span.start_char, found.span.end_char)
        if any(said["act"] == "deny" for said in self.list_outer(number)):
            return  # "she denied that she had rejected talks": whether she is for them is not said
        said = None if number is None else self.attributions[number]
        cue = self.find_tokens(said["cue"]) if said is not None and said["cue"] is not None else range(0)
        act = said["act"] if said is not None else None
        judged = judge(found, words=self.words, cue=cue, act=act, valued=found.issue in self.cues.valued)
        if judged is None:
            return
        speakers = self.list_speakers(number)
        by_cue = judged.decided.i in cue
        for holder in dict.fromkeys(speakers if by_cue else self.list_holders(judged, speakers, told=said is not None)):
            start, end = self.cut_passage(found, judged, said)
            claimed = (
                None
                if by_cue and said is not None and said["inside"] is None
                else self.find_teller(number, speakers, holder)
            )
            score = OWN.get(judged.kind, OWN_OTHERWISE) * (1.0 if claimed is None else CLAIMED)
            whose = f", as {self.name(claimed)} tells it" if claimed is not None else ""
            yield PositionFact(
                start=start,
                end=end,
                holder=holder,
                issue=found.issue,
                stance=judged.stance,
                toward=self.find_toward(found, judged, said, holder),
                condition=self.cut_condition(judged),
                time=said["time"] if said is not None else None,
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

    def find_attribution(self, start: int, end: int) -> int | None:
        """Give the innermost attribution whose content holds these characters."""
        holding = [
            (part[1] - part[0], number)
            for number, said in enumerate(self.attributions)
            for part in said["content"]
            if part[0] <= start and end <= part[1]
        ]
        return min(holding)[1] if holding else None

    def find_tokens(self, offsets: Offsets) -> range:
        span = self.doc.char_span(offsets[0], offsets[1], alignment_mode="expand")
        return range(0) if span is None else range(span.start, span.end)

    def list_speakers(self, number: int | None) -> list[int]:
        """Give the actors whose words an attribution gives: one of several sources has an attribution of its own."""
        if number is None:
            return []
        same = (said["actor"] for said in self.attributions if said["content"] == self.attributions[number]["content"])
        return [actor for actor in same if actor is not None]

    def list_holders(self, judged: Judged, speakers: Sequence[int], *, told: bool) -> Iterator[int]:
        """Yield the actors whose stance it is: the subjects', or the speakers' if the clause has no other."""
        if not judged.subjects:
            yield from speakers
        for token in judged.subjects:
            actor = self.mention_at.get(token.i)
            if actor is not None:
                yield actor
            elif told and token.lower_ in FIRST_PERSON:
                yield from speakers

    def find_teller(self, number: int | None, speakers: Sequence[int], holder: int) -> int | None:
        """Give the actor who says that the holder has this stance, if it is another."""
        if number is None:
            return None
        said = [] if holder in speakers else [self.attributions[number]]
        tellers = (item["actor"] for item in (*said, *self.list_outer(number)))
        return next((actor for actor in tellers if actor is not None and actor != holder), None)

    def list_outer(self, number: int | None) -> Iterator[AttributionFact]:
        """Yield the attributions that an attribution stands within, innermost first."""
        inside = None if number is None else self.attributions[number]["inside"]
        while inside is not None:
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
        text = self.doc.text[start:end]
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
