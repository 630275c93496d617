"""Leave out what a headline tells where the text below tells the same more fully."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.annotate.facts import ActorFact, BlockFact, EventFact

HEADS = frozenset({"title", "standfirst"})


def drop_headline_doubles(
    facts: Sequence[EventFact], blocks: Sequence[BlockFact], actors: Sequence[ActorFact]
) -> Iterator[EventFact]:
    """Yield the events without those of a title or standfirst that the text tells again with no fewer parties.

    "Boat rammed off Cebu" above "the coast guard said that its cutter was rammed" is one event: the fuller telling
    stays. Same means type and mode, and that the names of each side end alike ("dock workers", "workers").
    """
    bars = [(block["start"], block["end"]) for block in blocks if block["kind"] in HEADS]

    def is_above(fact: EventFact) -> bool:
        return any(start <= fact["start"] < end for start, end in bars)

    below = [fact for fact in facts if not is_above(fact)]
    for fact in facts:
        if not (is_above(fact) and any(_covers(other, fact, actors) for other in below)):
            yield fact


def _covers(fuller: EventFact, bare: EventFact, actors: Sequence[ActorFact]) -> bool:
    if (fuller["type"], fuller["mode"]) != (bare["type"], bare["mode"]):
        return False
    sides = ((bare["actors"], fuller["actors"]), (bare["recipients"], fuller["recipients"]))
    return all(_list_last_words(few, actors) <= _list_last_words(more, actors) for few, more in sides)


def _list_last_words(side: Sequence[int], actors: Sequence[ActorFact]) -> set[str]:
    return {actors[actor]["name"].lower().split()[-1] for actor in side if actors[actor]["name"].strip()}
