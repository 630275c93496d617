"""Find occasions (being built)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class OccasionsFinder:
    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("standoff_occasions", assigns=["doc.spans"])
def make_occasions(nlp: Language, name: str) -> OccasionsFinder:
    return OccasionsFinder()
