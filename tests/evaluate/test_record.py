"""Scoring a record against gold: gold that is read right, and figures that follow from hand-made cases."""

from __future__ import annotations

import pathlib

import pytest
from builders import cut, make_article, make_attribution

from standoff.errors import ConfigError
from standoff.evaluate.gate import check_floors, digest_gold
from standoff.evaluate.gold import read_gold
from standoff.evaluate.record import evaluate_record
from standoff.records import Mention, Record

TEXT = "Ada Ito said the mine would close. Ito said she was sorry."
GOLD = """
article = "a.txt"
dated = {earliest = "2024-05-01", latest = "2024-05-31"}
actors = [{id = "ito", name = "Ada Ito", kind = "person", mentions = ["Ada Ito", "Ito", {text = "she", nth = 1}]}]
attributions = [
  {source = "ito", source_text = "Ada Ito", cue = "said", content = ["the mine … close"], kind = "indirect"},
  {source = "ito", source_text = "Ito", cue = {text = "said", nth = 2}, content = ["she was sorry"], kind = "indirect"},
]
events = []
positions = []
facts = [{what = "the mine closes", date = "2024-05", anchor = "the mine would close"}]
"""


def write_gold(folder: pathlib.Path, text: str = GOLD) -> pathlib.Path:
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return folder


def test_gold_written_by_hand_is_looked_up_in_the_article(tmp_path: pathlib.Path) -> None:
    coded = read_gold(write_gold(tmp_path), {"a.txt": TEXT}).articles["a.txt"]
    spans = [TEXT[start:end] for start, end in coded["actors"][0]["mentions"]]
    assert sorted(spans) == ["Ada Ito", "Ito", "she"]
    assert [TEXT[slice(*row["content"][0])] for row in coded["attributions"]] == [
        "the mine would close",
        "she was sorry",
    ]
    assert coded["attributions"][1]["cue"] == (39, 43)
    assert coded["attributions"][0]["in"] is None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("she was sorry", "she was glad", "does not hold “she was glad” 1 times"),
        ("the mine … close", "the mine … open", "does not hold “open” after “the mine”"),
        ('"a.txt"', '"b.txt"', "the record has no article from b.txt"),
    ],
)
def test_gold_that_does_not_fit_its_article_is_named(
    before: str, after: str, said: str, tmp_path: pathlib.Path
) -> None:
    folder = write_gold(tmp_path, GOLD.replace(before, after))
    with pytest.raises(ConfigError, match=said):
        read_gold(folder, {"a.txt": TEXT})


def make_record(*, by: str = "x") -> Record:
    """Give a record that has two of Ito's three mentions, on two actors, and the first of her two statements."""
    article = make_article("a", text=TEXT, source="folder/a.txt", earliest="2024-05-01", latest="2024-06-30")
    mentions = [
        Mention(id=words, passage=cut(words, article="a", within=TEXT), actor=actor)
        for words, actor in (("Ada Ito", "x"), ("she", "y"))
    ]
    said = make_attribution("the mine would close", by=by, article="a", within=TEXT, cue=None)
    return Record(articles=(article,), mentions=tuple(mentions), attributions=(said,))


def test_figures_follow_from_what_matches(tmp_path: pathlib.Path) -> None:
    scores = evaluate_record(make_record(), write_gold(tmp_path))
    assert scores["slices"] == 100.0
    assert scores["said"] == scores["said+who"] == 66.7
    assert scores["named"] == 66.7
    assert scores["actors"] == 66.7
    assert scores["dated"] == 100.0
    assert scores["facts"] == 0.0


def test_the_wrong_source_counts_as_said_but_not_as_who(tmp_path: pathlib.Path) -> None:
    scores = evaluate_record(make_record(by="nobody"), write_gold(tmp_path))
    assert (scores["said"], scores["said+who"]) == (66.7, 0.0)


def test_a_floor_holds_or_does_not_and_only_for_the_gold_it_was_measured_on(tmp_path: pathlib.Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    write_gold(gold)
    floors = tmp_path / "floors.toml"
    floors.write_text(f'gold_sha256 = "{digest_gold(gold)}"\n[floors]\nsaid = 60.0\nfacts = 10.0\n', encoding="utf-8")
    lines = check_floors(make_record(), gold, floors=floors)
    assert [(line.name, line.holds) for line in lines] == [("said", True), ("facts", False)]
    (gold / "cross.toml").write_text("same_actor = []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="has changed since the floors were measured"):
        check_floors(make_record(), gold, floors=floors)
