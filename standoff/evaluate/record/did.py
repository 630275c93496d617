"""Score who did what to whom, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standoff.evaluate.record.aligned import Aligned
from standoff.evaluate.record.measures import Share, cover_passages, lies_within, share_sets, spread_spans, take_percent
from standoff.records import Event

STATUS = {"happened": "actual", "planned": "future", "asserted-future": "future", "denied": "negated"}
RECIPROCAL = ("CONSULT", "AGREE", "COOPERATE")


def score_did(view: Aligned) -> dict[str, float]:
    """Score events: type and place, then actors and recipients, then the status and days of those that match.

    `did when` is the share of the coded events with a date that are found, and dated within it.
    """
    hits = whole = same = predicted = coded = dated = told = 0
    for name, article in view.articles.items():
        mine = [event for event in view.record.events if event.passage.article == article.id]
        rows = view.get_rows(name, "events")
        predicted, coded = predicted + len(mine), coded + len(rows)
        dated += sum(row["date"] is not None for row in rows)
        used: set[str] = set()
        for row in rows:
            places = [spread_spans(span) for span in (row["anchor"], *(row["also"] or ()))]
            fits = [
                (_has_roles(view, name, event, row), -number, event)
                for number, event in enumerate(mine)
                if event.id not in used
                and event.type == row["type"]
                and any(place & cover_passages([event.passage], article.id) for place in places)
            ]
            if fits:
                right, _, event = max(fits, key=lambda fit: fit[:2])
                used.add(event.id)
                hits, whole = hits + 1, whole + right
                told += lies_within(event.when, row["date"])
                same += event.status == STATUS.get(row["status"], row["status"])
    shares = {"did": Share(hits, predicted, coded).f1, "did+who": Share(whole, predicted, coded).f1}
    return shares | {"status": take_percent(same, hits), "did when": take_percent(told, dated)}


def _has_roles(view: Aligned, name: str, event: Event, row: Mapping[str, Any]) -> bool:
    """Tell whether every coded actor and recipient is there; where an event is mutual, on either side."""
    actors = {view.get_actor(name, actor) for actor in event.actors}
    recipients = {view.get_actor(name, actor) for actor in event.recipients}
    wanted_actors, wanted_recipients = set(row["source"]), set(row["target"])
    if row["type"] in RECIPROCAL and wanted_actors | wanted_recipients <= actors | recipients:
        return True
    return wanted_actors <= actors and wanted_recipients <= recipients


def score_stands(view: Aligned) -> dict[str, float]:
    """Score positions (article, holder, issue, stance) on the issues that the gold uses anywhere."""
    issues = {row["issue"] for name in view.articles for row in view.get_rows(name, "positions")}
    coded = {
        (name, row["actor"], row["issue"], row["stance"])
        for name in view.articles
        for row in view.get_rows(name, "positions")
    }
    mine = {
        (name, view.get_actor(name, item.holder) or item.holder, item.issue, item.stance)
        for name, article in view.articles.items()
        for item in view.record.positions
        if item.passage.article == article.id and item.issue in issues
    }
    return {"stands": share_sets(mine, coded).f1}
