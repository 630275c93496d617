"""Quotations are closed, aliases that add nothing are left out, and a passage is shown in its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import cut, make_actor, make_article

from standoff.dossier.catalogue import Catalogue
from standoff.dossier.people import present_people, present_voices
from standoff.records import Attribution, Record, Role, Source


def make_record(text: str, content: str) -> Record:
    said = Attribution(
        id="s",
        source=Source(actor="ada_ito"),
        cue=None,
        content=(cut(content, within=text),),
        directness="mixed",
        score=1,
        made_by="rules/test",
    )
    return Record(articles=(make_article(text=text),), actors=(make_actor("Ada Ito"),), attributions=(said,))


@pytest.mark.parametrize(
    ("text", "content", "shown"),
    [
        ("She called it “a farce”.", "it “a farce", "it “a farce”"),
        ('She called it "a farce".', 'it "a farce', 'it "a farce"'),
        ("“A farce”, she called it.", "A farce”, she called it", "“A farce”, she called it"),
        ("She called it “a farce”.", "a farce", "a farce"),
        ("She called it a farce.", "it a farce", "it a farce"),
    ],
)
def test_a_quotation_mark_just_outside_is_shown(text: str, content: str, shown: str) -> None:
    (voice,) = present_voices(Catalogue(make_record(text, content)), {})
    assert voice.statements[0].parts == (shown,)


@pytest.mark.parametrize(
    ("text", "words", "around"),
    [
        ("It ended. Talks failed on Monday. She left.", "failed", ("Talks ", " on Monday.")),
        ("It ended. Talks failed.", "Talks failed", ("", ".")),
        ("One line\nTalks failed\nThird line", "failed", ("Talks ", "")),
        ("“No,” she said. “Talks failed.” He left.", "Talks failed.", ("“", "”")),
        ("word " * 60 + "failed" + " word" * 60, "failed", ("… " + "word " * 31, " word" * 31 + " …")),
    ],
)
def test_a_passage_is_quoted_in_its_sentence(text: str, words: str, around: tuple[str, str]) -> None:
    quote = Catalogue(make_record(text, words)).quote([cut(words, within=text)])
    assert quote is not None
    assert (quote.before, quote.after) == around


def test_aliases_that_repeat_the_name_or_a_role_are_left_out() -> None:
    record = make_record("Ada Ito spoke.", "spoke")
    actor = replace(
        record.actors[0],
        aliases=("Ada Ito", "Ito", "the Ito", "Prime Minister Ada Ito", "the prime minister", "the Iron Ada"),
        roles=(Role(title="Prime Minister"), Role(title="prime minister")),
    )
    main, _ = present_people(Catalogue(replace(record, actors=(actor,))), ())
    assert main[0].aliases == ("Ito", "the Iron Ada")
    assert [role.title for role in main[0].roles] == ["Prime Minister"]


def test_those_who_speak_and_act_come_before_those_who_are_only_named(dispute: Record) -> None:
    main, others = present_people(Catalogue(dispute), ())
    assert [person.name for person in main][:2] == ["Ilse Marand", "Owen Tarr"]
    assert not {person.number for person in main} & {person.number for person in others}
