"""Take a page's tables out as CSV and XLSX: all that its question finds, with passages and permanent links."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from standoff.errors import ConfigError

TAKEN = 10_000  # entries that are taken out at once; ?offset= goes on from there
Cell = str | int | float | None
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # what would be run as one (OWASP, CSV injection)
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML, or UTF-8, cannot hold
LONGEST = 32_767  # characters that a spreadsheet's cell takes; it would show nothing at all of more
CUT = " … [cut here: a cell holds no more]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold rows of cells under named columns; a column named `link` holds addresses from this desk's root.

    `total` is how many rows there are to be had, if that is known and more than these.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: int | None = None


def write_csv(sheets: Sequence[Sheet], name: str | None, request: Request) -> Response:
    """Give one sheet as CSV (UTF-8 with a byte order mark, as spreadsheets need it), the first if none is named.

    A cell that a spreadsheet would run as a formula has an apostrophe put before it.
    """
    found = next((sheet for sheet in sheets if name in (None, sheet.name)), None)
    if found is None:
        names = ", ".join(sheet.name for sheet in sheets) or "none"
        raise ConfigError(f"this page has no table “{name}”; choose from {names}.")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow([_guard(_clean(cell)) for cell in _link(found, row, request)])
    return _attach(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{found.name}.csv")


def write_workbook(sheets: Sequence[Sheet], request: Request) -> Response:
    """Give all sheets as one XLSX workbook; text stays text, whatever it looks like.

    Its last sheet, “about”, says what was asked, where and when, and what made the record.
    """
    import xlsxwriter

    body = io.BytesIO()
    names: set[str] = set()
    with xlsxwriter.Workbook(body, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in (*sheets, describe_taking(sheets, request)):
            page = book.add_worksheet(_name_sheet(sheet.name, names))
            page.freeze_panes(1, 0)
            for column, title in enumerate(sheet.columns):
                page.write_string(0, column, title, bold)
                page.set_column(column, column, 60 if title in WIDE else 16)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(_link(sheet, row, request)):
                    _write_cell(page, number, column, cell, wrap)
    return _attach(body.getvalue(), WORKBOOK, f"{sheets[0].name if sheets else 'standoff'}.xlsx")


WIDE = ("passage", "why", "value", "before", "after", "text")


def describe_taking(sheets: Sequence[Sheet], request: Request) -> Sheet:
    """Give the sheet that says what was taken out: the question, the address, the time, and what made the record."""
    made_by = request.app.state.store.load_part(()).made_by
    rows: list[tuple[Cell, ...]] = [
        ("address", str(request.url)),
        *((f"asked: {key}", value) for key, value in request.query_params.multi_items()),
        ("taken", datetime.now(UTC).isoformat(timespec="seconds")),
        *((f"rows: {sheet.name}", _count(sheet, request)) for sheet in sheets),
        *((f"made by: {key}", _say(value)) for key, value in made_by.items()),
    ]
    return Sheet(name="about", columns=("what", "value"), rows=rows)


def _count(sheet: Sheet, request: Request) -> Cell:
    if sheet.total is None or sheet.total <= TAKEN:
        return len(sheet.rows)
    passed = request.query_params.get("offset", "")
    further = TAKEN + (int(passed[:9]) if passed.isascii() and passed.isdigit() else 0)
    return f"{len(sheet.rows)}; {sheet.total} or more were found, and the address with offset={further} goes on"


def _say(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _link(sheet: Sheet, row: tuple[Cell, ...], request: Request) -> Iterator[Cell]:
    """Make a row's addresses whole, so that they can be followed from outside."""
    root = str(request.base_url).rstrip("/")
    for column, cell in zip(sheet.columns, row, strict=True):
        yield f"{root}{cell}" if column == "link" and isinstance(cell, str) and cell.startswith("/") else cell


def _write_cell(page: Any, row: int, column: int, cell: Cell, form: Any) -> None:
    if isinstance(cell, (int, float)) and math.isfinite(cell):
        page.write_number(row, column, cell, form)
    elif cell is not None:
        text = str(_clean(cell))
        page.write_string(row, column, text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT, form)


def _clean(cell: Cell) -> Cell:
    """Put a mark for each character that the file could not hold."""
    return UNFIT.sub("\ufffd", cell) if isinstance(cell, str) else cell


def _guard(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _name_sheet(name: str, taken: set[str]) -> str:
    """Give a sheet a name that spreadsheets take, and that none before it has."""
    short = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", name).strip()[:28] or "sheet"
    tries = (short, *(f"{short} {number}" for number in range(2, 100)))
    free = next(found for found in tries if found.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _attach(body: bytes, media: str, name: str) -> Response:
    plain = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name.encode('utf-8', 'replace'))}"
    return Response(body, media_type=media, headers={"Content-Disposition": said})
