"""Join many expressions into one that tells where any of them matches, and tries what they begin with alike only once.

Of expressions in a row, `a b|a c|d`, Python's `re` tries each by itself at each place; here they become `a(?: b| c)|d`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

# One element of an expression, a group apart, and how often it may come.
_PLAIN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^(]", re.S)
_TIMES = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_BRACKETS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", re.S)


def join_openings(expressions: Iterable[str]) -> str:
    """Give an expression that matches, somehow, where any of some does; which of them, and how far, it does not tell.

    >>> join_openings(["the day", "the week", "now", "no"])
    't(?:h(?:e(?: (?:day|week))))|n(?:o(?:w)?)'
    """
    cut = (list(_cut_elements(expression)) for expression in expressions)
    return _join([[f"(?:{''.join(elements)})"] if "|" in elements else elements for elements in cut])


def _join(rows: Sequence[Sequence[str]]) -> str:
    """Join rows of elements, those that begin alike together."""
    rests: dict[str, list[Sequence[str]]] = {}
    for head, *rest in rows:
        rests.setdefault(head, []).append(rest)
    return "|".join(head + _go_on(own) for head, own in rests.items())


def _go_on(rests: Sequence[Sequence[str]]) -> str:
    if len(rests) == 1:
        return "".join(rests[0])
    longer = [rest for rest in rests if rest]
    return f"(?:{_join(longer)})" + "?" * (len(longer) < len(rests)) if longer else ""


def _cut_elements(expression: str) -> Iterator[str]:
    """Yield the elements of an expression, each with how often it may come: characters, classes and groups.

    >>> list(_cut_elements(r"(?:a|b)?\\d{2}x+"))
    ['(?:a|b)?', '\\\\d{2}', 'x+']
    """
    place = 0
    while place < len(expression):
        plain = _PLAIN.match(expression, place)
        end = plain.end() if plain else _close_group(expression, place)
        times = _TIMES.match(expression, end)
        end = times.end() if times else end
        yield expression[place:end]
        place = end


def _close_group(expression: str, start: int) -> int:
    """Give where the group ends that begins at `start`."""
    depth = 0
    for bracket in _BRACKETS.finditer(expression, start):
        depth += {"(": 1, ")": -1}.get(bracket[0], 0)
        if depth == 0:
            return bracket.end()
    raise ValueError(f"the group at {start} is not closed: {expression}")
