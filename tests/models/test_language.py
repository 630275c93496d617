"""The pipeline has the trained reader, or says once that it reads without it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from standoff.models import language


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the reader's files be missing."""
    monkeypatch.setattr(language, "has_reader", lambda: False)
    language._load_language.cache_clear()
    yield
    language._load_language.cache_clear()


def test_the_reader_takes_the_place_of_spacys_names() -> None:
    nlp = language.load_language()
    assert nlp.pipe_names[:2] == ["standoff_layout", "standoff_reader"]
    assert "ner" not in nlp.pipe_names
    assert language.describe_language()["models"]["standoff-reader"]


def test_without_its_files_the_rules_read_alone_and_say_so_once(bare: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        nlp = language.load_language()
        language.load_language()
    assert "standoff_reader" not in nlp.pipe_names
    assert "ner" in nlp.pipe_names
    assert [record.message for record in caplog.records] == [
        "the trained reader is not installed: rules alone find attributions, and spaCy the names"
    ]
    doc = nlp("Ada Ito said the ferry was safe.")
    assert [fact["made_by"] for fact in doc.spans["attributions"].attrs["facts"]] == ["rules/cue-clause"]
