"""Read the marks that a coder has put around words in a text: `<a1>…</a1>`, a letter for what, digits for of which."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, NoReturn

from standoff.errors import ConfigError

Range = tuple[int, int]

TAG = re.compile(r"<(/?)([A-Za-z]+)([0-9]*)>")


class Marked(NamedTuple):
    """Hold an entry's text without its marks, its marks, its codes, and where it stands, for messages."""

    text: str
    marks: list[tuple[str, str, Range]]
    codes: list[str]
    where: str


def read_entry(
    raw: Mapping[str, Any], key: str, *, thing: str, form: str, letters: Collection[str], where: str
) -> Marked:
    """Read the marked text of an entry, and the codes of up to nine things that it marks, which stand under `key`.

    Raises ConfigError where a mark does not add up, or is of a thing that has no code of the given `form`.
    """
    if not isinstance(raw.get("text"), str):
        refuse(where, "text is missing or not text", "write it in quotation marks")
    where += f" (“{TAG.sub('', raw['text'])[:40].strip()}…”)"
    codes = raw.get(key)
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes) or len(codes) > 9:
        refuse(where, f"{key} is missing or not a list", f'give up to nine of the form "{form}", or []')
    try:
        text, marks = strip_marks(raw["text"], letters)
    except ValueError as error:
        refuse(where, str(error), "mend the marks")
    for letter, digits, _ in marks:
        if max(map(int, digits)) > len(codes):
            refuse(where, f"<{letter}{digits}> is of {thing} that is not there", f"{key} has {len(codes)}")
    return Marked(text, marks, codes, where)


def strip_marks(marked: str, letters: Collection[str]) -> tuple[str, list[tuple[str, str, Range]]]:
    """Give the text without its marks, and each mark's letter, digits and range, in the order in which they close.

    Marks may stand in one another but not cross; `letters` are those that they may have. Raises ValueError, in a few
    words, for any that do not add up.

    >>> strip_marks("<a1>Chad</a1> <e1>quit</e1>.", "ae")
    ('Chad quit.', [('a', '1', (0, 4)), ('e', '1', (5, 9))])
    """
    text = ""
    at = 0
    opened: list[tuple[str, str, int]] = []
    found: list[tuple[str, str, Range]] = []
    for match in TAG.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        closing, letter, digits = match.groups()
        if letter not in letters or not digits or "0" in digits:
            raise ValueError(f"{match[0]} is not a mark; marks are {', '.join(letters)} with digits from 1")
        if not closing:
            opened.append((letter, digits, len(text)))
            continue
        if not opened or opened[-1][:2] != (letter, digits):
            raise ValueError(f"{match[0]} closes what is not open there")
        start = opened.pop()[2]
        if not text[start:] or text[start:] != text[start:].strip():
            raise ValueError(f"{match[0]} holds “{text[start:]}”, which is empty or has white space at its edge")
        found.append((letter, digits, (start, len(text))))
    if opened:
        raise ValueError(f"<{opened[0][0]}{opened[0][1]}> is not closed")
    return text + marked[at:], found


def refuse(where: str, what: str, advice: str) -> NoReturn:
    """Raise ConfigError with the place in a file, what is wrong there, and what to do."""
    raise ConfigError(f"{where}: {what}; {advice}.")
