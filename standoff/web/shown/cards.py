"""Show an entry of the record as a card: who, what, in whose words, when, where it stands, what was decided of it.

Every page shows entries as the same cards, and every table takes them out as the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as quote_address

from standoff.dossier.catalogue import cut_after, cut_before, date_article, name_article
from standoff.dossier.passages import list_statement
from standoff.dossier.words import say_code, say_dates
from standoff.records import Article, Attribution, Event, Passage, Position, Record, Source, When
from standoff.store.index.queries import Key
from standoff.store.kept.verdicts import Decision
from standoff.web.sheets import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Name something that has a page, or only a name."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Show a passage within its sentence, with its permanent link and its report."""

    before: str
    text: str
    after: str
    href: str
    article: Link
    outlet: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Show one entry; `who`, `verb` and `whom` read as a sentence, `tags` are words for its codes.

    `href` is the entry's own page or place, `sides` are the two entries that a conflict or a shift lies between.
    `tone` is the side of a deed: cooperative, conflictual, neutral. `dated` is false where the days are its report's.
    `verdict` is what was last decided: confirmed, rejected, corrected; `decided` says by whom and on which day.
    """

    kind: str
    id: str
    href: str
    who: tuple[Link, ...] = ()
    verb: str = ""
    whom: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    issue: Link | None = None
    stance: str | None = None
    status: str | None = None
    tone: str | None = None
    quote: Quote | None = None
    earliest: str | None = None
    latest: str | None = None
    date: str = "undated"
    dated: bool = True
    teller: Link | None = None
    why: str | None = None
    score: float | None = None
    verdict: str | None = None
    decided: str | None = None
    sides: tuple[Card, ...] = ()


def link_passage(passage: Passage) -> str:
    """Give the permanent link of a passage."""
    return f"/passages/{quote_address(passage.article)}/{passage.start}-{passage.end}"


def make_cards(part: Record, keys: Sequence[Key], verdicts: Mapping[Key, Decision]) -> tuple[Card, ...]:
    """Give the cards of these entries, in this order, from a part that holds them and what they refer to."""
    table = _Table(part, verdicts)
    return tuple(card for key in keys if (card := table.make(key)) is not None)


def make_quotes(part: Record, passages: Iterable[Passage]) -> tuple[Quote, ...]:
    """Give passages within their sentences, as far as the part holds their articles."""
    table = _Table(part, {})
    return tuple(quote for passage in passages if (quote := table.quote((passage,))) is not None)


class _Table:
    """Look up what cards refer to."""

    def __init__(self, part: Record, verdicts: Mapping[Key, Decision]) -> None:
        self.verdicts = verdicts
        self.articles = {article.id: article for article in part.articles}
        self.names = {actor.id: actor.name for actor in part.actors}
        self.items: dict[str, dict[str, Any]] = {
            kind: {item.id: item for item in getattr(part, kind)} for kind in MAKERS
        }

    def make(self, key: Key) -> Card | None:
        item = self.items.get(key.kind, {}).get(key.id)
        return None if item is None else MAKERS[key.kind](self, item)

    def make_any(self, id: str) -> Card | None:
        """Give the card of an attribution, an event or a position by its id alone."""
        kinds = ("attributions", "events", "positions")
        return next((self.make(Key(kind, id)) for kind in kinds if id in self.items[kind]), None)

    def name(self, actor: str | None) -> Link:
        if actor is None:
            return Link(text="someone unnamed")
        return Link(text=self.names.get(actor, actor), href=f"/actors/{actor}" if actor in self.names else None)

    def speaker(self, source: Source | None) -> Link:
        if source is not None and source.actor is not None:
            return self.name(source.actor)
        return Link(text=source.passage.text if source and source.passage else "an unnamed source")

    def voucher(self, id: str | None) -> Link | None:
        item = self.items["attributions"].get(id or "")
        return self.speaker(item.source) if item is not None else None

    def quote(self, passages: Iterable[Passage]) -> Quote | None:
        passage = next((passage for passage in passages if passage.article in self.articles), None)
        if passage is None:
            return None
        article = self.articles[passage.article]
        return Quote(
            before=cut_before(article.text, passage.start),
            text=passage.text,
            after=cut_after(article.text, passage.end),
            href=link_passage(passage),
            article=Link(text=name_article(article), href=f"/articles/{quote_address(article.id)}"),
            outlet=article.outlet,
            start=passage.start,
            end=passage.end,
        )

    def date(self, when: When | None, passages: Sequence[Passage]) -> dict[str, Any]:
        if when is not None and (when.earliest or when.latest):
            words = say_dates(when.earliest, when.latest)
            return {"earliest": when.earliest, "latest": when.latest, "date": words}
        article = self.articles.get(passages[0].article) if passages else None
        if article is None:
            return {}
        words = date_article(article)
        return {
            "earliest": article.earliest or article.published,
            "latest": article.latest or article.published,
            "date": words if words == "undated" else f"reported {words}",
            "dated": False,
        }

    def frame(self, kind: str, item: Any, **fields: Any) -> Card:
        """Give a card with what all kinds have."""
        decision = self.verdicts.get(Key(kind, item.id))
        if decision is not None:
            fields |= {"verdict": decision.verdict, "decided": f"{decision.who}, {say_moment(decision.at)}"}
        return Card(kind=kind, id=item.id, score=getattr(item, "score", None), **fields)


def say_moment(at: str) -> str:
    """Give a moment (ISO, UTC) as a day in words."""
    return say_dates(at[:10], at[:10])


def _show_article(table: _Table, item: Article) -> Card:
    named = Link(text=name_article(item), href=f"/articles/{quote_address(item.id)}")
    return table.frame(
        "articles",
        item,
        href=f"/articles/{quote_address(item.id)}",
        who=(named,),
        tags=tuple(tag for tag in (item.outlet, item.language) if tag and tag != "en"),
        earliest=item.earliest or item.published,
        latest=item.latest or item.published,
        date=date_article(item),
        why=item.dated_by,
    )


def _show_actor(table: _Table, item: Any) -> Card:
    titles = tuple(dict.fromkeys(role.title for role in item.roles))[:3]
    codes = tuple(say_code("sectors", sector) for sector in item.sectors)
    return table.frame(
        "actors", item, href=f"/actors/{item.id}", who=(table.name(item.id),), tags=(item.kind, *codes, *titles)
    )


def _show_said(table: _Table, item: Attribution) -> Card:
    passages = list_statement(item)
    whom = (table.name(item.addressee),) if item.addressee else ()
    outer = table.items["attributions"].get(item.inside or "")
    return table.frame(
        "attributions",
        item,
        href=_place("attributions", item.id, passages),
        who=(table.speaker(item.source),),
        verb=say_code("heard" if whom else "acts", item.act),
        whom=whom,
        tags=(say_code("directness", item.directness),),
        quote=table.quote(passages),
        teller=table.speaker(outer.source) if outer is not None else None,
        **table.date(item.when, passages),
    )


def _show_event(table: _Table, item: Event) -> Card:
    codes = [say_code("types", item.type), *([say_code("modes", item.mode)] if item.mode else [])]
    return table.frame(
        "events",
        item,
        href=_place("events", item.id, (item.passage,)),
        who=tuple(map(table.name, item.actors)),
        verb=_say_deed(item),
        whom=tuple(map(table.name, item.recipients)),
        tags=(*codes, *(say_code("contexts", context) for context in item.context)),
        status=item.status,
        tone=say_code("tones", item.type),
        quote=table.quote((item.passage,)),
        teller=table.voucher(item.asserted_by),
        why=item.why,
        **table.date(item.when, (item.passage,)),
    )


def _say_deed(item: Event) -> str:
    """Give a deed's type as a verb: “coerced”, “will protest against”, “did not agree”."""
    plain, told = say_code("types", item.type), say_code("deeds", item.type)
    done, _, toward = told.partition(" ")
    helper = {"future": "will", "hypothetical": "might", "negated": "did not"}.get(item.status)
    return " ".join(filter(None, (*((helper, plain) if helper else (done,)), toward if item.recipients else None)))


