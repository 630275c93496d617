"""Make the tables that `standoff show` prints: a record's entries of one kind, filtered, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from standoff.errors import ConfigError
from standoff.records import Article, Attribution, Event, Happening, Passage, Position, Record, Source, When


class Table(NamedTuple):
    """Rows of cells under named columns."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Say what to show: only this actor, issue, article (part of its source or title), or span of days (ISO dates)."""

    actor: str | None = None
    issue: str | None = None
    article: str | None = None
    since: str | None = None
    until: str | None = None


def list_rows(record: Record, what: str, *, only: Filter | None = None) -> Table:
    """Give the table named `what`: actors, said, did, stands, timeline, shifts, conflicts or suggestions.

    Raises ConfigError for another name, or if the filter names an actor that the record does not have.
    """
    if what not in TABLES:
        raise ConfigError(f"there is no table “{what}”; choose from {', '.join(TABLES)}.")
    return TABLES[what](_View(record, only or Filter()))


class _View:
    """Look up what a row refers to, and tell whether it passes the filter."""

    def __init__(self, record: Record, only: Filter) -> None:
        self.record = record
        self.only = only
        self.names = {actor.id: actor.name for actor in record.actors}
        self.articles = {article.id: article for article in record.articles}
        self.positions = {position.id: position for position in record.positions}
        self.attributions = {item.id: item for item in record.attributions}
        self.events = {event.id: event for event in record.events}
        self.wanted = None
        if only.actor is not None:
            self.wanted = {actor.id for actor in record.find_actors(only.actor)}
            if not self.wanted:
                raise ConfigError(
                    f"the record has no actor “{only.actor}”; see them all with: standoff show actors RECORD"
                )

    def name(self, actor: str | None) -> str:
        return self.names.get(actor, actor) if actor else "—"

    def join(self, actors: tuple[str, ...]) -> str:
        return ", ".join(map(self.name, actors)) or "—"

    def source(self, source: Source | None) -> str:
        if source is None:
            return "—"
        if source.actor:
            return self.name(source.actor)
        return f"“{source.passage.text}”" if source.passage else "—"

    def where(self, article: str) -> str:
        found = self.articles[article]
        return found.source.rsplit("/", 1)[-1]

    def keeps(
        self, *, actors: tuple[str | None, ...] = (), article: str | None = None, issue: str | None = None
    ) -> bool:
        """Tell whether an entry with these actors, article and issue passes the filter."""
        if self.wanted is not None and not self.wanted & set(actors):
            return False
        if self.only.issue is not None and self.only.issue != issue:
            return False
        if self.only.article is not None and article is not None:
            found = self.articles[article]
            return self.only.article.casefold() in f"{found.source} {found.title or ''} {found.id}".casefold()
        return True

    def in_days(self, when: When | None, article: Article | None) -> bool:
        """Tell whether a time, or failing that its article's day, can lie between `since` and `until`."""
        first, last = (when.earliest, when.latest) if when else (None, None)
        if article is not None and first is None and last is None:
            first, last = article.earliest, article.latest
        after = self.only.since is None or last is None or last >= self.only.since
        return after and (self.only.until is None or first is None or first <= self.only.until)


def _days(when: When | None, article: Article | None = None) -> str:
    """Put an interval into a cell; the article's own day stands in brackets where the entry has none."""
    if when is not None and (when.earliest or when.latest):
        return when.earliest or "" if when.earliest == when.latest else f"{when.earliest or '…'} – {when.latest or '…'}"
    if article is not None and (article.earliest or article.latest):
        return f"({_days(When(earliest=article.earliest, latest=article.latest))})"
    return "—"


def _quote(passages: tuple[Passage, ...]) -> str:
    return " […] ".join(" ".join(passage.text.split()) for passage in passages)


def _list_actors(view: _View) -> Table:
    counts: dict[str, int] = {}
    for mention in view.record.mentions:
        if view.keeps(article=mention.passage.article):
            counts[mention.actor] = counts.get(mention.actor, 0) + 1
    rows = [
        (
            actor.name,
            actor.kind,
            actor.country or "—",
            " ".join(actor.sectors) or "—",
            "; ".join(dict.fromkeys(role.title for role in actor.roles)) or "—",
            str(counts[actor.id]),
        )
        for actor in sorted(view.record.actors, key=lambda actor: (-counts.get(actor.id, 0), actor.name))
        if actor.id in counts and view.keeps(actors=(actor.id,))
    ]
    return Table(("actor", "kind", "country", "sectors", "roles", "mentions"), rows)


def _said(view: _View) -> Iterator[Attribution]:
    for item in view.record.attributions:
        article = item.content[0].article if item.content else None
        speaker = item.source.actor if item.source else None
        if (
            article
            and view.keeps(actors=(speaker,), article=article)
            and view.in_days(item.when, view.articles[article])
        ):
            yield item


