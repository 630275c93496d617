"""Bound the day on which each article was written, and with it every time that the article gives.

Each bound is a constraint with a reason. An article that has become precise may date another, so the articles are gone
through again until nothing changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from standoff.records import Article, Reading
from standoff.resolve.dates.apart import list_measured_bounds, measure_days
from standoff.resolve.dates.bounds import Solution, solve_bounds
from standoff.resolve.dates.copied import list_copy_bounds
from standoff.resolve.dates.fill import fill_days
from standoff.resolve.dates.lasting import list_lasting_bounds
from standoff.resolve.dates.own import list_line_bounds, list_month_bounds, list_own_bounds
from standoff.resolve.dates.shared import index_known, list_article_keys, list_shared_bounds
from standoff.resolve.days import Days, format_day, parse_day
from standoff.resolve.tellings import Telling, list_tellings

OWN_LINE = "the article's own line"
ROUNDS = 4  # one article dates another, which dates a third; longer chains were not met
NAME = 60  # characters of a title by which a reason names an article


def date_articles(readings: Sequence[Reading], *, copies: Mapping[str, str] | None = None) -> list[Reading]:
    """Give the readings with `earliest`, `latest` and `dated_by` of each article, and each `when`, filled in.

    An article that says when it was published is of that day. Any other is bounded by the days that it names, by
    statements and events that it shares with dated articles, by elections that are past or still to come in it, and by
    its `copies`, which give each article the one it was taken from. A side that nothing bounds stays open, and a time
    that hangs on it stays unknown.
    """
    names = {reading.article.id: _name_article(reading.article) for reading in readings}
    tellings = {reading.article.id: list_tellings(reading) for reading in readings}
    solved = {reading.article.id: _solve_alone(reading.article, tellings[reading.article.id]) for reading in readings}
    undated = [reading for reading in readings if reading.article.published is None]
    origins = copies or {}
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda reading: reading.article.id):
        groups[origins.get(reading.article.id, reading.article.id)].append(reading)
    changed: set[str] | None = None
    for _ in range(ROUNDS):
        written = {article: solution.days for article, solution in solved.items()}
        known = index_known(tellings, written)
        news = None if changed is None else {key for article in changed for key in list_article_keys(tellings[article])}
        for reading in undated:
            article = reading.article.id
            if news is not None and news.isdisjoint(list_article_keys(tellings[article])):
                continue
            bounds = [*list_own_bounds(tellings[article])]
            bounds += list_shared_bounds(tellings[article], known, written[article], names)
            bounds += list_lasting_bounds(reading, tellings[article], known, names)
            bounds += list_measured_bounds(reading, tellings[article], known, solved[article])
            same = [other for other in groups[origins.get(article, article)] if other is not reading]
            bounds += list_copy_bounds(reading, same, written, names)
            bounds += list_line_bounds(reading, solve_bounds(bounds).days)
            bounds += list_month_bounds(reading, solve_bounds(bounds).days)
            solved[article] = solve_bounds(bounds)
        changed = {article for article, days in written.items() if solved[article].days != days}
        if not changed:
            break
    known = index_known(tellings, {article: solution.days for article, solution in solved.items()})
    filled = []
    for reading in readings:
        article, solution = reading.article.id, solved[reading.article.id]
        filled.append(fill_days(reading, solution, measure_days(reading, tellings[article], known, solution)))
    return filled


def _solve_alone(article: Article, tellings: Sequence[Telling]) -> Solution:
    if article.published is None:
        return solve_bounds(list_own_bounds(tellings))
    day = parse_day(article.published)
    return Solution(Days(day, day), (OWN_LINE,))


def _name_article(article: Article) -> str:
    """Give a short name by which a reason can point at an article."""
    name = article.title or article.outlet or article.source.rsplit("/", 1)[-1]
    short = name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"
    day = parse_day(article.published)
    return f"“{short}”" + (f" ({format_day(day)})" if day else "")
