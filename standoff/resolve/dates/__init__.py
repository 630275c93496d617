"""Bound the day on which each article was written, and with it every time that the article gives.

Each bound is a constraint with a reason; the bounds of one article are met strongest first, and one that clashes with
what stronger ones leave is dropped. An article that has become precise may date another, so the articles are gone
through again until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from standoff.records import Article, Reading
from standoff.resolve.dates.own import list_month_bounds, list_own_bounds
from standoff.resolve.dates.shared import index_known, list_shared, list_shared_bounds
from standoff.resolve.dates.spans import Bound, Days, fill_whens, format_day, parse_day

OWN_LINE = "the article's own line"
ROUNDS = 4  # one article dates another, which dates a third; chains longer than this were not met


def date_articles(readings: Sequence[Reading]) -> list[Reading]:
    """Give the readings with `earliest`, `latest` and `dated_by` of each article, and each `when`, filled in.

    An article that says when it was published is of that day. Any other is bounded by the days that it names, by
    statements and events that it shares with dated articles, and by occasions that are past or still to come in it. A
    side that nothing bounds stays open, and a time that hangs on it stays unknown.
    """
    names = {reading.article.id: _name_article(reading.article) for reading in readings}
    shared = {reading.article.id: list_shared(reading) for reading in readings}
    solved = {reading.article.id: _solve(list_own_bounds(reading)) for reading in readings}
    for reading in readings:
        if reading.article.published is not None:
            day = parse_day(reading.article.published[:10])
            solved[reading.article.id] = Days(day, day), [OWN_LINE]
    undated = [reading for reading in readings if reading.article.published is None]
    for _ in range(ROUNDS):
        written = {article: days for article, (days, _) in solved.items()}
        known = index_known(shared, written)
        for reading in undated:
            article = reading.article.id
            bounds = [*list_own_bounds(reading), *list_shared_bounds(shared[article], known, written[article], names)]
            days, _ = _solve(bounds)
            solved[article] = _solve([*bounds, *list_month_bounds(reading, days)])
        if all(solved[article][0] == days for article, days in written.items()):
            break
    return [_write_days(reading, *solved[reading.article.id]) for reading in readings]


def _solve(bounds: Iterable[Bound]) -> tuple[Days, list[str]]:
    """Meet the bounds, the strongest first, and give the days left with the reasons of the bounds that decide them."""
    kept: list[Bound] = []
    days = Days()
    for bound in sorted(bounds, key=lambda bound: (-bound.strength, _sort_days(bound.days), bound.reason)):
        met = days.meet(bound.days)
        if met is not None:
            days = met
            kept.append(bound)
    deciding = [
        next((bound.reason for bound in kept if day is not None and bound.days[side] == day), None)
        for side, day in enumerate(days)
    ]
    return days, list(dict.fromkeys(reason for reason in deciding if reason))


def _sort_days(days: Days) -> tuple[str, str]:
    return str(days.first or ""), str(days.last or "")


def _write_days(reading: Reading, days: Days, reasons: list[str]) -> Reading:
    first, last = (None if day is None else day.isoformat() for day in days)
    article = replace(reading.article, earliest=first, latest=last, dated_by="; ".join(reasons) or None)
    return fill_whens(replace(reading, article=article), days)


def _name_article(article: Article) -> str:
    """Give a short name by which a reason can point at a dated article."""
    title = article.title or article.outlet or article.source.rsplit("/", 1)[-1]
    short = title if len(title) <= 60 else title[:57].rstrip() + "…"
    day = parse_day(article.published[:10]) if article.published else None
    return f"“{short}”" + (f" ({format_day(day)})" if day else "")


__all__ = ["date_articles"]