def _list_said(view: _View) -> Table:
    rows = [
        (
            _days(item.when, view.articles[item.content[0].article]),
            ("↳ " if item.inside else "") + view.source(item.source),
            item.act,
            _quote(item.content),
            item.directness,
            view.where(item.content[0].article),
        )
        for item in _said(view)
    ]
    return Table(("when", "source", "act", "content", "directness", "article"), rows)


def _list_did(view: _View) -> Table:
    def keeps(event: Event) -> bool:
        article = event.passage.article
        inside = view.keeps(actors=(*event.actors, *event.recipients), article=article)
        return inside and view.in_days(event.when, view.articles[article])

    def voucher(event: Event) -> str:
        item = view.attributions.get(event.asserted_by or "")
        return view.source(item.source) if item else "the article"

    rows = [
        (
            _days(event.when, view.articles[event.passage.article]),
            view.join(event.actors),
            f"{event.type}/{event.mode}" if event.mode else event.type,
            view.join(event.recipients),
            event.status,
            voucher(event),
            _quote((event.passage,)),
        )
        for event in view.record.events
        if keeps(event)
    ]
    return Table(("when", "actors", "type", "recipients", "status", "according to", "passage"), rows)


def _list_stands(view: _View) -> Table:
    def place(position: Position) -> tuple[str, str, str]:
        """Put a holder's positions on one issue in order of time, by their own day or else their article's."""
        first = position.when.earliest if position.when else view.articles[position.passage.article].earliest
        return view.name(position.holder), position.issue, first or ""

    def keeps(position: Position) -> bool:
        article = position.passage.article
        inside = view.keeps(actors=(position.holder,), article=article, issue=position.issue)
        return inside and view.in_days(position.when, view.articles[article])

    rows = [
        (
            view.name(position.holder),
            position.issue,
            position.stance,
            _days(position.when, view.articles[position.passage.article]),
            _quote((position.passage,)),
            view.where(position.passage.article),
        )
        for position in sorted(view.record.positions, key=place)
        if keeps(position)
    ]
    return Table(("holder", "issue", "stance", "when", "passage", "article"), rows)


def _list_timeline(view: _View) -> Table:
    def keeps(happening: Happening) -> bool:
        parties = [
            actor
            for key in happening.events
            if (event := view.events.get(key))
            for actor in (*event.actors, *event.recipients)
        ]
        inside = any(view.keeps(actors=tuple(parties), article=article) for article in happening.articles)
        return inside and view.in_days(happening.when, None)

    rows = [
        (_days(item.when), item.label, item.status, str(len(item.articles)), _quote(item.passages[:1]))
        for item in view.record.happenings
        if keeps(item)
    ]
    return Table(("when", "happening", "status", "reports", "passage"), rows)


def _list_shifts(view: _View) -> Table:
    rows = []
    for shift in view.record.shifts:
        before, after = view.positions[shift.before], view.positions[shift.after]
        if view.keeps(actors=(shift.holder,), issue=shift.issue):
            sides = (f"{side.stance}: {_quote((side.passage,))}" for side in (before, after))
            rows.append((view.name(shift.holder), shift.issue, *sides, shift.why))
    return Table(("holder", "issue", "before", "after", "why"), rows)


def _list_conflicts(view: _View) -> Table:
    def side(key: str) -> tuple[str, tuple[str, ...]]:
        """Give a side's words and the actors that they are given to."""
        if key in view.attributions:
            item = view.attributions[key]
            speaker = (item.source.actor,) if item.source and item.source.actor else ()
            return f"{view.source(item.source)}: {_quote(item.content)}", speaker
        if key in view.positions:
            position = view.positions[key]
            return f"{view.name(position.holder)}: {_quote((position.passage,))}", (position.holder,)
        event = view.events[key]
        return _quote((event.passage,)), (*event.actors, *event.recipients)

    rows = []
    for conflict in view.record.conflicts:
        (left, first), (right, second) = side(conflict.left), side(conflict.right)
        if view.keeps(actors=(*first, *second), issue=conflict.issue):
            rows.append((f"{conflict.score:.2f}", conflict.kind, left, right, conflict.why))
    return Table(("score", "kind", "one side", "other side", "why"), rows)


def _list_suggestions(view: _View) -> Table:
    rows = [
        (f"{item.score:.2f}", item.kind, view.name(item.left), view.name(item.right), item.why)
        for item in view.record.suggestions
        if view.keeps(actors=(item.left, item.right))
    ]
    return Table(("score", "kind", "one", "other", "why"), rows)


TABLES: dict[str, Callable[[_View], Table]] = {
    "actors": _list_actors,
    "said": _list_said,
    "did": _list_did,
    "stands": _list_stands,
    "timeline": _list_timeline,
    "shifts": _list_shifts,
    "conflicts": _list_conflicts,
    "suggestions": _list_suggestions,
}
