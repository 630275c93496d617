"""Score who said what: the content of attributions, their source, and what else is told of those that match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from standoff.evaluate.record.aligned import Aligned
from standoff.evaluate.record.measures import (
    Share,
    compare_sets,
    cover_passages,
    lies_within,
    spread_spans,
    take_percent,
)
from standoff.records import Attribution

ENOUGH = 0.5  # share of characters (Jaccard) from which the content found is taken for the coded one


class Pair(NamedTuple):
    """Hold a predicted attribution with the coded one that it matches in one article, and if the source is right."""

    name: str
    mine: Attribution
    coded: Mapping[str, Any]
    right: bool


class Matched(NamedTuple):
    """Hold what matches in one article, and how many there are on either side."""

    pairs: list[Pair]
    predicted: int
    coded: int


def score_said(view: Aligned) -> dict[str, float]:
    """Score attributions: content and source, first without and then with those inside others, and their fields.

    `directness` and `act` are shares of the matched; `venue`, `inside`, `addressee` and `said when` (dated within the
    coded date) shares of the coded that have one.
    """
    scores: dict[str, float] = {}
    found: list[Matched] = []
    for label, every in (("", False), ("(all)", True)):
        found = [_match_article(view, name, every=every) for name in view.articles]
        pairs = [pair for matched in found for pair in matched.pairs]
        predicted, coded = sum(item.predicted for item in found), sum(item.coded for item in found)
        scores["said" + label] = Share(len(pairs), predicted, coded).f1
        scores["said+who" + label] = Share(sum(pair.right for pair in pairs), predicted, coded).f1
    return scores | _score_fields(view, [pair for matched in found for pair in matched.pairs])


def _score_fields(view: Aligned, pairs: list[Pair]) -> dict[str, float]:
    rows = [row for name in view.articles for row in view.get_rows(name, "attributions")]
    addressed = sum(row["addressee"] is not None for row in rows)
    dated = sum(row["said_on"] is not None for row in rows)
    scores = {
        "directness": take_percent(sum(pair.mine.directness == pair.coded["kind"] for pair in pairs), len(pairs)),
        "venue": take_percent(sum(map(_has_venue, pairs)), sum(bool(row["venue"]) for row in rows)),
        "inside": take_percent(
            sum(pair.mine.inside is not None and pair.coded["in"] is not None for pair in pairs),
            sum(row["in"] is not None for row in rows),
        ),
        "addressee": take_percent(sum(_has_addressee(view, pair) for pair in pairs), addressed),
        "said when": take_percent(sum(lies_within(pair.mine.when, pair.coded["said_on"]) for pair in pairs), dated),
    }
    told = [pair for pair in pairs if pair.coded["act"] is not None]
    if told:
        scores["act"] = take_percent(sum(pair.mine.act == pair.coded["act"] for pair in told), len(told))
    return scores


def _has_venue(pair: Pair) -> bool:
    if not pair.coded["venue"]:
        return False
    return bool(cover_passages([pair.mine.venue], pair.mine.content[0].article) & spread_spans(pair.coded["venue"]))


def _has_addressee(view: Aligned, pair: Pair) -> bool:
    wanted = pair.coded["addressee"]
    return wanted is not None and view.get_actor(pair.name, pair.mine.addressee) == wanted


def _match_article(view: Aligned, name: str, *, every: bool) -> Matched:
    """Pair predicted and coded attributions of one article, those with the right source first."""
    article = view.articles[name].id
    mine = [
        item
        for item in view.record.attributions
        if item.content[0].article == article and (every or item.inside is None)
    ]
    rows = [row for row in view.get_rows(name, "attributions") if every or row["in"] is None]
    candidates = [
        (_has_source(view, name, item, row), share, number, index)
        for number, item in enumerate(mine)
        for index, row in enumerate(rows)
        if (share := compare_sets(cover_passages(item.content, article), spread_spans(*row["content"]))) >= ENOUGH
    ]
    used_mine, used_rows, pairs = set(), set(), []
    for right, _, number, index in sorted(candidates, reverse=True):
        if number not in used_mine and index not in used_rows:
            used_mine.add(number)
            used_rows.add(index)
            pairs.append(Pair(name, mine[number], rows[index], right))
    return Matched(pairs, len(mine), len(rows))


def _has_source(view: Aligned, name: str, item: Attribution, row: Mapping[str, Any]) -> bool:
    actor = item.source.actor if item.source else None
    if row["source"] is None or actor is None:
        return row["source"] is None and actor is None
    return view.get_actor(name, actor) == str(row["source"])
