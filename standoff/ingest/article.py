"""Make an article of a text: check that it can be read, and take from it what it says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from standoff.errors import SourceError
from standoff.ingest.languages import find_foreign_language
from standoff.layout import Block, read_day, split_blocks
from standoff.layout.days import find_day
from standoff.layout.shapes import load_cues, match_cues
from standoff.records import Article

MAX_CHARACTERS = 1_000_000  # of one text: what the parser takes, some 150,000 words, more than any report
MAX_CONTROLS = 0.02  # share of control characters above which bytes are no text
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
OPENING = 80  # characters in which an agency opens a report: "HARBOUR CITY, June 4, 2012 (Agency) – "
DASH = re.compile(r"\s*(?:\([^)]{1,40}\)\s*)?(?:[–—]|-[-\s])")


def make_article(
    text: str,
    source: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Article:
    """Give a text as an article, its id made from the text alone; what is not given is looked for in the text.

    Newlines become "\\n" and a byte-order mark goes; nothing else changes. A day is taken only from a line that dates
    the article, never guessed. Raises SourceError for a text that is empty, too long, no text, or not English.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    check_text(text)
    blocks = split_blocks(text)
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=source,
        title=title or _find_title(text, blocks),
        outlet=outlet or _find_outlet(text, blocks),
        url=url,
        language="en",
        published=published or _find_day(text, blocks),
        text=text,
    )


def check_text(text: str) -> None:
    """Raise SourceError, in one sentence, for a text that is not an English article of a sensible size."""
    if not text.strip():
        raise SourceError("there is no text in it; give a file that holds an article.")
    if len(text) > MAX_CHARACTERS:
        raise SourceError(describe_size(f"{len(text):,} characters"))
    if "\x00" in text or len(CONTROLS.findall(text)) > MAX_CONTROLS * len(text):
        raise SourceError("it holds binary data, not text; give a text, HTML, JSONL, CSV or Parquet file.")
    half = re.search(r"[\ud800-\udfff]", text)
    if half:
        raise SourceError(f"character {half.start()} is half of a surrogate pair, which is no text; write it out anew.")
    foreign = find_foreign_language(text)
    if foreign:
        raise SourceError(f"it is in {foreign}, Standoff reads English; skipped.")


def describe_size(size: str) -> str:
    """Say that an article is too long, and what to do."""
    limit = MAX_CHARACTERS // 1_000_000
    return f"it holds {size}, and one article may have {limit} million characters; split it into its articles."


def _find_title(text: str, blocks: Sequence[Block]) -> str | None:
    return next((" ".join(text[block.start : block.end].split()) for block in blocks if block.kind == "title"), None)


def _find_day(text: str, blocks: Sequence[Block]) -> str | None:
    """Give the day that the article's own lines give it: published before unnamed before updated."""
    found: list[tuple[int, str]] = []
    for block in blocks:
        line = text[block.start : block.end]
        given = read_day(line) if block.kind in ("dateline", "byline") else None
        if given is not None:
            lead = match_cues("dateline").match(line)
            changed = lead is not None and lead.group(1).casefold() in load_cues("changed")
            found.append((2 if changed else 0 if lead else 1, given))
    if found:
        return min(found, key=lambda item: item[0])[1]
    first = next((text[block.start : block.end] for block in blocks if block.kind == "body"), "")
    day = find_day(first[:OPENING])
    if day is None or not DASH.match(first, day.end()):
        return None
    return read_day(day.group()) if all(word[0].isupper() for word in first[: day.start()].split()) else None


def _find_outlet(text: str, blocks: Sequence[Block]) -> str | None:
    """Give the paper that a line with the writer or the day names, if a word of the name shows it to be one."""
    for block in blocks:
        if block.kind not in ("dateline", "byline"):
            continue
        for part in re.split(r"\s*[|•·,–—]\s+|\s+[-/]\s+", text[block.start : block.end])[:6]:
            words = part.split()
            named = words and all(word[0].isupper() or word in ("of", "the", "and") for word in words)
            if named and 1 < len(words) <= 6 and not load_cues("outlet").isdisjoint(word.casefold() for word in words):
                return part
    return None
