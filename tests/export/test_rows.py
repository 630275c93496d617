"""The tables that `standoff show` prints."""

from __future__ import annotations

import pytest

from standoff.errors import ConfigError
from standoff.export.rows import TABLES, Filter, list_rows
from standoff.records import Record


@pytest.mark.parametrize("what", TABLES)
def test_each_table_has_rows_as_wide_as_its_head(record: Record, what: str) -> None:
    table = list_rows(record, what)
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert all(isinstance(cell, str) and cell for row in table.rows for cell in row)


def test_an_actor_filter_keeps_only_what_they_said(record: Record) -> None:
    table = list_rows(record, "said", only=Filter(actor="Marta Olivera"))
    assert 0 < len(table.rows) < len(list_rows(record, "said").rows)
    assert {row[1].removeprefix("↳ ") for row in table.rows} == {"Marta Olivera"}


def test_an_article_filter_keeps_one_article(record: Record) -> None:
    table = list_rows(record, "said", only=Filter(article="06_courier"))
    assert {row[-1] for row in table.rows} == {"06_courier_party.txt"}


def test_days_leave_out_what_lies_wholly_outside(record: Record) -> None:
    early = {row[-1] for row in list_rows(record, "said", only=Filter(until="2024-01-31")).rows}
    late = {row[-1] for row in list_rows(record, "said", only=Filter(since="2024-07-01")).rows}
    assert {"01_ledger_levy.txt", "02_post_no_table.txt"} <= early
    assert "10_courier_santiago.txt" in late
    assert not early & {"03_courier_blockade.txt", "10_courier_santiago.txt"}


def test_an_issue_filter_keeps_one_issue(record: Record) -> None:
    issues = {row[1] for row in list_rows(record, "stands").rows}
    one = sorted(issues)[0]
    assert {row[1] for row in list_rows(record, "stands", only=Filter(issue=one)).rows} == {one}


def test_an_unknown_table_or_actor_is_one_sentence(record: Record) -> None:
    with pytest.raises(ConfigError, match="there is no table “weather”; choose from actors"):
        list_rows(record, "weather")
    with pytest.raises(ConfigError, match="no actor “Nobody”"):
        list_rows(record, "said", only=Filter(actor="Nobody"))
