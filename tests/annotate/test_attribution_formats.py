"""Hold the attributions to how pages print words: whose they are where no cue tells, and what is nobody's.

Each text is made up; each stands for a way of printing that style books describe.
"""

from __future__ import annotations

import pathlib
import sys
from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts
from standoff.evaluate.cases import pair_cases
from standoff.layout.labels import find_label, find_label_before, find_posted, find_signature, find_signer
from standoff.quotations import find_quotations

if TYPE_CHECKING:
    from types import CodeType, FrameType

    from spacy.language import Language

BODY = "The tram drivers of Riga left their cabs on Monday. No tram has run since."


def read_said(nlp: Language, text: str) -> list[tuple[str | None, str | None, str]]:
    """Give the printed name, the actor and the content of each attribution that stands in no other."""
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    return [
        (
            None if fact["source"] is None else text[slice(*fact["source"])],
            None if fact["actor"] is None else names[fact["actor"]],
            " … ".join(text[start:end] for start, end in fact["content"]),
        )
        for fact in read_facts(doc, "attributions")
        if fact["inside"] is None
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ilze Kalnina: Not one tram.", "Ilze Kalnina"),
        ("• Ilze Kalnina, driver: “Not one tram.”", "Ilze Kalnina"),
        ("Ilze Kalnina (44), driver: “Not one tram.”", "Ilze Kalnina"),
        ("14:05 – Ilze Kalnina: Not one tram.", "Ilze Kalnina"),
        ("@ilzek: Not one tram.", "@ilzek"),
        ("Q. Not one?", "Q"),
        ("Ilze Kalnina @ilzek · 2h", "Ilze Kalnina"),
        ("Analysis: why the trams stand", None),
        ("Note: not one tram", None),
        ("not one tram: none", None),
    ],
)
def test_a_label_is_a_name_before_a_colon(line: str, name: str | None) -> None:
    label = find_label(line, 0, len(line))
    assert (None if label is None else line[slice(*label.name)]) == name


def test_a_label_before_a_quotation_begins_after_the_last_stop() -> None:
    line = "The trams stand. Ilze Kalnina, 44, driver: “No.”"
    label = find_label_before(line, 0, line.index("“"))
    assert label is not None
    assert line[slice(*label.name)] == "Ilze Kalnina"


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        (" – Ilze Kalnina, driver", "Ilze Kalnina"),
        (" (Ilze Kalnina, driver)", "Ilze Kalnina"),
        (" Ilze Kalnina, 44, tram driver.", "Ilze Kalnina"),
        (" — Former driver Ilze Kalnina (@ilzek) May 3, 2024", "Former driver Ilze Kalnina"),
        (" – that was all.", None),
        (" The trams stand.", None),
    ],
)
def test_a_signature_is_all_that_follows_a_quotation(tail: str, name: str | None) -> None:
    found = find_signature(tail, 0, len(tail))
    assert (None if found is None else tail[slice(*found)]) == name


def test_a_line_signs_where_it_is_only_a_name() -> None:
    lines = ["Ilze Kalnina, tram driver", "Signed: Ilze Kalnina", "Trams at rest, drivers at home."]
    found = [find_signer(line, 0, len(line)) for line in lines]
    assert [None if span is None else line[slice(*span)] for line, span in zip(lines, found, strict=True)] == [
        "Ilze Kalnina",
        "Ilze Kalnina",
        None,
    ]


def test_a_post_ends_with_its_writer() -> None:
    line = "We walk. All of us. — Ilze Kalnina (@ilzek) May 3, 2024"
    found = find_posted(line, 0, len(line))
    assert found is not None
    assert [line[slice(*span)] for span in found] == ["We walk. All of us.", "Ilze Kalnina"]


@pytest.mark.parametrize(
    ("title", "name", "said"),
    [
        ("Kalnina: Trams will stand until May", "Kalnina", "Trams will stand until May"),
        ("Trams will stand until May, says Kalnina", "Kalnina", "Trams will stand until May"),
        ("Trams will stand until May, Kalnina warns", "Kalnina", "Trams will stand until May"),
        ("Trams will stand until May – Kalnina", "Kalnina", "Trams will stand until May"),
        ("Trams will stand until May: Kalnina", "Kalnina", "Trams will stand until May"),
        ("‘Not one tram’ – Kalnina", "Kalnina", "Not one tram"),
        ("Kalnina: ‘Not one tram’", "Kalnina", "Not one tram"),
    ],
)
def test_a_headline_gives_its_words_to_the_name_in_it(nlp: Language, title: str, name: str, said: str) -> None:
    text = f"{title}\n\n{BODY} Ilze Kalnina leads the drivers."
    (found,) = read_said(nlp, text)
    assert (found[0], found[1], found[2].strip("‘’")) == (name, "Ilze Kalnina", said)


