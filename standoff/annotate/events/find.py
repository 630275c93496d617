"""Turn coded triggers into event facts: name the parties, place the event, and say why."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from standoff.annotate.events.cast import NOBODY, Cast, Naming
from standoff.annotate.events.circumstances import cut_event_passage, find_place, find_time, find_voucher
from standoff.annotate.events.coding import Coded, code_triggers
from standoff.annotate.events.cues import load_cues
from standoff.annotate.events.parties import Layer
from standoff.annotate.facts import AttributionFact, EventFact, read_facts

# Types told strongly enough by their cue that the passive's patient alone makes an event ("the party was banned").
ONE_SIDED = frozenset({"COERCE", "SANCTION", "ASSAULT"})
ACTOR_ALONE = frozenset({"RETREAT", "PROTEST"})


def find_events(doc: Doc) -> Iterator[EventFact]:
    """Yield the events of a parsed document in reading order, each once.

    The rule of thumb is a trigger from the codebook with a party on either side. A party must be an actor that a
    mention names; without any mentions in the document (the component alone in somebody's pipeline) nouns suffice and
    the lists of actors stay empty. Does not look beyond the sentence for a party.
    """
    finder = _Finder(doc)
    seen: set[tuple[int, int, str]] = set()
    for coded in code_triggers(doc):
        fact = finder.make(coded)
        if fact is not None and (key := (fact["start"], fact["end"], fact["type"])) not in seen:
            seen.add(key)
            yield fact


class _Finder:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.cast = Cast(doc)
        self.times = read_facts(doc, "times")
        self.attributions: list[AttributionFact] = read_facts(doc, "attributions")

    def make(self, coded: Coded) -> EventFact | None:
        token = coded.trigger.token
        voucher = find_voucher(token.idx, self.attributions)
        actors = self.cast.name_all(coded.parties.actors)
        layer, recipients = self._name_recipients(coded, actors)
        if not self._is_told(coded, actors, recipients):
            return None
        nouns = (*(coded.parties.actors if actors.actors else ()), *(layer.nouns if layer else ()))
        start, end = cut_event_passage(coded, nouns)
        return EventFact(
            start=start,
            end=end,
            type=coded.type,
            mode=coded.mode,
            context=[],
            actors=list(actors.actors),
            recipients=list(recipients.actors),
            status=coded.standing.status,
            time=find_time(token, self.times),
            place=find_place(coded),
            attribution=voucher,
            score=_score(coded, actors, recipients),
            why=self._say_why(coded, layer if recipients.actors else None),
            made_by="rules/cue-parse",
        )

    def _name_recipients(self, coded: Coded, actors: Naming) -> tuple[Layer | None, Naming]:
        """Give the first layer that names an actor who is not acting already, and whom it names."""
        for layer in coded.parties.layers:
            naming = self.cast.name_all(layer.nouns)
            others = tuple(actor for actor in naming.actors if actor not in actors.actors)
            if others:
                return layer, Naming(others, naming.direct)
        if load_cues().types[coded.type].verbal and actors.actors:
            token = coded.trigger.token
            within = self.cast.list_within(token.i + 1, token.right_edge.i + 1)
            others = tuple(actor for actor in within if actor not in actors.actors)
            if others:
                return Layer((), "is named in what was said"), Naming(others[:1], False)
        return (coded.parties.layers[0] if coded.parties.layers else None), NOBODY

    def _is_told(self, coded: Coded, actors: Naming, recipients: Naming) -> bool:
        """Tell whether enough is known of who did it to whom for an event to be worth a record."""
        if not self.cast.known:
            return bool(coded.parties.actors and coded.parties.layers)
        if actors.actors and recipients.actors:
            return True
        if recipients.actors and coded.type in ONE_SIDED:
            return recipients.direct
        return (
            bool(actors.actors) and actors.direct and coded.type in ACTOR_ALONE and coded.trigger.token.pos_ == "VERB"
        )

    def _say_why(self, coded: Coded, layer: Layer | None) -> str:
        parts = [coded.rule]
        if coded.parties.actors:
            parts.append(f"“{coded.parties.actors[0].text}” does it")
        if layer is not None and layer.nouns:
            parts.append(f"“{layer.nouns[0].text}” {layer.how}")
        elif layer is not None:
            parts.append(f"the recipient {layer.how}")
        if coded.standing.word is not None:
            parts.append(f"“{coded.standing.word}” makes it {coded.standing.status}")
        return "; ".join(parts) + "."


def _score(coded: Coded, actors: Naming, recipients: Naming) -> float:
    """Score an event by how much of it stands in the text itself: cue, actor, recipient."""
    score = 0.45 + 0.1 * min(coded.trigger.cue.weight, 2)
    score += 0.15 * bool(actors.actors) + 0.15 * bool(recipients.actors)
    score -= 0.05 * (not actors.direct) + 0.05 * (not recipients.direct)
    return round(min(score, 0.95), 3)
