"""Find words given to a name without marks or cue: transcripts, "Name: words", posts, signed letters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Doc

from standoff.annotate.attributions.roster import Roster, Span
from standoff.layout.labels import Label, find_label, find_posted, find_signer
from standoff.layout.shapes import load_cues, match_cues
from standoff.quotations import MARKS, Quotation

UNSPOKEN = frozenset(("credit", "byline", "dateline", "quotename", "aside"))
FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
TOPIC = frozenset(("how", "why", "what", "who", "when", "where"))  # "Nile dam: why the talks failed"
DETERMINERS = frozenset(("a", "an", "the"))
RELATIVES = frozenset(("who", "that", "which", "whose"))
FIRST_PERSON = frozenset(("i", "we", "our", "my", "us", "me"))
FAREWELL_WORDS = 4
ASIDE = re.compile(r"\([^()]*\)\W*|\[[^\[\]]*\]\W*")
TURNS = 3  # labelled paragraphs that make a transcript, if a name comes back among them


class Turn(NamedTuple):
    """Words that belong to the printed name at `label`, of which `place` tells whose it is; one span per block.

    `asks` is true of what "Q" says.
    """

    label: Span
    place: Span
    content: list[Span]
    block: int
    asks: bool = False


def find_turns(doc: Doc, blocks: Sequence[Span], kinds: Sequence[str], roster: Roster) -> list[Turn]:
    """Give the turns of a text in reading order.

    Where names come back before colons, or questions and answers are told by letters, every paragraph up to the next
    such label belongs to the one before it. A name that stands so but once is a speaker's only if it is somebody's whom
    the text knows and the words after it state something: "Nicosia: …", "Analysis: …" and "Ana Reyes: a life at sea"
    are none. Words in quotation marks are left to those who read the marks.
    """
    return _TurnFinder(doc, blocks, kinds, roster).find()


def unwrap_turns(
    text: str, quotations: Sequence[Quotation], blocks: Sequence[Span]
) -> tuple[Sequence[Quotation], Sequence[Span]]:
    """Give quotations and blocks without the marks around a transcript: “WALTERS: When? ¶ “REYES: At once.

    They are such where TURNS paragraphs open with a mark, a name in capitals and a colon; those between two of them are
    turns too, and those that the last one runs on to.
    """
    around: dict[int, Quotation] = {}
    for item in quotations:
        start, end = blocks[item.block]
        if item.depth == 1 and item.start - 1 <= start and item.end + 1 >= end:
            around[item.block] = item
    labels = {number: find_label(text, item.start, item.end) for number, item in around.items()}
    named = [number for number, label in labels.items() if label is not None and text[slice(*label.name)].isupper()]
    if len(named) < TURNS:
        return quotations, blocks
    last = named[-1]
    while around[last].runs_on and last + 1 in around:
        last += 1
    dropped = {number: item for number, item in around.items() if named[0] <= number <= last}
    kept = [
        replace(item, depth=item.depth - 1) if item.block in dropped else item
        for item in quotations
        if item is not dropped.get(item.block)
    ]
    return kept, [
        (dropped[number].start, dropped[number].end) if number in dropped else block
        for number, block in enumerate(blocks)
    ]


class _TurnFinder:
    def __init__(self, doc: Doc, blocks: Sequence[Span], kinds: Sequence[str], roster: Roster) -> None:
        self.doc, self.blocks, self.kinds, self.roster = doc, blocks, kinds, roster
        self.text = roster.text
        self.labels: dict[int, Label] = {}
        for number, (start, end) in enumerate(blocks):
            label = find_label(self.text, start, end) if kinds[number] not in UNSPOKEN else None
            if label is not None and not self._ends_in_verb(label):
                self.labels[number] = label
        self.numbers = list(self.labels)
        self.places: dict[int, Span | None] = {
            number: roster.find(*label.name) for number, label in self.labels.items()
        }

    def find(self) -> list[Turn]:
        spoken = set(self._find_transcript())
        turns = [self._make_turn(number, number in spoken) for number in self.labels if number in spoken]
        turns += [self._make_turn(number, False) for number in self.labels if self._is_statement(number, spoken)]
        for number, block in enumerate(self.blocks):
            posted = find_posted(self.text, *block) if number not in self.labels else None
            if posted is not None and self.text[posted[0][0]] not in MARKS:
                turns.append(Turn(posted[1], posted[1], [posted[0]], number))
        turns += self._find_letter()
        return sorted((turn for turn in turns if turn.content), key=lambda turn: turn.content[0])

    def _ends_in_verb(self, label: Label) -> bool:
        """Tell whether the words before a colon are a clause: Ana Reyes, who leads them, wrote: …"""
        words = self.doc.char_span(label.name[0], label.end, alignment_mode="expand")
        last = [word for word in words if word.is_alpha] if words is not None else []
        return bool(last) and last[-1].tag_ in (*FINITE, "VB", "VBG", "VBN")

    def _read_key(self, number: int) -> str:
        return self.text[slice(*self.labels[number].name)].casefold()

    def _find_transcript(self) -> list[int]:
        """Give the blocks that open with a label which is a speaker's because it, or its fellow, comes back."""
        keys = {number: self._read_key(number) for number in self.labels}
        known = set(keys.values())
        if known & load_cues("question") and known & load_cues("answer"):
            letters = load_cues("question") | load_cues("answer")
            return [number for number, key in keys.items() if key in letters]
        keys = {number: key for number, key in keys.items() if key not in load_cues("answer")}
        counts = Counter(keys.values())
        spoken = [
            number
            for number, key in keys.items()
            if counts[key] > 1
            or self.text[slice(*self.labels[number].name)].isupper()
            or self.places[number] is not None
        ]
        recurs = any(counts[keys[number]] > 1 for number in spoken)
        several = len({keys[number] for number in spoken}) > 1
        return spoken if recurs and several and len(spoken) >= TURNS else []

    def _make_turn(self, number: int, transcript: bool) -> Turn:
        label = self.labels[number]
        key = self._read_key(number)
        place = self.places[number]
        if key in load_cues("answer"):
            place = self.roster.find_guest(self.blocks[min(self.labels)][0])
        content = [self._trim(label.end, self.blocks[number][1])]
        alone = content[0][0] >= content[0][1]
        at = bisect_right(self.numbers, number)
        following = self.numbers[at] if transcript and at < len(self.numbers) else None
        last = number + int(alone and number + 1 < len(self.blocks)) if following is None else following - 1
        for later in range(number + 1, last + 1):
            if self.kinds[later] not in UNSPOKEN and later not in self.labels:
                content.append(self.blocks[later])
        content = [
            part for part in content if part[0] < part[1] and not self._is_quoted(part) and not self._is_aside(part)
        ]
        return Turn(label.name, place or label.name, content, number, key in load_cues("question"))

    def _is_statement(self, number: int, spoken: set[int]) -> bool:
        """Tell whether a label that does not come back is a speaker's: somebody known, and a statement."""
        place = self.places[number]
        handle = self.text[self.labels[number].name[0]] == "@"
        if number in spoken or self._read_key(number) in load_cues("answer") | load_cues("question"):
            return False
        if place is None and not handle:
            return False
        headed = self.kinds[number] in ("title", "standfirst")
        if place is not None and not self._is_all(place, self.labels[number].name):
            return False
        if not handle and not headed and (place is None or not self.roster.is_person(place)):
            return False
        start, end = self._trim(self.labels[number].end, self.blocks[number][1])
        if start >= end and number + 1 < len(self.blocks) and number + 1 not in self.labels:
            start, end = self.blocks[number + 1]
        return start < end and not self._is_quoted((start, end)) and self._states(start, end, headed=headed)

    def _is_all(self, place: Span, label: Span) -> bool:
        """Tell whether a label that holds a name ends with it: "Ana Reyes: …", not "Ana Reyes and the sea: …"."""
        return not (label[0] <= place[0] < label[1]) or place[1] >= label[1]

    def _states(self, start: int, end: int, *, headed: bool) -> bool:
        """Tell whether words are a statement; a headline may leave out its verb, but not if it is "the nurse who …"."""
        words = self.doc.char_span(start, end, alignment_mode="expand")
        if words is None or len(words) < 2:
            return False
        if words[0].lower_ in TOPIC and not words.text.endswith("?"):
            return False
        verbs = [word for word in words if word.tag_ in FINITE]
        before = [word for word in words[: verbs[0].i - words.start] if word.lower_ in RELATIVES] if verbs else []
        finite = bool(verbs) and (words[0].lower_ not in DETERMINERS or not before)
        return (
            finite
            or words.text.endswith(("!", "?"))
            or (headed and words[0].lower_ not in DETERMINERS and not words[0].like_num)
        )

    def _is_quoted(self, part: Span) -> bool:
        return self.text[part[0]] in MARKS

    def _is_aside(self, part: Span) -> bool:
        """Tell whether a paragraph is the transcriber's: (Laughter.)"""
        return ASIDE.fullmatch(self.text, *part) is not None

    def _trim(self, start: int, end: int) -> Span:
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), end

    def _find_letter(self) -> list[Turn]:
        """Give a letter or statement that is printed whole to the name that signs it.

        It opens or closes as letters do, or is headed as a statement, says "I" or "we", and has a name beneath it.
        """
        first = self._find_opening()
        closes = [
            number
            for number, (start, end) in enumerate(self.blocks)
            if self._matches("farewell", number) and len(self.text[start:end].split()) <= FAREWELL_WORDS
        ]
        stop = closes[-1] if closes else len(self.blocks)
        below = range(stop, len(self.blocks)) if closes else range(max(len(self.blocks) - 2, 1), len(self.blocks))
        signed = [(number, name) for number in below if (name := find_signer(self.text, *self.blocks[number]))]
        if not signed or (first is None and not closes):
            return []
        number, name = signed[0]
        start = 0 if first is None else first
        spoken = [
            self._skip_greeting(*self.blocks[at])
            for at in range(start, min(stop, number))
            if self.kinds[at] not in (*UNSPOKEN, "title", "standfirst")
        ]
        content = [part for part in spoken if part[0] < part[1] and self.text[part[1] - 1] in ".!?”’\"'"]
        words = {word for part in content for word in self.text[slice(*part)].casefold().split()}
        if words.isdisjoint(FIRST_PERSON) or any(self._is_quoted(part) for part in content):
            return []
        return [Turn(name, name, content, start)]

    def _find_opening(self) -> int | None:
        """Give the block after a statement's heading, or that with which a letter opens."""
        for number, (start, end) in enumerate(self.blocks[:-1]):
            if self._matches("salutation", number) and self._skip_greeting(start, end)[0] > start:
                return number
            if number < 2 and self.text[end - 1] not in '.!?:”’"' and self._matches("statement", number):
                return number + 1
        return None

    def _matches(self, code: str, number: int) -> bool:
        return match_cues(code).match(self.text, *self.blocks[number]) is not None

    def _skip_greeting(self, start: int, end: int) -> Span:
        """Give a letter's paragraph without "Dear voters," or "Sir, –" before it."""
        greeting = match_cues("salutation").match(self.text, start, end)
        if greeting is None:
            return start, end
        comma = min((at for mark in ",:–—" if (at := self.text.find(mark, start, end)) >= 0), default=-1)
        if comma < 0 or len(self.text[start:comma].split()) > 8:
            return start, end
        while comma < end and self.text[comma] in ",:–—- ":
            comma += 1
        return comma, end
