"""Find the time expressions of an article and say what days they mean (component `standoff_times`)."""

from __future__ import annotations

import re
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import TimeFact, read_facts, read_text, write_facts
from standoff.annotate.times.days import Timeline
from standoff.annotate.times.joins import join_phrases
from standoff.annotate.times.phrases import find_phrases, load_phrasebook
from standoff.annotate.times.tense import find_direction, load_tense_words
from standoff.codebooks import load_codebook

DATELINE = 60  # characters of a line within which a place and a date may still be a dateline


class TimesFinder:
    """Write the facts "times" of a doc: TIMEX3 expressions with type, value and, where they can be told, days.

    The article's day is `doc._.published`, an ISO date or None. Works on any doc: tags and a parse tell the tense of a
    clause, and without them the words do.
    """

    def __init__(self, codebook: str) -> None:
        self.book = load_phrasebook(codebook)
        self.words = load_tense_words(load_codebook(codebook).settings)

    def __call__(self, doc: Doc) -> Doc:
        write_facts(doc, "times", self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[TimeFact]:
        """Give the time expressions of a doc in reading order."""
        text = read_text(doc)
        timeline = Timeline(_read_day(doc._.published))
        captions = [(block["start"], block["end"]) for block in read_facts(doc, "blocks") if block["kind"] == "caption"]
        facts = []
        for phrase in join_phrases(text, find_phrases(text, self.book)):
            direction = find_direction(doc, phrase.start, phrase.end, self.words) if phrase.pattern else None
            if direction == "present" and any(start <= phrase.start < end for start, end in captions):
                direction = "past"  # a caption tells in the present what its picture shows
            if direction is not None and _stands_in_dateline(text, phrase.start, phrase.end):
                direction = "past"  # whatever the sentence that follows it is about
            facts.append(timeline.place(phrase, direction))
        return facts


def _stands_in_dateline(text: str, start: int, end: int) -> bool:
    """Say whether a date ends the dateline of a report: "NICOSIA, 5 May (Agency) - The talks ..."."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return len(before) < DATELINE and re.match(r"\s?(?:\([A-Z]|[-–—]{1,2}\s)", text[end : end + 4]) is not None


def _read_day(published: str | None) -> date | None:
    try:
        return None if published is None else date.fromisoformat(published[:10])
    except ValueError:
        return None


@Language.factory("standoff_times", assigns=["doc.spans"], default_config={"codebook": "times"})
def make_times(nlp: Language, name: str, codebook: str) -> TimesFinder:
    """Make the component; `codebook` is the name or path of a times codebook."""
    return TimesFinder(codebook)
