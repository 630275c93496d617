"""Read short texts through the whole pipeline, their actors resolved: each by itself, or the few of one dispute."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from standoff.annotate.to_records import to_reading
from standoff.errors import ConfigError
from standoff.models.language import load_language
from standoff.records import Article, Record
from standoff.resolve.to_record import resolve_records

if TYPE_CHECKING:
    from spacy.tokens import Doc

HALVES = ("tune", "held")  # whose errors may be looked at, and of which only the figures are


def read_singly(texts: Iterable[tuple[str, str]], *, issues: str | os.PathLike[str] | None = None) -> Iterator[Record]:
    """Yield the record of each text alone, given with a name of its own that becomes the article's id.

    `issues` names a codebook that takes the place of the shipped issues.
    """
    yield from read_together(([Article(id=name, source=name, text=text)] for name, text in texts), issues=issues)


def read_together(
    sets: Iterable[Sequence[Article]], *, issues: str | os.PathLike[str] | None = None
) -> Iterator[Record]:
    """Yield one record for each set of articles, which are read knowing the day that they give for themselves."""
    nlp = load_language(issues)
    listed = [list(articles) for articles in sets]

    def make_docs() -> Iterator[tuple[Doc, Article]]:
        for articles in listed:
            for article in articles:
                doc = nlp.make_doc(article.text)
                doc._.published = article.published
                yield doc, article

    readings = (to_reading(article, doc) for doc, article in nlp.pipe(make_docs(), as_tuples=True))
    for articles in listed:
        yield resolve_records([next(readings) for _ in articles])


def check_half(half: str | None) -> None:
    """Raise ConfigError for what is neither a half nor None, which stands for both."""
    if half not in (None, *HALVES):
        raise ConfigError(f"“{half}” is not a half of the cases; choose {' or '.join(HALVES)}.")
