"""Headlines: how a happening's label is worded out of an article's own words."""

from __future__ import annotations

import pytest

from standoff.codebooks.verbs import find_lemma, put_in_present
from standoff.records import Actor, Article, Attribution, Event, Mention, Passage, Reading, Source, TimeExpression, When
from standoff.resolve.days import Days
from standoff.resolve.happenings.labels import cut_clause, label_happening
from standoff.resolve.happenings.wording import LONGEST, open_pages, trim_label, word_event
from standoff.resolve.tellings import list_tellings

ACTORS = {
    "police": Actor(id="police", name="Kenyan police", kind="organisation"),
    "miners": Actor(id="miners", name="Silesian miners", kind="group"),
    "crowd": Actor(id="crowd", name="people", kind="group"),
    "hemedti": Actor(id="hemedti", name="Mohamed Hamdan Dagalo", kind="person"),
    "burhan": Actor(id="burhan", name="Abdel Fattah al-Burhan", kind="person"),
    "court": Actor(id="court", name="Constitutional Court", kind="organisation"),
    "ffp": Actor(id="ffp", name="Future Forward Party", kind="organisation"),
    "cyprus": Actor(id="cyprus", name="Cyprus", kind="country"),
    "turkey": Actor(id="turkey", name="Turkey", kind="country"),
}

Told = tuple[str, str, dict[str, str], str, str]


def cut(text: str, words: str) -> Passage:
    start = text.index(words)
    return Passage(article="a", start=start, end=start + len(words), text=words)


def word(
    text: str, trigger: str, doers: str, befell: str, named: dict[str, str], time: str = "", status: str = "actual"
) -> str | None:
    """Word the event that `text` tells up to a bar; `named` gives for each actor the words that name it."""
    words, text = text.split("|")[0], text.replace("|", "")
    times = (TimeExpression(passage=cut(text, time), type="DATE", value="", relative="D-1"),) if time else ()
    reading = Reading(
        article=Article(id="a", source="a.txt", text=text, published="2020-05-05"),
        mentions=tuple(Mention(id=key, passage=cut(text, name), actor=key) for key, name in named.items()),
        times=times,
    )
    event = Event(
        id="e",
        type="COERCE",
        actors=tuple(doers.split()),
        recipients=tuple(befell.split()),
        cue=cut(text, trigger),
        passage=cut(text, words),
        score=0.8,
        why="Built for a test.",
        made_by="test",
    )
    return word_event(event, open_pages([reading])["a"], ACTORS, ahead=status == "future")


@pytest.mark.parametrize(
    ("text", "trigger", "doers", "befell", "named", "time", "status", "expected"),
    [
        (
            "Kenyan police cleared| the square on Friday, firing gas.",
            "cleared",
            "police",
            "",
            {"police": "Kenyan police"},
            "Friday",
            "actual",
            "Kenyan police clears the square",
        ),
        (
            "About 300 miners blocked| the gate of the pit.",
            "blocked",
            "miners",
            "",
            {"miners": "miners"},
            "",
            "actual",
            "About 300 miners block the gate of the pit",
        ),
        (
            "Hemedti is to meet Burhan| on Friday in Juba.",
            "meet",
            "hemedti",
            "burhan",
            {"hemedti": "Hemedti", "burhan": "Burhan"},
            "Friday",
            "future",
            "Mohamed Hamdan Dagalo to meet Burhan in Juba",
        ),
        (
            "The court dissolved FFP| and its leader wept.",
            "dissolved",
            "court",
            "ffp",
            {"court": "The court", "ffp": "FFP"},
            "",
            "actual",
            "Constitutional Court dissolves Future Forward Party",
        ),
        (
            "He was charged| with sedition on Friday.",
            "charged",
            "",
            "burhan",
            {"burhan": "He"},
            "Friday",
            "actual",
            "Abdel Fattah al-Burhan charged with sedition",
        ),
        (
            "FFP was banned| by the court.",
            "banned",
            "court",
            "ffp",
            {"court": "the court", "ffp": "FFP"},
            "",
            "actual",
            "Future Forward Party banned by the court",
        ),
        (
            "Cyprus and Turkey agreed| on Friday to open a crossing.",
            "agreed",
            "cyprus",
            "turkey",
            {"cyprus": "Cyprus", "turkey": "Turkey"},
            "Friday",
            "actual",
            "Cyprus and Turkey agree to open a crossing",
        ),
        (
            "Turkey began to drill| off the coast while talks went on.",
            "drill",
            "turkey",
            "",
            {"turkey": "Turkey"},
            "",
            "actual",
            None,
        ),
        (
            "Turkey began to search| the ship, which was Greek.",
            "search",
            "turkey",
            "",
            {"turkey": "Turkey"},
            "",
            "actual",
            "Turkey begins to search the ship",
        ),
        (
            "Hemedti denied| him a visa.",
            "denied",
            "hemedti",
            "burhan",
            {"hemedti": "Hemedti", "burhan": "him"},
            "",
            "actual",
            "Mohamed Hamdan Dagalo denies Abdel Fattah al-Burhan a visa",
        ),
        ("The arrest| of Burhan was condemned.", "arrest", "", "burhan", {"burhan": "Burhan"}, "", "actual", None),
        ("A second meeting| in Juba failed.", "meeting", "hemedti", "", {}, "", "actual", None),
        (
            "Turkey withdrew| its frigates in the first week of May.",
            "withdrew",
            "turkey",
            "",
            {"turkey": "Turkey"},
            "May",
            "actual",
            "Turkey withdraws its frigates",
        ),
        (
            "Turkey did not release| the crew.",
            "release",
            "turkey",
            "",
            {"turkey": "Turkey"},
            "",
            "actual",
            "Turkey does not release the crew",
        ),
    ],
)
def test_an_event_is_worded_in_its_own_verb(
    text: str,
    trigger: str,
    doers: str,
    befell: str,
    named: dict[str, str],
    time: str,
    status: str,
    expected: str | None,
) -> None:
    assert word(text, trigger, doers, befell, named, time, status) == expected