def _show_position(table: _Table, item: Position) -> Card:
    return table.frame(
        "positions",
        item,
        href=_place("positions", item.id, (item.passage,)),
        who=(table.name(item.holder),),
        verb=f"{item.stance}",
        whom=(table.name(item.toward),) if item.toward else (),
        issue=Link(text=say_code("issues", item.issue), href=f"/issues/{quote_address(item.issue, safe='')}"),
        stance=item.stance,
        quote=table.quote((item.passage,)),
        why=item.why,
        **table.date(item.when, (item.passage,)),
    )


def _show_happening(table: _Table, item: Any) -> Card:
    reports = len(item.articles)
    return table.frame(
        "happenings",
        item,
        href=f"/happenings/{item.id}",
        who=(Link(text=item.label, href=f"/happenings/{item.id}"),),
        tags=(f"{reports} {'report' if reports == 1 else 'reports'}",),
        status=item.status,
        quote=table.quote(item.passages),
        why=item.why,
        **(table.date(item.when, ()) if item.when else {}),
    )


def _show_shift(table: _Table, item: Any) -> Card:
    sides = tuple(card for side in (item.before, item.after) if (card := table.make(Key("positions", side))))
    return table.frame(
        "shifts",
        item,
        href=f"/shifts/{item.id}",
        who=(table.name(item.holder),),
        verb="shifted on",
        issue=Link(text=say_code("issues", item.issue), href=f"/issues/{quote_address(item.issue, safe='')}"),
        why=item.why,
        sides=sides,
        **_span(sides),
    )


