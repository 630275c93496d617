"""Lay side by side the passages that do not seem to hold together.

Nothing is good enough to assert a contradiction; an editor with suggestions finds most of them. So these are ranked
candidates, each with its reason in words, for a person to judge. Only passages that share something are compared: an
issue, a happening, a place in the report, or rare words; never all with all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from standoff.records import Actor, Conflict, Happening, Passage, Reading
from standoff.resolve.conflicts.claims import pair_denials, pair_doubts
from standoff.resolve.conflicts.details import pair_details
from standoff.resolve.conflicts.neighbours import pair_neighbours
from standoff.resolve.conflicts.numbers import pair_numbers
from standoff.resolve.conflicts.stances import pair_stances, pair_tellings
from standoff.resolve.conflicts.statements import Words, list_statements, list_stems
from standoff.resolve.conflicts.turns import pair_contrasts
from standoff.resolve.conflicts.verdicts import pair_verdicts

Place = tuple[str, int, int]

ALIKE = 0.6  # share of the shorter passage's words from which two of one report say the same
PER_ARTICLE = 5  # candidates listed for each article read; what a person will look through


def find_conflicts(
    readings: Sequence[Reading], *, actors: Sequence[Actor], happenings: Sequence[Happening], copies: Mapping[str, str]
) -> list[Conflict]:
    """Give the candidates for conflicts, the most telling first, each with the reason in a sentence.

    Copies of a report are left out: a text does not disagree with itself. Each two passages are listed once.
    """
    originals = [
        reading for reading in readings if copies.get(reading.article.id, reading.article.id) == reading.article.id
    ]
    by_id = {actor.id: actor for actor in actors}
    names = {actor.id: actor.name for actor in actors}
    statements = list(list_statements(originals))
    words = Words(statements)
    turned = list(pair_contrasts(statements, readings=originals, words=words, actors=by_id))
    answered = {key for conflict in turned for key in (conflict.left, conflict.right)}
    found = [
        *turned,
        *pair_neighbours(statements, readings=originals, words=words, actors=by_id),
        *pair_denials(statements, words=words, names=names),
        *pair_doubts(statements, names=names),
        *pair_numbers(statements, words=words, names=names),
        *pair_verdicts(statements, readings=originals, actors=by_id, names=names, answered=answered),
        *pair_tellings(originals, actors=by_id),
        *pair_details(happenings, readings=readings),
        *pair_stances(originals, actors=by_id),
    ]
    texts = {reading.article.id: reading.article.text for reading in readings}
    return _choose(found, _list_places(readings), texts)[: PER_ARTICLE * len(originals)]


def _list_places(readings: Iterable[Reading]) -> dict[str, Place]:
    """Give where each record that a conflict may name stands: article, start, end."""
    places: dict[str, Place] = {}
    for reading in readings:
        for item in reading.attributions:
            if item.content:
                places[item.id] = (item.content[0].article, item.content[0].start, item.content[-1].end)
        for event in reading.events:
            places[event.id] = _place(event.passage)
        for position in reading.positions:
            places[position.id] = _place(position.passage)
    return places


def _place(passage: Passage) -> Place:
    return passage.article, passage.start, passage.end


def _choose(found: Iterable[Conflict], places: Mapping[str, Place], texts: Mapping[str, str]) -> list[Conflict]:
    """Sort candidates by score and keep one for the same two places, whatever records stand there.

    A place that says the same in the same words, as a headline does, is no other place.
    """
    kept: list[Conflict] = []
    taken: dict[tuple[str, str], list[tuple[Place, Place]]] = defaultdict(list)
    for conflict in sorted(found, key=lambda item: (-item.score, item.id)):
        left, right = sorted((places[conflict.left], places[conflict.right]))
        known = taken[left[0], right[0]]
        if any(_is_like(left, one, texts) and _is_like(right, other, texts) for one, other in known):
            continue
        if left[0] == right[0] and any(
            _is_like(left, two, texts) and _is_like(right, one, texts) for one, two in known
        ):
            continue
        known.append((left, right))
        kept.append(conflict)
    return kept


def _is_like(one: Place, other: Place, texts: Mapping[str, str]) -> bool:
    """Tell whether two places of one report overlap, or say the same in the same words."""
    if one[1] < other[2] and other[1] < one[2]:
        return True
    here, there = (list_stems(texts[place[0]][place[1] : place[2]]) for place in (one, other))
    return len(here & there) > ALIKE * min(len(here), len(there))
