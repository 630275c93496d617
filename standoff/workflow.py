"""The whole flow on one screen: bytes to articles, articles to readings, readings to a record."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from standoff.annotate.to_records import to_reading
from standoff.ingest.plain import read_text
from standoff.models.language import load_language
from standoff.records import Article, Failure, Reading, Record
from standoff.resolve.to_record import resolve_records

if TYPE_CHECKING:
    from spacy.tokens import Doc


def annotate_articles(articles: Iterable[Article]) -> Iterator[Reading | Failure]:
    """Yield the reading of each article, or the failure that stopped it, in order."""
    nlp = load_language()

    def prepare() -> Iterator[tuple[Doc, Article]]:
        for article in articles:
            doc = nlp.make_doc(article.text)
            doc._.published = article.published
            yield doc, article

    for doc, article in nlp.pipe(prepare(), as_tuples=True):
        yield to_reading(article, doc)


def read(*paths: str) -> Record:
    """Read articles from files or folders and give the record of them all."""
    files = [file for path in map(pathlib.Path, paths) for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    found = list(annotate_articles(map(read_text, files)))
    readings = [item for item in found if isinstance(item, Reading)]
    return resolve_records(readings, failures=[item for item in found if isinstance(item, Failure)])
