"""Write the dyad table: who dealt with whom in which month, how often by type, and how well."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any

from standoff.codebooks import load_codebook
from standoff.records import Record, Status
from standoff.resolve.deeds import DONE, Deed, Pair, list_deeds
from standoff.writing import replace_file

if TYPE_CHECKING:
    import os

    import pandas as pd


def tabulate_dyads(record: Record, *, statuses: frozenset[Status] = DONE) -> pd.DataFrame:
    """Give a row for each actor, recipient and month (YYYY-MM), in that order, with counts and the mean score.

    A deed counts once in the row of each of its pairs, not shared out among them: rows answer "how often did A do this
    to B", and their sum over pairs is not the number of deeds. What nothing dates to one month has none. `events` is
    the row's deeds and the columns before it split them by type; `dated` of them have a day in the articles' own words;
    `articles` are those that tell of them, copies counted once; `score` is the mean on PLOVER's scale from -10 to +10.
    """
    import pandas as pd

    deeds = list_deeds(record, statuses=statuses)
    types = _order_types(deeds)
    actors = {actor.id: actor for actor in record.actors}

    def describe(side: str, key: str | None) -> dict[str, str | None]:
        actor = actors.get(key or "")
        return {
            side: key,
            f"{side}_name": actor.name if actor else None,
            f"{side}_country": actor.country if actor else None,
            f"{side}_sectors": " ".join(actor.sectors) if actor else None,
        }

    rows: dict[tuple[Pair, str | None], list[Deed]] = {}
    for deed in deeds:
        for pair in deed.pairs:
            rows.setdefault((pair, deed.month), []).append(deed)
    table: list[dict[str, Any]] = []
    for ((actor, recipient), month), told in rows.items():
        scores = [deed.intensity for deed in told if deed.intensity is not None]
        table.append(
            {
                **describe("actor", actor),
                **describe("recipient", recipient),
                "month": month,
                **{type_: sum(deed.type == type_ for deed in told) for type_ in types},
                "events": len(told),
                "dated": sum(deed.dated for deed in told),
                "articles": len(frozenset().union(*(deed.origins for deed in told))),
                "score": round(fmean(scores), 3) if scores else None,
            }
        )
    columns = [*describe("actor", None), *describe("recipient", None), "month", *types]
    frame = pd.DataFrame(table, columns=[*columns, "events", "dated", "articles", "score"])
    keys = ["actor_name", "actor", "recipient_name", "recipient", "month"]
    return frame.sort_values(keys, na_position="last", ignore_index=True)


def write_dyads(record: Record, path: str | os.PathLike[str], *, statuses: frozenset[Status] = DONE) -> pathlib.Path:
    """Write the dyad table to `path`, as Parquet if it ends so and else as CSV, and give that path."""
    target = pathlib.Path(path)
    frame = tabulate_dyads(record, statuses=statuses)
    with replace_file(target) as place:
        if target.suffix == ".parquet":
            frame.to_parquet(place, index=False)
        else:
            frame.to_csv(place, index=False)
    return target


def _order_types(deeds: Iterable[Deed]) -> Sequence[str]:
    """Give PLOVER's types in the codebook's order, all of them, then what an ontology of one's own has beside them."""
    known = list(load_codebook("plover").codes)
    return [*known, *sorted({deed.type for deed in deeds} - set(known))]
