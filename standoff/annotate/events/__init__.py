"""Find events: who did what to whom, by PLOVER type, with status, time, place and whose word it is."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.events.find import find_events
from standoff.annotate.events.headlines import drop_headline_doubles
from standoff.annotate.events.relation import code_relation
from standoff.annotate.facts import read_facts, write_facts

__all__ = ["EventsFinder", "code_relation", "find_events", "make_events"]


class EventsFinder:
    """Write the facts "events" onto a Doc; it needs a parse, and uses mentions, times and attributions if present."""

    def __init__(self, floor: float) -> None:
        self.floor = floor

    def __call__(self, doc: Doc) -> Doc:
        found = [fact for fact in find_events(doc) if fact["score"] >= self.floor]
        told = drop_headline_doubles(found, read_facts(doc, "blocks"), read_facts(doc, "actors"))
        write_facts(doc, "events", told)
        return doc


@Language.factory(
    "standoff_events", assigns=["doc.spans"], requires=["token.dep", "token.lemma"], default_config={"floor": 0.3}
)
def make_events(nlp: Language, name: str, floor: float) -> EventsFinder:
    """Make the component; events that score below `floor` are left out."""
    return EventsFinder(floor)
