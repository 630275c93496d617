"""Lay side by side the passages that do not seem to hold together.

Nothing is good enough to assert a contradiction; an editor with suggestions finds most of them. So these are ranked
candidates, each with its reason in words, for a person to judge. Only passages that share something are compared: an
issue, a happening, a place in the report, or rare words; never all with all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from standoff.records import Actor, Conflict, Happening, Passage, Reading
from standoff.resolve.conflicts.claims import pair_denials, pair_doubts
from standoff.resolve.conflicts.details import pair_details
from standoff.resolve.conflicts.neighbours import pair_neighbours
from standoff.resolve.conflicts.numbers import pair_numbers
from standoff.resolve.conflicts.stances import pair_stances, pair_tellings
from standoff.resolve.conflicts.statements import Words, cut_sentence, list_statements
from standoff.resolve.conflicts.turns import pair_contrasts
from standoff.resolve.conflicts.verdicts import pair_verdicts
from standoff.resolve.conflicts.voices import End, is_like, join_voices
from standoff.resolve.vouching import name_sides

PER_ARTICLE = 5  # candidates listed for each article read; what a person will look through


def find_conflicts(
    readings: Sequence[Reading], *, actors: Sequence[Actor], happenings: Sequence[Happening], copies: Mapping[str, str]
) -> list[Conflict]:
    """Give the candidates for conflicts, the most telling first, each with the reason in a sentence.

    Copies of a report are left out: a text does not disagree with itself. Each two passages are listed once, and what
    brings only a further voice to a conflict is part of that.
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
    ends = dict(_list_ends(readings, sides=name_sides(actors)))
    return join_voices(_choose(found, ends), ends=ends, names=names)[: PER_ARTICLE * len(originals)]


def _list_ends(readings: Iterable[Reading], *, sides: Mapping[str, str]) -> Iterator[tuple[str, End]]:
    """Yield what each record that a conflict may name says, where, and who says it."""

    def see(passage: Passage, source: str | None, *, text: str, context: str | None = None) -> End:
        said = text[passage.start : passage.end]
        side = sides.get(source or "")
        return End(passage.article, passage.start, passage.end, said, context or said, source, side)

    for reading in readings:
        text = reading.article.text
        for item in reading.attributions:
            if item.content:
                whole = replace(item.content[0], end=item.content[-1].end)
                yield item.id, see(whole, item.source.actor if item.source else None, text=text)
        for event in reading.events:
            yield event.id, see(event.passage, None, text=text, context=cut_sentence(text, event.passage))
        for position in reading.positions:
            yield position.id, see(position.passage, position.holder, text=text)


def _choose(found: Iterable[Conflict], ends: Mapping[str, End]) -> list[Conflict]:
    """Sort candidates by score and keep one for the same two places, whatever records stand there.

    A place that says the same in the same words, as a headline does, is no other place.
    """
    kept: list[Conflict] = []
    taken: dict[tuple[str, str], list[tuple[End, End]]] = defaultdict(list)
    for conflict in sorted(found, key=lambda item: (-item.score, item.id)):
        left, right = sorted((ends[conflict.left], ends[conflict.right]), key=lambda end: end[:3])
        known = taken[left.article, right.article]
        if any(
            (is_like(left, one) and is_like(right, other)) or (is_like(left, other) and is_like(right, one))
            for one, other in known
        ):
            continue
        known.append((left, right))
        kept.append(conflict)
    return kept
