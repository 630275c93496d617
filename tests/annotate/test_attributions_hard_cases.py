"""Hold the reader to whole attributions in hard cases: the content, the words that name the source, and who it is.

The disputes are made up. A case counts only if all three are right and no other attribution of the text claims the
same words. `name` is the actor's name, or None where the text leaves the source unsaid.
"""

# ruff: noqa: E501  (a case reads best on one line)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts
from tests.markup import read_markup

if TYPE_CHECKING:
    from spacy.language import Language

CASES = {
    "split quotation": (
        "“<content>The pit is flooded,</content>” said <source>Ada Ito</source>, who leads the miners’ guild. "
        "“<content>Nobody will go down before Monday.</content>”",
        "Ada Ito",
    ),
    "quotation split within its sentence": (
        "“<content>If the owners lie,</content>” <source>Ada Ito</source> warned, “<content>we close the gates.</content>”",
        "Ada Ito",
    ),
    "run-on paragraphs": (
        "<source>Omar Haddad</source> told reporters in Tripoli: “<content>The port is ours. We built it with our hands.</content>\n\n"
        "“<content>No general will take it from us. Not this year.</content>”",
        "Omar Haddad",
    ),
    "run-on paragraphs, cue at the end": (
        "Omar Haddad leads the dockers of Tripoli.\n\n“<content>The port is ours. We built it with our hands.</content>\n\n"
        "“<content>No general will take it from us,</content>” <source>Haddad</source> said.",
        "Omar Haddad",
    ),
    "quotation in a quotation, the inner": (
        "Ines Duarte said: “The colonel came and <source>he</source> told us: ‘<content>Go home now.</content>’ We stayed.”",
        "he",
    ),
    "quotation in a quotation, the outer": (
        "<source>Ines Duarte</source> said: “<content>The colonel came and he told us: ‘Go home now.’ We stayed.</content>”",
        "Ines Duarte",
    ),
    "inverted, with a description before the name": (
        "“<content>The dam will hold,</content>” insisted <source>Energy Minister Tomas Rehn</source> on Tuesday.",
        "Tomas Rehn",
    ),
    "pronoun": (
        "Ada Ito met the owners on Monday. <source>She</source> said <content>the pit would stay shut until the pumps were mended</content>.",
        "Ada Ito",
    ),
    "title for a name": (
        "Governor Luis Prieto flew to the coast. <source>The governor</source> said <content>the bridge had been built without a permit</content>.",
        "Luis Prieto",
    ),
    "left unsaid": (
        "It is widely believed that <content>the junta will not survive the winter</content>.",
        None,
    ),
    "a statement that says": (
        "The Norwegian Embassy issued a statement on Friday. <source>The statement</source> said <content>the owners had broken their word</content>.",
        "Embassy of Norway",
    ),
    "press release saying": (
        "<source>The Norwegian Embassy</source> issued a press release saying <content>both sides had agreed to a ceasefire</content>.",
        "Embassy of Norway",
    ),
    "according to": (
        "<content>The reef was emptied by foreign trawlers</content>, according to <source>Ana Reyes</source>, who runs the fishing union.",
        "Ana Reyes",
    ),
    "mixed": (
        "<source>Nadia Salem</source> argued that <content>the new levy “would ruin every farmer in the delta” within a year</content>.",
        "Nadia Salem",
    ),
    "fronted scene": (
        "Speaking at a rally in the northern city of Tamale, <source>Kofi Mensah</source> said <content>the count had been stolen</content>.",
        "Kofi Mensah",
    ),
    "he said that he had told": (
        "Omar Haddad said <source>he</source> told the envoy that <content>the port would open in May</content>.",
        "Omar Haddad",
    ),
    "accused of": (
        "<source>Ruth Kiptoo</source> accused the ministry of <content>hiding the flood maps from the villagers</content>.",
        "Ruth Kiptoo",
    ),
    "denied doing": (
        "<source>Marco Rojas</source> denied <content>taking money from the logging company</content>.",
        "Marco Rojas",
    ),
    "a relative clause that says": (
        "The strike was called by <source>Ines Duarte</source>, who said <content>the ferries were not safe</content>.",
        "Ines Duarte",
    ),
    "a pledge not to": (
        "<source>Viktor Hallas</source> pledged <content>not to meet the separatists before the vote</content>.",
        "Viktor Hallas",
    ),
    "a vow renewed": (
        "<source>Viktor Hallas</source> renewed his vow <content>to close the border at midnight</content>.",
        "Viktor Hallas",
    ),
    "headline quotation": (
        "‘<content>No deal with smugglers</content>’: <source>Viktor Hallas</source> refuses to reopen the border\n\n"
        "Interior Minister Viktor Hallas said on Monday that the border would stay closed.",
        "Viktor Hallas",
    ),
    "name and colon": (
        "<source>Ada Ito</source>: “<content>We will not go down that pit again.</content>”\n\nAda Ito leads the miners.",
        "Ada Ito",
    ),
    "straight quotation marks": (
        '"<content>They sold the river,</content>" said <source>Ana Reyes</source>. "<content>They sold it twice.</content>"',
        "Ana Reyes",
    ),
    "British single quotation marks": (
        "‘<content>It isn’t the farmers’ fault that the well is dry,</content>’ said <source>Nadia Salem</source>.",
        "Nadia Salem",
    ),
    "closing mark forgotten": (
        "“<content>The ferry is not safe,</content> <source>Ines Duarte</source> said. “<content>It never was.</content>”",
        "Ines Duarte",
    ),
    "participle after the reported clause": (
        "Tomas Rehn said the dam would hold, adding that <content>engineers had checked it twice</content>.",
        "Tomas Rehn",
    ),
    "no cue, the speaker goes on": (
        "Nadia Salem said the levy was a mistake.\n\n“<content>Nobody asked the farmers. Nobody ever does.</content>”",
        "Nadia Salem",
    ),
    "parenthesis": (
        "<content>Such a levy</content>, <source>Nadia Salem</source> said, <content>was bound to fail because nobody could pay it</content>.",
        "Nadia Salem",
    ),
}


@pytest.mark.parametrize(("marked", "name"), CASES.values(), ids=CASES)
def test_hard_case_is_read_whole(nlp: Language, marked: str, name: str | None) -> None:
    text, spans = read_markup(marked)
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    wanted = [text[start:end] for start, end in spans["content"]]
    found = [
        fact
        for fact in read_facts(doc, "attributions")
        if [text[start:end].strip(" .") for start, end in fact["content"]] == [part.strip(" .") for part in wanted]
    ]
    assert found, [[text[start:end] for start, end in fact["content"]] for fact in read_facts(doc, "attributions")]
    (fact,) = found
    source = None if fact["source"] is None else text[slice(*fact["source"])]
    if "source" in spans:
        assert source == text[slice(*spans["source"][0])]
    actor = None if fact["actor"] is None else names[fact["actor"]]
    if name != "he":
        assert actor == name