def _show_conflict(table: _Table, item: Any) -> Card:
    sides = tuple(card for side in (item.left, item.right) if (card := table.make_any(side)))
    known = item.issue and Link(
        text=say_code("issues", item.issue), href=f"/issues/{quote_address(item.issue, safe='')}"
    )
    return table.frame(
        "conflicts",
        item,
        href=f"/conflicts/{item.id}",
        who=tuple(dict.fromkeys(link for side in sides for link in side.who)),
        verb="do not agree",
        tags=(say_code("conflicts", item.kind),),
        issue=known or None,
        why=item.why,
        sides=sides,
        **_span(sides),
    )


def _show_suggestion(table: _Table, item: Any) -> Card:
    verb = {"same-actor": "may be the same as", "successor": "may have become", "part": "may be part of"}[item.kind]
    return table.frame(
        "suggestions",
        item,
        href=f"/actors/{item.left}",
        who=(table.name(item.left),),
        verb=verb,
        whom=(table.name(item.right),),
        why=item.why,
    )


def _span(sides: Sequence[Card]) -> dict[str, Any]:
    firsts = [side.earliest for side in sides if side.earliest]
    lasts = [side.latest for side in sides if side.latest]
    earliest, latest = min(firsts, default=None), max(lasts, default=None)
    return {"earliest": earliest, "latest": latest, "date": say_dates(earliest, latest)}


def _place(kind: str, id: str, passages: Sequence[Passage]) -> str:
    """Give the address of an entry in its article."""
    return f"/articles/{quote_address(passages[0].article)}?entry={id}#{id}" if passages else f"/entries/{kind}/{id}"


MAKERS: dict[str, Callable[[_Table, Any], Card]] = {
    "articles": _show_article,
    "actors": _show_actor,
    "attributions": _show_said,
    "events": _show_event,
    "positions": _show_position,
    "happenings": _show_happening,
    "shifts": _show_shift,
    "conflicts": _show_conflict,
    "suggestions": _show_suggestion,
}

COLUMNS = (
    *("kind", "when", "earliest", "latest", "who", "what", "whom", "issue", "stance", "status"),
    *("passage", "article", "outlet", "according_to", "score", "decided", "why", "link", "id"),
)


def sheet_cards(name: str, cards: Iterable[Card], *, total: int | None = None) -> Sheet:
    """Give cards as the rows of a table, of `total` to be had; a conflict's or a shift's sides follow it as rows."""
    rows = []
    for card in cards:
        for one in (card, *card.sides):
            quote = one.quote
            rows.append(
                (
                    one.kind.removesuffix("s"),
                    one.date,
                    one.earliest,
                    one.latest,
                    "; ".join(link.text for link in one.who),
                    " · ".join((one.verb, *one.tags)),
                    "; ".join(link.text for link in one.whom),
                    one.issue.text if one.issue else None,
                    one.stance,
                    one.status,
                    quote.text if quote else None,
                    quote.article.text if quote else None,
                    quote.outlet if quote else None,
                    one.teller.text if one.teller else None,
                    one.score,
                    one.verdict,
                    one.why,
                    quote.href if quote else one.href,
                    one.id,
                )
            )
    return Sheet(name=name, columns=COLUMNS, rows=rows, total=total)
