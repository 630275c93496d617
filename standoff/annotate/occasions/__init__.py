"""Find the public happenings that a text names rather than tells: "the elections", "the dissolution of the party"."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import write_facts
from standoff.annotate.occasions.find import find_occasions
from standoff.annotate.occasions.lexicon import build_lexicon
from standoff.codebooks import load_codebook


class OccasionsFinder:
    """Write `doc.spans["occasions"]`, after the codebook given."""

    def __init__(self, codebook: str) -> None:
        self.lexicon = build_lexicon(load_codebook(codebook))

    def __call__(self, doc: Doc) -> Doc:
        write_facts(doc, "occasions", find_occasions(doc, lexicon=self.lexicon))
        return doc


@Language.factory(
    "standoff_occasions",
    requires=["token.dep", "token.tag", "token.lemma"],
    assigns=["doc.spans"],
    default_config={"codebook": "occasions"},
)
def make_occasions(nlp: Language, name: str, codebook: str) -> OccasionsFinder:
    """Make the component; `codebook` is a shipped codebook's name or the path of one's own."""
    return OccasionsFinder(codebook)
