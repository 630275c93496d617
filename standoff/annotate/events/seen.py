"""Join what the trained reader sees of events to what the cues of the codebook find.

The reader sees which words carry an event, and of which type, in sentences that no list foresaw; the grammar knows
which event governs which, who takes part, and whether it is denied. So the reader adds triggers before the grammar has
its say, and settles the type afterwards where it is sure. It takes no cue away: where it sees nothing and a cue
something, the cue is mostly right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.events.coding import Coded
from standoff.annotate.events.cues import Cue, Trigger
from standoff.annotate.events.grammar import is_made, is_passive
from standoff.annotate.events.parties import READ_AS, Layer, Parties
from standoff.annotate.events.status import Standing
from standoff.annotate.facts import SightingFact, read_facts
from standoff.annotate.likely import keep_heads, list_likely
from standoff.codebooks import load_codebook
from standoff.codebooks.ratings import fold_ahead

# Chosen on the tune half of tests/cases/events.toml and on coded articles, 2026-11.
ADDED = 0.8  # a word that no cue knows is a trigger from this chance of an event on
SETTLED = 0.85  # a type other than the cue's is taken from this chance on
SETTLED_ALL = 0.95  # and than that of a cue of several words, as "traded insults", from this one
NAMED = 0.5  # a word is taken for a party from this chance on
DONE_BY = 0.8  # and for the doer of a passive, which the grammar would mostly find after "by", from this one
REACH = 60  # tokens between a trigger and one whom it is done to
UNLISTED = ""  # the text of a cue that no codebook has
WORDS = frozenset({"VERB", "AUX", "NOUN", "ADJ", "PROPN"})


class Sightings:
    """What the trained reader sees of events in one document, by word; nothing if it has not run."""

    def __init__(self, doc: Doc) -> None:
        self._tokens = {token.idx: token for token in doc}
        self._facts: dict[int, tuple[Token, SightingFact]] = {}
        for fact in read_facts(doc, "sightings"):
            token = self._tokens.get(fact["start"])
            if token is not None:
                self._facts.setdefault(token.i, (token, fact))

    def list_words(self) -> list[tuple[Token, SightingFact]]:
        """Give the words that may carry an event, in reading order."""
        return [self._facts[number] for number in sorted(self._facts)]

    def join_triggers(self, triggers: Iterable[Trigger]) -> list[Trigger]:
        """Give the triggers with those that the reader alone sees, in reading order."""
        kept = list(triggers)
        known = {word.i for trigger in kept for word in (trigger.token, *trigger.parts)}
        added = [
            Trigger(token, Cue(UNLISTED, (best := _find_type(fact)), fact["modes"][best], 1, ()), ())
            for token, fact in self.list_words()
            if _weigh(fact) >= ADDED and token.pos_ in WORDS and token.i not in known
        ]
        return sorted((*kept, *added), key=lambda trigger: trigger.token.i)

    def settle(self, coded: Coded) -> Coded:
        """Give an event the type and status that the reader is sure of, and the parties that it sees besides."""
        fact = self._find(coded.trigger)
        if coded.trigger.cue.text == UNLISTED:
            coded = coded._replace(rule=coded.rule.replace(" is a cue of ", " reads as ", 1))
        if fact is None or coded.spoken:
            return coded
        best = _find_type(fact)
        turned = coded.type != coded.trigger.cue.type  # by the grammar: "pledged not to negotiate" is REJECT
        sure = SETTLED_ALL if coded.trigger.parts else SETTLED
        ahead, _ = fold_ahead(load_codebook("plover"), coded.type, coded.mode, coded.standing.status)
        if best not in (coded.type, ahead) and fact["types"][best] >= sure and not turned:
            status = max(fact["statuses"], key=lambda name: fact["statuses"][name])
            coded = coded._replace(
                type=best,
                mode=fact["modes"][best],
                standing=Standing(status, None, False),
                rule=f"“{coded.trigger.token.text}” reads as {best}",
            )
        return coded._replace(parties=self.add_parties(coded.trigger, coded.parties))

    def agrees(self, coded: Coded) -> bool:
        """Tell whether the reader is sure of an event's type, too."""
        fact = self._find(coded.trigger)
        return fact is not None and fact["types"].get(coded.type, 0.0) >= ADDED

    def add_parties(self, trigger: Trigger, parties: Parties) -> Parties:
        """Add the parties that the reader sees: actors where the grammar finds none, recipients after the grammar's."""
        fact = self._find(trigger)
        if fact is None:
            return parties
        sure = DONE_BY if is_passive(trigger.token) else NAMED
        actors, recipients = (
            _keep_near(keep_heads(list_likely(fact["parties"], side, least, self._tokens)), trigger.token)
            for side, least in ((2, sure), (3, NAMED))
        )
        if not parties.actors:
            taken = {noun.i for layer in parties.layers for noun in layer.nouns}
            parties = parties._replace(actors=tuple(token for token in actors if token.i not in taken))
        others = tuple(
            token
            for token in recipients
            if token not in parties.actors and not (_stands_apart(token, trigger.token) or is_made(token))
        )
        if others:
            parties = parties._replace(layers=(*parties.layers, Layer(others, READ_AS)))
        return parties

    def _find(self, trigger: Trigger) -> SightingFact | None:
        """Give what is seen at a trigger or, where a verb only carries a noun, at that noun: the likelier one."""
        found = [self._facts[word.i][1] for word in (trigger.token, *trigger.parts) if word.i in self._facts]
        return max(found, key=_weigh, default=None)


def _keep_near(parties: Sequence[Token], trigger: Token) -> tuple[Token, ...]:
    """Keep the parties in the trigger's own sentence, if there are any."""
    return tuple(token for token in parties if token.sent == trigger.sent) or tuple(parties)


def _stands_apart(token: Token, trigger: Token) -> bool:
    """Tell whether a word stands in a verb that is only joined to the trigger, or paragraphs away.

    Condemned it and denied that they …: these were not condemned.
    """
    if abs(token.i - trigger.i) > REACH:
        return True
    for word in (token, *token.ancestors):
        if word == trigger:
            return False
        if word.dep_ == "conj" and word.pos_ == "VERB":
            return True
    return False


def _weigh(fact: SightingFact | None) -> float:
    """Give the chance that a word carries any event."""
    return 0.0 if fact is None else sum(fact["types"].values())


def _find_type(fact: SightingFact) -> str:
    return max(fact["types"], key=lambda name: fact["types"][name])
