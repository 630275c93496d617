"""Hold the reader to what stands inside what: each case is a made-up sentence and all that is said in it.

A row is (words that name the source, cue, content, number of the row that it stands inside).
"""

# ruff: noqa: E501  (a case reads best on one line)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language

Row = tuple[str | None, str, str, int | None]

CASES: dict[str, tuple[str, list[Row]]] = {
    "told by one who is told by one": (
        "Rita Blom said a porter had told her that the abbot believed the vault was empty.",
        [
            ("Rita Blom", "said", "a porter had told her that the abbot believed the vault was empty", None),
            ("a porter", "told", "the abbot believed the vault was empty", 0),
            ("the abbot", "believed", "the vault was empty", 1),
        ],
    ),
    "subject and verb on either side of a cue": (
        "The tenants, the bailiff told the paper, had said that the roof was rotten.",
        [
            ("the bailiff", "told", "The tenants / had said that the roof was rotten", None),
            ("The tenants", "said", "the roof was rotten", 0),
        ],
    ),
    "subject and verb in two quotations": (
        "“The landlord,” said Jo Pryde, “promised us that the lift would be mended.”",
        [
            ("Jo Pryde", "said", "The landlord, / promised us that the lift would be mended.", None),
            ("The landlord", "promised", "the lift would be mended", 0),
        ],
    ),
    "passive in two quotations": (
        "“My brother,” said Jo Pryde, “was told by the clerk that the file was lost.”",
        [
            ("Jo Pryde", "said", "My brother, / was told by the clerk that the file was lost.", None),
            ("the clerk", "told", "the file was lost", 0),
        ],
    ),
    "cue and content in two quotations": (
        "“The landlord claims,” said Jo Pryde, “that the lift was mended in May.”",
        [
            ("Jo Pryde", "said", "The landlord claims, / that the lift was mended in May.", None),
            ("The landlord", "claims", "the lift was mended in May", 0),
        ],
    ),
    "cue and infinitive in two quotations": (
        "“They ordered us,” Jo Pryde said, “not to open the shutters.”",
        [
            ("Jo Pryde", "said", "They ordered us, / not to open the shutters.", None),
            ("They", "ordered", "not to open the shutters", 0),
        ],
    ),
    "a quotation that the inner words lead into": (
        "The warden reminded the court that the boy had told his aunt, “I will come home on Sunday.”",
        [
            ("The warden", "reminded", "the boy had told his aunt, “I will come home on Sunday.”", None),
            ("the boy", "told", "I will come home on Sunday.", 0),
        ],
    ),
    "a split quotation within a quotation": (
        "“‘Sign here,’ they said. ‘You may keep the goat,’” the widow recalled.",
        [
            ("the widow", "recalled", "‘Sign here,’ they said. ‘You may keep the goat,’", None),
            ("they", "said", "Sign here, / You may keep the goat,", 0),
        ],
    ),
    "told us before the quotation": (
        "\"They told us 'Wait,'\" said Greta Falk.",
        [("Greta Falk", "said", "They told us 'Wait,'", None), ("They", "told", "Wait,", 0)],
    ),
    "a second that-clause": (
        "Greta Falk said the hull was sound, but that the pumps had failed when the mate claimed they ran.",
        [
            (
                "Greta Falk",
                "said",
                "the hull was sound, but that the pumps had failed when the mate claimed they ran",
                None,
            ),
            ("the mate", "claimed", "they ran", 0),
        ],
    ),
    "an order to tell": (
        "“Tell the factor,” the widow shouted, “that the mill is ours.”",
        [("the widow", "shouted", "Tell the factor, / that the mill is ours.", None)],
    ),
    "a few words within marks": (
        "The minister “flatly denied” that she had met the trader.",
        [("The minister", "flatly denied", "she had met the trader", None)],
    ),
    "it would be wrong to say": (
        "Olav Brekke said it would be wrong to say that the strait was closed.",
        [("Olav Brekke", "said", "it would be wrong to say that the strait was closed", None)],
    ),
    "sorry for saying": (
        "Greta Falk said she was sorry for saying that the hull was rotten.",
        [
            ("Greta Falk", "said", "she was sorry for saying that the hull was rotten", None),
            ("she", "saying", "the hull was rotten", 0),
        ],
    ),
    "the first to say": (
        "Greta Falk, who was the first to say that the hull was rotten, told the court she had no regrets.",
        [
            ("Greta Falk", "say", "the hull was rotten", None),
            ("Greta Falk", "told", "she had no regrets", None),
        ],
    ),
    "stood by a claim that": (
        "Greta Falk said she stood by her warning that the hull was rotten.",
        [
            ("Greta Falk", "said", "she stood by her warning that the hull was rotten", None),
            ("her", "her warning", "the hull was rotten", 0),
        ],
    ),
    "the name after a verb between commas": (
        "The lease, wrote Judge Amari, “speaks for itself”.",
        [("Judge Amari", "wrote", "speaks for itself", None)],
    ),
    "a relative clause of the first of two": (
        "The bishop, who said that the choir was poor, and the abbot met on Monday.",
        [("The bishop", "said", "the choir was poor", None)],
    ),
    "quoted as saying": (
        "The almanac quoted a pilot as saying that the lake had frozen twice.",
        [
            ("The almanac", "quoted", "a pilot as saying that the lake had frozen twice", None),
            ("a pilot", "saying", "the lake had frozen twice", 0),
        ],
    ),
    "denied having said": (
        "Sana Mirza denied having told the union that the depot would close.",
        [
            ("Sana Mirza", "denied", "having told the union that the depot would close", None),
            ("Sana Mirza", "told", "the depot would close", 0),
        ],
    ),
    "denied claims of nobody named": (
        "The shipyard denied claims that its welders slept on the job.",
        [
            ("The shipyard", "denied", "claims that its welders slept on the job", None),
        ],
    ),
    "dismissed by": (
        "The baker’s claim that the scales were false was dismissed by the guild.",
        [
            ("the guild", "dismissed", "The baker’s claim that the scales were false", None),
            ("The baker’s", "baker’s claim", "the scales were false", 0),
        ],
    ),
    "an accusation by": (
        "The abbot denies accusations by two novices that he locked the chapel.",
        [
            ("The abbot", "denies", "accusations by two novices that he locked the chapel", None),
            ("two novices", "accusations", "he locked the chapel", 0),
        ],
    ),
    "is said to have": (
        "The skipper is said to have told his crew that the net was cut.",
        [
            (None, "said", "to have told his crew that the net was cut", None),
            ("The skipper", "told", "the net was cut", 0),
        ],
    ),
    "is expected to": ("The skipper is expected to sail on Monday.", []),
    "were ordered to": (
        "Jo Pryde said the tenants had been ordered to leave by noon.",
        [
            ("Jo Pryde", "said", "the tenants had been ordered to leave by noon", None),
            (None, "ordered", "to leave by noon", 0),
        ],
    ),
    "told her, to the parser a relative clause": (
        "Inspector Mia Holm told the inquest she had been warned by the harbour that the buoy was adrift.",
        [
            ("Inspector Mia Holm", "told", "she had been warned by the harbour that the buoy was adrift", None),
            ("the harbour", "warned", "the buoy was adrift", 0),
        ],
    ),
    "promised in writing": (
        "The factor promised in writing that the rent would stand.",
        [("The factor", "promised", "the rent would stand", None)],
    ),
    "urged to wait until": (
        "Olav Brekke urged both crews to wait in port until the fog had lifted.",
        [("Olav Brekke", "urged", "to wait in port until the fog had lifted", None)],
    ),
    "put off by an adverbial clause": (
        "Olav Brekke said on Friday, hours after the navy announced that the strait was clear, that his boats were ready.",
        [
            ("the navy", "announced", "the strait was clear", None),
            ("Olav Brekke", "said", "his boats were ready", None),
        ],
    ),
    "in the view of": (
        "The deputy said that, in the view of his doctors, the cure had failed.",
        [
            ("The deputy", "said", "in the view of his doctors, the cure had failed", None),
            ("his doctors", "in the view of", "the cure had failed", 0),
        ],
    ),
    "two cues side by side": (
        "The deputy said the ferry was late and warned that it might not sail.",
        [
            ("The deputy", "said", "the ferry was late", None),
            ("The deputy", "warned", "it might not sail", None),
        ],
    ),
    "needless to say": ("The quay is empty, and needless to say the ferry is late.", []),
    "no one said": (
        "Olav Brekke said no one had told him the strait was closed.",
        [("Olav Brekke", "said", "no one had told him the strait was closed", None)],
    ),
    "saying within a source's words": (
        "“The owners, who are my cousins, now refuse to pay,” said Greta Falk.",
        [
            ("Greta Falk", "said", "The owners, who are my cousins, now refuse to pay,", None),
            ("The owners", "now refuse", "to pay", 0),
        ],
    ),
}


@pytest.mark.parametrize(("text", "rows"), CASES.values(), ids=CASES)
def test_all_that_is_said_is_found_with_what_it_stands_inside(nlp: Language, text: str, rows: list[Row]) -> None:
    assert [
        (
            None if fact["source"] is None else text[slice(*fact["source"])],
            text[slice(*fact["cue"])],
            " / ".join(text[start:end] for start, end in fact["content"]),
            fact["inside"],
        )
        for fact in read_facts(nlp(text), "attributions")
    ] == rows


def name_sources(nlp: Language, text: str) -> list[str | None]:
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    return [None if fact["actor"] is None else names[fact["actor"]] for fact in read_facts(doc, "attributions")]


def test_i_is_who_is_quoted_not_who_is_said_to_have_said_it(nlp: Language) -> None:
    inner = "“Viktor Sand thinks I said the mill was mine,” Emre Sahin told the court."
    assert name_sources(nlp, inner) == ["Emre Sahin", "Viktor Sand", "Emre Sahin"]
    quoted = "“Viktor Sand told me, ‘I promised to sell the mill,’” Emre Sahin said."
    assert name_sources(nlp, quoted) == ["Emre Sahin", "Viktor Sand", "Viktor Sand"]
