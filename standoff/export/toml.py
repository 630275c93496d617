"""Write tables as TOML text, for the settings that the desk edits and `tomllib` only reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")
WIDE = 100  # characters of a list that stands on one line


def format_toml(data: Mapping[str, Any]) -> str:
    """Give nested tables of texts, numbers, truth values and lists as TOML; what is None or an empty list is left out.

    >>> print(format_toml({"name": "own", "codes": {"pit closure": {"cues": ["pit"]}}}), end="")
    name = "own"
    <BLANKLINE>
    [codes."pit closure"]
    cues = ["pit"]
    """
    return "\n".join(_format_table(data, ())).lstrip("\n") + "\n"


def _format_table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    if path and (plain or not table):
        yield f"\n[{'.'.join(map(_quote_key, path))}]"
    for key, value in plain.items():
        if value is not None and value not in ([], ()):
            yield f"{_quote_key(key)} = {_format_value(value)}"
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _format_table(value, (*path, key))


def _format_value(value: Any) -> str:
    if isinstance(value, list | tuple):
        items = [_format_value(item) for item in value]
        line = f"[{', '.join(items)}]"
        return line if len(line) <= WIDE else "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return _quote(value)


def _quote_key(key: str) -> str:
    return key if BARE.fullmatch(key) else _quote(key)


def _quote(value: Any) -> str:
    """Write a text, a number or a truth value, in which TOML agrees with JSON but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
