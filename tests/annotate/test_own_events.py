"""Events coded by a researcher's own ontology: by its cues and by likeness to its examples, whatever it calls them."""

from __future__ import annotations

import pathlib
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from standoff.annotate.events import find_events
from standoff.annotate.events.likeness import Likeness, Prototype, choose_code
from standoff.annotate.events.own import Ontology
from standoff.annotate.facts import read_facts, write_facts
from standoff.annotate.to_records import to_reading
from standoff.codebooks import HERE, load_codebook
from standoff.codebooks.ontology import load_ontology
from standoff.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BOOKS = {path.stem: path for path in sorted((ROOT / "examples" / "codebooks").glob("*.toml"))}
STRIKE = BOOKS["strike"]
CASES = [
    (name, case["text"], case["codes"])
    for name in BOOKS
    for case in tomllib.loads((ROOT / "tests" / "cases" / "ontologies" / f"{name}.toml").read_text("utf-8"))["case"]
]
TOLD = "Miners at Borek walked out, and the coal board locked out 40 men. The union did not ballot its members."


def _list_events(nlp: Language, ontology: Ontology | None, text: str) -> list[dict[str, Any]]:
    return [dict(fact) for fact in find_events(nlp(text), ontology)]


def _list_types(nlp: Language, ontology: Ontology, text: str) -> list[str]:
    return [fact["type"] for fact in _list_events(nlp, ontology, text)]


@pytest.fixture(scope="module")
def strike(nlp: Language) -> Ontology:
    return Ontology(str(STRIKE), nlp)


def test_events_get_the_users_codes_with_parties_and_status(nlp: Language, strike: Ontology) -> None:
    doc = nlp(TOLD)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    found = [
        (
            fact["type"],
            [names[actor] for actor in fact["actors"]],
            [names[actor] for actor in fact["recipients"]],
            fact["status"],
        )
        for fact in find_events(doc, strike)
    ]
    assert [row[0] for row in found] == ["WALKOUT", "LOCKOUT", "BALLOT"]
    assert [row[3] for row in found] == ["actual", "actual", "negated"]
    assert all(actors for _, actors, _, _ in found)
    assert found[1][2]


def test_a_refusal_keeps_its_own_code(nlp: Language, strike: Ontology) -> None:
    (fact,) = _list_events(nlp, strike, "The miners will not picket the power station.")
    assert (fact["type"], fact["status"]) == ("PICKET", "negated")


def test_what_another_says_is_vouched_for_by_its_speaker(nlp: Language, strike: Ontology) -> None:
    doc = nlp("Union leader Gareth Pryce said the company had locked out 900 miners at Big Pit.")
    (fact,) = find_events(doc, strike)
    voucher = read_facts(doc, "attributions")[fact["attribution"]]
    assert (fact["type"], voucher["actor"]) == ("LOCKOUT", voucher["actor"])
    assert read_facts(doc, "actors")[voucher["actor"]]["name"] == "Gareth Pryce"


def test_quad_and_score_are_the_users(nlp: Language, strike: Ontology) -> None:
    doc = nlp(TOLD)
    write_facts(doc, "events", find_events(doc, strike))
    reading = to_reading(Article(id="a", source="s", language="en", text=TOLD), doc, strike.codebook)
    assert [(event.type, event.quad, event.intensity) for event in reading.events] == [
        ("WALKOUT", 4, -5.0),
        ("LOCKOUT", 4, -6.0),
        ("BALLOT", 3, -2.0),
    ]


