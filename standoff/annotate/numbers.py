"""Read English numbers, in figures or words."""

from __future__ import annotations

import re

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: number for number, word in enumerate(f"{_ONES} seventeen eighteen nineteen".split())}
_SMALL |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_SMALL |= {"a": 1, "an": 1}
_LARGE = {"thousand": 1000, "million": 1_000_000}
_COLLECTIVE = {"dozen": 12, "couple": 2}


def read_number(words: str) -> str | None:
    """Give the number that `words` name as digits, or None if they name none.

    Reads figures, fractions, and words up to the millions; a pair of words like "nineteen ninety-six" is a year.

    >>> [read_number(words) for words in ("1,500", "2 1/2", "two-and-a-half", "nineteen ninety-six", "half a", "and")]
    ['1500', '2.5', '2.5', '1996', '0.5', None]
    """
    if match := re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s+(\d)/([1-9]))?", words):
        figure = float(match[1].replace(",", "")) + (int(match[2]) / int(match[3]) if match[2] else 0)
        return f"{figure:g}" if figure < 100_000 else str(int(figure))
    total = current = 0.0
    parts = [part for part in re.split(r"[\s-]+", words.lower()) if part not in ("and", "of")]
    if not parts or any(part not in {*_SMALL, *_COLLECTIVE, "half", "hundred", *_LARGE} for part in parts):
        return None
    for number, part in enumerate(parts):
        before = _SMALL.get(parts[number - 1], 0) if number else 0
        if part == "half":
            current = (current - 1 if parts[number - 1 : number] == ["a"] else current) + 0.5
        elif part in _COLLECTIVE:
            current = max(current, 1) * _COLLECTIVE[part]
        elif part == "hundred":
            current = max(current, 1) * 100
        elif part in _LARGE:
            total, current = total + max(current, 1) * _LARGE[part], 0
        elif part in ("a", "an"):
            current += 0 if number and parts[number - 1] == "half" else 1
        elif before >= 10 and _SMALL[part] >= 10:
            current = current * 100 + _SMALL[part]
        else:
            current += _SMALL[part]
    total += current
    return f"{total:g}" if total < 100_000 else str(int(total))
