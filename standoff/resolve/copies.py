"""Find reports that are copies of one text."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.records import Article


def find_copies(articles: Sequence[Article]) -> dict[str, str]:
    """Give for each article's id the id of the report that it is a copy of, or its own if it is none."""
    return {article.id: article.id for article in articles}
