"""Actors across articles: which are one, which are not, and what a user may pin."""

from __future__ import annotations

import itertools
import random

import pytest

from standoff.errors import ConfigError
from standoff.records import (
    Actor,
    Article,
    Attribution,
    Event,
    Mention,
    Occasion,
    Passage,
    Position,
    Reading,
    Role,
    Source,
    make_id,
)
from standoff.resolve.actors import Pin, load_pins, resolve_actors


def make_reading(number, *actors, mentions=1):
    """Give a reading whose actors are (name, kind, fields) or just a person's name."""
    article = Article(id=f"a{number}", source=f"{number}.txt", text="x" * 50)
    made = []
    for at, actor in enumerate(actors):
        name, kind, fields = (actor, "person", {}) if isinstance(actor, str) else actor
        made.append(Actor(id=make_id("actor", article.id, at), name=name, kind=kind, **fields))
    passage = Passage(article=article.id, start=0, end=1, text="x")
    found = [
        Mention(id=f"m{number}{at}{i}", passage=passage, actor=a.id)
        for at, a in enumerate(made)
        for i in range(mentions)
    ]
    return Reading(article=article, actors=tuple(made), mentions=tuple(found))


def org(name, **fields):
    return (name, "organisation", fields)


def person(name, **fields):
    return (name, "person", fields)


def resolve_names(*readings, pins=None):
    return sorted(actor.name for actor in resolve_actors(readings, pins=pins)[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tendai Moyo", "Tendai Moyo"),
        ("Tendai Moyo", "Moyo"),
        ("Wang Yin", "Wang"),
        ("Hironori Suzuki", "Hironori Sukuki"),
        (
            person("Tendai Moyo", country="ZWE", sectors=("GOV",)),
            person("Tendai Moyo", country="ZWE", sectors=("OPP",)),
        ),
        (org("Forest People's Union", aliases=("FPU",)), org("FPU")),
        (org("Unity Reform Party"), org("URP")),
        (org("Fijian Labour Party"), org("Fiji Labour Party")),
        (("Norway", "country", {"country": "NOR"}), ("Kingdom of Norway", "country", {"country": "NOR"})),
        (("danish farmers", "group", {"country": "DNK"}), ("danish farmers", "group", {"country": "DNK"})),
        (org("WFP"), org("WFP")),
    ],
)
def test_makes_one_of_two(one, other):
    assert len(resolve_names(make_reading(1, one), make_reading(2, other))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kem Ley", "Kem Lee"),
        ("Tendai Moyo", "Tendai Banda"),
        (
            person("Maria Lopez", country="PER", sectors=("GOV",)),
            person("Maria Lopez", country="ESP", sectors=("JRN",)),
        ),
        (person("Ana Rocha", country="BRA"), person("Rocha", country="CHL")),
        (org("Reform Party"), org("Reform Movement")),
        (org("Embassy of Peru", country="PER"), ("Peru", "country", {"country": "PER"})),
        (org("Government of Peru", country="PER"), ("Peru", "country", {"country": "PER"})),
        (org("Supreme Court", country="PER"), org("Supreme Court", country="CHL")),
        (org("Farmers Party", country="PER"), ("farmers", "group", {"country": "PER"})),
        (("observers", "group", {}), ("observers", "group", {})),
        (person("envoy", roles=(Role(title="envoy"),)), person("envoy", roles=(Role(title="envoy"),))),
        (("Norway", "country", {"country": "NOR"}), ("Sweden", "country", {"country": "SWE"})),
    ],
)
def test_keeps_two_apart(one, other):
    assert len(resolve_actors([make_reading(1, one), make_reading(2, other)])[1]) == 2


def test_a_surname_that_two_bear_stays_apart():
    names = resolve_names(make_reading(1, "Ana Rocha"), make_reading(2, "Luis Rocha"), make_reading(3, "Rocha"))
    assert names == ["Ana Rocha", "Luis Rocha", "Rocha"]


def test_a_country_tells_which_bearer_of_a_surname_is_meant():
    readings = [
        make_reading(1, person("Ana Rocha", country="BRA")),
        make_reading(2, person("Luis Rocha", country="CHL")),
        make_reading(3, person("Rocha", country="CHL")),
    ]
    assert resolve_names(*readings) == ["Ana Rocha", "Luis Rocha"]


def test_an_acronym_that_two_share_stays_apart():
    readings = [
        make_reading(1, org("Unity Reform Party")),
        make_reading(2, org("United Rural Party")),
        make_reading(3, org("URP")),
    ]
    assert len(resolve_names(*readings)) == 3


