"""Mark the blocks of a text before it is parsed, so that no sentence runs from one into the next."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import write_facts
from standoff.layout import split_blocks


class LayoutMarker:
    """Write `doc.spans["blocks"]`, start a sentence at the start of each block, and none at a mere line's end."""

    def __call__(self, doc: Doc) -> Doc:
        blocks = split_blocks(doc.text)
        write_facts(doc, "blocks", [block._asdict() for block in blocks])
        for token in doc[1:]:
            if token.is_space or doc[token.i - 1].text.isspace():
                token.is_sent_start = False
        starts = {block.start for block in blocks}
        for token in doc:
            if token.idx in starts:
                token.is_sent_start = True
        return doc


@Language.factory("standoff_layout", assigns=["doc.spans"])
def make_layout(nlp: Language, name: str) -> LayoutMarker:
    """Make the component; it has no settings."""
    return LayoutMarker()
