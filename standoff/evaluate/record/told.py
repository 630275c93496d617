"""Score what happened when: dated facts, the articles' own days, and passages that tell of one happening."""

from __future__ import annotations

from standoff.evaluate.record.aligned import Aligned
from standoff.evaluate.record.measures import (
    compare_groups,
    compare_sets,
    cover_passages,
    holds_days,
    lies_within,
    spread_spans,
    take_percent,
)

SLACK = 366  # days by which an article's interval may be wider than gold's


def score_facts(view: Aligned) -> dict[str, float]:
    """Score dated facts that a happening or event tells with the coded date, and articles dated closely enough."""
    hits = total = dated = 0
    for name, article in view.articles.items():
        told = [(cover_passages(item.passages, article.id), item.when) for item in view.record.happenings]
        told += [(cover_passages([event.passage], article.id), event.when) for event in view.record.events]
        for fact in view.get_rows(name, "facts"):
            if fact["date"] is not None:
                total += 1
                place = spread_spans(fact["anchor"])
                hits += any(place & cover and lies_within(when, fact["date"]) for cover, when in told)
        dated += holds_days((article.earliest, article.latest), view.gold.articles[name]["dated"], slack=SLACK)
    return {"facts": take_percent(hits, total), "dated": take_percent(dated, len(view.articles))}


def score_happenings(view: Aligned) -> dict[str, float]:
    """Score which passages tell of one happening.

    `told` is the share of the coded passages that a happening of the record touches, `happenings` B-cubed over them.
    """
    coded = [(number, item) for number, row in enumerate(view.gold.cross["happenings"]) for item in row["mentions"]]
    if not coded:
        return {}
    pairs: list[tuple[object, object]] = []
    for number, item in coded:
        article, place = view.articles[item["article"]].id, spread_spans(item["anchor"])
        touching = [
            (compare_sets(place, cover_passages([passage], article)), happening.id)
            for happening in view.record.happenings
            for passage in happening.passages
        ]
        share, found = max(touching, default=(0.0, ""))
        if share > 0:
            pairs.append((found, number))
    return {"happenings": compare_groups(pairs), "told": take_percent(len(pairs), len(coded))}
