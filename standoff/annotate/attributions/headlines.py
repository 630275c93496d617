"""Read headlines, which tell who says a thing in a grammar of their own: "Pit to close – union", "…: union"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.cues import choose_frame
from standoff.annotate.attributions.lexicon import Frame, Lexicon
from standoff.annotate.attributions.roster import Roster, Span
from standoff.codebooks import load_codebook
from standoff.quotations import MARKS

HEADS = frozenset(("title", "standfirst"))
SOURCE_WORDS = 6
SAID_WORDS = 2  # a statement has more
PEOPLE = ("roles", "organisations", "collectives")
FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
SIGNED = re.compile(r"(?P<said>.+?)(?:\s+[–—-]{1,2}\s+|:\s+)(?P<source>[^:–—,;]+)")
SAYING = re.compile(r"(?P<said>.+),\s+(?:(?P<cue>[a-z]+)\s+(?P<source>[^,]+)|(?P<before>[^,]+?)\s+(?P<verb>[a-z]+))")


class Headline(NamedTuple):
    """What a headline gives to a source; `cue` is the number of its token, or None; `place` tells whose the name is."""

    said: Span
    source: Span
    place: Span
    cue: int | None
    frame: Frame | None
    block: int


def read_headlines(
    doc: Doc, blocks: Sequence[Span], kinds: Sequence[str], roster: Roster, lexicon: Lexicon
) -> list[Headline]:
    """Give what each headline and standfirst says by somebody whom it names at its end.

    "…, says minister" and "…, farmers say" need a word of saying; "… – union" and "…: UN" a short name or title of a
    person or body after words that stand for themselves. What stands before a colon is read with transcripts.
    """
    found = []
    for number, block in enumerate(blocks):
        if kinds[number] not in HEADS:
            continue
        headline = _read_saying(doc, block, roster, lexicon) or _read_signed(doc, block, roster)
        if headline is not None:
            found.append(headline._replace(block=number))
    return found


def _read_saying(doc: Doc, block: Span, roster: Roster, lexicon: Lexicon) -> Headline | None:
    """Read "…, says minister" and "…, farmers say", whatever the parser takes "says" and "claims" for."""
    match = SAYING.fullmatch(roster.text, *block)
    if match is None:
        return None
    verb, source = ("cue", "source") if match.group("cue") else ("verb", "before")
    token = _find_token(doc, match.start(verb))
    frame = choose_frame(find_frames_of(token.lower_, lexicon))
    name = match.span(source)
    if frame is None or len(match.group(source).split()) > SOURCE_WORDS or not _stands(doc, match.span("said")):
        return None
    return Headline(match.span("said"), name, roster.find(*name) or name, token.i, frame, 0)


def _read_signed(doc: Doc, block: Span, roster: Roster) -> Headline | None:
    """Read "… – union" and "…: UN": after the mark stands only a name, or what a person or body is.

    After words that are quoted whole anybody may be named.
    """
    match = SIGNED.fullmatch(roster.text, *block)
    if match is None or len(match.group("source").split()) > SOURCE_WORDS or match.group("source")[0] in MARKS:
        return None
    said, name = match.span("said"), match.span("source")
    words = doc.char_span(*name, alignment_mode="expand")
    if words is None or any(word.tag_ in FINITE or word.is_digit for word in words):
        return None
    quoted = match.group("said")[0] in MARKS and match.group("said")[-1] in MARKS
    place = roster.find(*name)
    if quoted or (
        _stands(doc, said) and (place is not None or f" {match.group('source').casefold()}".endswith(_list_people()))
    ):
        return Headline(said, name, place or name, None, None, 0)
    return None


def find_frames_of(word: str, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Give the frames of a verb by its form alone, as a headline has it: says, say, claims."""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word))
    return next((lexicon.verbs[form] for form in forms if form in lexicon.verbs), ())


def _stands(doc: Doc, said: Span) -> bool:
    """Tell whether words are enough for a statement."""
    words = doc.char_span(*said, alignment_mode="expand")
    return words is not None and sum(word.is_alpha for word in words) > SAID_WORDS


def _find_token(doc: Doc, offset: int) -> Token:
    words = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return doc[0] if words is None else words[0]


@cache
def _list_people() -> tuple[str, ...]:
    """Give every noun of a person, a body or a collective that the codebooks hold, plurals too."""
    nouns = {cue.casefold() for which in PEOPLE for code in load_codebook(which).codes.values() for cue in code.cues}
    return tuple(f" {noun}{ending}" for noun in sorted(nouns) for ending in ("", "s"))
