"""Hold what an attribution is before its actors are known: a finding, its content, and where the speaker is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from standoff.annotate.attributions.cues import Finding
from standoff.annotate.attributions.nesting import Stretch
from standoff.annotate.attributions.sources import find_phrase
from standoff.quotations import Quotation


@dataclass(slots=True)
class Draft:
    """An attribution by characters; `speaker` is the draft whose source this one shares where it names none itself."""

    finding: Finding
    content: list[tuple[int, int]]
    block: int
    quotations: list[Quotation] = field(default_factory=list)
    speaker: Draft | None = None
    name: tuple[int, int] | None = None  # where the source is named, if a finding cannot hold it: here or elsewhere
    label: tuple[int, int] | None = None  # the words that name it here, where those tell less than the name elsewhere
    shown: bool = True
    reading: int | None = None  # of the trained reader's, the one that is joined to it

    @property
    def start(self) -> int:
        return self.content[0][0]

    @property
    def place(self) -> int:
        """Give where in the text the speaker is named, or the content begins."""
        return min(self.start, self.finding.verb.idx) if self.finding.cue[1] else self.start

    @property
    def stretch(self) -> Stretch:
        """Give the characters that tell what stands inside what; for the cue, the word whose subject the source is."""
        verb = self.finding.verb
        return Stretch((verb.idx, verb.idx + len(verb)) if self.finding.cue[1] else None, self.content)


def iterate_speakers(draft: Draft) -> Iterator[Draft]:
    """Yield a draft, then those whose source it shares."""
    seen: Draft | None = draft
    for _ in range(50):
        if seen is None:
            return
        yield seen
        seen = seen.speaker


def find_source_span(draft: Draft) -> tuple[int, int] | None:
    """Give the characters that name a draft's source beside it, or None."""
    head = draft.finding.source.head
    if head is None:
        return draft.label
    start, end = find_phrase(head)
    span = head.doc[start:end]
    return span.start_char, span.start_char + len(span.text.rstrip())


def to_characters(doc: Doc, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give ranges of tokens as ranges of characters."""
    return [(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in ranges]


def meets(part: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a part shares a character with one of the spans."""
    return any(part[0] < end and start < part[1] for start, end in spans)


def lies_within(part: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a part lies within the spans, the marks around them counted in."""
    return any(start - 2 <= part[0] and part[1] <= end + 2 for start, end in spans)
