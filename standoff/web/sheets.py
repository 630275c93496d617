"""Take a page's tables out: CSV and XLSX of just what it shows, with passages and permanent links."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

from standoff.errors import ConfigError

Cell = str | int | float | None
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula (OWASP, CSV injection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold rows of cells under named columns; a column named `link` holds addresses from this desk's root."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def write_csv(sheets: Sequence[Sheet], name: str | None, request: Request) -> Response:
    """Give one sheet as CSV (UTF-8 with a byte order mark, as spreadsheets need it), the first if none is named.

    A cell that a spreadsheet would run as a formula has an apostrophe put before it.
    """
    found = next((sheet for sheet in sheets if name in (None, sheet.name)), None)
    if found is None:
        names = ", ".join(sheet.name for sheet in sheets)
        raise ConfigError(f"this page has no table “{name}”; choose from {names}.")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow([_guard(cell) for cell in _link(found, row, request)])
    return _attach(text.getvalue().encode("utf-8-sig", "replace"), "text/csv; charset=utf-8", f"{found.name}.csv")


def write_workbook(sheets: Sequence[Sheet], request: Request) -> Response:
    """Give all sheets as one XLSX workbook; text stays text, whatever it looks like."""
    import xlsxwriter

    body = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(body, options) as book:
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            page.freeze_panes(1, 0)
            page.write_row(0, 0, sheet.columns, bold)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(_link(sheet, row, request)):
                    page.write(number, column, cell, wrap)
    name = sheets[0].name if sheets else "standoff"
    return _attach(body.getvalue(), WORKBOOK, f"{name}.xlsx")


def _link(sheet: Sheet, row: tuple[Cell, ...], request: Request) -> list[Cell]:
    """Make a row's addresses whole, so that they can be followed from outside."""
    root = str(request.base_url).rstrip("/")
    return [
        f"{root}{cell}" if column == "link" and isinstance(cell, str) and cell.startswith("/") else cell
        for column, cell in zip(sheet.columns, row, strict=True)
    ]


def _guard(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _attach(body: bytes, media: str, name: str) -> Response:
    return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