@pytest.mark.parametrize(
    ("content", "cue", "directness", "expected"),
    [
        (
            "that the pits would stay closed as long as no wage was paid",
            "said",
            "indirect",
            "Mohamed Hamdan Dagalo says the pits would stay closed",
        ),
        (
            "to bring both generals to one table",
            "offered",
            "indirect",
            "Mohamed Hamdan Dagalo offers to bring both generals to one table",
        ),
        (
            "after he had landed, that the port would open",
            "announced",
            "indirect",
            "Mohamed Hamdan Dagalo announces the port would open",
        ),
        (
            "We will not hand over the bridge, and nobody will make us do it before the rains come",
            "said",
            "direct",
            "Mohamed Hamdan Dagalo says: “We will not hand over the bridge”",
        ),
    ],
)
def test_a_statement_is_cut_at_the_end_of_a_clause(content: str, cue: str, directness: str, expected: str) -> None:
    text = f"On Friday he {cue} {content}."
    day = TimeExpression(passage=cut(text, "Friday"), type="DATE", value="", relative="<=XXXX-WXX-5")
    said = Attribution(
        id="s",
        source=Source(actor="hemedti", passage=cut(text, "he")),
        cue=cut(text, cue),
        content=(cut(text, content),),
        directness=directness,  # type: ignore[arg-type]
        when=When(earliest="2020-05-01", latest="2020-05-01", passage=day.passage),
        score=0.9,
        made_by="test",
    )
    reading = Reading(article=Article(id="a", source="a.txt", text=text), times=(day,), attributions=(said,))
    label = label_happening(
        list_tellings(reading),
        kind="speech",
        place=None,
        status="actual",
        days=Days(),
        actors=ACTORS,
        pages=open_pages([reading]),
    )
    assert label == expected
    assert len(label) <= LONGEST + 1


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("met", "meet"),
        ("barred", "bar"),
        ("tried", "try"),
        ("seized", "seize"),
        ("withdrew", "withdraw"),
        ("copper", None),
    ],
)
def test_a_form_is_brought_back_to_its_verb(form: str, lemma: str | None) -> None:
    assert find_lemma(form) == lemma


def test_the_present_agrees_with_its_subject() -> None:
    assert [put_in_present(verb, plural=False) for verb in ("pass", "carry", "veto", "play")] == [
        "passes",
        "carries",
        "vetoes",
        "plays",
    ]
    assert put_in_present("pass", plural=True) == "pass"


def test_a_label_does_not_end_on_a_link() -> None:
    assert trim_label("the ministry sends a convoy to the") == "The ministry sends a convoy"
    long = trim_label("a convoy " * 20)
    assert len(long) <= LONGEST
    assert long.endswith("convoy…")
    assert cut_clause("no", 5) == "no"
