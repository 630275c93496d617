"""Find the name printed beside a quotation: before a colon, after a dash, in brackets, on the line beneath."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.roster import Roster, Span
from standoff.annotate.attributions.speakers import Speech
from standoff.annotate.attributions.turns import FINITE
from standoff.layout.labels import find_label, find_label_before, find_signature, find_signer
from standoff.layout.shapes import load_cues
from standoff.quotations import Quotation

FIRST_PERSON = frozenset(("i", "we", "our", "my", "us", "me"))
STOPS = frozenset(".!?")


class PrintedNames:
    """Look for printed names around the speeches of one text, which are told by their number."""

    def __init__(self, text: str, speeches: Sequence[Speech], blocks: Sequence[Span], roster: Roster) -> None:
        self.text, self.speeches, self.blocks, self.roster = text, speeches, blocks, roster

    def find_label(self, number: int, speech: Speech) -> Span | None:
        """Give the name before a colon that a speech follows, on its line or on the one above.

        Where nobody of that name is known, it must look like one: in capitals, with an @, or with what its bearer is.
        """
        first = speech.quotations[0]
        label = find_label_before(self.text, self.find_lead(number, first), first.start - 1)
        if label is None or self._tells(label.name[1], label.end):
            return None
        name = self.text[slice(*label.name)]
        described = self.text[label.name[1] : label.end].strip(" :") != ""
        known = self.roster.find(*label.name) is not None
        return label.name if known or described or name.isupper() or name[0] == "@" else None

    def find_signature(self, number: int, speech: Speech) -> Span | None:
        """Give the name that signs a speech: all that follows it in its paragraph, or the line beneath."""
        last = speech.quotations[-1]
        end = self.blocks[last.block][1]
        following = self.speeches[number + 1].quotations[0] if number + 1 < len(self.speeches) else None
        if last.closed and speech.opens and (following is None or following.start > end):
            name = find_signature(self.text, last.end + 1, end)
            if name is not None:
                return name
        first = speech.quotations[0]
        opens = first.start - 1 <= self.blocks[first.block][0]
        return self._find_beneath(last) if opens and not self.text[last.end + 1 : end].strip() else None

    def is_heading(self, number: int, speech: Speech) -> bool:
        """Tell whether what stands before a colon heads a quotation and names nobody: COMMENT: ‘…’."""
        first = speech.quotations[0]
        words = self.text[self.find_lead(number, first) : first.start - 1].strip(" :").casefold()
        return words in load_cues("no-speaker")

    def find_doer(self, block: int, start: int) -> Span | None:
        """Give where the person is named whose deed is told right before a quotation, in its paragraph or above."""
        low = self.blocks[block][0]
        if self.text[low : start - 1].strip():
            return self.roster.find_subject(low, start - 1)
        return self.roster.find_subject(*self.blocks[block - 1]) if block else None

    def find_lead(self, number: int, first: Quotation) -> int:
        """Give where the words begin that may lead into a quotation: in its paragraph, or one above that ends so: …"""
        before = self.speeches[number - 1].quotations[-1] if number > 0 else None
        if before is not None and before.block == first.block:
            return before.end + 1
        above = first.block - 1
        opens = first.start - 1 <= self.blocks[first.block][0]
        leads = above >= 0 and opens and self.text[self.blocks[above][1] - 1] == ":"
        return self.blocks[above if leads else first.block][0]

    def leads_into_plain(self, number: int, kinds: Sequence[str]) -> bool:
        """Tell whether a paragraph without marks follows one of running text that ends with a colon, and is no list."""
        high, (start, end) = self.blocks[number - 1][1], self.blocks[number]
        return (
            self.text[high - 1] == ":"
            and kinds[number - 1] == kinds[number] == "body"
            and self.text[start].isalnum()
            and self.text[end - 1] in STOPS
            and find_label(self.text, start, end) is None
        )

    def is_letter(self, number: int, verb: Token, lexicon: Lexicon) -> bool:
        """Tell whether a sentence without a cue leads into somebody's words: it tells of a letter, or they say "we"."""
        if find_label(self.text, *self.blocks[number - 1]) is not None:
            return False
        words = self.text[slice(*self.blocks[number])].casefold().split()
        stated = any(child.dep_ == "dobj" and child.lower_ in lexicon.venue_means for child in verb.rights)
        negated = any(child.dep_ == "neg" for child in verb.children)
        return not negated and (stated or not FIRST_PERSON.isdisjoint(words))

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether what stands between a name and its colon is a clause: On May 6, 2019, Reyes wrote this: …"""
        words = self.roster.doc.char_span(start, end, alignment_mode="expand")
        return words is not None and any(
            word.tag_ in FINITE and word.dep_ != "relcl" and (word.head.i == word.i or word.head not in words)
            for word in words
        )

    def _find_beneath(self, last: Quotation) -> Span | None:
        """Give the name on the line beneath a quotation, if a dash or no empty line ties it there, or it is known."""
        below = last.block + 1
        if below >= len(self.blocks):
            return None
        start, end = self.blocks[below]
        name = find_signer(self.text, start, end)
        if name is None:
            return None
        tied = start < name[0] or self.text.count("\n", self.blocks[last.block][1], start) == 1
        place = self.roster.find(*name)
        return name if tied or (place is not None and self.roster.is_person(place)) else None
