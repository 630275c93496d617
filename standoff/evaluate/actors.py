"""Score how actors are coded, on a file of names with their descriptions."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from standoff.annotate.mentions import code_actor
from standoff.evaluate.lines import read_lines, write_lines


def evaluate_actors(
    path: str | os.PathLike[str], *, predictions: str | os.PathLike[str] | None = None
) -> dict[str, float]:
    """Give the accuracy, in per cent, of country and sectors on a file of JSON lines.

    Each line has `text` (an actor's name with its description), `country` (ISO 3166 alpha-3, IGO, NGO or null) and
    `sectors` (PLOVER codes). `country` counts equal countries; `sector` lines whose first sector of ours is one of
    gold's (or where both have none); `sectors` equal sets; `both` lines with country and first sector right. INT in
    gold stands for any international code. CAMEO's MED is read as JRN, and its HLH as MED (see `_respell`). With
    `predictions`, what was coded is written there, a line for each.
    Raises SourceError for a file that cannot be read, naming the line.
    """
    rows = read_lines(path, needs=("text",))
    spelling = _respell({sector for row in rows for sector in row.get("sectors") or ()})
    coded = [code_actor(row["text"]) for row in rows]
    if predictions is not None:
        write_lines(
            predictions,
            (
                {**row, "country": country, "sectors": sectors}
                for row, (country, sectors) in zip(rows, coded, strict=True)
            ),
        )
    hits = [_compare(row, country, sectors, spelling) for row, (country, sectors) in zip(rows, coded, strict=True)]
    names = ("country", "sector", "sectors", "both")
    scores = {name: round(100 * sum(hit[at] for hit in hits) / len(hits), 1) for at, name in enumerate(names)}
    return {**scores, "lines": float(len(rows))}


def _respell(used: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Tell what the codes of a file may mean in PLOVER's spelling, from the codes that it uses.

    PLOVER has JRN for media and MED for medicine; CAMEO, and codings after it, have MED and HLH. A file with HLH is
    CAMEO's; one with neither HLH nor JRN does not tell, so that its MED may be either.
    """
    if "HLH" in used:
        return {"MED": frozenset({"JRN"}), "HLH": frozenset({"MED"})}
    return {} if "JRN" in used else {"MED": frozenset({"MED", "JRN"})}


def _compare(
    row: dict[str, Any], country: str | None, sectors: Sequence[str], spelling: Mapping[str, frozenset[str]]
) -> tuple[bool, bool, bool, bool]:
    """Tell what of one line is right: country, first sector, all sectors, country and first sector."""
    wanted = row.get("country") or None
    gold = [spelling.get(sector, frozenset({sector})) for sector in dict.fromkeys(row.get("sectors") or ())]
    place = country == wanted or (wanted == "INT" and country in ("IGO", "NGO", "IMG"))
    first = any(sectors[0] in either for either in gold) if sectors else not gold
    every = len(set(sectors)) == len(gold) and all(set(sectors) & either for either in gold)
    return place, first, every, place and first
