"""Write a record as CSV or Parquet: one file per kind, a row per entry, columns named as the record's fields."""

from __future__ import annotations

import json
import pathlib
from typing import TYPE_CHECKING, Any, Literal

from standoff.errors import ConfigError
from standoff.records import Record
from standoff.writing import replace_file

if TYPE_CHECKING:
    import os


def export_tables(
    record: Record, folder: str | os.PathLike[str], *, form: Literal["csv", "parquet"] = "csv"
) -> list[pathlib.Path]:
    """Write each kind of `record` as a file into `folder`, and give the files' paths.

    A field with parts becomes a column per part (`when.earliest`); a field with several values is JSON in its cell.
    Raises ConfigError if the folder cannot be made.
    """
    root = pathlib.Path(folder)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{root}: {error.strerror}; give a folder that can be written.") from error
    paths = []
    for kind, frame in record.to_frames().items():
        flat = frame.map(_flatten_cell)
        path = root / f"{kind}.{form}"
        with replace_file(path) as place:
            if form == "csv":
                flat.to_csv(place, index=False)
            else:
                flat.to_parquet(place, index=False)
        paths.append(path)
    return paths


def _flatten_cell(value: Any) -> Any:
    """Give a list or a dictionary as JSON text, anything else as it is."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, tuple, dict)) else value
