"""One actor: its offices, words, positions, deeds, dealings and disputes, and who it is and is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote as quote_address

from fastapi import APIRouter

from standoff.dossier.catalogue import date_article, name_article
from standoff.dossier.words import name_country, say_code, say_dates
from standoff.errors import SourceError
from standoff.records import Actor, Judgement
from standoff.resolve.judged.verdicts import BETWEEN
from standoff.store.index.around import find_heirs, tally_roles
from standoff.store.index.queries import Key, Query
from standoff.store.index.tallies import Stand
from standoff.web.asked.kinds import Offset
from standoff.web.asked.memory import recall, recall_tally
from standoff.web.desk import AtDesk, Cards, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.biography import About, Dealing, Identity, list_dealings, tell_about, tell_identity
from standoff.web.shown.cards import Card, Link, sheet_cards
from standoff.web.shown.choices import Choice, link_issue
from standoff.web.shown.drawing import Chart, Sign, draw_lanes
from standoff.web.shown.standings import recall_stands

router = APIRouter()

PAGE = 40
DRAWN = 12  # issues in the picture of positions

Show = Literal["about", "words", "positions", "deeds", "dealings", "disputes", "reports", "identity"]

# What a section lists: the kinds of its entries, and the roles in which the actor takes part in them.
LISTED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "words": (("attributions",), ("source",)),
    "positions": (("positions",), ("holder",)),
    "deeds": (("events",), ("actor", "recipient")),
    "disputes": (("shifts", "conflicts"), ("party",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """Name a section and how much it holds; None where that is not counted."""

    show: str
    text: str
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """Show a report and how often it names the actor."""

    report: Link
    date: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OneActor:
    """Show an actor by one section; the others' fields are empty.

    Where there is no actor of this id any more, `actor` is None, `heirs` are those that its mentions are now, if
    any, and `because` the judgements that made it so.
    """

    id: str
    actor: Actor | None
    card: Card | None = None
    country: str | None = None
    heirs: tuple[Card, ...] = ()
    because: tuple[Judgement, ...] = ()
    show: Show = "about"
    tabs: tuple[Tab, ...] = ()
    offset: int = 0
    about: About | None = None
    entries: Cards | None = None
    chart: Chart | None = None
    issues: tuple[Choice, ...] = ()
    dealings: tuple[Dealing, ...] = ()
    reports: tuple[Mentioned, ...] = ()
    total: int = 0
    identity: Identity | None = None


def list_sheets(shown: OneActor) -> Iterator[Sheet]:
    """Give the table of the section that is shown."""
    if shown.dealings:
        rows = [(one.other.text, one.deeds, one.href) for one in shown.dealings]
        yield Sheet(name="dealings", columns=("with", "deeds", "link"), rows=rows)
    elif shown.reports:
        listed = [(one.report.text, one.date, one.times, one.report.href) for one in shown.reports]
        yield Sheet(name="reports", columns=("report", "day", "times", "link"), rows=listed)
    elif shown.about is not None:
        yield sheet_cards("about", [card for card in (shown.card, *shown.about.latest) if card])
    else:
        found = shown.entries or Cards(cards=(), total=0)
        yield replace(sheet_cards(shown.show, found.cards), total=found.total)


@add_page(router, "/actors/{id}", template="actor.html", list_sheets=list_sheets)
def show_actor(
    desk: AtDesk,
    id: str,
    show: Show = "about",
    issue: str | None = None,
    side: Literal["", "actor", "recipient"] = "",
    q: str = "",
    offset: Offset = 0,
) -> OneActor:
    """Show an actor: in short, or one section of what it said, did, and dealt with."""
    part = desk.store.load_part([Key("actors", id)])
    if not part.actors:
        return _show_gone(desk, id)
    actor = part.actors[0]
    shown = OneActor(
        id=id,
        actor=actor,
        card=desk.make_cards([Key("actors", id)], part=part)[0],
        country=name_country(actor.country) if actor.country else None,
        show=show,
        tabs=_count_tabs(desk, id),
        offset=offset,
    )
    if show == "about":
        return replace(shown, about=tell_about(desk, actor))
    if show == "identity":
        return replace(shown, identity=tell_identity(desk, actor, asked=q, offset=offset))
    if show == "dealings":
        dealings, total = list_dealings(desk, id, limit=desk.reach(PAGE), offset=offset)
        return replace(shown, dealings=dealings, total=total)
    if show == "reports":
        reports, total = _list_reports(desk, id, offset=offset)
        return replace(shown, reports=reports, total=total)
    kinds, roles = LISTED[show]
    query = Query(
        kinds=kinds,
        actor=id,
        roles=(side,) if side and show == "deeds" else roles,
        issue=issue or None,
        order="best" if show == "disputes" else "newest",
        limit=desk.reach(PAGE),
        offset=offset,
    )
    shown = replace(shown, entries=desk.find_cards(query))
    return _draw_positions(desk, shown) if show == "positions" else shown


def _count_tabs(desk: Desk, id: str) -> tuple[Tab, ...]:
    """Give the sections; counts are of what the index links with the actor."""

    def tally() -> dict[tuple[str, str], int]:
        with desk.store.read() as connection:
            return tally_roles(connection, id)

    counts = recall(desk.store, ("roles", id), tally)

    def count(show: str) -> int:
        kinds, roles = LISTED[show]
        return sum(counts.get((kind, role), 0) for kind in kinds for role in roles)

    return (
        Tab(show="about", text="In short"),
        Tab(show="words", text="Words", count=count("words")),
        Tab(show="positions", text="Positions", count=count("positions")),
        Tab(show="deeds", text="Deeds", count=count("deeds")),
        Tab(show="dealings", text="Dealings"),
        Tab(show="disputes", text="Shifts and conflicts", count=count("disputes")),
        Tab(show="reports", text="Mentions", count=counts.get(("mentions", "mention"), 0)),
        Tab(
            show="identity", text="Who this is", count=sum(counts.get(("suggestions", end), 0) for end in ENDS) or None
        ),
    )


ENDS = ("left", "right")


def _draw_positions(desk: Desk, shown: OneActor) -> OneActor:
    """Add the picture of an actor's positions, a line for each issue, those with most first."""
    stands = recall_stands(desk.store, issues=(), holders=(shown.id,))
    by_issue: dict[str, list[Stand]] = {}
    for stand in stands:
        by_issue.setdefault(stand.issue, []).append(stand)
    counts = {issue: sum(stand.times for stand in found) for issue, found in by_issue.items()}
    ordered = sorted(by_issue, key=lambda issue: (-counts[issue], issue))
    named = [
        (
            Link(text=link_issue(issue).text, href=f"/actors/{shown.id}?show=positions&issue={quote_address(issue)}"),
            [_make_sign(stand) for stand in by_issue[issue]],
        )
        for issue in ordered
    ]
    choices = (Choice(value=issue, text=link_issue(issue).text, count=counts[issue]) for issue in sorted(counts))
    return replace(shown, chart=draw_lanes(named, shown=DRAWN), issues=tuple(choices))


