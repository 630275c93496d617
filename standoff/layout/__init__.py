"""Split a text into blocks and say what each is: running text, a heading, a caption, a pull-quote.

A newspaper page is more than its sentences: a photo's caption and credit, a line lifted out of the text, a crosshead
between two paragraphs. Each stands in the article's text as if it were a paragraph. Both `ingest` (for the title and
the day) and `annotate` (for the sentences) need to know which is which.

The rules go by shape (how long a line is, how it ends), by place (before the first paragraph, between two, last) and
by repetition (a pull-quote repeats the text); the few words that they need are in `codebooks/layout.toml`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from standoff.layout.days import read_day
from standoff.layout.kinds import mark_kinds
from standoff.layout.lines import find_spans
from standoff.layout.shapes import find_opening

__all__ = ["KINDS", "Block", "find_opening", "read_day", "split_blocks"]

REMEMBERED = 1000  # texts whose blocks are kept: an article's are asked for when it is taken in, parsed and compared

KINDS = (
    "title",
    "standfirst",
    "dateline",
    "byline",
    "body",
    "crosshead",
    "caption",
    "credit",
    "pullquote",
    "quotename",
    "aside",  # points away from the article, or names its section: "Read more", "Advertisement", "World"
)


class Block(NamedTuple):
    """A run of characters with one function; `kind` is one of KINDS."""

    start: int
    end: int
    kind: str


@lru_cache(maxsize=REMEMBERED)
def split_blocks(text: str) -> tuple[Block, ...]:
    """Give the blocks of `text` in reading order, without the white space between them.

    A block is a line, or several where a sentence runs on over a line's end. What no rule knows is `body`: a line is
    taken out of the running text only for a reason. It does not look inside a paragraph, save for a caption's credit.

    >>> [block.kind for block in split_blocks("Talks fail\\n\\nThe pit talks failed. Both sides left.\\n\\nReuters")]
    ['title', 'body', 'credit']
    """
    spans = find_spans(text)
    return tuple(Block(start, end, kind) for (start, end), kind in zip(spans, mark_kinds(text, spans), strict=True))
