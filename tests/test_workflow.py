"""The whole flow: order, failures, and what does not depend on how it is run."""

from __future__ import annotations

import pathlib

import pytest
from spacy.language import Language

from standoff.layout import split_blocks
from standoff.records import Article, Failure, Reading, Record
from standoff.resolve.to_record import resolve_records
from standoff.workflow import annotate_articles, read

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "examples" / "articles"


def test_reading_twice_gives_the_same_bytes(record: Record) -> None:
    assert read(ARTICLES).to_json() == record.to_json()


def test_the_order_of_readings_does_not_matter(record: Record) -> None:
    readings = [item for item in annotate_articles(record.articles) if isinstance(item, Reading)]
    assert resolve_records(reversed(readings)).to_json() == resolve_records(readings).to_json()


def test_an_article_that_breaks_a_component_becomes_a_failure(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    times = nlp.get_pipe("standoff_times")

    def break_on_comet(self: object, doc: object) -> object:
        if "comet" in str(doc):
            raise ValueError("a comet")
        return doc

    monkeypatch.setattr(type(times), "__call__", break_on_comet)
    texts = ("The minister said no.", "A comet, the minister said.", "The union said yes.")
    articles = [Article(id=str(n), source=f"{n}.txt", text=text) for n, text in enumerate(texts)]
    found = list(annotate_articles(articles))
    assert [item.article.source for item in found if isinstance(item, Reading)] == ["0.txt", "2.txt"]
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert (failure.source, failure.stage) == ("1.txt", "annotate")
    assert "standoff_times failed with ValueError: a comet" in failure.reason


def test_a_page_is_sorted_into_blocks_once() -> None:
    split_blocks.cache_clear()
    assert read(ARTICLES).articles
    asked = split_blocks.cache_info()
    assert (asked.misses, asked.hits >= 2 * asked.misses) == (len(list(ARTICLES.iterdir())), True)


def test_nothing_but_failures_is_a_record_too(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty.txt").touch()
    record = read(tmp_path)
    assert record.articles == ()
    assert len(record.failures) == 1


@pytest.mark.parametrize(
    "text",
    ["Word", "“", "“‘«", "🙂" * 50, "A\u0301" * 40, "NO TALKS, MINISTER SAYS. " * 20, "and " * 2000, "\n\n\n.\n"],
)
def test_odd_texts_are_read_without_a_fault(text: str) -> None:
    (reading,) = annotate_articles([Article(id="odd", source="odd.txt", text=text)])
    assert isinstance(reading, Reading), reading
