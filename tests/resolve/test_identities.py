"""Which actors are suggested to be one or to belong together, which are not, and what a person's no does."""

from __future__ import annotations

import pathlib
import re

import pytest
from builders import make_actor, make_article, make_reading

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.records import Actor, Mention, Passage, Reading, Role, make_id
from standoff.resolve.actors import Pin, load_pins, resolve_actors
from standoff.resolve.identities import suggest_identities
from standoff.resolve.identities.links import find_links

CODES = load_codebook("identities").codes
EXAMPLES = [(key, text) for key, code in CODES.items() for text in code.examples]
COUNTER_EXAMPLES = [(key, text) for key, code in CODES.items() for text in code.not_examples]


def read_marked(text: str, name: str = "a1", **kinds: str) -> Reading:
    """Build the reading of a text whose mentions stand in brackets; each name is an actor, and a body by default."""
    plain, mentions, actors = "", [], {}
    for part in re.split(r"(\[[^\]]*\])", text):
        words = part.strip("[]") if part.startswith("[") else part
        if part.startswith("["):
            id_ = make_id("actor", name, words)
            actors[id_] = Actor(
                id=id_, name=re.sub("^the ", "", words, flags=re.I), kind=kinds.get("kind", "organisation")
            )  # type: ignore[arg-type]
            passage = Passage(article=name, start=len(plain), end=len(plain) + len(words), text=words)
            mentions.append(Mention(id=make_id("mention", name, len(plain)), passage=passage, actor=id_))
        plain += words
    return make_reading(make_article(name, text=plain), actors=tuple(actors.values()), mentions=tuple(mentions))


def name_reading(number: int, *actors: Actor) -> Reading:
    """Build a reading in which each actor is mentioned once."""
    name = f"a{number}"
    own = tuple(
        Actor(**{**{field: getattr(actor, field) for field in actor.__slots__}, "id": f"{name}-{actor.id}"})
        for actor in actors
    )
    passage = Passage(article=name, start=0, end=1, text="x")
    mentions = tuple(Mention(id=f"m-{actor.id}", passage=passage, actor=actor.id) for actor in own)
    return make_reading(make_article(name, text="x" * 9), actors=own, mentions=mentions)


def suggest(*readings: Reading, pins: dict[str, Pin] | None = None) -> set[tuple[str, str, str]]:
    resolved, actors = resolve_actors(readings, pins=pins)
    names = {actor.id: actor.name for actor in actors}
    found = suggest_identities(resolved, actors=actors, pins=pins)
    assert all(0 < item.score < 1 and item.why.endswith(".") for item in found)
    return {(item.kind, *sorted((names[item.left], names[item.right]))) for item in found}  # type: ignore[misc]


def person(name: str, *titles: str, body: str | None = None, **fields: object) -> Actor:
    roles = tuple(Role(title=title, organisation=body) for title in titles)
    return make_actor(name, roles=roles, **fields)


@pytest.mark.parametrize(("key", "text"), EXAMPLES)
def test_an_example_is_read_as_the_codebook_says(key: str, text: str) -> None:
    assert key in {link.code for link in find_links(read_marked(text))}


def test_words_that_link_two_are_whole_words() -> None:
    assert find_links(read_marked("[Ada Ito] spearheads [the Kita Guild].")) == ()
    assert [link.words for link in find_links(read_marked("[Ada Ito] Heads [the Kita Guild]."))] == ["Heads"]
    assert [link.words for link in find_links(read_marked("[President of Chad] led [the Kita Guild]."))] == ["led"]


@pytest.mark.parametrize(("key", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_is_not(key: str, text: str) -> None:
    assert key not in {link.code for link in find_links(read_marked(text))}


def test_a_successor_stands_right_of_what_it_came_out_of() -> None:
    for text in (
        "[The Karo Council], formerly known as [the Karo Army], signed.",
        "[The Karo Army], now known as [the Karo Council], signed.",
    ):
        resolved, actors = resolve_actors([read_marked(text)])
        names = {actor.id: actor.name for actor in actors}
        [found] = suggest_identities(resolved, actors=actors)
        assert (found.kind, names[found.left], names[found.right]) == ("successor", "Karo Army", "Karo Council")
        assert "known as" in found.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Mohammed al-Qadhi", "governor of Taiz"), person("Muhammad al-Kadi", "governor of Taiz in Yemen")),
        (person("Dale R. Whitcombe", "Sheriff"), person("Dale Whitcombe", "sheriff of Harney County")),
        (person("Alexander Brandhof", "governor"), person("Alex Brandhof", "former governor")),
        (
            person("William Oduya", "leader", body="Lake Party"),
            person("Bill Oduya", "treasurer", body="Lake Party of Kenya"),
        ),
        (person("Rocha Ana", "mayor"), person("Ana Rocha", "mayor of Santos")),
        (person("Idriss “Koro” Abakar", "commander"), person("Koro")),
        (make_actor("Karvin Coal", kind="organisation"), make_actor("Karvin Coal Ltd", kind="organisation")),
        (
            make_actor("Sugar Workers' Union", kind="organisation"),
            make_actor("Kafue Sugar Workers' Union", kind="organisation"),
        ),
        (
            make_actor("Frente del Sur", kind="organisation", aliases=("FDS",)),
            make_actor("Southern Front", kind="organisation", aliases=("FDS",)),
        ),
    ],
)
def test_suggests_that_two_are_one(one: Actor, other: Actor) -> None:
    assert suggest(name_reading(1, one), name_reading(2, other)) == {("same-actor", *sorted((one.name, other.name)))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("George Harlan", "President"), person("George W. Harlan", "President's son")),
        (person("Ferdie Macaraeg Sr.", "mayor"), person("Ferdie Macaraeg Jr.", "mayor")),
        (person("Baek Jung-ha", "union head"), person("Baek Jung-ho", "shipyard owner")),
        (person("Ines Carvalho", "mayor"), person("Iris Carvalho", "mayor")),
        (person("Alexander Brandhof", "governor"), person("Alex Brandhof", "singer")),
        (make_actor("Democratic Front", kind="organisation"), make_actor("Democratic Forum", kind="organisation")),
        (make_actor("Unity Party", kind="organisation"), make_actor("New Unity Party", kind="organisation")),
        (make_actor("North Sea Council", kind="organisation"), make_actor("South Sea Council", kind="organisation")),
        (
            make_actor("Supreme Court of Ghana", kind="organisation", country="GHA"),
            make_actor("Supreme Court of Kenya", kind="organisation", country="KEN"),
        ),
        (
            person("Maria Lopera", "Peruvian judge", country="PER", sectors=("JUD",)),
            person("Maria Lopera", "Spanish journalist", country="ESP", sectors=("JRN",)),
        ),
    ],
)  # fmt: skip
def test_likeness_alone_suggests_nothing(one: Actor, other: Actor) -> None:
    assert suggest(name_reading(1, one), name_reading(2, other)) == set()


