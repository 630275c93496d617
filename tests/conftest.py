"""What many tests share: the language model, and the record of the example articles, each made once."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from standoff.records import Record

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def nlp() -> Language:
    from standoff.models.language import load_language

    return load_language()


@pytest.fixture(scope="session")
def rules_alone() -> Language:
    """Give the pipeline as it reads where the trained reader's files are missing."""
    from standoff.models.language import load_rules

    return load_rules()


@pytest.fixture(scope="session")
def record() -> Record:
    from standoff.workflow import read

    return read(ROOT / "examples" / "articles")
