"""Run the trained reader over a text, once: it names people, bodies and places, and sees who is said to say what."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from standoff.annotate.facts import write_facts
from standoff.models.reader import TextReader, load_reader


class ReaderRunner:
    """Write `doc.spans["readings"]` and `doc.ents`; needs nothing but the text."""

    def __init__(self, reader: TextReader) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        found = self.reader.read(doc.text)
        write_facts(
            doc,
            "readings",
            (
                {
                    "source": None if item.source is None else list(item.source),
                    "cue": list(item.cue),
                    "content": [list(part) for part in item.content],
                    "signs": list(item.signs),
                }
                for item in found.attributions
            ),
        )
        names = (doc.char_span(start, end, kind, alignment_mode="expand") for start, end, kind in found.names)
        doc.ents = tuple(filter_spans([name for name in names if name is not None]))
        return doc


@Language.factory("standoff_reader", assigns=["doc.spans", "doc.ents"])
def make_reader(nlp: Language, name: str) -> ReaderRunner:
    """Make the component; it has no settings."""
    return ReaderRunner(load_reader())
