"""Mark the blocks of a text before it is parsed, so that no sentence runs from one into the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import read_text, write_facts
from standoff.layout import find_opening, split_blocks

START, NOT = 1, -1  # spaCy's marks for a word that starts a sentence, and for one that does not
STOPS = frozenset(".!?")
LONGEST = 400  # tokens without a stop, some four times the longest sentence that a paper prints


class LayoutMarker:
    """Write `doc.spans["blocks"]`, start a sentence at the start of each block, and none at a mere line's end.

    A dateline before the first words ("NAIROBI –") is a sentence of its own, so that its place is not taken for the
    subject. White space never starts a sentence. Where a line breaks off inside a block, after a word or a comma, the
    next word goes on with its sentence; elsewhere it is the parser that decides. Words that run on without a stop for
    longer than any sentence are cut, so that what is read sentence by sentence takes time in keeping with the text.
    """

    def __call__(self, doc: Doc) -> Doc:
        text = read_text(doc)
        blocks = split_blocks(text)
        write_facts(doc, "blocks", [block._asdict() for block in blocks])
        words = [token.text for token in doc]
        marks = [NOT * (token.i > 0 and (token.is_space or _runs_on(words, token.i))) for token in doc]
        starts = {block.start for block in blocks}
        starts |= {block.start + find_opening(text[block.start : block.end]) for block in blocks}
        run = 0
        for token in doc:
            run = 0 if words[token.i] in STOPS else run + 1
            if token.idx in starts or run > LONGEST:
                marks[token.i] = START
                run = 0
        # All at once: before there is a parse, spaCy looks through the whole text at each mark that it sets.
        return doc.from_array(["SENT_START"], np.array(marks, dtype="int64").astype("uint64")) if marks else doc  # type: ignore[arg-type]


def _runs_on(words: Sequence[str], index: int) -> bool:
    """Tell whether a line breaks off before this word, after a word or a comma."""
    if index < 2 or "\n" not in words[index - 1]:
        return False
    last = words[index - 2][-1]
    return last.isalnum() or last in ",–—-"


@Language.factory("standoff_layout", assigns=["doc.spans"])
def make_layout(nlp: Language, name: str) -> LayoutMarker:
    """Make the component; it has no settings."""
    return LayoutMarker()
