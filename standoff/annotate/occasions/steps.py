"""Find what is dated by its distance from something else: "two weeks after the envoy had named his terms"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.facts import ActorFact, MentionFact, OccasionFact, Offsets, TimeFact
from standoff.annotate.occasions.clauses import find_mention, find_subject, make_clause
from standoff.annotate.occasions.phrase import VERBS

VAGUE = frozenset({"it", "this", "that", "who", "which"})  # who they stand for is too often something that is no actor


def find_steps(
    doc: Doc,
    text: str,
    *,
    durations: Sequence[TimeFact],
    mentions: Sequence[MentionFact],
    actors: Sequence[ActorFact],
    taken: Sequence[Offsets],
) -> Iterator[OccasionFact]:
    """Yield a step for each clause with a known party that stands a number of days after or before another.

    Its verb must stand outside of what is `taken`.
    """
    used = {place for start, end in taken for place in range(start, end)}
    for time in durations:
        verb = _find_measured(doc, time)
        subject = None if verb is None or verb.idx in used else find_subject(verb)
        if verb is None or subject is None or subject.lower_ in VAGUE or find_mention(subject, mentions) is None:
            continue
        fact = make_clause(text, verb, subject, None, kind="step", mentions=mentions, actors=actors)
        if fact is not None:
            fact["time"] = [time["start"], time["end"]]
            yield fact


def _find_measured(doc: Doc, time: TimeFact) -> Token | None:
    """Give the verb of a clause that "two weeks after" stands before."""
    span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
    if span is None or span.end + 1 >= len(doc):
        return None
    mark = doc[span.end]
    if mark.lower_ not in ("after", "before", "since") or mark.head.pos_ not in VERBS or mark.head.i < mark.i:
        return None
    return mark.head if mark.dep_ == "mark" else None
