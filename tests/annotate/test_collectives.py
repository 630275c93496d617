"""Collectives without a name: who counts as people, and which phrases of an article are one collective."""

from __future__ import annotations

import pytest

from standoff.annotate.facts import read_facts


def list_groups(nlp, text):
    """Give the names of the collectives, and each mention of one with its name."""
    doc = nlp(text)
    actors = read_facts(doc, "actors")
    found = [
        (doc.text[fact["start"] : fact["end"]], actors[fact["actor"]]["name"])
        for fact in read_facts(doc, "mentions")
        if actors[fact["actor"]]["kind"] == "group" and fact["form"] == "group"
    ]
    return sorted({name for _, name in found}), dict(found)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Kenyan marines boarded the ferry.", ["Kenyan marines"]),
        ("Police arrested 14 tram drivers in Cardiff.", ["tram drivers"]),
        ("Salt traders closed the road to Agadez.", ["salt traders"]),
        ("Hundreds of gondoliers marched to the lagoon.", ["gondoliers"]),
        ("Soldiers beat nine glassmen near the kiln.", ["glassmen", "soldiers"]),
        ("The mayor met cane planters from the valley.", ["cane planters"]),
        ("Angry tenants burned the letters.", ["angry tenants"]),
        ("Two Turkish Cypriot villagers were injured.", ["Turkish Cypriot villagers"]),
        ("Settlers threw stones at the herders.", ["herders", "settlers"]),
        ("Quarrymen will stop work on Friday.", ["quarrymen"]),
        ("The court released six Sudanese students.", ["Sudanese students"]),
        ("About 300 dockers voted to strike.", ["dockers"]),
        ("In Yenagoa dockers voted to strike.", ["dockers"]),
        ("Lima dockers voted to strike.", ["Lima dockers"]),
    ],
)
def test_finds_collectives(reader, text, groups):
    assert list_groups(reader, text)[0] == groups


@pytest.mark.parametrize(
    "text",
    [
        "Eleven chairs stood empty in the hall.",
        "The containers fell into the lagoon.",
        "Norway is not taking sides.",
        "Grants and warrants were signed.",
        "The trailers blocked nothing.",
        "The papers were burned.",
    ],
)
def test_things_are_no_collectives(reader, text):
    assert list_groups(reader, text)[0] == []


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Rangers arrested nine quarrymen. The quarrymen were taken to Tunis.", {"nine quarrymen", "The quarrymen"}),
        (
            "Nine Malian hauliers were held. The other hauliers fled. Later the hauliers came back.",
            {"Nine Malian hauliers", "The other hauliers", "the hauliers"},
        ),
        ("Police freed six boatmen. The men were tired.", {"six boatmen", "The men"}),
        ("Garment workers marched. Police watched. The workers sang.", {"Garment workers", "The workers"}),
        ("Salt miners told reporters of a deal. The men will go back.", {"Salt miners", "The men"}),
    ],
)
def test_one_collective_is_named_in_several_ways(reader, text, one):
    mentions = list_groups(reader, text)[1]
    assert len({mentions[words] for words in one}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Chadian soldiers crossed the river. Sudanese soldiers fired.",
        "Nine soldiers died in May. Thirty soldiers were wounded in June.",
        "Mine owners sued. Boat owners did not sue.",
        "Government supporters cheered. Opposition supporters jeered.",
        "Four people were killed on the quay. Local people blamed the wind.",
    ],
)
def test_other_people_are_another_collective(reader, text):
    doc = reader(text)
    assert len({fact["actor"] for fact in read_facts(doc, "mentions") if fact["form"] == "group"}) == 2


@pytest.mark.parametrize(
    "text",
    ["NICOSIA – Norway and Chad agreed to talk.", "KHARTOUM, Sudan (Agency) — Norway rejected the plan."],
)
def test_a_dateline_is_no_subject(reader, text):
    doc = reader(text)
    norway = next(token for token in doc if token.text == "Norway")
    assert (norway.dep_, norway.head.pos_) == ("nsubj", "VERB")
