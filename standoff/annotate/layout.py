"""Mark the blocks of a text before it is parsed, so that no sentence runs from one into the next."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import write_facts
from standoff.layout import split_blocks


class LayoutMarker:
    """Write `doc.spans["blocks"]` and start a sentence at the start of each block."""

    def __call__(self, doc: Doc) -> Doc:
        blocks = [block._asdict() for block in split_blocks(doc.text)]
        write_facts(doc, "blocks", blocks)
        for span in doc.spans["blocks"]:
            doc[span.start].is_sent_start = True
        return doc


@Language.factory("standoff_layout", assigns=["doc.spans"])
def make_layout(nlp: Language, name: str) -> LayoutMarker:
    """Make the component; it has no settings."""
    return LayoutMarker()
