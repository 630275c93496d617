"""Tell what a line is by its own shape and words, wherever it stands."""

from __future__ import annotations

import re
from functools import cache

from standoff.codebooks import load_codebook
from standoff.layout.days import find_day, strip_day

# In words: such lines of English-language papers are rarely longer.
CREDIT_WORDS, DATELINE_WORDS, BYLINE_WORDS, ASIDE_WORDS, CAPTION_WORDS = 8, 16, 14, 14, 70
DATELINE_NAMES = 5  # words on a day's line beside the day itself: a place, a paper, a time zone

OPENERS, CLOSERS = "“‘\"'«", "”’\"'»"  # in pairs
MARKS = frozenset(OPENERS + CLOSERS)
ABBREVIATION = re.compile(r"\b[A-Z]\.[A-Z]\.$|\b[ap]\.m\.$")  # in the last five characters of a line


@cache
def load_cues(key: str) -> frozenset[str]:
    """Give the cues of a code of the layout codebook, without their case."""
    return frozenset(cue.casefold() for cue in load_codebook("layout").codes[key].cues)


_PARTICLES = "|".join(sorted(load_cues("particle")))
CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
NAME = rf"{CAPITALISED}(?: (?:{CAPITALISED}|{_PARTICLES}))*"
NAMES = re.compile(rf"{NAME}(?:(?:, | and | & ){NAME})*")
OPENING = re.compile(
    r"(?:[A-Z]{2}[A-Z.'’ -]*(?:,[^()]*)?)?(?:\([A-Z]\w*\))?\s*[-–—_]+"
)  # "NICOSIA, June 4 (Agency) --"
PLACED = re.compile(
    r"(?:[^\W\d_a-zß-ÿ](?:[^\W\d_a-zß-ÿ]|[.'’/ -]){3,40}?(?:,\s[^()–—\n]{2,40}?)?(?:\s\([A-Z][\w ]{1,20}\))?"
    r"|[^\W\d_a-z][\w.'’, -]{2,40}\s\([A-Z][\w ]{1,20}\))"
    r"\s*(?:–|—|--|\s-)\s*(?=[“\"‘']?[^\W\d_a-z])"
)  # "NAIROBI –", "KHARTOUM, Sudan (Agency) —", "Nairobi (Agency) --", before a capital
SIGNED = re.compile(rf"[–—―-]?\s*({NAME})(?:,\s.*)?", re.DOTALL)


def find_opening(text: str) -> int:
    """Give where a paragraph's own words begin: after the place (and day, and agency) that a dateline opens with.

    >>> find_opening("NAIROBI, May 3 – Talks resumed."), find_opening("Nairobi – the capital – was calm.")
    (17, 0)
    """
    opening = PLACED.match(text)
    return opening.end() if opening is not None else 0


@cache
def match_cues(key: str) -> re.Pattern[str]:
    """Give a pattern for any cue of a code at the start of a line, the longest first, with its colon as group 2."""
    cues = sorted(load_cues(key), key=len, reverse=True)
    return re.compile(rf"[(\[]?\s*({'|'.join(map(re.escape, cues))})(?!\w)\s*(:?)\s*", re.IGNORECASE)


def count_words(line: str) -> int:
    """Count what white space parts."""
    return len(line.split())


def is_open(line: str, *, stops: str = ".!?…:;,") -> bool:
    """Tell whether a line ends without a mark that ends a sentence or announces what follows."""
    bare = line.rstrip(CLOSERS + ")] ")
    return bool(bare) and (bare[-1] not in stops or bool(ABBREVIATION.search(bare[-5:])))


def is_quoted(line: str) -> bool:
    """Tell whether one pair of quotation marks holds the whole line."""
    if len(line) < 3 or line[0] not in OPENERS or line[-1] != CLOSERS[OPENERS.index(line[0])]:
        return False
    _, closed, rest = line[1:-1].partition(line[-1])
    return not closed or (line[0] != line[-1] and line[0] not in rest)


def is_signature(line: str) -> bool:
    """Tell whether a line is only a person's name, perhaps with a description after a comma."""
    found = SIGNED.fullmatch(line)
    return found is not None and is_open(line) and count_words(found.group(1)) <= 4 and count_words(line) <= 12


def is_credit(line: str) -> bool:
    """Tell whether a line says who supplied a picture or text: an agency, or names after "Photo:"."""
    bare = line.strip("()— –-")
    if not bare or count_words(line) > CREDIT_WORDS or line.endswith(tuple(".!?:-–—_")):
        return False
    lead = match_cues("credit-lead").match(bare)
    if lead and (lead.group(2) or " " in lead.group(1)) and lead.end() < len(bare):
        return all(_is_credited(part) for part in re.split(r"[/|,]", bare[lead.end() :].lstrip(", ")))
    if bare.casefold() in load_cues("credit"):
        return True
    parts = [part.strip() for part in re.split(r"[/|]| via |, ", bare)]
    return (
        len(parts) > 1
        and any(part.casefold() in load_cues("credit") for part in parts)
        and all(map(_is_credited, parts))
    )


def _is_credited(part: str) -> bool:
    words = part.split()
    names = (
        bool(words) and words[0][0].isupper() and all(word[0].isupper() or word in load_cues("link") for word in words)
    )
    return names or part.strip().casefold() in load_cues("credit")


def know_line(line: str) -> str | None:
    """Give the kind of a line that shows by itself what it is, or None.

    A day alone, or with a few names beside it, is a dateline; "by" needs names after it; nothing here is a sentence.
    """
    words = count_words(line)
    if not any(character.isalnum() or character in MARKS for character in line):
        return "aside"
    if is_credit(line):
        return "credit"
    if _is_caption(line, words):
        return "caption"
    if _is_byline(line, words):
        return "byline"
    if _is_dateline(line, words):
        return "dateline"
    aside = match_cues("aside").match(line)
    if aside and words <= ASIDE_WORDS and (aside.group(2) or aside.end() == len(line) or _leads_away(aside, line)):
        return "aside"
    return None


def _leads_away(aside: re.Match[str], line: str) -> bool:
    cue = aside.group(1)
    return not cue[0].isalnum() or (is_open(line) and not cue.isalpha())


def _is_caption(line: str, words: int) -> bool:
    if words > CAPTION_WORDS:
        return False
    lead = match_cues("caption").match(line)
    if lead and (lead.group(2) or lead.group(1).count(" ") > 1 or not lead.group(1)[-1].isalnum()):
        return True
    return any(inner.casefold() in load_cues("caption") for inner in re.findall(r"\(([^()]{1,20})\)", line))


def _is_byline(line: str, words: int) -> bool:
    lead = match_cues("byline").match(line)
    if not lead or words > BYLINE_WORDS or lead.end() == len(line):
        return False
    if not is_open(line) and " " not in lead.group(1):
        return False
    names = re.split(r"[,;|(]| in | for ", line[lead.end() :].rstrip(" .)]"), maxsplit=1)[0].strip()
    return bool(NAMES.fullmatch(names))


def _is_dateline(line: str, words: int) -> bool:
    if words > DATELINE_WORDS:
        return False
    if OPENING.fullmatch(line) or line.casefold().rstrip(": ") in load_cues("dateline"):
        return True
    if not find_day(line):
        return False
    lead = match_cues("dateline").match(line)
    if lead and (lead.group(2) or is_open(line)):
        return True
    rest = re.findall(r"\w+", strip_day(line))
    return len(rest) <= DATELINE_NAMES and not any(word[0].islower() for word in rest) and is_open(line)
