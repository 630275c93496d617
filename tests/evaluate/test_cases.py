"""Scoring on cases: what a row is paired with, what counts as right, what bad cases are told; and the floors."""

from __future__ import annotations

import hashlib
import pathlib
import tomllib
from collections import Counter

import pytest

from standoff.errors import ConfigError
from standoff.evaluate.cases import evaluate_cases, list_confusions, list_misses, pair_cases, score_cases
from standoff.evaluate.cases.coded import read_cases

HERE = pathlib.Path(__file__).resolve().parents[1] / "cases"
FILES = [HERE / f"{name}.toml" for name in ("fields", "formats", "nested", "sources")]
FLOORS = HERE / "floors.toml"

RALLY = '''
[[case]]
id = "pit-01"
kind = "told"
half = "tune"
text = """
Mara Lind told miners in Tamale on Tuesday that the pits would close.

“We are done talking,” she said."""
[[case.said]]
source = "Mara Lind"
who = "Mara Lind"
cue = "told"
content = ["the pits would close"]
act = "say"
when = "Tuesday"
[[case.said]]
source = {text = "she", within = "she said"}
who = "the Mara Lind"
content = ["We are done talking"]
directness = "direct"
to = ""
venue = ""
'''
NESTED = """
[[case]]
id = "dam-01"
kind = "nested"
half = "held"
whole = false
text = "The envoy said Ada Ito had denied that the dam was cracked. He warned of floods. No one knew why."
[[case.said]]
source = "The envoy"
who = "envoy"
content = ["Ada Ito … was cracked"]
[[case.said]]
in = 0
source = "Ada Ito"
who = "Ada Ito"
content = ["the dam was cracked"]
act = "deny"
"""


def write(folder: pathlib.Path, *cases: str) -> pathlib.Path:
    path = folder / "cases.toml"
    path.write_text("\n".join(cases), encoding="utf-8")
    return path


def test_scores_rows_by_kind(tmp_path: pathlib.Path) -> None:
    scores = evaluate_cases([write(tmp_path, RALLY, NESTED)])
    assert list(scores) == ["all", "told", "nested"]
    assert scores["all"]["found R"] == (100.0, 4)
    assert scores["all"]["found P"] == (100.0, 2), "a case that is not whole costs no precision"
    assert scores["told"]["found+who F1"] == (100.0, 2)
    assert scores["told"]["when"] == (100.0, 1)
    assert scores["nested"]["inside"] == (100.0, 1)
    assert scores["nested"]["act"] == (100.0, 1)
    assert "when" not in scores["nested"], "what no row gives has no score"


def test_a_field_is_wrong_where_the_row_is_missed_or_has_another(tmp_path: pathlib.Path) -> None:
    wrong = (
        RALLY.replace('who = "Mara Lind"', 'who = "Omar Haddad"')
        .replace('act = "say"', 'act = "promise"')
        .replace('venue = ""', 'venue = "Tamale"')
        .replace('content = ["We are done talking"]', 'content = ["Mara Lind told"]')
    )
    paired = pair_cases([write(tmp_path, wrong)])
    scores = score_cases(paired)["all"]
    assert scores["found R"] == (50.0, 2)
    assert scores["found P"] == (50.0, 2)
    assert (scores["who"].percent, scores["act"].percent, scores["venue"].percent) == (0.0, 0.0, 0.0)
    lines = list_misses(paired)
    assert len(lines) == 3
    assert lines[0].startswith("pit-01 0: who: Mara Lind for Omar Haddad; act: say for promise")
    assert lines[1] == "pit-01 1: not found: Mara Lind told"
    assert lines[2].startswith("pit-01: too many: said [We are done talking")
    assert list_confusions(paired) == [("promise", "say", 1)]


def test_what_stands_in_none_but_is_found_inside_another_counts_against_inside(tmp_path: pathlib.Path) -> None:
    paired = pair_cases([write(tmp_path, NESTED.replace("in = 0\n", ""))])
    assert score_cases(paired)["all"]["inside"] == (0.0, 1)


