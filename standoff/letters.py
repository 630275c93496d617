"""Letters, whatever language they are of."""

from __future__ import annotations


def lower_in_place(text: str) -> str:
    """Give the text in lower case, each character in its place.

    >>> "İzmir".lower() == lower_in_place("İzmir"), lower_in_place("İZMİR")
    (False, 'İzmİr')
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
