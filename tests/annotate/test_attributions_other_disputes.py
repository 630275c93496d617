"""Hold the reader to what it gives of a statement in the news of many disputes: where, to whom, by which act, of whom.

Each sentence is made up. They stand for ways of telling, none of them for a country or a cause.
"""

# ruff: noqa: E501  (a case reads best on one line)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language


def read_statements(nlp: Language, text: str) -> list[dict[str, Any]]:
    """Give the attributions of a text with words for offsets and names for actors."""
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    return [
        {
            "source": None if fact["source"] is None else text[slice(*fact["source"])],
            "content": " … ".join(text[start:end] for start, end in fact["content"]).rstrip(" .,"),
            "venue": None if fact["venue"] is None else text[slice(*fact["venue"])],
            "actor": None if fact["actor"] is None else names[fact["actor"]],
            "addressee": None if fact["addressee"] is None else names[fact["addressee"]],
            "act": fact["act"],
        }
        for fact in read_facts(doc, "attributions")
    ]


@pytest.mark.parametrize(
    ("text", "venues"),
    [
        ("In a letter, the guild blamed the mayor for the flood and demanded that the dam be opened.", ["letter"] * 2),
        ("The captain told reporters at the dockyard office that the crane had failed.", ["dockyard office"]),
        (
            "The miner told a crowd of several hundred at the pit gate in Katowice: “We go down together.”",
            ["pit gate in Katowice"],
        ),
        (
            "Kiir told radio station Miraya that the truce was over.\n\n“It is finished,” he said.",
            ["radio station Miraya"] * 2,
        ),
        ("The strike leader told a news conference in Gdansk that the pit was lost.", ["news conference in Gdansk"]),
        (
            "Speaking at the launch of a ferry in Limassol, Christodoulides said that talks would resume.",
            ["launch of a ferry in Limassol"],
        ),
        (
            "“I would have waited,” Maduro said in a televised address on Monday.\n\nHe said that he was ready to talk.",
            ["televised address"] * 2,
        ),
        (
            "Hassan said that he had paid nobody. “I had no money,” he said in an interview with Channel 4.",
            ["interview with Channel 4"] * 2,
        ),
        ("“No one asked us,” the mayor said at the town hall. She added that the guild would sue.", ["town hall"] * 2),
        (
            "“No one asked us,” the mayor said at the town hall. The bishop said that the guild would sue.",
            ["town hall", None],
        ),
        ("“Go home,” she told the crowd through a loudspeaker.", ["loudspeaker"]),
        ("“We are hungry,” said Amna Idris, reached by phone in El Fasher.", ["phone"]),
        ("Writing in the Times of Malta, the bishop warned that the port would die.", ["Times of Malta"]),
        (
            "The ministry said in a statement posted online that eleven people had been freed.",
            ["statement posted online"],
        ),
        ("The envoy said at noon that the truce had held.", [None]),
        ("The envoy wrote to the council that the truce had held.", [None]),
    ],
)
def test_venue_is_kept_by_its_speaker_and_by_nobody_else(nlp: Language, text: str, venues: list[str | None]) -> None:
    assert [found["venue"] for found in read_statements(nlp, text)] == venues


