"""Score a record against hand-coded articles, kind by kind.

All figures are per cent. Attributions match when their content shares half its characters (Jaccard), one to one; events
when they have one type and their passages touch; positions when holder, issue and stance are the same; actors and
happenings by B-cubed over the coded mentions that the record has too. docs/evaluate.md says what each figure means.
"""

from __future__ import annotations

import pathlib

from standoff.evaluate.gold import read_gold
from standoff.evaluate.record.across import score_conflicts, score_copies, score_shifts
from standoff.evaluate.record.aligned import Aligned
from standoff.evaluate.record.did import score_did, score_stands
from standoff.evaluate.record.measures import compare_groups, find_passages, take_percent
from standoff.evaluate.record.said import score_said
from standoff.evaluate.record.told import score_facts, score_happenings
from standoff.records import Record


def evaluate_record(record: Record, gold_folder: pathlib.Path) -> dict[str, float]:
    """Give the scores of `record` against the gold in a folder, by name.

    Only articles that the folder codes are scored; an article is found by the file name in its `source`. What the gold
    codes nowhere (happenings, copies, acts, conflicts, shifts) has no score. Raises ConfigError if the folder codes an
    article that the record lacks.
    """
    texts = {pathlib.PurePath(article.source).name: article.text for article in record.articles}
    view = Aligned(record, read_gold(gold_folder, texts))
    return {
        "slices": score_slices(record),
        **score_said(view),
        **score_did(view),
        **score_stands(view),
        **score_actors(view),
        **score_facts(view),
        **score_happenings(view),
        **score_conflicts(view),
        **score_shifts(view),
        **score_copies(view),
    }


def score_slices(record: Record) -> float:
    """Give the share of passages whose text is just what stands at their place in the article."""
    texts = {article.id: article.text for article in record.articles}
    held = [texts[item.article][item.start : item.end] == item.text for item in find_passages(record)]
    return take_percent(sum(held), len(held))


def score_actors(view: Aligned) -> dict[str, float]:
    """Score which mentions are one actor, and how many coded mentions of named actors the record has."""
    return {"actors": compare_groups(view.pairs), "named": take_percent(len(view.pairs), view.coded_mentions)}
