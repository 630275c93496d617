"""What a page shows is taken out: as CSV, as a workbook, as JSON, each of which opens."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest


@pytest.mark.parametrize("address", ["/conflicts", "/search?q=levy", "/actors", "/timeline", "/articles"])
def test_a_page_is_taken_out_in_each_form(address, served, visit):
    page = visit.open(address)
    taken = {}
    for form in ("CSV", "XLSX"):
        with page.expect_download() as download:
            page.get_by_role("contentinfo").get_by_role("link", name=form, exact=True).click()
        taken[form] = download.value.path().read_bytes()
    twin = page.get_by_role("contentinfo").get_by_role("link", name="JSON", exact=True).get_attribute("href")

    rows = list(csv.DictReader(io.StringIO(taken["CSV"].decode("utf-8-sig"))))
    assert rows
    assert all(row["link"].startswith(served.url) for row in rows)
    book = openpyxl.load_workbook(io.BytesIO(taken["XLSX"]))
    assert len(list(book.worksheets[0].rows)) == len(rows) + 1
    assert page.request.get(twin).json()


def test_a_link_that_was_taken_out_opens(served, visit):
    page = visit.open("/conflicts")
    with page.expect_download() as download:
        page.get_by_role("contentinfo").get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert {page.goto(row["link"]).status for row in rows[:6]} == {200}
