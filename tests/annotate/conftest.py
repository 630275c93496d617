"""What tests of single components share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from standoff.models.language import MODEL

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp(rules_alone: Language) -> Language:
    """Give the pipeline without the trained reader: here each rule is held to what it does by itself."""
    return rules_alone


@pytest.fixture(scope="module")
def reader() -> Language:
    """Give a pipeline with the layout and the mentions alone."""
    nlp = spacy.load(MODEL)
    nlp.add_pipe("standoff_layout", first=True)
    nlp.add_pipe("standoff_mentions")
    return nlp
