"""Code events by a researcher's own ontology: by its cues, and by likeness to its examples.

A cue of the ontology makes a trigger as one of PLOVER's does. Where the trained reader runs, a word in which it sees an
event is a trigger too if it is like the trigger in a code's examples. What PLOVER says of its types (a refused meeting
is REJECT) is not said of a stranger's codes; parties, status, place and time are read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from spacy.tokens import Doc

from standoff.annotate.events.coding import Coded
from standoff.annotate.events.cues import Cue, CueBook, Trigger, is_own, load_cues
from standoff.annotate.events.likeness import Examples, is_likely
from standoff.annotate.events.parties import find_parties
from standoff.annotate.events.seen import Sightings
from standoff.annotate.events.status import judge_status
from standoff.codebooks.ontology import is_plover, load_ontology


class Ontology:
    """A researcher's own codes, ready to be found in parsed documents.

    `read` gives a text as the components before this one leave it; it is called for the examples, once.
    """

    def __init__(self, which: str, read: Callable[[str], Doc]) -> None:
        self.which = which
        self.codebook = load_ontology(which)
        self.book: CueBook = load_cues(which)
        self.is_plover = is_plover(self.codebook)
        self._examples = Examples(self.codebook, self.book, read)
        self._forgotten: str | None = None

    @contextmanager
    def forget(self, text: str) -> Iterator[None]:
        """Code for a while as if one sentence were not in the codebook: it must not pass for being like itself."""
        self._forgotten = text
        try:
            yield
        finally:
            self._forgotten = None

    def code(self, doc: Doc, triggers: Iterable[Trigger]) -> list[Coded]:
        """Give the events of the user's own codes; `triggers` are those of the codebook's cues."""
        seen = Sightings(doc)
        own = [trigger for trigger in triggers if is_own(trigger.cue.type)]
        coded = [
            self._code(trigger, seen, f"“{trigger.token.text}” is a cue of {self._name(trigger)}") for trigger in own
        ]
        taken = {word.i for trigger in own for word in (trigger.token, *trigger.parts)}
        for token, fact in seen.list_words():
            likely = is_likely(token, fact) and token.i not in taken
            like = self._examples.find_likeness(token, fact, without=self._forgotten) if likely else None
            if like is not None:
                trigger = Trigger(token, Cue(token.lemma_, like.type, None, 1, ()), ())
                rule = f"“{token.text}” is like the examples of {self._name(trigger)} ({like.degree:.2f})"
                coded.append(self._code(trigger, seen, rule))
        return sorted(coded, key=lambda item: item.trigger.token.i)

    def _name(self, trigger: Trigger) -> str:
        return self.book.names[trigger.cue.type] + (f"/{trigger.cue.mode}" if trigger.cue.mode else "")

    def _code(self, trigger: Trigger, seen: Sightings, rule: str) -> Coded:
        parties = seen.add_parties(trigger, find_parties(trigger, self.book.types[trigger.cue.type]))
        return Coded(trigger, trigger.cue.type, trigger.cue.mode, parties, judge_status(trigger), None, rule)


def merge_coded(own: Iterable[Coded], others: Iterable[Coded]) -> list[Coded]:
    """Give the events of both in reading order; where both have one at a word, only the user's own stays."""
    by_token = {item.trigger.token.i: item for item in (*others, *own)}
    return [by_token[number] for number in sorted(by_token)]
