"""Parties of events that the trained reader sees and no list foresaw; what it sees is written by hand here."""

from __future__ import annotations

import pytest

from standoff.annotate.facts import read_facts, write_facts
from standoff.annotate.mentions import MentionsFinder


def see(nlp, text, *, doer=(), sufferer=(), event=0.9):
    """Give the mentions of a text (text, form, actor's name, kind, country) where the reader sees these words."""
    doc = nlp(text)
    words = [(word, 0.95, 0.0) for word in doer] + [(word, 0.0, 0.95) for word in sufferer]
    parties = [[text.index(word), text.index(word) + len(word), *chances] for word, *chances in words]
    sighting = {"start": 0, "end": 1, "types": {"COERCE": event}, "modes": {}, "statuses": {}, "parties": parties}
    write_facts(doc, "sightings", [sighting])
    MentionsFinder()(doc)
    actors = read_facts(doc, "actors")
    return [
        (
            text[fact["start"] : fact["end"]],
            fact["form"],
            *(actors[fact["actor"]][key] for key in ("name", "kind", "country")),
        )
        for fact in read_facts(doc, "mentions")
    ]


@pytest.mark.parametrize(
    ("text", "seen", "mention"),
    [
        ("Nicosia shelved the ferry.", "Nicosia", ("Nicosia", "name", "Cyprus", "country", "CYP")),
        ("Delhi shelved the ferry.", "Delhi", ("Delhi", "name", "India", "country", "IND")),
        ("Sudanese drones hit the depot.", "drones", ("Sudanese", "demonym", "Sudan", "country", "SDN")),
        ("The garrison opened the gate.", "garrison", ("The garrison", "title", "garrison", "organisation", None)),
        (
            "The colliery hands blocked the gate.",
            "hands",
            ("The colliery hands", "group", "colliery hands", "group", None),
        ),
        ("The bellringer tore up the deal.", "bellringer", ("The bellringer", "title", "bellringer", "person", None)),
        ("Maracaibo shelved the ferry.", "Maracaibo", ("Maracaibo", "name", "Maracaibo", "group", "VEN")),
    ],
)
def test_who_acts_in_the_readers_eyes_is_a_party(reader, text, seen, mention):
    assert mention not in see(reader, text)
    assert mention in see(reader, text, doer=[seen])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("A drone hit the depot.", "drone"),
        ("The storm hit the depot.", "storm"),
        ("The abolition of the toll hit the ferry.", "abolition"),
        ("On Tuesday the toll rose.", "Tuesday"),
        ("No garrison opened the gate.", "garrison"),
        ("The toll rose in Maracaibo.", "Maracaibo"),
        ("The toll rose in Nicosia.", "Nicosia"),
    ],
)
def test_things_times_and_places_are_no_party(reader, text, seen):
    assert see(reader, text, doer=[seen]) == see(reader, text)


def test_who_is_acted_on_must_be_somebody_by_a_list_or_an_ending(reader):
    text = "They broke the promise and jailed a bellringer."
    found = see(reader, text, sufferer=["promise", "bellringer"])
    assert [item[0] for item in found if item[1] == "title"] == ["a bellringer"]


def test_an_event_that_is_hardly_one_lends_nobody(reader):
    text = "The garrison opened the gate."
    assert see(reader, text, doer=["garrison"], event=0.1) == see(reader, text)


def test_the_north_is_a_country_where_the_article_names_the_south(reader):
    text = "South Korea sent a note. Later the North cut the line."
    assert ("the North", "name", "North Korea", "country", "PRK") in see(reader, text, doer=["North"])
    other = "Chad sent a note. Later the North cut the line."
    assert not any(item[0] == "the North" and item[3] == "country" for item in see(reader, other, doer=["North"]))


def test_a_capital_and_its_country_are_one_party(reader):
    found = see(reader, "Cyprus sent a note. Nicosia shelved the ferry.", doer=["Nicosia"])
    assert [item[2] for item in found] == ["Cyprus", "Cyprus"]


def test_the_same_noun_is_the_same_party(reader):
    text = "A garrison opened the gate. At night the garrison left."
    doc_words = ["A garrison", "the garrison"]
    found = see(reader, text, doer=["garrison", "garrison left"])
    assert [item[0] for item in found if item[2] == "garrison"] == doc_words


def test_a_court_has_the_country_of_its_town(reader):
    found = see(reader, "A court in Windhoek barred the march.", doer=["court"])
    assert ("A court in Windhoek", "title", "court in Windhoek", "organisation", "NAM") in found


def test_without_the_reader_nothing_is_added(reader):
    doc = reader("The garrison opened the gate.")
    assert read_facts(doc, "mentions") == []


@pytest.mark.parametrize(
    ("text", "seen", "name"),
    [
        ("Jets bombed a wedding near the river.", "wedding", "wedding"),
        ("Gunmen sprayed the minibus with bullets.", "minibus", "minibus"),
        ("The army sank two Cuban trawlers.", "trawlers", "Cuba"),
        ("They drove out the Tuvans at dawn.", "Tuvans", "Tuvans"),
        ("They struck the beacon house.", "the", "beacon house"),
    ],
)
def test_whom_force_strikes_where_they_are_is_a_party(reader, text, seen, name):
    assert name not in {item[2] for item in see(reader, text)}
    assert name in {item[2] for item in see(reader, text, sufferer=[seen])}
