"""CSV and Parquet: a file per kind, a row per entry."""

from __future__ import annotations

import pathlib

import pandas as pd
import pytest

from standoff.errors import ConfigError
from standoff.export.tables import export_tables
from standoff.records import Record, count_kinds


def test_csv_holds_every_entry(record: Record, tmp_path: pathlib.Path) -> None:
    paths = export_tables(record, tmp_path / "out")
    counts = {path.stem: len(pd.read_csv(path)) for path in paths if path.stat().st_size > 1}
    assert counts == {kind: count for kind, count in count_kinds(record).items() if count}


def test_parquet_holds_the_same_columns(record: Record, tmp_path: pathlib.Path) -> None:
    csv = {path.stem: path for path in export_tables(record, tmp_path)}
    parquet = {path.stem: path for path in export_tables(record, tmp_path, form="parquet")}
    assert csv.keys() == parquet.keys()
    assert list(pd.read_csv(csv["events"]).columns) == list(pd.read_parquet(parquet["events"]).columns)


def test_a_folder_that_cannot_be_made_is_one_sentence(record: Record, tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigError, match="give a folder that can be written"):
        export_tables(record, tmp_path / "file")