def test_whom_one_report_tells_apart_nothing_suggests_to_be_one() -> None:
    one, other = person("Dale R. Whitcombe", "Sheriff"), person("Dale Whitcombe", "Sheriff")
    assert suggest(name_reading(1, one), name_reading(2, other))
    assert suggest(name_reading(1, one, other)) == set()


def test_says_whose_embassy_it_is() -> None:
    embassy = make_actor("Embassy of Peru", kind="organisation", country="PER", sectors=("GOV",))
    peru, chile = (make_actor(name, kind="country", country=name[:3].upper()) for name in ("Peru", "Chile"))
    assert suggest(name_reading(1, embassy), name_reading(2, peru, chile)) == {("part", "Embassy of Peru", "Peru")}


def test_the_unnamed_leader_of_a_party_may_be_the_only_one_it_is_said_to_have_had() -> None:
    unnamed = make_actor(
        "leader of the dissolved Sun Party",
        roles=(Role(title="leader of the dissolved Sun Party", organisation="Sun Party"),),
    )
    named = person("Ada Ito", "former leader", body="Sun Party")
    expected = {("same-actor", "Ada Ito", "leader of the dissolved Sun Party")}
    assert suggest(name_reading(1, unnamed), name_reading(2, named)) == expected
    second = person("Ben Oz", "leader", body="Sun Party")
    assert suggest(name_reading(1, unnamed), name_reading(2, named), name_reading(3, second)) == set()


def test_a_common_name_is_not_compared_all_with_all() -> None:
    middles = (
        "Bea",
        "Dora",
        "Eva",
        "Fina",
        "Gina",
        "Hilda",
        "Ida",
        "Jana",
        "Lena",
        "Mina",
        "Nora",
        "Olga",
        "Petra",
        "Ruta",
    )
    namesakes = [person(f"Ana {middle} Rocha", "mayor") for middle in middles]
    few = [person("Ana Rocha", "mayor"), *namesakes[:3]]
    assert len(suggest(*(name_reading(at, actor) for at, actor in enumerate(few)))) == 3
    many = [person("Ana Rocha", "mayor"), *namesakes]
    assert suggest(*(name_reading(at, actor) for at, actor in enumerate(many))) == set()


def test_a_persons_no_holds_against_any_chain() -> None:
    readings = [
        name_reading(1, person("Ana Rocha", aliases=("the mayor",))),
        name_reading(2, person("Rocha")),
        name_reading(3, person("Ana Rocha", sectors=("GOV",))),
    ]
    assert len(resolve_actors(readings)[1]) == 1
    pins = {"Ana Rocha": Pin(not_same=("Rocha",))}
    assert sorted(actor.name for actor in resolve_actors(readings, pins=pins)[1]) == ["Ana Rocha", "Rocha"]
    assert suggest(*readings, pins=pins) == set()


def test_a_persons_no_keeps_a_suggestion_away_and_a_yes_makes_one_actor() -> None:
    readings = [
        name_reading(1, person("Alexander Brandhof", "governor")),
        name_reading(2, person("Alex Brandhof", "governor")),
    ]
    assert suggest(*readings, pins={"Alexander Brandhof": Pin(not_same=("Alex Brandhof",))}) == set()
    [actor] = resolve_actors(readings, pins={"Alexander Brandhof": Pin(same=("Alex Brandhof",))})[1]
    assert (actor.name, actor.aliases) == ("Alexander Brandhof", ("Alex Brandhof",))


def test_a_yes_and_a_no_to_one_name_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "actors.toml"
    path.write_text('["Ada Ito"]\nsame = ["A. Ito"]\nnot_same = ["a. ito"]\n')
    with pytest.raises(ConfigError, match=r"not_same has \"a. ito\", which is Ada Ito"):
        load_pins(path)
