"""Score how actors are coded, on a file of names with their descriptions."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterator, Sequence
from typing import Any

from standoff.annotate.mentions import code_actor
from standoff.errors import SourceError


def evaluate_actors(
    path: str | os.PathLike[str], *, predictions: str | os.PathLike[str] | None = None
) -> dict[str, float]:
    """Give the accuracy, in per cent, of country and sectors on a file of JSON lines.

    Each line has `text` (an actor's name with its description), `country` (ISO 3166 alpha-3, IGO, NGO or null) and
    `sectors` (PLOVER codes). `country` counts equal countries; `sector` lines whose first sector of ours is one of
    gold's (or where both have none); `sectors` equal sets; `both` lines with country and first sector right. INT in
    gold stands for any international code. With `predictions`, what was coded is written there, a line for each.
    Raises SourceError for a file that cannot be read, naming the line.
    """
    rows = list(_read_rows(pathlib.Path(path)))
    coded = [code_actor(row["text"]) for row in rows]
    if predictions is not None:
        lines = (
            json.dumps({**row, "country": country, "sectors": sectors}, ensure_ascii=False)
            for row, (country, sectors) in zip(rows, coded, strict=True)
        )
        pathlib.Path(predictions).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    hits = [_compare(row, country, sectors) for row, (country, sectors) in zip(rows, coded, strict=True)]
    names = ("country", "sector", "sectors", "both")
    scores = {name: round(100 * sum(hit[at] for hit in hits) / len(hits), 1) for at, name in enumerate(names)}
    return {**scores, "lines": float(len(rows))}


def _compare(row: dict[str, Any], country: str | None, sectors: Sequence[str]) -> tuple[bool, bool, bool, bool]:
    """Tell what of one line is right: country, first sector, all sectors, country and first sector."""
    wanted = row.get("country") or None
    gold = set(row.get("sectors") or ())
    place = country == wanted or (wanted == "INT" and country in ("IGO", "NGO", "IMG"))
    first = sectors[0] in gold if sectors else not gold
    return place, first, set(sectors) == gold, place and first


def _read_rows(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of the file, or raise SourceError that says which one is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read ({error}); give a UTF-8 file of JSON lines.") from error
    found = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(f"{path}, line {number} is not JSON: {error.msg}.") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise SourceError(f"{path}, line {number} has no `text`; each line needs text, country and sectors.")
        found = True
        yield row
    if not found:
        raise SourceError(f"{path} has no lines; each line needs text, country and sectors.")
