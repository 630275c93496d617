"""Lay out the articles, each passage of them marked so that a fact can lead to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from standoff.dossier.catalogue import Catalogue, date_article, name_article
from standoff.dossier.passages import Piece, Span, cut_pieces, name_anchor
from standoff.records import Article

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Show one article; `body` is its text as HTML, whose text content is the article's, character by character."""

    number: int
    name: str
    outlet: str | None
    date: str
    dated_by: str | None
    source: str
    url: str | None
    copy_of: int | None
    passages: int
    body: Markup


def present_reports(catalogue: Catalogue) -> tuple[Report, ...]:
    """Give the articles in order of their dates, as the page numbers them."""
    return tuple(_show_report(catalogue, article) for article in catalogue.articles)


def _show_report(catalogue: Catalogue, article: Article) -> Report:
    number = catalogue.numbers[article.id]
    spans = catalogue.spans[article.id]
    origin = catalogue.copies.get(article.id, article.id)
    url = article.url or (article.source if article.source.startswith(WEB) else None)
    return Report(
        number=number,
        name=name_article(article),
        outlet=article.outlet,
        date=date_article(article),
        dated_by=article.dated_by,
        source=article.source,
        url=url if url and url.lower().startswith(WEB) else None,
        copy_of=catalogue.numbers.get(origin) if origin != article.id else None,
        passages=sum(span.uses != {"mention"} for span in spans),
        body=mark_text(catalogue, number, article.text, spans),
    )


def mark_text(catalogue: Catalogue, number: int, text: str, spans: Sequence[Span]) -> Markup:
    """Give a text as HTML with each span marked; a span cut at another's edge is tied together by `data-p`."""
    return Markup("").join(_write_piece(catalogue, number, piece) for piece in cut_pieces(text, spans))


def _write_piece(catalogue: Catalogue, number: int, piece: Piece) -> Markup:
    if piece.step == "text":
        return escape(piece.text)
    if piece.step == "number":
        return Markup('<i class="n" data-n="{}"></i>').format(piece.number)
    span = piece.span
    if span is None:
        return Markup("")
    tag = Markup("span" if span.uses == {"mention"} else "mark")
    if piece.step == "close":
        return Markup("</{}>").format(tag)
    anchor = name_anchor(number, span.start, span.end)
    names = catalogue.names(sorted(span.actors))
    return Markup('<{} {}="{}" class="{}"{}>').format(
        tag,
        Markup("id" if piece.first else "data-p"),
        anchor,
        " ".join(sorted(span.uses)),
        Markup(' data-a="{}" title="{}"').format(
            " ".join(str(name.number) for name in names), ", ".join(name.text for name in names)
        )
        if names
        else "",
    )