@pytest.mark.parametrize(
    ("text", "content", "act"),
    [
        ("Cyprus calls the pipe a gift to the army that nobody wanted.", "the pipe a gift to the army that nobody wanted", "say"),
        ("Ghali called the raid a pretext for a coup that the army had planned.", "the raid a pretext for a coup that the army had planned", "say"),
        ("The envoy called the deal a farce on Friday.", "the deal a farce", "say"),
        ("Leaders of the guild turned down an offer of talks from the owners.", "an offer of talks from the owners", "refuse"),
        ("The owners, turning down a truce, went home.", "a truce", "refuse"),
        ("Colonel Musa had offered to bring the two sides together in Juba.", "to bring the two sides together in Juba", "promise"),
        ("The tribunal ruled that the vote was void.", "the vote was void", "say"),
        ("The treasury expects nine million pounds from the tax.", "nine million pounds from the tax", "believe"),
        ("Observers of the African Union spoke of a fair vote in a frightened country.", "a fair vote in a frightened country", "say"),
        ("The guild is worried about the cracks in the dam.", "the cracks in the dam", "believe"),
        ("The rebels denied that.", "that", "deny"),
        ("The general warned that the army would retake the bridge by force if it was not handed over.", "the army would retake the bridge by force if it was not handed over", "threaten"),
        ("The doctor warned that patients would die if the lorries did not come.", "patients would die if the lorries did not come", "say"),
        ("The warden defended the raid on the dormitory.", "the raid on the dormitory", "say"),
        ("Omar Deng has called for the camps to be opened.", "the camps to be opened", "demand"),
        ("The trawler reported seeing a flare.", "seeing a flare", "say"),
        ("Bread prices would double, the guild warned, unless the levy was scrapped.", "Bread prices would double … unless the levy was scrapped", "say"),
        ("As Ana Reyes noted in March, the scare is an old trick.", "the scare is an old trick", "say"),
    ],
)  # fmt: skip
def test_content_runs_to_its_end_and_the_act_is_told(nlp: Language, text: str, content: str, act: str) -> None:
    assert (content, act) in [(found["content"], found["act"]) for found in read_statements(nlp, text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Asked whether the mine would shut, Ada Lopez said that she did not know.", None),
        ("Asked by a reporter if she would resign, Ada Lopez said that she did not know.", "a reporter"),
    ],
)
def test_a_question_is_put_to_whoever_answers_it(nlp: Language, text: str, source: str | None) -> None:
    question, answer = read_statements(nlp, text)
    assert (question["act"], question["source"], question["addressee"]) == ("ask", source, "Ada Lopez")
    assert answer["actor"] == "Ada Lopez"


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Ada Ito asked Marco Rojas to open the gate.", "Marco Rojas"),
        ("Ada Ito wrote to Marco Rojas that the gate was shut.", "Marco Rojas"),
        ("Marco Rojas was told that the gate was shut.", "Marco Rojas"),
        ("Ada Ito thanked Marco Rojas for opening the gate.", "Marco Rojas"),
    ],
)
def test_addressee_is_whoever_is_told_asked_or_thanked(nlp: Language, text: str, addressee: str) -> None:
    assert [found["addressee"] for found in read_statements(nlp, text)] == [addressee]


@pytest.mark.parametrize("text", ["Norway recalled its ambassador in Cairo on Friday.", "Ada Ito thanked Chile."])
def test_a_deed_is_no_statement(nlp: Language, text: str) -> None:
    assert read_statements(nlp, text) == []


def test_two_who_are_set_against_each_other_each_say_their_own(nlp: Language) -> None:
    text = "Some voters said the mayor had made a good case, while other voters said they had heard nothing new."
    assert [found["content"] for found in read_statements(nlp, text)] == [
        "the mayor had made a good case",
        "they had heard nothing new",
    ]


def test_a_second_quotation_stays_with_the_speaker_of_its_paragraph(nlp: Language) -> None:
    text = (
        "Ana Reyes said the clinic had no fuel. “We have no bread either.”\n\nOmar Deng said the road was open.\n\n"
        "“We have no road,” said Luis Prieto. The lorries stood still. “We have no lorries.”\n\nOmar Deng said he had lorries."
    )
    speakers = {found["content"]: found["actor"] for found in read_statements(nlp, text)}
    assert speakers["We have no bread either"] == "Ana Reyes"
    assert speakers["We have no lorries"] == "Luis Prieto"


def test_a_pull_quote_that_the_text_does_not_repeat_is_said_by_the_name_beneath(nlp: Language) -> None:
    text = (
        "Drivers stop in Durban\n\nThe drivers left their lorries on Monday. Sipho Dube, who leads them, was in the first.\n\n"
        "“We will not drive for bread alone”\nSipho Dube\n\nTalks go on in the town hall, the mayor said."
    )
    first = read_statements(nlp, text)[0]
    assert (first["content"], first["actor"]) == ("We will not drive for bread alone", "Sipho Dube")
