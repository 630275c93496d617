"""Split a text into blocks and say what each is: running text, a heading, a caption, a pull-quote.

A newspaper page is more than its sentences: a photo's caption and credit, a line lifted out of the text, a crosshead
between two paragraphs. Each stands in the article's text as if it were a paragraph. Both `ingest` (for the title and
the day) and `annotate` (for the sentences) need to know which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

KINDS = ("title", "standfirst", "dateline", "byline", "body", "crosshead", "caption", "credit", "pullquote", "quotename")


class Block(NamedTuple):
    """A run of characters with one function; `kind` is one of KINDS."""

    start: int
    end: int
    kind: str


def split_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of `text` in reading order, without the white space between them."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            yield Block(start, end, "body")
