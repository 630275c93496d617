"""What many tests share: the language model, and the record of the example articles, each made once."""

from __future__ import annotations

import os
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


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Give the file of a store of the example articles, with their readings; to be copied, never written."""
    from standoff.store.database import open_store
    from standoff.workflow import read

    place = tmp_path_factory.mktemp("examples") / "examples.db"
    store = open_store(str(place))
    read(os.path.relpath(ROOT / "examples" / "articles"), store=store)
    store.engine.dispose()  # what is still in SQLite's log goes into the file, which alone is copied
    return place