def _make_sign(stand: Stand) -> Sign:
    times = f", {stand.times} times" if stand.times > 1 else ""
    return Sign(
        earliest=stand.earliest,
        latest=stand.latest,
        look=stand.stance,
        sign=say_code("symbols", stand.stance),
        text=f"{say_code('stances', stand.stance)}, {say_dates(stand.earliest, stand.latest)}{times}",
    )


def _list_reports(desk: Desk, id: str, *, offset: int) -> tuple[tuple[Mentioned, ...], int]:
    """Give the reports that name an actor, those that do so most first, and how many they are."""
    counts = recall_tally(desk.store, Query(kinds=("mentions",), actor=id), ("article",))
    shown = list(counts.items())[offset : offset + desk.reach(PAGE)]
    chosen = {article: times for (article,), times in shown if article}
    part = desk.store.load_part(Key("articles", article) for article in chosen)
    articles = {article.id: article for article in part.articles}
    return tuple(
        Mentioned(
            report=Link(text=name_article(articles[key]), href=f"/articles/{quote_address(key)}"),
            date=date_article(articles[key]),
            times=times,
        )
        for key, times in chosen.items()
        if key in articles
    ), len(counts)


def _show_gone(desk: Desk, id: str) -> OneActor:
    """Tell what became of an actor that is no more; raises SourceError if nobody decided anything on it."""
    answered = (
        item
        for item in desk.store.list_judgements("suggestions")
        if item.verdict == "confirm" and id in (item.fields or {}).get(BETWEEN, ())
    )
    because = (*desk.store.list_judgements("actors", id), *answered)
    if not because:
        raise SourceError(f"there is no actor {id} here; it may have gone with a new reading: look for its name.")
    with desk.store.read() as connection:
        heirs = find_heirs(connection, because)
    cards = desk.make_cards(Key("actors", heir) for heir in heirs)
    return OneActor(id=id, actor=None, heirs=cards, because=because)
