"""Read and write the JSON lines that benchmarks and their predictions stand in."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any

from standoff.errors import SourceError


def read_lines(path: str | os.PathLike[str], *, needs: tuple[str, ...]) -> list[dict[str, Any]]:
    """Give the objects of a file of JSON lines, each of which has the fields that `needs` names.

    Raises SourceError, naming the line, for a file that cannot be read, holds nothing, or lacks a field.
    """
    try:
        text = pathlib.Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}; give a UTF-8 file of JSON lines.") from error
    rows = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(f"{path}: line {number} is not JSON ({error}).") from error
        missing = [name for name in needs if not isinstance(row, dict) or name not in row]
        if missing:
            raise SourceError(f"{path}: line {number} has no `{missing[0]}`; each needs {', '.join(needs)}.")
        rows.append(row)
    if not rows:
        raise SourceError(f"{path} has no lines; each needs {', '.join(needs)}.")
    return rows


def write_lines(path: str | os.PathLike[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, as UTF-8."""
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    pathlib.Path(path).write_text(text, encoding="utf-8")
