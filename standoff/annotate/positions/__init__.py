"""Find where the parties of an article stand: holder, issue, stance, toward whom, on what condition.

Three sources: what parties say (and what the article says of them), judged clause by clause in `clauses`; what the
trained reader sees besides (`seen`); and what they do (`deeds`), where an issue of the codebook lists the type of the
event. One position is kept per holder, issue and stance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import PositionFact, write_facts
from standoff.annotate.positions.answers import find_pronouns
from standoff.annotate.positions.clauses import ClauseReader
from standoff.annotate.positions.context import Context
from standoff.annotate.positions.cues import IssueCues
from standoff.annotate.positions.deeds import read_deeds
from standoff.annotate.positions.seen import Leanings, read_seen


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
    context = Context(doc)
    clauses = ClauseReader(context, cues)
    founds = list(cues.find(doc))
    founds += find_pronouns(doc, founds, frozenset(context.mention_at))
    stated = [fact for found in founds for fact in clauses.read_clause(found)]
    stated += list(clauses.read_references(stated))
    yield from stated
    yield from read_seen(context, Leanings(doc, cues.codes), stated)
    yield from read_deeds(context.events, cues=cues)


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
