"""Find what a text itself says of two actors that it names side by side: "formerly known as", "the youth wing of"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.letters import lower_in_place
from standoff.records import Mention, Reading
from standoff.resolve.memory import remembered

_BEFORE = re.compile(r"[\s,(–—]*(?:(?:which|who|that|and)\s+)?(?:(?:was|were|is|are|has|had|have)\s+(?:been\s+)?)?")
_AFTER = re.compile(r"\s+(?:(?:the|an?|its|his|her)\s+)?(?:(?:now-)?(?:dissolved|defunct|banned|outlawed|former)\s+)?")
REACH = 40  # characters between a mention and the words that link it


class Link(NamedTuple):
    """Two actors, what the text says of them (a code of `identities`), and the words in which it does."""

    left: str
    right: str
    code: str
    words: str


@remembered
def find_links(reading: Reading) -> tuple[Link, ...]:
    """Give each two actors that an article puts on either side of words of the codebook, and nothing else between."""
    text, found = reading.article.text, []
    lower = lower_in_place(text)
    if _compile_any().search(lower) is None:
        return ()
    by_end: dict[int, list[Mention]] = {}
    by_start: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        by_end.setdefault(mention.passage.end, []).append(mention)
        by_start.setdefault(mention.passage.start, []).append(mention)
    for code, pattern in _compile_cues().items():
        for match in pattern.finditer(lower):
            left = _find_before(by_end, text, match.start())
            right = _find_after(by_start, text, match.end())
            if left is not None and right is not None and left.actor != right.actor:
                found.append(Link(left.actor, right.actor, code, text[slice(*match.span())]))
    return tuple(dict.fromkeys(found))


def _find_before(by_end: dict[int, list[Mention]], text: str, place: int) -> Mention | None:
    """Give the mention that ends right before a place, the longest of several."""
    for end in range(place, max(0, place - REACH), -1):
        if end in by_end and _BEFORE.fullmatch(text, end, place):
            return min(by_end[end], key=lambda mention: (mention.passage.start, mention.id))
    return None


def _find_after(by_start: dict[int, list[Mention]], text: str, place: int) -> Mention | None:
    for start in range(place, min(len(text), place + REACH)):
        if start in by_start and _AFTER.fullmatch(text, place, start):
            return max(by_start[start], key=lambda mention: (mention.passage.end, mention.id))
    return None


@cache
def _compile_cues() -> dict[str, re.Pattern[str]]:
    """Give one pattern for the cues of each code, the longest first; they are for text in lower case."""
    return {
        code.key: re.compile(
            rf"\b(?:{'|'.join(re.escape(cue.lower()) for cue in sorted(code.cues, key=len, reverse=True))})(?!\w)"
        )
        for code in load_codebook("identities").codes.values()
    }


@cache
def _compile_any() -> re.Pattern[str]:
    """Give one pattern for the cues of all codes: most articles have none."""
    return re.compile("|".join(pattern.pattern for pattern in _compile_cues().values()))