def test_a_change_of_office_does_not_split():
    caretaker = person("Jan Dahl", roles=(Role(title="caretaker prime minister"),), country="NOR", sectors=("GOV",))
    former = person("Jan Dahl", roles=(Role(title="former prime minister"),), country="NOR", sectors=("OPP",))
    [actor] = resolve_actors([make_reading(1, caretaker), make_reading(2, former)])[1]
    assert {role.title for role in actor.roles} == {"caretaker prime minister", "former prime minister"}


def test_merges_what_is_known():
    readings = [
        make_reading(1, person("Moyo", aliases=("the premier",))),
        make_reading(2, person("Tendai Moyo", country="ZWE", sectors=("OPP",)), mentions=3),
        make_reading(3, person("Tendai Moyo", sectors=("GOV",))),
    ]
    [actor] = resolve_actors(readings)[1]
    assert (actor.name, actor.country, actor.sectors) == ("Tendai Moyo", "ZWE", ("OPP", "GOV"))
    assert actor.aliases == ("Moyo", "the premier")
    assert actor.id == make_id("actor", min(a.id for reading in readings for a in reading.actors))


def make_mixed():
    names = [
        "Ana Rocha",
        "Rocha",
        "Luis Rocha",
        "Tendai Moyo",
        "Moyo",
        "Tendai Moyoh",
        org("Unity Reform Party"),
        org("URP"),
    ]
    return [make_reading(number, *names[number % 3 :: 2]) for number in range(9)]


def test_order_does_not_matter():
    readings = make_mixed()
    expected = resolve_actors(readings)[1]
    for seed in range(5):
        shuffled = readings[:]
        random.Random(seed).shuffle(shuffled)
        assert resolve_actors(shuffled)[1] == expected


def test_renames_every_actor_everywhere():
    first, second = make_reading(1, "Ana Rocha", "Tendai Moyo"), make_reading(2, "Ana Rocha")
    [one, two], [same] = (tuple(actor.id for actor in reading.actors) for reading in (first, second))
    passage = first.mentions[0].passage
    first = Reading(
        article=first.article,
        actors=first.actors,
        mentions=first.mentions,
        attributions=(
            Attribution(
                id="s", source=Source(actor=one), cue=None, content=(passage,), directness="direct", addressee=two,
                score=1.0, made_by="test",
            ),
            Attribution(id="t", source=None, cue=None, content=(passage,), directness="direct", score=1, made_by=""),
        ),
        events=(
            Event(
                id="e", type="CONSULT", actors=(one, two, one), recipients=(two,), passage=passage, score=1.0, why="",
                made_by="test",
            ),
        ),
        occasions=(Occasion(id="o", kind="summit", label="x", passage=passage, actors=(one,)),),
        positions=(
            Position(
                id="p", holder=one, issue="x", stance="for", toward=two, passage=passage, score=1.0, why="",
                made_by="test",
            ),
        ),
    )  # fmt: skip
    [read, other], actors = resolve_actors([first, second])
    ana, tendai = (next(a.id for a in actors if a.name == name) for name in ("Ana Rocha", "Tendai Moyo"))
    assert {same, one, two}.isdisjoint({ana, tendai})
    assert [m.actor for m in (*read.mentions, *other.mentions)] == [ana, tendai, ana]
    assert (read.attributions[0].source.actor, read.attributions[0].addressee) == (ana, tendai)
    assert (read.attributions[1].source, read.attributions[1].addressee) == (None, None)
    assert (read.events[0].actors, read.events[0].recipients) == ((ana, tendai), (tendai,))
    assert read.occasions[0].actors == (ana,)
    assert (read.positions[0].holder, read.positions[0].toward) == (ana, tendai)


def test_many_actors_take_little_time():
    words = [
        "".join(pair)
        for pair in itertools.product(["Bal", "Cor", "Dun", "Fen", "Gor", "Hul"], ["da", "ti", "mo", "ra"])
    ]
    readings = [
        make_reading(number, f"{one} {two}") for number, (one, two) in enumerate(itertools.product(words, words))
    ]
    assert len(resolve_actors(readings)[1]) > 400