@pytest.mark.parametrize(
    "title",
    [
        "Riga: trams stand still",
        "Analysis: why the trams stand",
        "Ilze Kalnina: the driver who stopped a city",
        "Ilze Kalnina: 41 per cent",
        "Tram strike: 12 held",
        "No trams again – third day in Riga",
        "Riga's ‘ghost trams’ stand still",
        "‘The Last Tram’ wins a prize",
    ],
)
def test_a_headline_that_names_no_speaker_says_nothing(nlp: Language, title: str) -> None:
    assert read_said(nlp, f"{title}\n\n{BODY} Ilze Kalnina leads the drivers.") == []


def test_a_headline_that_quotes_a_claim_in_part_is_whose_words_they_are(nlp: Language) -> None:
    text = f"Tram crash was ‘waiting to happen’\n\n{BODY}\n\nThe crash was waiting to happen, Ilze Kalnina said."
    assert [(actor, said) for _, actor, said in read_said(nlp, text)] == [
        ("Ilze Kalnina", "Tram crash was ‘waiting to happen’"),
        ("Ilze Kalnina", "The crash was waiting to happen"),
    ]


def test_a_crosshead_in_marks_is_said_only_if_the_text_says_it(nlp: Language) -> None:
    said = "“We will walk,” said Ilze Kalnina. The depot was empty."
    for crosshead, count in (("‘We will walk’", 2), ("‘Black Monday’", 1)):
        found = read_said(nlp, f"Trams stand still\n\n{BODY}\n\n{crosshead}\n\n{said}\n\n{BODY}")
        assert [actor for _, actor, _ in found] == ["Ilze Kalnina"] * count


def test_an_interview_by_letters_is_its_guests(nlp: Language) -> None:
    text = (
        "Ilze Kalnina drives tram 11. We met her at the depot.\n\nQ: When will you go back?\n\n"
        "A: When they pay.\n\nIt is simple.\n\nQ: And if they do not?\n\nA: Then we walk."
    )
    assert read_said(nlp, text) == [
        ("Q", None, "When will you go back?"),
        ("A", "Ilze Kalnina", "When they pay. … It is simple."),
        ("Q", None, "And if they do not?"),
        ("A", "Ilze Kalnina", "Then we walk."),
    ]


def test_what_q_says_is_asked(nlp: Language) -> None:
    doc = nlp("Ilze Kalnina drives tram 11.\n\nQ: Will you go back?\n\nA: If they pay us.")
    assert [fact["act"] for fact in read_facts(doc, "attributions") if fact["inside"] is None] == ["ask", "say"]


def test_a_surname_in_a_transcript_is_whose_full_name_the_text_has(nlp: Language) -> None:
    text = (
        "Ilze Kalnina drives tram 11. Janis Ozols owns the trams.\n\nKALNINA: Pay us.\n\n"
        "OZOLS: With what?\n\nKALNINA: With the fares."
    )
    assert [(actor, said) for _, actor, said in read_said(nlp, text)] == [
        ("Ilze Kalnina", "Pay us."),
        ("Janis Ozols", "With what?"),
        ("Ilze Kalnina", "With the fares."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Riga: The trams stand. The buses run.",
        "2019: The first tram strike ends after a day.",
        "Update 21:40: The depot is shut.",
        "Ilze Kalnina: born in Liepaja in 1980, twice jailed.",
    ],
)
def test_a_heading_before_a_colon_says_nothing(nlp: Language, line: str) -> None:
    assert read_said(nlp, f"{BODY}\n\n{line}\n\n{BODY}") == []


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("• “Not one tram has run.” – Ilze Kalnina, driver", "Ilze Kalnina"),
        ("“Not one tram has run.” (Ilze Kalnina, driver)", "Ilze Kalnina"),
        ("“Not one tram has run.”\n– Former driver Ilze Kalnina", "Former driver Ilze Kalnina"),
        ("Ilze Kalnina, driver, 44:\n\n“Not one tram has run.”", "Ilze Kalnina"),
        ("Colonel Ilze Said: “Not one tram has run.”", "Colonel Ilze Said"),
    ],
)
def test_a_quotation_is_of_the_name_printed_beside_it(nlp: Language, printed: str, name: str) -> None:
    (found,) = read_said(nlp, f"{BODY}\n\n{printed}\n\n{BODY}")
    assert (found[0], found[2].rstrip(".")) == (name, "Not one tram has run")


