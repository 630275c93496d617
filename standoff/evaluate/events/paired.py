"""Pair the events found in a sentence with those that are coded, and tell of each coded one what is right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.evaluate.marked import MarkedEvent, MarkedSentence
from standoff.evaluate.marks import Range
from standoff.evaluate.record.did import RECIPROCAL
from standoff.records import Event, Passage, Record

Spans = Mapping[str, Sequence[Range]]


class JudgedEvent(NamedTuple):
    """Hold one coded event, the one whose words touch its trigger, and which of what is asked of it is right.

    `right` holds "type" and "quad" if one was found, and the rest only if its type is the coded one too.
    """

    row: MarkedEvent
    mine: Event | None
    right: Mapping[str, bool]


class PairedSentence(NamedTuple):
    """Hold what is judged of one sentence, and what was found in it that is not coded."""

    sentence: MarkedSentence
    judged: tuple[JudgedEvent, ...]
    spare: tuple[Event, ...]


def pair_sentence(sentence: MarkedSentence, record: Record) -> PairedSentence:
    """Judge each coded event of a sentence against the record of its text alone.

    An event is paired with a trigger that its passage or cue touches, one to one: first where the type is the coded
    one, then where the cue itself is the trigger, then where both sides are right.
    """
    actors = {actor.id: [_bound(m.passage) for m in record.mentions if m.actor == actor.id] for actor in record.actors}
    candidates = []
    for index, row in enumerate(sentence.events):
        for number, mine in enumerate(record.events):
            at_cue = mine.cue is not None and _touch(_bound(mine.cue), row.trigger)
            if at_cue or _touch(_bound(mine.passage), row.trigger):
                candidates.append((mine.type == row.type, at_cue, _has_roles(mine, row, actors), -number, -index))
    pairs: dict[int, Event] = {}
    taken: set[str] = set()
    for *_, number, index in sorted(candidates, reverse=True):
        mine = record.events[-number]
        if -index not in pairs and mine.id not in taken:
            pairs[-index] = mine
            taken.add(mine.id)
    judged = (_judge(row, pairs.get(at), sentence, record, actors) for at, row in enumerate(sentence.events))
    return PairedSentence(sentence, tuple(judged), tuple(event for event in record.events if event.id not in taken))


def _judge(
    row: MarkedEvent, mine: Event | None, sentence: MarkedSentence, record: Record, actors: Spans
) -> JudgedEvent:
    if mine is None:
        return JudgedEvent(row, None, {})
    codes = load_codebook("plover").codes
    right = {"type": mine.type == row.type, "quad": codes[mine.type].extra["quad"] == codes[row.type].extra["quad"]}
    if not right["type"]:
        return JudgedEvent(row, mine, right)
    right |= {"who": _has_roles(mine, row, actors), "status": mine.status == row.status}
    if row.mode is not None:
        right["mode"] = mine.mode == row.mode
    if row.places:
        right["place"] = any(_names_place(mine.place, sentence.text[slice(*span)]) for span in row.places)
    if row.times:
        passage = None if mine.when is None else mine.when.passage
        right["when"] = passage is not None and any(_touch(_bound(passage), span) for span in row.times)
    if row.by is not None:
        right["by"] = _is_vouched_for(mine, row.by, sentence.text, record, actors)
    if row.magnitude:
        right["magnitude"] = all(getattr(mine.magnitude, name, None) == size for name, size in row.magnitude.items())
    return JudgedEvent(row, mine, right)


def _has_roles(mine: Event, row: MarkedEvent, actors: Spans) -> bool:
    """Tell whether each side has whom the marks name and nobody else; of what is mutual, both sides together."""
    if row.type in RECIPROCAL:
        return _meets((*mine.actors, *mine.recipients), (*row.actors, *row.recipients), actors)
    return _meets(mine.actors, row.actors, actors) and _meets(mine.recipients, row.recipients, actors)


def _meets(found: Iterable[str], marked: Sequence[Range], actors: Spans) -> bool:
    """Tell whether every marked phrase has a mention of one of the actors found, and each of these lies on one."""
    met = [[any(_touch(place, span) for place in actors.get(actor, ())) for span in marked] for actor in found]
    return all(map(any, met)) and all(any(each) for each in zip(*met, strict=True)) and bool(met) == bool(marked)


def _names_place(found: str | None, words: str) -> bool:
    """Tell whether a place found is the marked one, as far as either spells it out."""
    mine, coded = (found or "").casefold(), words.casefold()
    return bool(mine) and (mine in coded or coded in mine)


def _is_vouched_for(mine: Event, name: str, text: str, record: Record, actors: Spans) -> bool:
    """Tell whether who vouches for an event is named by the coded words; "" is nobody but the article."""
    voice = next((item for item in record.attributions if item.id == mine.asserted_by), None)
    if voice is None or not name:
        return voice is None and not name
    if voice.source is None:
        return False
    places = [_bound(voice.source.passage)] if voice.source.passage else []
    places += actors.get(voice.source.actor or "", ())
    coded = [match.span() for match in re.finditer(re.escape(name.casefold()), text.casefold())]
    return any(_touch(place, span) for place in places for span in coded)


def _bound(passage: Passage) -> Range:
    return passage.start, passage.end


def _touch(left: Range, right: Range) -> bool:
    return left[0] < right[1] and right[0] < left[1]
