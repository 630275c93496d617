"""Read inline markup: '<source>Ada Ito</source> <cue>said</cue> <content>no deal</content>.' to text and offsets."""

from __future__ import annotations

import re
from collections import defaultdict

TAG = re.compile(r"<(/?)([a-z]+)([0-9]*)>")


def read_markup(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """Give the text without its tags, and for each tag the offsets of what it holds, in the order of their starts.

    Tags may nest. A number sets two of a kind apart that overlap: <content1>…<content2>…</content1>…</content2>; both
    come under "content".

    >>> read_markup("<source>Ada</source> <cue>said</cue> no.")
    ('Ada said no.', {'source': [(0, 3)], 'cue': [(4, 8)]})
    """
    text = ""
    at = 0
    opened: dict[str, list[int]] = defaultdict(list)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in TAG.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        closing, name, number = match.groups()
        if closing:
            found[name].append((opened[name + number].pop(), len(text)))
        else:
            opened[name + number].append(len(text))
    unclosed = [name for name, starts in opened.items() if starts]
    if unclosed:
        raise ValueError(f"<{unclosed[0]}> is not closed in {marked!r}")
    return text + marked[at:], {name: sorted(spans) for name, spans in found.items()}