def test_a_title_with_its_publisher_is_no_quotation(nlp: Language) -> None:
    assert read_said(nlp, "Her book is “The Last Tram” (Riga Press).") == []


@pytest.mark.parametrize(
    ("lead", "cue"),
    [
        ("That night Ilze Kalnina wrote:", True),
        ("Ilze Kalnina read out a letter to the owners:", True),
        ("The strike has three reasons:", False),
    ],
)
def test_a_paragraph_without_marks_is_of_whoever_the_one_above_leads_to(nlp: Language, lead: str, cue: bool) -> None:
    text = f"{lead}\n\nWe have waited for a year. We will not wait for another.\n\n{BODY}"
    found = [(actor, said) for _, actor, said in read_said(nlp, text) if "waited" in said]
    wanted = [("Ilze Kalnina", "We have waited for a year. We will not wait for another.")]
    assert found == (wanted if cue else [])


def test_a_cue_on_the_line_above_is_the_quotations(nlp: Language) -> None:
    text = f"The guild put out a note. In it Ilze Kalnina said:\n\n“Not one tram will run.”\n\n{BODY}"
    assert ("Ilze Kalnina", "Ilze Kalnina", "Not one tram will run.") in read_said(nlp, text)


@pytest.mark.parametrize(
    ("opening", "closing", "signed"),
    [
        ("Dear passengers,", "Yours, \nIlze Kalnina\nRiga", True),
        ("Statement of the tram drivers", "Ilze Kalnina\nChair of the drivers", True),
        ("A year on the rails", "Ilze Kalnina", False),
    ],
)
def test_a_letter_is_its_signers_and_an_article_is_not(nlp: Language, opening: str, closing: str, signed: bool) -> None:
    text = f"{opening}\n\nWe stand for you. Our pay is three months late.\n\nWe greet you from the depot.\n\n{closing}"
    wanted = ("Ilze Kalnina", "We stand for you. Our pay is three months late. … We greet you from the depot.")
    assert [(name, said) for name, _, said in read_said(nlp, text)] == ([wanted] if signed else [])


def test_a_quotation_nobody_introduces_is_whose_deed_was_told_before_it(nlp: Language) -> None:
    text = "Ilze Kalnina left the depot at noon.\n\n“We have been sold.”\n\nThe owners have hired guards."
    assert [(actor, said) for _, actor, said in read_said(nlp, text)] == [("Ilze Kalnina", "We have been sold.")]


@pytest.mark.parametrize("half", ["tune", "held"])
def test_words_that_nobody_said_are_nearly_always_left_alone(half: str) -> None:
    cases = pathlib.Path(__file__).resolve().parents[1] / "cases" / "formats.toml"
    silent = [item for item in pair_cases([cases], half=half) if not item.judged]
    assert len(silent) > 20
    assert sum(item.found == 0 for item in silent) >= 0.85 * len(silent)


def test_a_quotation_after_a_deed_in_its_paragraph_is_the_doers(nlp: Language) -> None:
    found = read_said(nlp, f"{BODY}\n\nAt the gate, Ilze Kalnina smiled. “Which tram do you mean?”")
    assert [(actor, said) for _, actor, said in found] == [("Ilze Kalnina", "Which tram do you mean?")]


@pytest.mark.parametrize(
    ("lead", "tail"),
    [
        ("The drivers are angry", "Ilze Kalnina said"),
        ("But there was a catch", "Ilze Kalnina added"),
        ("The letter spoke of the mayor", "wrote Ilze Kalnina"),
        ("The priest praised the drivers", "Ilze Kalnina, who leads them, told a rally"),
        ("The message was clear", "according to Ilze Kalnina"),
    ],
)
def test_what_leads_into_a_quotation_is_the_reporters_if_a_cue_follows(nlp: Language, lead: str, tail: str) -> None:
    found = read_said(nlp, f"{BODY} {lead}: “We were never asked,” {tail}.")
    assert ("Ilze Kalnina", "We were never asked,") in [(actor, said) for _, actor, said in found]
    assert not any(lead in said or (actor != "Ilze Kalnina" and "asked" in said) for _, actor, said in found)


