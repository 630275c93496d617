"""Read short texts, each as an article of its own, through the whole pipeline and its actors resolved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from standoff.annotate.to_records import to_reading
from standoff.errors import ConfigError
from standoff.models.language import load_language
from standoff.records import Article, Record
from standoff.resolve.to_record import resolve_records

HALVES = ("tune", "held")  # whose errors may be looked at, and of which only the figures are


def read_singly(texts: Iterable[tuple[str, str]], *, issues: str | os.PathLike[str] | None = None) -> Iterator[Record]:
    """Yield the record of each text alone, given with a name of its own that becomes the article's id.

    `issues` names a codebook that takes the place of the shipped issues.
    """
    nlp = load_language(issues)
    articles = [Article(id=name, source=name, text=text) for name, text in texts]
    for article, doc in zip(articles, nlp.pipe(article.text for article in articles), strict=True):
        yield resolve_records([to_reading(article, doc)])


def check_half(half: str | None) -> None:
    """Raise ConfigError for what is neither a half nor None, which stands for both."""
    if half not in (None, *HALVES):
        raise ConfigError(f"“{half}” is not a half of the cases; choose {' or '.join(HALVES)}.")
