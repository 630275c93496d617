"""Scores on sets of reports: what counts as a copy, a bound, an entry; what a file must have; and the floors."""

from __future__ import annotations

import hashlib
import pathlib
import tomllib

import pytest

from standoff.errors import ConfigError
from standoff.evaluate.reports import copies, dates, happenings

CASES = pathlib.Path(__file__).parents[1] / "cases"
FLOORS = tomllib.loads((CASES / "floors.toml").read_text(encoding="utf-8"))

TWO = """
[[set]]
id = "docks"
half = "tune"
[[set.report]]
id = "wire"
origin = ["wire"]
published = "2021-06-08"
text = "Dockers at the port of Limassol laid down tools on Tuesday after a crane collapsed. Eleven ships waited."
[[set.report]]
id = "copy"
origin = ["wire"]
published = "2021-06-08"
text = "Dockers at the port of Limassol laid down tools on Tuesday after a crane collapsed. Eleven ships waited."
[[set.report]]
id = "own"
origin = ["own"]
published = "2021-06-09"
text = "Bread grew dear in Famagusta. Bakers blamed the price of flour, which had doubled within a week of harvest."
"""


def write(folder: pathlib.Path, text: str) -> list[pathlib.Path]:
    path = folder / "sets.toml"
    path.write_text(text, encoding="utf-8")
    return [path]


def test_pairs_with_one_origin_are_copies(tmp_path: pathlib.Path) -> None:
    paired = copies.pair_copies(write(tmp_path, TWO))
    scores = copies.score_copies(paired)
    assert (scores["pairs P"].percent, scores["pairs R"].percent, scores["origins"].percent) == (100.0, 100.0, 100.0)
    assert copies.list_misses(paired) == []


def test_a_missed_pair_is_listed_but_never_of_the_held_half(tmp_path: pathlib.Path) -> None:
    wrong = TWO.replace('origin = ["own"]', 'origin = ["own", "wire"]')
    assert copies.list_misses(copies.pair_copies(write(tmp_path, wrong))) != []
    assert copies.list_misses(copies.pair_copies(write(tmp_path, wrong.replace("tune", "held")))) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('half = "tune"', 'half = "best"', "half"),
        ('published = "2021-06-09"', 'published = "9 June"', "“9 June”"),
        ('origin = ["own"]', "", "origin is missing"),
        ('id = "copy"', 'id = "wire"', "stands twice"),
        ('id = "own"', 'id = "own"\ncolour = "red"', "colour is not known"),
    ],
)
def test_a_set_that_cannot_be_scored_is_refused(tmp_path: pathlib.Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        copies.pair_copies(write(tmp_path, TWO.replace(old, new)))


def test_an_undated_report_needs_what_is_provable(tmp_path: pathlib.Path) -> None:
    text = (
        TWO.replace('published = "2021-06-09"\n', "")
        .replace('origin = ["wire"]\n', "")
        .replace('origin = ["own"]\n', "")
    )
    with pytest.raises(ConfigError, match="written and proves"):
        dates.pair_dates(write(tmp_path, text))


def test_words_that_do_not_stand_in_a_passage_are_refused(tmp_path: pathlib.Path) -> None:
    head = '[[passage]]\nid = "a"\nhalf = "tune"\npublished = "2021-06-09"\n'
    text = head + 'text = "It rained."\nstands = [["snowed", "2021"]]\n'
    with pytest.raises(ConfigError, match="snowed"):
        happenings.pair_happenings(write(tmp_path, text))


def test_the_gold_of_copies_is_as_large_as_it_says() -> None:
    paired = copies.pair_copies([CASES / "copies.toml"])
    pairs = [kind for item in paired for kind in item.kinds]
    assert sum(len(item.coded) for item in paired) >= 25
    assert len(pairs) - sum(len(item.coded) for item in paired) >= 35


@pytest.mark.parametrize("name", ["copies", "dates", "happenings"])
def test_the_scores_on_reports_hold_their_floors(name: str) -> None:
    path, floors = CASES / f"{name}.toml", FLOORS[name]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == floors["sha256"], f"{path.name} has changed since its floors were measured: measure anew"
    module = {"copies": copies, "dates": dates, "happenings": happenings}[name]
    paired = getattr(module, f"pair_{name}")([path])
    for half in ("tune", "held"):
        scores = getattr(module, f"score_{name}")([item for item in paired if item.half == half])
        below = {key: scores[key].percent for key, floor in floors[half].items() if scores[key].percent < floor}
        assert below == {}, f"{half}: under the floor"
