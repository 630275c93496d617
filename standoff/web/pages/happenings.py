"""One happening: who tells of it, how many of them on their own, where they differ, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote as quote_address

from fastapi import APIRouter

from standoff.dossier.catalogue import UNKNOWN_DAY, cut_after, cut_before, date_article, name_article
from standoff.dossier.disagreements import mark_differences
from standoff.dossier.words import parse_day, say_code
from standoff.records import Article, Difference, Happening, Passage, Record
from standoff.resolve.copies import find_copies
from standoff.store.index.queries import Key, Query
from standoff.web.desk import AtDesk, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Card, Link, link_passage, sheet_cards
from standoff.web.shown.choices import Choice

router = APIRouter()

NEAR = 10  # days around a happening within which another may be the same
OFFERED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Show one passage that tells of it, within its sentence."""

    before: str
    text: str
    after: str
    href: str
    pieces: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Show what one report tells of it; `copy_of` is the report that it was taken from."""

    article: Link
    id: str
    outlet: str | None
    date: str
    copy_of: Link | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Lay the words of two reports side by side that tell a detail differently."""

    what: str
    why: str
    left: Telling
    right: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Show one happening; `near` are others that it might be one with."""

    card: Card
    label: str
    status: str
    origins: int
    reports: tuple[Report, ...]
    contrasts: tuple[Contrast, ...]
    deeds: tuple[Card, ...]
    near: tuple[Choice, ...]


def list_sheets(shown: Shown) -> Iterator[Sheet]:
    """Give its deeds, the passages that tell of it, and where these differ, as tables."""
    yield sheet_cards("deeds", (shown.card, *shown.deeds))
    columns = ("article", "outlet", "date", "copy_of", "passage", "link")
    rows = [
        (one.article.text, one.outlet, one.date, one.copy_of.text if one.copy_of else None, telling.text, telling.href)
        for one in shown.reports
        for telling in one.tellings
    ]
    yield Sheet(name="reports", columns=columns, rows=rows)
    differing = [(one.what, one.left.text, one.right.text, one.why, one.left.href) for one in shown.contrasts]
    yield Sheet(name="differences", columns=("what", "left", "right", "why", "link"), rows=differing)


@add_page(router, "/happenings/{id}", template="happening.html", list_sheets=list_sheets)
def show_happening(desk: AtDesk, id: str) -> Shown:
    """Show one happening: who tells of it, and where they differ."""
    part = desk.load_entry("happenings", id)
    item = next(happening for happening in part.happenings if happening.id == id)
    part = desk.store.load_part([Key("happenings", id), *(Key("articles", key) for key in _list_articles(item))])
    articles = {article.id: article for article in part.articles}
    told = sorted(
        (articles[key] for key in _list_articles(item) if key in articles),
        key=lambda article: (article.earliest or article.published or UNKNOWN_DAY, article.id),
    )
    copies = find_copies(told)
    (card,) = desk.make_cards([Key("happenings", id)], part=part)
    return Shown(
        card=card,
        label=item.label,
        status=say_code("statuses", item.status),
        origins=item.origins if item.origins is not None else len(set(copies.values())),
        reports=tuple(_show_report(article, item, part, copies[article.id], articles) for article in told),
        contrasts=tuple(
            _show_contrast(difference, articles)
            for difference in item.differences
            if difference.left.article in articles and difference.right.article in articles
        ),
        deeds=desk.make_cards((Key("events", key) for key in item.events), part=part),
        near=_find_near(desk, item),
    )


def _list_articles(item: Happening) -> tuple[str, ...]:
    differing = (passage.article for one in item.differences for passage in (one.left, one.right))
    return tuple(dict.fromkeys((*item.articles, *(passage.article for passage in item.passages), *differing)))


def _show_report(article: Article, item: Happening, part: Record, origin: str, articles: dict[str, Article]) -> Report:
    events = {event.id: event for event in part.events}
    passages = item.passages or tuple(events[key].passage for key in item.events if key in events)
    own = sorted((passage for passage in passages if passage.article == article.id), key=lambda found: found.start)
    return Report(
        article=_link_article(article),
        id=article.id,
        outlet=article.outlet,
        date=date_article(article),
        copy_of=_link_article(articles[origin]) if origin != article.id and origin in articles else None,
        tellings=tuple(_tell(passage, article) for passage in own),
    )


def _link_article(article: Article) -> Link:
    return Link(text=name_article(article), href=f"/articles/{quote_address(article.id)}")


def _tell(passage: Passage, article: Article) -> Telling:
    return Telling(
        before=cut_before(article.text, passage.start),
        text=passage.text,
        after=cut_after(article.text, passage.end),
        href=link_passage(passage),
    )


def _show_contrast(difference: Difference, articles: dict[str, Article]) -> Contrast:
    passages = (difference.left, difference.right)
    left, right = (_tell(passage, articles[passage.article]) for passage in passages)
    return Contrast(
        what=difference.what,
        why=difference.why,
        left=replace(left, pieces=mark_differences(left.text, right.text)),
        right=replace(right, pieces=mark_differences(right.text, left.text)),
    )


def _find_near(desk: Desk, item: Happening) -> tuple[Choice, ...]:
    """Give the happenings about the same days, for a person to say which of them are one."""
    first = parse_day(item.when.earliest or item.when.latest) if item.when else None
    last = parse_day(item.when.latest or item.when.earliest) if item.when else None
    if first is None or last is None:
        return ()
    query = Query(
        kinds=("happenings",),
        since=(first - timedelta(days=NEAR)).isoformat(),
        until=(last + timedelta(days=NEAR)).isoformat(),
        order="oldest",
        limit=OFFERED + 1,
    )
    part = desk.store.load_part(desk.store.find_entries(query).keys)
    return tuple(
        Choice(value=other.id, text=other.label, count=len(other.articles))
        for other in part.happenings
        if other.id != item.id
    )[:OFFERED]