def test_the_component_takes_a_codebook_and_says_what_is_wrong_with_it(nlp: Language, tmp_path: pathlib.Path) -> None:
    import spacy

    from standoff.errors import ConfigError

    path = tmp_path / "broken.toml"
    path.write_text(STRIKE.read_text("utf-8").replace("quad = 4", "quad = 7", 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"codes\.WALKOUT\.quad is 7"):
        spacy.blank("en").add_pipe("standoff_events", config={"codebook": str(path)})
    finder = spacy.blank("en").add_pipe("standoff_events", config={"codebook": str(STRIKE)})
    assert finder.ontology.book.names["own/WALKOUT"] == "WALKOUT"  # type: ignore[attr-defined]


# Likeness to examples, with senses made up for words.


def _see(doc: Doc, senses: dict[str, list[float]]) -> Doc:
    """Give a document with sightings at the words that have a sense."""
    seen = [
        {
            "start": token.idx,
            "end": token.idx + len(token),
            "types": {"PROTEST": 0.9},
            "modes": {"PROTEST": None},
            "statuses": {"actual": 1.0},
            "parties": [],
            "sense": senses[token.lower_],
        }
        for token in doc
        if token.lower_ in senses
    ]
    write_facts(doc, "sightings", seen)
    return doc


def test_a_word_without_cue_is_coded_by_the_nearest_example(nlp: Language) -> None:
    senses = {"downed": [1.0, 0.1, 0.0], "chained": [0.0, 1.0, 0.0], "idled": [1.0, 0.2, 0.0], "sang": [0.0, 0.0, 1.0]}
    ontology = Ontology(str(STRIKE), lambda text: _see(nlp(text), senses))
    text = "Miners idled their tools on Monday."
    (fact,) = find_events(_see(nlp(text), senses), ontology)
    assert fact["type"] == "WALKOUT"
    assert "“idled” is like the examples of WALKOUT" in fact["why"]
    assert list(find_events(_see(nlp("Miners sang at the gate."), senses), ontology)) == []
    with ontology.forget("The face workers downed tools after the winding engine failed again."):
        assert list(find_events(_see(nlp(text), senses), ontology)) == []
    assert len(list(find_events(_see(nlp(text), senses), ontology))) == 1


def test_parties_that_the_reader_sees_are_taken_where_the_grammar_finds_none(nlp: Language, strike: Ontology) -> None:
    text = "In Borek there was a walkout on Monday, miners and managers agree."
    doc = _see(nlp(text), {"walkout": [1.0]})
    start = text.index("miners")
    read_facts(doc, "sightings")[0]["parties"] = [[start, start + 6, 0.9, 0.1]]
    fact = next(fact for fact in find_events(doc, strike) if fact["type"] == "WALKOUT")
    assert [read_facts(doc, "actors")[actor]["name"] for actor in fact["actors"]] == ["miners"]


@pytest.mark.parametrize(
    ("degrees", "code"),
    [
        ([("A", False, 1.2), ("B", False, 0.3)], "A"),
        ([("A", False, 1.2), ("B", False, 1.2)], None),
        ([("A", False, 0.9), ("B", False, 0.0)], None),
        ([("A", False, 1.2), ("A", True, 1.3)], None),
        ([("A", False, 1.2), ("B", True, 1.3)], "A"),
        ([("A", True, 1.2)], None),
        ([], None),
    ],
)
def test_the_nearest_code_must_be_near_and_nearer_than_all_others(
    degrees: list[tuple[str, bool, float]], code: str | None
) -> None:
    shared = {"A": 0.5, "B": 0.5}
    found = choose_code(((Prototype(type_, counter, ""), degree) for type_, counter, degree in degrees), shared)
    assert (found.type if isinstance(found, Likeness) else None) == code


def test_a_code_must_have_words_of_its_own_in_common() -> None:
    degrees = [(Prototype("A", False, ""), 1.1), (Prototype("B", False, ""), 1.2)]
    assert choose_code(degrees, {"A": 1.0, "B": 1.0}) == Likeness("B", 1.2)
    assert choose_code(degrees, {"A": 1.0, "B": 0.4}) is None


def test_a_word_that_only_reports_is_like_nothing(nlp: Language) -> None:
    senses = {"downed": [1.0, 0.0], "said": [1.0, 0.0]}
    ontology = Ontology(str(STRIKE), lambda text: _see(nlp(text), senses))
    assert list(find_events(_see(nlp("Miners said they had their tools."), senses), ontology)) == []


# What the codes are called, and in which order they stand, changes nothing but the names.


def _rewrite(path: pathlib.Path, target: pathlib.Path, *, seed: int, classes: bool) -> dict[str, str]:
    """Write a codebook with its codes shuffled and renamed; give the old name of each new one."""
    head, *blocks = re.split(r"(?m)^(?=\[codes\.\w[\w-]*\]$)", path.read_text("utf-8"))
    chance = random.Random(seed)
    chance.shuffle(blocks)
    olds = [re.match(r"\[codes\.([\w-]+)\]", block).group(1) for block in blocks]  # type: ignore[union-attr]
    news = [f"{letter}-{seed}" for letter in "QWERTYUIOPASDFGHJKLZXCVBNM"[: len(olds)]]
    chance.shuffle(news)
    parts = []
    for old, new, block in zip(olds, news, blocks, strict=True):
        named = re.sub(rf"(?m)^\[codes\.{old}(?=[\].])", f"[codes.{new}", block)
        parts.append(named.replace("\nquad", f'\nplover = "{old}"\nquad', 1) if classes else named)
    target.write_text(head + "".join(parts), encoding="utf-8")
    return dict(zip(news, olds, strict=True))


def _strip(facts: list[dict[str, Any]], names: dict[str, str] | None = None) -> Iterator[dict[str, Any]]:
    for fact in facts:
        rest = {key: value for key, value in fact.items() if key != "why"}
        yield rest | {"type": names[fact["type"]] if names else fact["type"]}


@pytest.mark.parametrize("seed", [1, 2])
def test_order_and_names_of_own_codes_change_nothing_else(nlp: Language, tmp_path: pathlib.Path, seed: int) -> None:
    words = ["walked", "downed", "chained", "brought", "voted", "mediated", "reached", "halted", "barred", "polled"]
    chance = random.Random(9)
    senses = {word: [chance.random() for _ in range(8)] for word in words}
    read: Callable[[str], Doc] = lambda text: _see(nlp(text), senses)  # noqa: E731
    names = _rewrite(STRIKE, tmp_path / "other.toml", seed=seed, classes=False)
    ours, theirs = Ontology(str(STRIKE), read), Ontology(str(tmp_path / "other.toml"), read)
    told = 0
    for name, text, _ in CASES:
        if name == "strike":
            doc = read(text)
            before = [dict(fact) for fact in find_events(doc, ours)]
            after = [dict(fact) for fact in find_events(doc, theirs)]
            assert list(_strip(after, names)) == list(_strip(before))
            told += len(before)
    assert told > 10


@pytest.mark.parametrize("seed", [1, 2])
def test_plover_under_other_names_codes_as_plover_does(nlp: Language, tmp_path: pathlib.Path, seed: int) -> None:
    names = _rewrite(HERE / "plover.toml", tmp_path / "other.toml", seed=seed, classes=True)
    ontology = Ontology(str(tmp_path / "other.toml"), nlp)
    assert ontology.is_plover
    texts = [
        text for code in load_codebook("plover").codes.values() for text in (code.examples[0], code.not_examples[0])
    ]
    for text in texts:
        doc = nlp(text)
        before = [dict(fact) for fact in find_events(doc)]
        after = [dict(fact) for fact in find_events(doc, ontology)]
        assert list(_strip(after, names)) == list(_strip(before))


def test_a_code_beside_plovers_sixteen_takes_its_own_words(nlp: Language, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "more.toml"
    _rewrite(HERE / "plover.toml", path, seed=3, classes=True)
    more = '\n[codes.BOYCOTT-CALL]\ndefinition = "Calls for a boycott."\nquad = 3\nscore = -3\n'
    more += 'cues = ["call for boycott"]\nexamples = ["Chad\'s union called for a boycott of Libya."]\n'
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    ontology = Ontology(str(path), nlp)
    assert ontology.is_plover
    found = _list_types(nlp, ontology, "Chad's union called for a boycott of Libya. Libya condemned Chad.")
    assert found[0] == "BOYCOTT-CALL"
    assert len(found) == 2


# The three example codebooks, on sentences of their fields.


@pytest.mark.parametrize("name", BOOKS)
def test_an_example_codebook_is_whole(name: str) -> None:
    book = load_ontology(BOOKS[name])
    assert all(len(code.examples) >= 3 and code.not_examples for code in book.codes.values())
    coded = [codes for case, _, codes in CASES if case == name]
    assert len(coded) == 40
    assert {code for codes in coded for code in codes} == set(book.codes)


@pytest.mark.parametrize("name", BOOKS)
def test_cues_alone_take_few_sentences_for_what_they_are_not(nlp: Language, name: str) -> None:
    ontology = Ontology(str(BOOKS[name]), nlp)
    found = [(set(_list_types(nlp, ontology, text)), set(codes)) for case, text, codes in CASES if case == name]
    assert sum(len(got & codes) for got, codes in found) >= 8  # 9 to 14 of 36, 2026-11
    assert sum(len(got - codes) for got, codes in found) == 0