@pytest.mark.parametrize(("who", "right"), [("dockers in Oban", 100.0), ("Dockers in Oban", 0.0), ("crew", 0.0)])
def test_who_has_only_a_description_is_known_by_where_it_stands(tmp_path: pathlib.Path, who: str, right: float) -> None:
    row = f'[[case.said]]\nwho = "{who}"\ncontent = ["the crew had left"]'
    head = '[[case]]\nid = "x"\nkind = "k"\nhalf = "tune"\n'
    path = write(tmp_path, head + 'text = "The dockers in Oban said the crew had left."\n' + row)
    assert evaluate_cases([path])["all"]["who"].percent == right


def test_held_cases_are_scored_apart_and_never_listed(tmp_path: pathlib.Path) -> None:
    path = write(tmp_path, RALLY, NESTED.replace('"envoy"', '"somebody"'))
    assert list(evaluate_cases([path], half="tune")) == ["all", "told"]
    held = pair_cases([path], half="held")
    assert score_cases(held)["all"]["who"] == (50.0, 2)
    assert list_misses(held) == []
    assert list_confusions(held) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('half = "tune"\n', "", "case pit-01: half is missing"),
        ('half = "tune"', 'half = "both"', "case pit-01: half is “both”; give tune or held"),
        ('kind = "told"', 'kind = "told"\nstyle = "wire"', "case pit-01: style is not known"),
        ('act = "say"', 'act = "shout"', "case pit-01, said 0: act is “shout”"),
        ('act = "say"', "act = 1", "case pit-01, said 0: act is not text"),
        ('act = "say"', "in = 2", "case pit-01, said 0: in is 2"),
        ('act = "say"', "in = 0", "case pit-01, said 0: in is 0"),
        ('act = "say"', 'adressee = "x"', "case pit-01, said 0: adressee is not known"),
        ('content = ["the pits would close"]', "", "case pit-01, said 0: content is missing"),
        ('cue = "told"', 'cue = "shouted"', "case pit-01, said 0: cue: the article does not hold “shouted”"),
        ("pit-01", "pit-02", None),
        ("[[case]]", "[[case", "cannot be read"),
        (RALLY, "x = 1", "holds no cases"),
    ],
)
def test_says_what_is_wrong_with_a_case(tmp_path: pathlib.Path, old: str, new: str, says: str | None) -> None:
    path = write(tmp_path, RALLY.replace(old, new, 1))
    if says is None:
        assert len(read_cases([path])) == 1
        return
    with pytest.raises(ConfigError) as error:
        read_cases([path])
    assert says in str(error.value)
    assert str(path) in str(error.value)


def test_refuses_two_cases_of_one_id_a_half_that_is_none_and_a_file_that_is_not_there(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ConfigError, match="case pit-01: id stands twice"):
        read_cases([write(tmp_path, RALLY, RALLY)])
    with pytest.raises(ConfigError, match="“both” is not a half"):
        read_cases([write(tmp_path, RALLY)], half="both")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_cases([tmp_path / "none.toml"])


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_cases_can_be_scored_and_about_half_are_held(path: pathlib.Path) -> None:
    halves = Counter(case.half for case in read_cases([path]))
    assert 0.4 <= halves["held"] / halves.total() <= 0.6


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_the_scores_on_cases_hold_their_floors(name: str) -> None:
    settings = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[name]
    path = HERE / f"{name}.toml"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == settings["sha256"], f"{path.name} has changed since its floors were measured: measure anew"
    paired = pair_cases([path])
    for half in ("tune", "held"):
        scores = score_cases([item for item in paired if item.case.half == half])["all"]
        below = {key: scores[key].percent for key, floor in settings[half].items() if scores[key].percent < floor}
        assert below == {}, f"{half}: under the floor"


def test_the_twelve_cases_that_the_docs_work_through_are_read_wholly_right() -> None:
    scores = score_cases(pair_cases([HERE.parent / "annotate" / "worked.toml"]))["all"]
    assert {key: figure.percent for key, figure in scores.items() if figure.percent < 100} == {}
