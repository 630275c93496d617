"""Lay side by side the passages that do not seem to hold together.

Nothing is good enough to assert a contradiction; an editor with suggestions finds most of them. So these are ranked
candidates, each with its reason in words, for a person to judge. Only passages that share something are compared: an
issue, a happening, a place in the report, or rare words; never all with all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from standoff.records import Actor, Conflict, Happening, Reading
from standoff.resolve.conflicts.claims import pair_contrasts, pair_denials, pair_doubts
from standoff.resolve.conflicts.details import pair_details
from standoff.resolve.conflicts.stances import pair_stances, pair_tellings
from standoff.resolve.conflicts.statements import Words, list_statements

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
    found = [
        *pair_contrasts(statements, readings=originals, words=words, names=names),
        *pair_denials(statements, words=words, names=names),
        *pair_doubts(statements, names=names),
        *pair_tellings(originals, actors=by_id),
        *pair_details(happenings, readings=readings, copies=copies),
        *pair_stances(originals, actors=by_id),
    ]
    return _rank(found)[: PER_ARTICLE * len(originals)]


def _rank(found: Iterable[Conflict]) -> list[Conflict]:
    """Sort candidates by score and keep one for each two records."""
    best: dict[frozenset[str], Conflict] = {}
    for conflict in sorted(found, key=lambda item: (-item.score, item.id)):
        best.setdefault(frozenset((conflict.left, conflict.right)), conflict)
    return list(best.values())
