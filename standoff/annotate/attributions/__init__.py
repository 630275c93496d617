"""Find attributions: every statement, thought or message that a text gives to somebody.

`standoff.quotations` reads the marks, `cues` the reporting words by the parse, `speakers` joins the two, `assembly`
makes attributions of them, `to_facts` adds who, where, when and what stands inside what.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.attributions.assembly import draft_attributions
from standoff.annotate.attributions.cues import find_cues
from standoff.annotate.attributions.interrupted import keep_within_marks, mend_breaks
from standoff.annotate.attributions.joining import LIKELY, join_readings
from standoff.annotate.attributions.lexicon import Lexicon, load_lexicon
from standoff.annotate.attributions.reattachment import drop_persons, reattach_cues
from standoff.annotate.attributions.scenes import add_scenes
from standoff.annotate.attributions.speakers import SpeakerFinder
from standoff.annotate.attributions.to_facts import Found, make_facts
from standoff.annotate.attributions.turns import unwrap_turns
from standoff.annotate.facts import read_facts, read_text, write_facts
from standoff.layout import split_blocks
from standoff.quotations import find_quotations, mark_depths

__all__ = ["AttributionsFinder", "find_attributions", "make_attributions"]


class AttributionsFinder:
    """Write `doc.spans["attributions"]`; needs a parse, and uses "blocks", "mentions" and "times" where they are."""

    def __init__(self, codebook: str, least: float) -> None:
        self.lexicon = load_lexicon(codebook)
        self.least = least

    def __call__(self, doc: Doc) -> Doc:
        found = find_attributions(doc, lexicon=self.lexicon, least=self.least)
        write_facts(doc, "attributions", found.facts)
        if found.actors:
            write_facts(doc, "actors", [*read_facts(doc, "actors"), *found.actors])
            write_facts(doc, "mentions", [*read_facts(doc, "mentions"), *found.mentions])
        return doc


def find_attributions(doc: Doc, *, lexicon: Lexicon, least: float = LIKELY, unsaid: bool = False) -> Found:
    """Give the attributions of a parsed text in reading order, the outer before those inside it.

    What only the trained reader sees counts from the chance `least`; with `unsaid` also where somebody did not say a
    thing, which PolNeAR counts. Whoever is told a thing and is none of the text's actors comes with them, as one more
    actor.

    A text without a parse has none. Without "mentions" nobody is identified, without "blocks" every line is a
    paragraph, without "times" none is dated.
    """
    if not doc.has_annotation("DEP"):
        return Found([], [], [])
    text = read_text(doc)
    found = read_facts(doc, "blocks") or [block._asdict() for block in split_blocks(text)]
    kinds = [block["kind"] for block in found]
    whole = [(block["start"], block["end"]) for block in found]
    quotations, blocks = unwrap_turns(text, find_quotations(text, whole), whole)
    depths = mark_depths(len(text), quotations)

    found_cues = drop_persons(list(find_cues(doc, lexicon)), read_facts(doc, "mentions"))
    unbroken = keep_within_marks(doc, mend_breaks(doc, found_cues, quotations, lexicon), quotations, depths)
    findings = reattach_cues(unbroken)
    finders = [SpeakerFinder(doc, lexicon, depths, depth=depth) for depth in (1, 2)]
    outer, inner = (list(finder.gather_speeches(quotations, blocks, kinds)) for finder in finders)
    drafts = draft_attributions(doc, findings, finders, outer, inner, blocks, kinds)
    drafts = join_readings(doc, drafts, read_facts(doc, "readings"), quotations, blocks, kinds, lexicon, least, unsaid)
    return make_facts(doc, add_scenes(doc, drafts, blocks, lexicon), depths, lexicon)


@Language.factory(
    "standoff_attributions",
    assigns=["doc.spans"],
    requires=["token.dep"],
    default_config={"codebook": "cues", "least": LIKELY},
)
def make_attributions(nlp: Language, name: str, codebook: str, least: float) -> AttributionsFinder:
    """Make the component.

    `codebook` is a shipped codebook's name or the path of one's own; `least` the chance from which it counts what only
    the trained reader sees: less of it gives more attributions, of which fewer are right.
    """
    return AttributionsFinder(codebook, least)
