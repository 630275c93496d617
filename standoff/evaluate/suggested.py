"""Score the issues that are suggested for a dispute against those that a careful reader would list."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable
from typing import NamedTuple

from standoff.annotate.topics import find_topics
from standoff.errors import ConfigError
from standoff.evaluate.record.measures import Figure, measure_share
from standoff.evaluate.rows import load_rows
from standoff.evaluate.singly import check_half
from standoff.models.language import load_language
from standoff.records import Article, IssueDraft
from standoff.resolve.issues import draft_issues

FIRST = 8  # drafts that are looked at: about what a person reads through

Scores = dict[str, dict[str, Figure]]


class Dispute(NamedTuple):
    """Articles of one dispute; each issue is a list of names, and `also` are names that are no mistake."""

    name: str
    half: str
    issues: list[list[str]]
    also: list[str]
    articles: list[Article]


class Outcome(NamedTuple):
    """What became of a dispute: the issues not suggested, and the drafts that are none."""

    dispute: Dispute
    drafts: tuple[IssueDraft, ...]
    missed: list[str]
    wrong: list[str]


def judge_drafts(path: str | os.PathLike[str], *, half: str | None = None) -> list[Outcome]:
    """Give for each dispute of a file what is suggested first, judged; of one half, if one is named.

    A draft is an issue if it stands on a word, a name or a deed of the articles that holds all words of one of the
    issue's names. Raises ConfigError for a file that cannot be scored.
    """
    return [_judge(dispute) for dispute in _read_disputes(pathlib.Path(path), half)]


def score_drafts(outcomes: Iterable[Outcome]) -> Scores:
    """Give recall of the issues and precision of the drafts, for "all" and for each dispute."""
    judged = list(outcomes)
    return {"all": _score(judged), **{item.dispute.name: _score([item]) for item in judged}}


def list_faults(outcomes: Iterable[Outcome]) -> list[str]:
    """Give a line for each issue missed and each draft that is none; never of held disputes."""
    tuned = [item for item in outcomes if item.dispute.half != "held"]
    return [
        line
        for item in tuned
        for line in (
            *(f"{item.dispute.name}: not suggested: {name}" for name in item.missed),
            *(f"{item.dispute.name}: no issue: {key}" for key in item.wrong),
        )
    ]


def _judge(dispute: Dispute) -> Outcome:
    nlp = load_language()
    topics = [topic for article in dispute.articles for topic in find_topics(nlp(article.text), article)]
    drafts = draft_issues(topics, dispute.articles, limit=FIRST)
    missed = [names[0] for names in dispute.issues if not any(_is_named(draft, names) for draft in drafts)]
    right = [name for names in (*dispute.issues, dispute.also) for name in names]
    return Outcome(dispute, drafts, missed, [draft.key for draft in drafts if not _is_named(draft, right)])


def _is_named(draft: IssueDraft, names: Iterable[str]) -> bool:
    """Tell whether a draft stands on words that hold all words of one of the names."""
    words = [{*topic.word.split(), *(topic.name or "").split(), *(topic.deed or "").split()} for topic in draft.topics]
    return any(set(name.split()) <= own for name in names for own in words)


def _score(judged: Iterable[Outcome]) -> dict[str, Figure]:
    items = list(judged)
    issues = sum(len(item.dispute.issues) for item in items)
    drafts = sum(len(item.drafts) for item in items)
    return {
        f"recall@{FIRST}": measure_share(issues - sum(len(item.missed) for item in items), issues),
        f"precision@{FIRST}": measure_share(drafts - sum(len(item.wrong) for item in items), drafts),
    }


def _read_disputes(path: pathlib.Path, half: str | None) -> list[Dispute]:
    check_half(half)
    try:
        tables = load_rows(path, "dispute", "disputes")
        disputes = [
            Dispute(
                table["name"],
                table["half"],
                table["issues"],
                table["also"],
                [
                    Article(id=f"{table['name']} {number}", source=path.name, text=text.strip())
                    for number, text in enumerate(table["articles"], start=1)
                ],
            )
            for table in tables
        ]
    except (KeyError, TypeError) as error:
        raise ConfigError(
            f"{path}: no disputes can be read from it ({error}); "
            "each [[dispute]] needs name, half, issues, also, articles."
        ) from error
    return [dispute for dispute in disputes if half in (None, dispute.half)]
