"""One report, with everything that stands off from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from standoff.web.desk import AtDesk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import sheet_cards
from standoff.web.shown.report import Report, find_article, lay_out_report

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class OneArticle:
    """Show a report; `gone` is the id of an entry that was asked for and does not stand in it."""

    report: Report
    gone: str | None


def list_sheets(shown: OneArticle) -> Iterator[Sheet]:
    """Give the table of what was found in the report."""
    yield sheet_cards("report", shown.report.list_cards())


@add_page(router, "/articles/{id}", template="article.html", list_sheets=list_sheets)
def show_article(
    desk: AtDesk, id: str, entry: str | None = None, part: Annotated[int | None, Query(ge=1, le=10_000)] = None
) -> OneArticle:
    """Show a report with everything that stands off from it."""
    report = lay_out_report(desk, find_article(desk, id), part=part, entry=entry)
    gone = entry if entry and not any(note.chosen for row in report.rows for note in row.notes) else None
    return OneArticle(report=report, gone=gone)
