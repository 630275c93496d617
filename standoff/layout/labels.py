"""Find the names that a page prints beside words: "Ana Reyes, nurse: …" before them, "– Ana Reyes, nurse" after them.

Only shapes are read here. Whether the name is a speaker's, or "Analysis: …" and "Nicosia: …", is for the reader of the
words to say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from standoff.layout.shapes import NAME, load_cues

Span = tuple[int, int]

# What may stand before a line's first word: a bullet; a time of day, as in a live report; a year, as in a chronicle.
_TIME = r"[\[(]?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|[A-Z]{2,4}T))?[\])]?"
LEAD = re.compile(rf"\s*(?:[•*·▪‣–—―-]\s+)?(?:(?:[Uu]pdate[d]?:?\s+)?{_TIME}\s*[:–—-]?\s+|\d{{4}}:\s+)?")
_SHORT = r"[^\W\d_a-z]\w{0,3}\."  # "Gen.", "J.": any other stop ends a sentence
_REST = r"[\w'’&/@-]*(?:\.[\w'’-]+)*"
_WORDS = rf"(?:{_SHORT}|(?:@\w|[^\W\d_a-z]){_REST})(?:\s(?:{_SHORT}|[\w@]{_REST})){{0,6}}?"
_ABOUT = r"(?:\s?\([^()\n]{1,40}\))?(?:,\s[^:“”\"«»„\n.!?]{1,80})?"
LABEL = re.compile(rf"(?P<name>{_WORDS})(?P<about>{_ABOUT})\s?:(?=\s|$|[“\"‘'«„])")
LETTER = re.compile(r"(?P<name>[QA]|Question|Answer)\s?[.:](?=\s|$)")
POSTED = re.compile(rf"(?P<name>{NAME})\s\(?@\w{{2,30}}\)?(?:\s·\s.{{1,20}})?$")
AFTER_STOP = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”’\"'»]))\s+(?=[^\W\d_a-z@])")

_TITLED = rf"{NAME}|@\w+|[^\W\d_a-z]\w+(?:\s[\w.'’-]+){{0,3}}\s{NAME}"
_DASHED = rf"[–—―-]{{1,2}}\s?(?P<dashed>{_TITLED})(?:\s\(@\w+\))?(?:,\s[^.!?]*)?"
_BRACKETED = rf"\((?P<bracketed>{NAME})(?:,\s[^()]*)?\)"
_PLAIN = rf"(?P<plain>{NAME})(?:,\s\d{{1,3}})?,\s[^.!?:;“”\"]{{3,60}}"
_DAY = r"(?:[\s,]+[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,?\s\d{4})?)?"
SIGNATURE = re.compile(rf"[\s,]*(?:(?:{_DASHED}|{_BRACKETED}){_DAY}|{_PLAIN})\.?\s*")
SIGNED = re.compile(rf"(?:Signed[:,]?\s+)?(?:{_DASHED}|(?P<alone>{NAME})(?:,\s[^.!?]*)?)")
TAIL = re.compile(rf"\s[–—―-]{{1,2}}\s?(?P<name>{NAME})\s\(@\w{{2,30}}\){_DAY}\s*$")


class Label(NamedTuple):
    """The words that name a speaker, and where the words after the colon begin."""

    name: Span
    end: int


def find_label(text: str, start: int, end: int) -> Label | None:
    """Give the name before a colon with which a line opens, after its bullet or time, or None.

    >>> line = "10:15 – UN envoy Ana Reyes, 41: Now or never."
    >>> label = find_label(line, 0, len(line))
    >>> line[slice(*label.name)], line[label.end :]
    ('UN envoy Ana Reyes', ' Now or never.')
    """
    lead = LEAD.match(text, start, end)
    at = start if lead is None else lead.end()
    found = LETTER.match(text, at, end) or LABEL.match(text, at, end) or POSTED.match(text, at, end)
    if found is None or not load_cues("no-speaker").isdisjoint(_list_ends(found.group("name"))):
        return None
    return Label(found.span("name"), found.end())


def find_label_before(text: str, start: int, end: int) -> Label | None:
    """Give the name before a colon that is the last thing from `start` to `end`, where a quotation begins."""
    stops = [match.end() for match in AFTER_STOP.finditer(text, start, end)]
    for at in (start, *stops):
        label = find_label(text, at, end)
        if label is not None and not text[label.end : end].strip():
            return label
    return None


def find_signature(text: str, start: int, end: int) -> Span | None:
    """Give the name that is all that follows a quotation: – Ana Reyes, nurse; (Ana Reyes); Ana Reyes, 41, nurse."""
    found = SIGNATURE.fullmatch(text, start, end)
    return None if found is None else _pick(found, "dashed", "bracketed", "plain")


def find_signer(text: str, start: int, end: int) -> Span | None:
    """Give the name of a line that is only a name, or a name with what its bearer is."""
    found = SIGNED.fullmatch(text, start, end)
    return None if found is None else _pick(found, "dashed", "alone")


def find_posted(text: str, start: int, end: int) -> tuple[Span, Span] | None:
    """Give the words of a post and the name after its dash: We are many. — Ana Reyes (@anareyes) May 3, 2024."""
    found = TAIL.search(text, start, end)
    return None if found is None else ((start, found.start()), found.span("name"))


def _pick(found: re.Match[str], *groups: str) -> Span:
    return next(found.span(group) for group in groups if found.group(group) is not None)


def _list_ends(name: str) -> set[str]:
    """Give a label whole, and its first and its last word, without case."""
    words = name.casefold().split()
    return {name.casefold(), words[0], words[-1]}
