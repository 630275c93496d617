"""Run the trained reader over a text, once: it names people and places, sees who says what, and what happens."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from standoff.annotate.facts import keep_facts, read_text
from standoff.codebooks import load_codebook
from standoff.models.reader import TextReader, load_reader
from standoff.models.reader.positions import describe_issue


class ReaderRunner:
    """Keep "readings" (attributions), "sightings" (events) and "leanings" (positions) as facts; write `doc.ents`."""

    def __init__(self, reader: TextReader, issues: str, *, senses: bool) -> None:
        self.reader = reader
        self.senses = senses
        codes = load_codebook(issues).codes
        self.issues = reader.describe_issues(
            {key: describe_issue(code.definition, code.cues) for key, code in codes.items()}
        )

    def __call__(self, doc: Doc) -> Doc:
        found = self.reader.read(read_text(doc), self.issues)
        keep_facts(
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
        keep_facts(
            doc,
            "sightings",
            (
                {
                    "start": item.start,
                    "end": item.end,
                    "types": dict(item.types),
                    "modes": dict(item.modes),
                    "statuses": dict(item.statuses),
                    "parties": [list(party) for party in item.parties],
                    **({"sense": list(item.sense)} if self.senses else {}),
                }
                for item in found.events
            ),
        )
        keep_facts(
            doc,
            "leanings",
            (
                {
                    "start": item.start,
                    "end": item.end,
                    "issue": item.issue,
                    "chance": item.chance,
                    "stances": dict(item.stances),
                    "parts": [list(part) for part in item.parts],
                }
                for item in found.positions
            ),
        )
        names = (doc.char_span(start, end, kind, alignment_mode="expand") for start, end, kind in found.names)
        doc.ents = tuple(filter_spans([name for name in names if name is not None]))
        return doc


@Language.factory(
    "standoff_reader", assigns=["doc.spans", "doc.ents"], default_config={"issues": "issues", "senses": False}
)
def make_reader(nlp: Language, name: str, issues: str, senses: bool) -> ReaderRunner:
    """Make the component; `issues` is the codebook of what positions are looked for on, a shipped one's name or a path.

    With `senses` each word that may carry an event brings the vector of its sense.
    """
    return ReaderRunner(load_reader(), issues, senses=senses)
