"""What the trained reader sees and what the rules found become one: each gives what it knows best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy

from standoff.annotate.attributions.chances import weigh_chance
from standoff.annotate.facts import read_facts, write_facts
from standoff.models.language import MODEL
from tests.markup import read_markup

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def parser() -> Language:
    nlp = spacy.load(MODEL)
    nlp.add_pipe("standoff_layout", first=True)
    nlp.add_pipe("standoff_attributions")
    return nlp


def read(parser: Language, marked: str, sign: float = 0.0) -> list[dict[str, Any]]:
    """Give the attributions of a text whose markup is what the reader saw, by their words."""
    text, roles = read_markup(marked)
    with parser.select_pipes(disable=["standoff_attributions"]):
        doc = parser(text)
    source = roles.get("source")
    reading = {
        "source": list(source[0]) if source else None,
        "cue": list(roles["cue"][0]),
        "content": [list(part) for part in roles["content"]],
        "signs": [sign] * 5 + [1.5, 0.0],
    }
    write_facts(doc, "readings", [reading])
    found = []
    for fact in read_facts(parser.get_pipe("standoff_attributions")(doc), "attributions"):
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


@pytest.mark.parametrize(
    "content", ["<content>“We are done</content>. Go home,”", "“We <content>are done. Go home,”</content>"]
)
def test_marks_are_exact_whatever_the_reader_sees(parser: Language, content: str) -> None:
    (found,) = read(parser, f"{content} <cue>said</cue> <source>Ada Ito</source>.")
    assert found["content"] == ["We are done. Go home,"]
    assert found["directness"] == "direct"


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
