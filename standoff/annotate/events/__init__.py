"""Find events: who did what to whom, by PLOVER type, with status, time, place and whose word it is."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.events.cues import load_cues
from standoff.annotate.events.find import find_events
from standoff.annotate.events.headlines import drop_headline_doubles
from standoff.annotate.events.own import Ontology
from standoff.annotate.events.relation import code_relation
from standoff.annotate.facts import read_facts, write_facts
from standoff.codebooks.ontology import PLOVER

__all__ = ["EventsFinder", "code_relation", "find_events", "make_events"]


class EventsFinder:
    """Write the facts "events" onto a Doc; it needs a parse, and uses mentions, times and attributions if present."""

    def __init__(self, nlp: Language, *, floor: float, codebook: str) -> None:
        self.nlp = nlp
        self.floor = floor
        load_cues(codebook)
        self.ontology = None if codebook == PLOVER else Ontology(codebook, self.read_before)

    def __call__(self, doc: Doc) -> Doc:
        found = [fact for fact in find_events(doc, self.ontology) if fact["score"] >= self.floor]
        told = drop_headline_doubles(found, read_facts(doc, "blocks"), read_facts(doc, "actors"))
        write_facts(doc, "events", told)
        return doc

    def read_before(self, text: str) -> Doc:
        """Give a text as the components before this one leave it."""
        doc = self.nlp.make_doc(text)
        for _, component in self.nlp.pipeline:
            if component is self:
                break
            doc = component(doc)
        return doc


@Language.factory(
    "standoff_events",
    assigns=["doc.spans"],
    requires=["token.dep", "token.lemma"],
    default_config={"floor": 0.3, "codebook": PLOVER},
)
def make_events(nlp: Language, name: str, floor: float, codebook: str) -> EventsFinder:
    """Make the component; events that score below `floor` are left out. `codebook`: PLOVER, or the path of your own."""
    return EventsFinder(nlp, floor=floor, codebook=codebook)
