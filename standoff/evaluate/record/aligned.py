"""Lay a record beside its gold: its articles by file name, and each of its actors tied to a coded one."""

from __future__ import annotations

import pathlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from standoff.evaluate.gold import Gold, Span
from standoff.evaluate.record.measures import compare_sets, spread_spans
from standoff.records import Article, Mention, Record

TOUCHING = 0.3  # share of characters (Jaccard) from which a mention found is taken for the coded one

Place = tuple[str, set[int]]  # an actor, and the characters of a mention


def list_places(mentions: Iterable[Mention]) -> list[Place]:
    """Give the actor and the characters of each mention of one article."""
    return [(item.actor, spread_spans((item.passage.start, item.passage.end))) for item in mentions]


def find_actor(places: Iterable[Place], span: Span) -> str | None:
    """Give the actor whose mention comes closest to the words of a coded one; None if none does."""
    wanted = spread_spans(span)
    share, found = max(((compare_sets(wanted, place), actor) for actor, place in places), default=(0.0, ""))
    return found if share >= TOUCHING else None


class Aligned:
    """Hold a record beside its gold, with each predicted actor tied to the coded one that it covers most."""

    def __init__(self, record: Record, gold: Gold) -> None:
        self.record = record
        self.gold = gold
        names = {pathlib.PurePath(article.source).name: article for article in record.articles}
        self.articles: Mapping[str, Article] = {name: names[name] for name in gold.articles}
        self.coded_mentions = 0
        self.pairs: list[tuple[object, object]] = []  # (predicted, coded across articles) per coded mention found
        self.tied = {name: self._tie_actors(name) for name in self.articles}

    def get_rows(self, name: str, kind: str) -> Sequence[Mapping[str, Any]]:
        """Give the coded rows of one kind in one article."""
        rows: Sequence[Mapping[str, Any]] = self.gold.articles[name][kind]
        return rows

    def get_actor(self, name: str, actor: str | None) -> str | None:
        """Give the coded actor that a predicted one is tied to in one article."""
        return self.tied[name].get(actor) if actor else None

    def _tie_actors(self, name: str) -> Mapping[str, str]:
        """Give for each predicted actor the coded one with most mentions under its own, or of its name."""
        article = self.articles[name]
        places = list_places(item for item in self.record.mentions if item.passage.article == article.id)
        across = {
            (ref["article"], ref["id"]): number
            for number, group in enumerate(self.gold.cross.get("same_actor", []))
            for ref in group["ids"]
        }
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for coded in self.get_rows(name, "actors"):
            named = coded["kind"] != "group"
            for span in coded["mentions"]:
                self.coded_mentions += named
                if (found := find_actor(places, span)) is None:
                    continue
                votes[found][coded["id"]] += 1
                if named:
                    self.pairs.append((found, across.get((name, coded["id"]), (name, coded["id"]))))
            for predicted in self.record.find_actors(coded["name"]):
                votes[predicted.id][coded["id"]] += 1
        return {predicted: counts.most_common(1)[0][0] for predicted, counts in votes.items()}
