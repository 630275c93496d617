"""In a recording it is who is heard that speaks; a noun of saying is its owner's; what is spoken of is not said."""

from __future__ import annotations

import pytest
from spacy.language import Language

from standoff.annotate.facts import read_facts
from standoff.models.language import load_language

ARTICLE = "Port strike enters second week\n\nThe port of Tema stood still on Monday. {}\n\nNobody came."


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
    text = ARTICLE.format(sentence)
    facts = [fact for fact in read_facts(nlp(text), "attributions") if fact["source"] is not None]
    told = {text[slice(*fact["source"])]: " ".join(text[start:end] for start, end in fact["content"]) for fact in facts}
    (said,) = [words for name, words in told.items() if source in name]
    assert content in said
    assert len(told) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "“It is over,” she said of the strike, in which she had lost her job. “For me, at least.”",
        "“We are ruined,” Ama Boateng said of the levy, which the council had passed in May. “Nobody will buy.”",
        "“It was a mistake,” the bishop said of the march. “We should have stayed at home.”",
    ],
)
def test_what_a_quotation_is_about_is_no_part_of_it(nlp: Language, sentence: str) -> None:
    text = ARTICLE.format(sentence)
    (fact,) = read_facts(nlp(text), "attributions")
    assert fact["directness"] == "direct"
    assert [text[start - 1 : end + 1] for start, end in fact["content"]] == [
        f"“{part}”" for part in sentence.split("“")[1:] for part in [part.split("”")[0]]
    ]
