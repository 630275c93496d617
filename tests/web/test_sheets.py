"""What is taken out of a page is all that its question finds, reads back as it was, and runs nothing."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from starlette.requests import Request

from standoff.errors import ConfigError
from standoff.store.database import Store
from standoff.web.asked.kinds import read_day
from standoff.web.sheets import CUT, LONGEST, TAKEN, Sheet, write_csv, write_workbook

SHEET = Sheet(
    name="said: [by] all?",
    columns=("who", "passage", "score", "link"),
    rows=[
        ("Ada Ito", 'no deal,\nnot "now"', 0.5, "/passages/a1/0-7"),
        ('=HYPERLINK("x")', "@SUM(A1)", -3, "https://elsewhere.example/"),
        ("＝1+1", "\tcmd|' /C calc'!A0", float("nan"), None),
        ("a\0b", "half \ud800 and \u202e turned, _x0041_ {=1}", None, None),
    ],
    total=TAKEN + 7,
)


class Asked:
    """Stand for the store, of which a workbook asks what made its record."""

    def load_part(self, keys: Any) -> Any:
        return type("Part", (), {"made_by": {"standoff": "0.1.0", "models": {"reader": "1"}}})


def ask(path: str = "/said.csv", question: str = "actor=ada&offset=5") -> Request:
    state = type("State", (), {"store": Asked()})
    app = type("App", (), {"state": state})
    scope = {"type": "http", "scheme": "https", "path": path, "query_string": question.encode(), "app": app}
    return Request({**scope, "server": ("desk.example", 443), "headers": [(b"host", b"desk.example")]})


def read_csv(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_a_csv_file_reads_back_with_whole_links_and_no_formula() -> None:
    answer = write_csv([SHEET], None, ask())
    columns, *rows = read_csv(bytes(answer.body))
    assert columns == list(SHEET.columns)
    assert rows[0] == ["Ada Ito", 'no deal,\nnot "now"', "0.5", "https://desk.example/passages/a1/0-7"]
    assert rows[1] == ['\'=HYPERLINK("x")', "'@SUM(A1)", "-3", "https://elsewhere.example/"]
    assert rows[2][:2] == ["'＝1+1", "'\tcmd|' /C calc'!A0"]
    assert rows[3][:2] == ["a\ufffdb", "half \ufffd and \u202e turned, _x0041_ {=1}"]
    assert 'filename="said___by__all_.csv"' in answer.headers["content-disposition"]


def test_a_workbook_reads_back_as_text_and_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(bytes(write_workbook([SHEET, SHEET], ask()).body)))
    assert book.sheetnames == ["said   by  all", "said   by  all 2", "about"]
    _, *rows = book.worksheets[0].iter_rows()
    assert [cell.value for cell in rows[0]] == [
        "Ada Ito",
        SHEET.rows[0][1],
        0.5,
        "https://desk.example/passages/a1/0-7",
    ]
    assert [(cell.value, cell.data_type) for cell in rows[1][:3]] == [
        ('=HYPERLINK("x")', "s"),
        ("@SUM(A1)", "s"),
        (-3, "n"),
    ]
    assert [cell.value for cell in rows[3][:2]] == ["a\ufffdb", "half \ufffd and \u202e turned, _x0041_ {=1}"]
    assert all(cell.hyperlink is None for row in rows for cell in row)


def test_a_workbook_says_what_was_asked_and_what_made_the_record() -> None:
    book = openpyxl.load_workbook(io.BytesIO(bytes(write_workbook([SHEET], ask("/said.xlsx")).body)))
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert about["address"] == "https://desk.example/said.xlsx?actor=ada&offset=5"
    assert about["asked: actor"] == "ada"
    assert (
        about["rows: said: [by] all?"]
        == f"4; {TAKEN + 7} or more were found, and the address with offset={TAKEN + 5} goes on"
    )
    assert about["made by: standoff"] == "0.1.0"
    assert about["made by: models"] == '{"reader": "1"}'
    assert about["taken"]


def test_a_cell_that_no_spreadsheet_holds_is_cut_and_says_so() -> None:
    sheet = Sheet(name="long", columns=("text",), rows=[("a" * 40_000,), ("b" * LONGEST,)])
    book = openpyxl.load_workbook(io.BytesIO(bytes(write_workbook([sheet], ask()).body)))
    first, second = (str(row[0]) for row in book["long"].iter_rows(min_row=2, values_only=True))
    assert (len(first), first.endswith(CUT), second) == (LONGEST, True, "b" * LONGEST)


def test_a_table_that_the_page_lacks_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"no table “said”; choose from said: \[by\] all\?\."):
        write_csv([SHEET], "said", ask())


def test_a_table_is_taken_whole_though_the_page_shows_a_part(desk_client: Any, desk_store: Store) -> None:
    from standoff.store.index.queries import Query

    total = desk_store.find_entries(Query(kinds=("conflicts",), limit=1)).total
    rows = read_csv(desk_client.get("/conflicts.csv").content)[1:]
    assert len({row[-1] for row in rows if row[0] == "conflict"}) == total
    shown = desk_client.get("/conflicts?offset=2&kind=contested").text
    assert 'href="/conflicts.csv?kind=contested"' in shown
    assert 'href="/conflicts.json?offset=2&amp;kind=contested"' in shown


@pytest.mark.parametrize("wrong", ["9999-99-99", "2021-02-30", "yesterday", "20210301", "２０２１-03-01"])
def test_what_is_no_day_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a day; write it as 2021-03-01"):
        read_day(wrong)
