"""Name the tags of words, and turn spans into tags and back.

A role's span is one word ("S-") or begins, goes on and ends ("B-", "I-", "E-"), as in Ratinov & Roth (CoNLL 2009).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Range = tuple[int, int]

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{part}-{role}" for role in ROLES for part in "BIES"))
# What words are to one cue: the same tags without the cue's own.
OWN_TAGS = tuple(tag for tag in TAGS if not tag.endswith("-cue"))
OWN = np.array([TAGS.index(tag) for tag in OWN_TAGS])
# Kinds of names, as OntoNotes 5 has them; a name begins or goes on, and any word may be its last.
NAME_KINDS = (
    *("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"),
    *("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
NAME_TAGS = ("O", *(f"{part}-{kind}" for kind in NAME_KINDS for part in "BI"))
# What is added to the score of a tag, or of one tag after another, that may not be.
NEVER = -1e4


def tag_spans(length: int, spans: Sequence[tuple[str, int, int]]) -> NDArray[np.int64]:
    """Give the tag numbers of `length` words from spans as (role, first word, after the last); later spans yield.

    >>> [TAGS[number] for number in tag_spans(4, [("source", 0, 1), ("content", 2, 4)])]
    ['S-source', 'O', 'B-content', 'E-content']
    """
    tags = np.zeros(length, dtype=np.int64)
    for role, start, end in spans:
        if start >= end or tags[start:end].any():
            continue
        if end - start == 1:
            tags[start] = TAGS.index(f"S-{role}")
            continue
        tags[start:end] = TAGS.index(f"I-{role}")
        tags[start] = TAGS.index(f"B-{role}")
        tags[end - 1] = TAGS.index(f"E-{role}")
    return tags


def read_spans(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the spans of a course of tags that keeps to the rules; one cut short by the end of the words still counts.

    >>> list(read_spans(["S-cue", "O", "B-content", "I-content"]))
    [('cue', 0, 1), ('content', 2, 4)]
    """
    start = 0
    for number, tag in enumerate(tags):
        part, _, role = tag.partition("-")
        if part in ("B", "S"):
            start = number
        if part in ("E", "S") or (part in ("B", "I") and number == len(tags) - 1):
            yield role, start, number + 1


def read_names(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the names of a course of name tags; one that goes on without having begun begins there.

    >>> list(read_names(["B-GPE", "I-GPE", "I-ORG", "O", "B-GPE"]))
    [('GPE', 0, 2), ('ORG', 2, 3), ('GPE', 4, 5)]
    """
    start, kind = 0, ""
    for number, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            yield kind, start, number
            kind = ""
        if tag != "O" and not kind:
            start, kind = number, tag[2:]
