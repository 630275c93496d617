"""What the trained reader sees and what the rules found become one: each gives what it knows best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy

from standoff.annotate.attributions import find_attributions
from standoff.annotate.attributions.chances import weigh_chance
from standoff.annotate.attributions.lexicon import load_lexicon
from standoff.annotate.facts import write_facts
from standoff.models.language import MODEL
from tests.markup import read_markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc


@pytest.fixture(scope="module")
def parser() -> Language:
    nlp = spacy.load(MODEL)
    nlp.add_pipe("standoff_layout", first=True)
    nlp.add_pipe("standoff_attributions")
    return nlp


def read(parser: Language, marked: str, sign: float = 0.0, *, unsaid: bool = False) -> list[dict[str, Any]]:
    """Give the attributions of a text whose markup is what the reader saw, by their words."""
    text, roles = read_markup(marked)
    with parser.select_pipes(disable=["standoff_attributions"]):
        doc = parser(text)
    write_facts(doc, "readings", [make_reading(roles, sign)])
    return list_found(doc, unsaid=unsaid)


def make_reading(roles: Mapping[str, Sequence[tuple[int, int]]], sign: float = 0.0) -> dict[str, Any]:
    """Make what the reader saw from the places of its roles."""
    source = roles.get("source")
    return {
        "source": list(source[0]) if source else None,
        "cue": list(roles["cue"][0]),
        "content": [list(part) for part in roles["content"]],
        "signs": [sign] * 5 + [1.5, 0.0],
    }


def list_found(doc: Doc, *, unsaid: bool = False) -> list[dict[str, Any]]:
    """Give the attributions of a doc by their words."""
    text = doc.text
    found = []
    for fact in find_attributions(doc, lexicon=load_lexicon(), unsaid=unsaid).facts:
        words = {role: fact[role] and text[slice(*fact[role])] for role in ("source", "cue")}
        found.append({**fact, **words, "content": [text[start:end] for start, end in fact["content"]]})
    return found


def test_a_cue_that_no_list_has_reports_too(parser: Language) -> None:
    (found,) = read(
        parser,
        "<source>The dockers of Tema</source> <cue>set their faces against</cue> <content>a second shift</content>.",
    )
    assert (found["source"], found["cue"], found["content"]) == (
        "The dockers of Tema",
        "set their faces against",
        ["a second shift"],
    )
    assert (found["made_by"], found["directness"], found["inside"]) == ("reader", "indirect", None)


def test_the_reader_ends_what_stands_in_no_marks(parser: Language) -> None:
    (found,) = read(
        parser,
        "<source>Ada Ito</source> <cue>said</cue> <content>that the pit would stay shut</content> after talks in Kita.",
    )
    assert found["content"] == ["the pit would stay shut"]
    assert found["made_by"] == "reader+rules/cue-clause"


@pytest.mark.parametrize("said", ["that “the toll is theft.”", "the toll was “theft.”"])
def test_whoever_is_told_is_no_part_of_what_is_told(parser: Language, said: str) -> None:
    (found,) = read(
        parser, f"<source>Ada Ito</source> <cue>told</cue> <content>one of the young hauliers in Kita {said}</content>"
    )
    assert "hauliers" not in " ".join(found["content"])


@pytest.mark.parametrize(
    "content", ["<content>“We are done</content>. Go home,”", "“We <content>are done. Go home,”</content>"]
)
def test_marks_are_exact_whatever_the_reader_sees(parser: Language, content: str) -> None:
    (found,) = read(parser, f"{content} <cue>said</cue> <source>Ada Ito</source>.")
    assert found["content"] == ["We are done. Go home,"]
    assert found["directness"] == "direct"


@pytest.mark.parametrize(("joint", "whole"), [("that", True), ("– which", False)])
def test_a_report_within_a_report_ends_none(parser: Language, joint: str, whole: bool) -> None:
    text, roles = read_markup(
        "<source>Rex Odum</source> <cue>said</cue> <content>he would spend on the strike the two million crowns"
        f"</content> {joint} <source>he</source> <cue>says</cue> <content>he raised</content>."
    )
    with parser.select_pipes(disable=["standoff_attributions"]):
        doc = parser(text)
    seen = ({role: places[number : number + 1] for role, places in roles.items()} for number in range(2))
    write_facts(doc, "readings", [make_reading(one) for one in seen])
    first, second = list_found(doc)
    assert first["content"] == [
        "he would spend on the strike the two million crowns" + whole * " that he says he raised"
    ]
    assert (second["content"], second["inside"]) == (["he raised"], 0 if whole else None)


def test_another_speakers_quotation_stays_theirs(parser: Language) -> None:
    found = read(
        parser,
        "<source>Ada Ito</source> <cue>said</cue> <content>the pit was lost</content>. "
        "<content>“It was never safe,”</content> Omar Haddad told the court.",
    )
    assert [(item["source"], item["content"]) for item in found] == [
        ("Ada Ito", ["the pit was lost"]),
        ("Omar Haddad", ["It was never safe,"]),
    ]


def test_a_quotation_is_not_taken_from_whoever_spoke_in_between(parser: Language) -> None:
    found = read(
        parser,
        "<content>“They have blundered twice,”</content> <source>Ada Ito</source> <cue>claimed</cue>.\n\n"
        "Omar Haddad hit back by saying that the union had broken off the talks.\n\n"
        "<content>“There will be no talks with or without terms.”</content>",
    )
    last = found[-1]
    assert last["content"] == ["There will be no talks with or without terms."]
    assert last["made_by"] == "rules/quotation-course"
    assert last["reading"] is None


def test_what_stands_inside_comes_from_the_rules(parser: Language) -> None:
    outer, inner = read(
        parser,
        "<source>Ada Ito</source> <cue>said</cue> <content>the owners had promised that the pumps would run</content>.",
    )
    assert inner["inside"] == 0
    assert inner["content"] == ["the pumps would run"]
    assert inner["made_by"].startswith("rules/")
    assert outer["made_by"].startswith("reader+")


def test_what_a_cue_in_a_quotation_reports_ends_with_it(parser: Language) -> None:
    found = read(
        parser,
        "“The crew left. <source>They</source> <cue>begrudge</cue> <content>us the harbour,” Ito told us</content>.",
    )
    inner = next(item for item in found if item["cue"] == "begrudge")
    assert inner["content"] == ["us the harbour,"]
    assert found[inner["inside"]]["source"] == "Ito"


def test_only_what_is_likely_is_kept(parser: Language) -> None:
    text = "<source>The dockers of Tema</source> <cue>walked past</cue> <content>a second shift</content>."
    assert read(parser, text, sign=-6.0) == []


@pytest.mark.parametrize(
    "text",
    [
        "<source>The owners</source> <cue>did not mention</cue> <content>the flooded shaft</content>.",
        "<source>The owners</source> <cue>declined to comment on</cue> <content>the flooded shaft</content>.",
    ],
)
def test_what_was_not_said_is_none_unless_it_is_asked_for(parser: Language, text: str) -> None:
    assert read(parser, text) == []
    (found,) = read(parser, text, unsaid=True)
    assert found["content"] == ["the flooded shaft"]


def test_whoever_is_believed_to_be_something_is_no_part_of_the_belief(parser: Language) -> None:
    (found,) = read(
        parser, "<content>The captain, Stavros Pappas,</content> <cue>is believed</cue> <content>to be ill</content>."
    )
    assert found["content"] == ["to be ill"]


def test_the_reader_finds_both_sides_of_a_cue(parser: Language) -> None:
    (found,) = read(
        parser,
        "<content>Although the pumps ran</content>, <source>Ada Ito</source> <cue>said</cue>, "
        "<content>the water rose for three days</content>.",
    )
    assert found["content"] == ["Although the pumps ran", "the water rose for three days"]


def test_words_beside_those_that_rules_found_are_left(parser: Language) -> None:
    (found,) = read(
        parser, "The rumour was started by his enemies, <content>it</content> <cue>was alleged</cue> in Harare."
    )
    assert found["content"] == ["The rumour was started by his enemies"]


def test_a_quotation_within_what_its_own_cue_reports_is_no_second_one(parser: Language) -> None:
    found = read(
        parser,
        "<source>Ada Ito</source> praised the treaty and <cue>said</cue> "
        "<content>she has what the valley needs most: “Patience, and then more patience.”</content>",
    )
    assert [item["content"] for item in found if item["cue"] == "said"] == [
        ["she has what the valley needs most: “Patience, and then more patience.”"]
    ]


def test_what_an_inner_cue_reports_is_not_all_of_the_outer_ones_content(parser: Language) -> None:
    outer, inner = read(
        parser,
        "<cue>According to</cue> <source>a report</source>, guards said <content>the gates had been locked</content>.",
    )
    assert outer["content"] == ["guards said the gates had been locked"]
    assert (inner["source"], inner["content"], inner["inside"]) == ("guards", ["the gates had been locked"], 0)


def test_a_speakers_terms_are_not_what_he_says(parser: Language) -> None:
    found = read(
        parser,
        "Oslo thinks that Bergen will yield, <source>an official</source> <cue>said on condition</cue> "
        "<content>that his name be withheld</content>.",
    )
    assert [item["content"] for item in found if item["cue"].startswith("said")] == [
        ["Oslo thinks that Bergen will yield"]
    ]


def test_a_passive_cues_subject_is_no_source(parser: Language) -> None:
    (found,) = read(parser, "<source>It</source> <cue>was claimed</cue> <content>that he owed money</content>.")
    assert found["source"] is None


def test_a_clause_beside_a_quotation_is_no_second_thing_said(parser: Language) -> None:
    (found,) = read(
        parser,
        "<content>“Fares are a debt,”</content> <source>the chairman</source> <cue>said</cue> after Lind had not come.",
    )
    assert found["content"] == ["Fares are a debt,"]


@pytest.mark.parametrize(
    ("report", "whole"),
    [
        ("he would search the hold and warned the crew against flight", False),
        ("he would search the hold and warn the crew against flight", True),
    ],
)
def test_what_a_speaker_does_next_is_no_part_of_what_was_said(parser: Language, report: str, whole: bool) -> None:
    found = read(parser, f"<source>The captain</source> <cue>said</cue> <content>{report}</content>.")
    assert found[0]["content"] == [report if whole else "he would search the hold"]
    assert whole or found[1]["source"] == "The captain"


def test_whoever_is_made_to_admit_a_thing_is_its_source(parser: Language) -> None:
    text = "<source>The bishop</source> forced Pavel Novak <cue>to admit</cue> <content>the pit was unsafe</content>."
    (found,) = read(parser, text, -1.0)
    assert found["source"] == "Pavel Novak"


@pytest.mark.parametrize(
    ("told", "sign", "source"),
    [("the priest", 0.0, "the priest"), ("the priest", -1.0, "the owners"), ("then", 0.0, "the owners")],
)
def test_a_sure_reader_knows_better_than_the_parse_who_speaks(
    parser: Language, told: str, sign: float, source: str
) -> None:
    text = f"Since <source>{told}</source> the owners <cue>said</cue> <content>that the pit would stay shut</content>."
    (found,) = read(parser, text, sign)
    assert found["source"] == source


def test_no_source_of_a_clause_stands_in_another_paragraph(parser: Language) -> None:
    text = "The dockers left and <cue>called for</cue> <content>a truce</content>.\n\n<source>A widow</source> came."
    (found,) = read(parser, text, -1.0)
    assert found["source"] == "The dockers"


def test_a_headline_is_read_by_rules_alone(parser: Language) -> None:
    found = read(
        parser,
        "<source>Dockers</source> <cue>shun</cue> <content>second shift</content>\n\n"
        "The port of Tema stood still on Monday. Nobody came to the gates, and the cranes were locked.",
    )
    assert found == []


def test_chances_rise_with_signs_and_with_agreement() -> None:
    for kind in ("alone", "agreed"):
        chances = [weigh_chance(kind, [sign] * 5 + [1.5, 0.0]) for sign in (-6.0, -3.0, -1.0, 0.0)]
        assert chances == sorted(chances)
        assert 0 <= chances[0] < chances[-1] <= 1
    assert weigh_chance("agreed", [-1.0] * 5 + [1.5, 0.0]) > weigh_chance("alone", [-1.0] * 5 + [1.5, 0.0])
    assert 0 < weigh_chance("unseen") < 1


def test_a_content_ends_before_a_semicolon_after_which_another_speaks(parser: Language) -> None:
    found = read(
        parser,
        "<source>Ada Ito</source> <cue>said</cue> <content>the pit should never have been dug; the guild of Kita "
        "accused her of lying</content>.",
    )
    assert [item["content"] for item in found if item["cue"] == "said"] == [["the pit should never have been dug"]]
