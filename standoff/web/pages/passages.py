"""The permanent page of a passage: its words in their report, and the entries that rest on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter

from standoff.errors import SourceError
from standoff.records import Article, Passage
from standoff.web.desk import AtDesk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Card, link_passage, sheet_cards
from standoff.web.shown.report import Report, find_article, lay_out_report

router = APIRouter()

SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePassage:
    """Show a passage and what rests on it, the closest first, within its report; `href` is its permanent link."""

    passage: Passage
    href: str
    resting: tuple[Card, ...]
    report: Report


def list_sheets(shown: OnePassage) -> Iterator[Sheet]:
    """Give the table of what rests on the passage."""
    yield sheet_cards("passage", shown.resting)


@add_page(router, "/passages/{article}/{span}", template="passages.html", list_sheets=list_sheets)
def show_passage(desk: AtDesk, article: str, span: str) -> OnePassage:
    """Show a passage of a report, whether anything rests on it or not."""
    found = find_article(desk, article)
    passage = read_passage(found, span)
    report = lay_out_report(desk, found, passage=passage)
    return OnePassage(
        passage=passage, href=link_passage(passage), resting=_list_resting(report, passage), report=report
    )


def read_passage(article: Article, span: str) -> Passage:
    """Give the passage that an address names; raises SourceError for characters that the article does not have."""
    found = SPAN.fullmatch(span)
    if found is None:
        raise SourceError(f"“{span}” names no passage; give its first character and the one after its last: 120-164.")
    start, end = int(found[1]), int(found[2])
    if not start < end <= len(article.text):
        raise SourceError(f"characters {start} to {end} are not in this report, which has {len(article.text)}.")
    return Passage(article=article.id, start=start, end=end, text=article.text[start:end])


def _list_resting(report: Report, passage: Passage) -> tuple[Card, ...]:
    """Give the entries that rest on any word of the passage; those on just these words first."""
    resting: list[int] = []
    for row in report.rows:
        reach = row.paragraph.start
        for piece in row.paragraph.pieces:
            if reach < passage.end and passage.start < reach + len(piece.text):
                resting += piece.notes
            reach += len(piece.text)
    notes = {note.number: note for row in report.rows for note in row.notes}
    cards = [notes[number].card for number in dict.fromkeys(resting) if number in notes]
    return tuple(sorted(cards, key=lambda card: _measure_distance(card, passage)))


def _measure_distance(card: Card, passage: Passage) -> int:
    quote = card.quote
    return 0 if quote is None else abs(quote.start - passage.start) + abs(quote.end - passage.end)
