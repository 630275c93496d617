"""In a recording it is who is heard that speaks; and a noun of saying is its owner's."""

from __future__ import annotations

import pytest
from spacy.language import Language

from standoff.annotate.facts import read_facts
from standoff.models.language import load_language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_language()


@pytest.mark.parametrize(
    ("sentence", "source", "content"),
    [
        ("The film shows footage of the mayor saying, “We will pay every docker.”", "the mayor", "We will pay"),
        ("The broadcaster aired a clip of Minister Adu telling dockers that the port would close.", "Adu", "the port"),
        ("The advert uses a recording of Ama Boateng asking, “Who will feed my children?”", "Boateng", "Who will"),
        ("The station played audio of a commander ordering his men to hold fire.", "commander", "to hold fire"),
        ("The watchdog seized on the minister's claim that “hundreds of boats” had left.", "minister", "had left"),
        ("The paper did a check on the mayor's promise that there would be “thousands of jobs”.", "mayor", "jobs"),
    ],
)
def test_who_is_heard_speaks(nlp: Language, sentence: str, source: str, content: str) -> None:
    text = f"Port strike enters second week\n\nThe port of Tema stood still on Monday. {sentence}\n\nNobody came."
    facts = [fact for fact in read_facts(nlp(text), "attributions") if fact["source"] is not None]
    told = {text[slice(*fact["source"])]: " ".join(text[start:end] for start, end in fact["content"]) for fact in facts}
    (said,) = [words for name, words in told.items() if source in name]
    assert content in said
    assert len(told) == 1
