"""Keep text as it is in databases that cannot hold every character that Python can.

PostgreSQL refuses the NUL character, and both engines refuse half of a surrogate pair, which is no UTF-8. Such a
character is written as a mark and its four hexadecimal digits; the mark, which no text has, is written so itself.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

MARK = "\ufdd0"  # a code point that Unicode keeps for a program's own use: it is in no text, and either engine holds it
AWKWARD = re.compile(f"[\x00\ud800-\udfff{MARK}]")
WRITTEN = re.compile(f"{MARK}([0-9a-f]{{4}})")


def write_exactly(text: str) -> str:
    r"""Give `text` in a form that both engines hold.

    >>> read_exactly(write_exactly("one\x00two")) == "one\x00two"
    True
    """
    return AWKWARD.sub(lambda found: f"{MARK}{ord(found[0]):04x}", text)


def read_exactly(text: str) -> str:
    """Give back the text that `write_exactly` was given."""
    if MARK not in text:
        return text
    return WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)


class ExactText(TypeDecorator[str]):
    """Be a column of text that gives back every character it was given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Write what goes into the database."""
        return value if value is None else write_exactly(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """Read what comes out of it."""
        return value if value is None else read_exactly(value)