def test_a_pin_settles_what_the_texts_leave_open(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(
        '["Ana Rocha"]\ncountry = "BRA"\nsectors = ["JUD"]\naliases = ["Judge R", "Rocha"]\n', encoding="utf-8"
    )
    readings = [
        make_reading(1, "Ana Rocha"),
        make_reading(2, "Judge R"),
        make_reading(3, "Luis Rocha"),
        make_reading(4, "Rocha"),
    ]
    actors = {actor.name: actor for actor in resolve_actors(readings, pins=load_pins(path))[1]}
    assert set(actors) == {"Ana Rocha", "Luis Rocha"}
    pinned = actors["Ana Rocha"]
    assert (pinned.country, pinned.sectors, pinned.aliases) == ("BRA", ("JUD",), ("Judge R", "Rocha"))


def test_a_pin_of_another_kind_is_left_alone():
    pins = {"Rocha": Pin(kind="organisation", country="BRA")}
    assert resolve_actors([make_reading(1, "Rocha")], pins=pins)[1][0].country is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[", "is not valid TOML"),
        ("a = 1", "a should be a table"),
        ("[a]\nage = 3", "a.age is not a field"),
        ('[a]\nsectors = "GOV"', "a.sectors should be a list"),
        ("[a]\ncountry = 3", "a.country should be a string"),
        ('[a]\nkind = "robot"', "a.kind should be one of"),
        ('[a]\ncountry = "Mali"', 'a.country has "Mali"; codes are three capitals'),
        ('[a]\nsectors = ["GOV", "press"]', 'a.sectors has "press"; codes are three capitals'),
        ('[a]\naliases = ["B"]\n[b]', '"b" is claimed by a and by b'),
    ],
)
def test_says_what_is_wrong_with_a_pin(tmp_path, text, says):
    path = tmp_path / "actors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says) as error:
        load_pins(path)
    assert str(path) in str(error.value)


def test_says_that_the_pins_are_missing(tmp_path):
    with pytest.raises(ConfigError, match="give the path"):
        load_pins(tmp_path / "none.toml")


def name_holder(title, *, country="MLI"):
    return person(title, country=country, roles=(Role(title=title),), aliases=(f"the {title}",))


def test_the_holder_of_an_office_is_the_only_one_who_is_named_so():
    keita = person("Oumar Keita", country="MLI", roles=(Role(title="President"),))
    diarra = person("Sira Diarra", country="MLI", roles=(Role(title="Malian President"),))
    described = make_reading(2, name_holder("Malian president"))
    assert resolve_names(make_reading(1, keita), described) == ["Oumar Keita"]
    assert len(resolve_names(make_reading(1, keita), make_reading(3, diarra), described)) == 3
    assert (
        len(resolve_names(make_reading(1, keita), make_reading(2, name_holder("Chadian president", country="TCD"))))
        == 2
    )


def test_an_inferred_country_keeps_no_two_apart():
    said = org("Reform Movement", country="PER", aliases=("the Peruvian Reform Movement",))
    guessed = org("Reform Movement", country="CHL")
    [actor] = resolve_actors([make_reading(1, guessed, mentions=9), make_reading(2, said)])[1]
    assert actor.country == "PER"
    other = org("Reform Movement", country="CHL", aliases=("Chile’s Reform Movement",))
    assert len(resolve_names(make_reading(1, said), make_reading(2, other))) == 2


def test_a_union_without_a_name_is_that_of_its_leader():
    union = org("Dockers Union", aliases=("the Dockers Union",))
    led = person("Juma Ali", roles=(Role(title="president", organisation="Dockers Union"),))
    leader = person("Juma Ali", roles=(Role(title="leader of their union", organisation="union"),))
    assert resolve_names(make_reading(1, union, led), make_reading(2, org("union"), leader)) == [
        "Dockers Union",
        "Juma Ali",
    ]


def test_trades_last_and_crowds_do_not():
    dockers = [("Kenyan dockers", "group", {"country": "KEN"}), ("dockers", "group", {})]
    crowds = [("Kenyan protesters", "group", {"country": "KEN"}), ("protesters", "group", {})]
    assert len(resolve_names(*(make_reading(at, actor) for at, actor in enumerate(dockers)))) == 1
    assert len(resolve_names(*(make_reading(at, actor) for at, actor in enumerate(crowds)))) == 2


def test_what_one_report_keeps_apart_stays_apart():
    miners, czech = ("miners", "group", {}), ("Czech miners", "group", {"country": "CZE"})
    assert resolve_names(make_reading(1, miners, czech)) == ["Czech miners", "miners"]


def test_the_soldiers_of_a_report_on_another_country_are_others():
    told = ("Tajik soldiers", "group", {"country": "TJK"})
    plain, home = ("soldiers", "group", {}), ("Tajikistan", "country", {"country": "TJK"})
    abroad = ("Nigeria", "country", {"country": "NGA"})
    assert len(resolve_names(make_reading(1, told, home), make_reading(2, plain, home))) == 2
    assert len(resolve_names(make_reading(1, told, home), make_reading(2, plain, abroad))) == 4
