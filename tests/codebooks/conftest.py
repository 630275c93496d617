"""What tests of codebooks share: the examples are held to the rules alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp(rules_alone: Language) -> Language:
    """Give the pipeline without the trained reader."""
    return rules_alone
