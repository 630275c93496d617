"""Tell apart the parts of a name or description that a coder gives an actor: "the pickets in Durban"."""

from __future__ import annotations

import re

ARTICLE = re.compile(r"^(?:the|an|a)\s+", re.IGNORECASE)
MORE = re.compile(r" (?:of|in|at|on|from|for|with|near|under|along|across|who|that)\b")  # goes on with a description


def cut_description(name: str) -> str:
    """Give a description up to where it goes on: a reader may take its first words for the whole mention.

    >>> cut_description("pickets who left the gate in Durban")
    'pickets'
    """
    more = MORE.search(name)
    return name if more is None else name[: more.start()]
