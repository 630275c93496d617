"""Find attributions: every statement, thought or message that a text gives to somebody.

`quotations` reads the marks, `cues` the reporting words by the parse, `speakers` joins the two, `assembly` makes
attributions of them, `facts_of` adds who, where, when and what stands inside what.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.attributions.assembly import draft_attributions
from standoff.annotate.attributions.cues import find_cues, reattach_participles
from standoff.annotate.attributions.lexicon import load_lexicon
from standoff.annotate.attributions.quotations import find_quotations, mark_depths
from standoff.annotate.attributions.speakers import SpeakerFinder
from standoff.annotate.attributions.to_facts import make_facts
from standoff.annotate.facts import read_facts, write_facts
from standoff.layout import split_blocks

__all__ = ["AttributionsFinder", "make_attributions"]


class AttributionsFinder:
    """Write `doc.spans["attributions"]`; needs a parse, and uses "blocks", "mentions" and "times" where they are."""

    def __init__(self, codebook: str) -> None:
        self.lexicon = load_lexicon(codebook)

    def __call__(self, doc: Doc) -> Doc:
        facts = (
            [] if not len(doc) or not doc.has_annotation("DEP") else make_facts(doc, *self._draft(doc), self.lexicon)
        )
        write_facts(doc, "attributions", facts)
        return doc

    def _draft(self, doc: Doc):  # type: ignore[no-untyped-def]
        found = read_facts(doc, "blocks") or [block._asdict() for block in split_blocks(doc.text)]
        blocks = [(block["start"], block["end"]) for block in found]
        quotations = find_quotations(doc.text, blocks)
        depths = mark_depths(len(doc.text), quotations)
        speakers = SpeakerFinder(doc, self.lexicon, depths)
        kinds = [block["kind"] for block in found]
        speeches = list(speakers.gather_speeches(quotations, blocks, kinds))
        drafts = draft_attributions(
            doc, reattach_participles(list(find_cues(doc, self.lexicon))), speeches, speakers, blocks, kinds
        )
        return drafts, depths


@Language.factory(
    "standoff_attributions", assigns=["doc.spans"], requires=["token.dep"], default_config={"codebook": "cues"}
)
def make_attributions(nlp: Language, name: str, codebook: str) -> AttributionsFinder:
    """Make the component; `codebook` is a shipped codebook's name or the path of one's own."""
    return AttributionsFinder(codebook)