def test_a_cue_that_leads_into_the_next_quotation_does_not_end_the_one_before(nlp: Language) -> None:
    found = read_said(nlp, f"{BODY} The priest wrote: “Pay them,” and Ilze Kalnina agreed that it was time.")
    assert [said for _, _, said in found] == ["Pay them,", "it was time"]


def test_a_heading_before_a_quotation_is_no_speaker(nlp: Language) -> None:
    (found,) = read_said(nlp, f"COMMENT: ‘They take us for fools’\n\n{BODY}")
    assert found == (None, None, "They take us for fools")


@pytest.mark.parametrize(
    "text",
    [
        "“You say you ‘take the blame, and it was ours,’” Ilze Kalnina told the owners.",
        "“We went there to blame the owners of the trams” for the strike, said Ilze Kalnina.",
        "Ilze Kalnina said she hoped the strike sends a message that “trams are ours. All of them.”",
        "Ilze Kalnina thinks this is “the last tram.” But this is Riga.",
    ],
)
def test_no_content_cuts_through_a_quotation(nlp: Language, text: str) -> None:
    quotations = [(item.start, item.end) for item in find_quotations(text, [(0, len(text))])]
    parts = [part for fact in read_facts(nlp(text), "attributions") for part in fact["content"]]
    assert parts
    cut = [
        text[start:end]
        for start, end in parts
        for first, last in quotations
        if start < first < end < last or first < start < last < end
    ]
    assert cut == []


def test_the_turns_of_a_long_transcript_cost_in_keeping_with_its_length(nlp: Language) -> None:
    def count(turns: int) -> int:
        text = "\n\n".join(f"{name}: The trams stand, and nobody is paid." for name in ("ITO", "ROJAS") * turns)
        doc = nlp.make_doc(text)
        for name, pipe in nlp.pipeline:
            if name != "standoff_attributions":
                doc = pipe(doc)
        calls = 0

        def tally(frame: FrameType, event: str, argument: CodeType | None) -> None:
            nonlocal calls
            calls += event == "call"

        sys.setprofile(tally)
        try:
            nlp.get_pipe("standoff_attributions")(doc)
        finally:
            sys.setprofile(None)
        return calls

    assert count(80) < 5 * count(20)


@pytest.mark.parametrize("dash", ["–", "—", "―"])
def test_a_dash_of_any_length_comes_before_a_name_beneath_words(nlp: Language, dash: str) -> None:
    text = f"{BODY}\n\n“I will not drive. Nobody asked us.” {dash} Ilze Kalnina, driver\n\n“I will.” {dash} Janis Ozols"
    assert [(name, words) for name, _, words in read_said(nlp, text)] == [
        ("Ilze Kalnina", "I will not drive. Nobody asked us."),
        ("Janis Ozols", "I will."),
    ]


def test_a_denial_within_words_does_not_deny_that_they_were_said(nlp: Language) -> None:
    text = f'{BODY}\n\n"Is it safe there? Probably not," Ms. Kalnina said. "Will it be safe by May? Absolutely."'
    (said,) = read_said(nlp, text)
    assert said[2] == "Is it safe there? Probably not, … Will it be safe by May? Absolutely."


def test_marks_around_a_transcript_are_its_own(nlp: Language) -> None:
    text = (
        f"{BODY}\n\nPartial transcript as follows:\n\n"
        '"WALTERS: Let us begin with the trams. Why did the drivers leave?\n\n'
        '"KALNINA: Because they were lied to, and “The Echo” printed the lies.\n\n'
        '"(APPLAUSE.)\n\n'
        '"Nobody was paid in March.\n\n'
        '"WALTERS: And now?\n\n'
        '"KALNINA: Now we wait. Not one tram will run."\n\n'
        "The city has offered talks."
    )
    assert [(name, content) for name, _, content in read_said(nlp, text) if name in ("WALTERS", "KALNINA")] == [
        ("WALTERS", "Let us begin with the trams. Why did the drivers leave?"),
        ("KALNINA", "Because they were lied to, and “The Echo” printed the lies. … Nobody was paid in March."),
        ("WALTERS", "And now?"),
        ("KALNINA", "Now we wait. Not one tram will run."),
    ]


def test_a_clause_before_a_colon_is_no_label(nlp: Language) -> None:
    text = f"{BODY}\n\nOn May 6, 2019, Ilze Kalnina made this remark:\n\n“We shall not drive another mile.”"
    ((name, actor, content),) = read_said(nlp, text)
    assert (name, actor, content) == ("Ilze Kalnina", "Ilze Kalnina", "We shall not drive another mile.")
