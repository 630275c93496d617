"""Find mentions (being built)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class MentionsFinder:
    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("standoff_mentions", assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str) -> MentionsFinder:
    return MentionsFinder()
