"""Scoring a record against gold: gold that is read right, and figures that follow from hand-made cases."""

from __future__ import annotations

import pathlib
from dataclasses import replace

import pytest
from builders import cut, make_article, make_attribution, make_event, make_happening, make_position

from standoff.errors import ConfigError
from standoff.evaluate.gate import check_floors, digest_gold
from standoff.evaluate.gold import read_gold
from standoff.evaluate.record import evaluate_record
from standoff.records import Conflict, Mention, Record, Shift

TEXT = "Ada Ito said the mine would close. Ito said she was sorry."
GOLD = """
article = "a.txt"
dated = {earliest = "2024-05-01", latest = "2024-05-31"}
actors = [{id = "ito", name = "Ada Ito", kind = "person", mentions = ["Ada Ito", "Ito", {text = "she", nth = 1}]}]
attributions = [
  {source = "ito", source_text = "Ada Ito", cue = "said", content = ["the mine … close"], kind = "indirect"},
  {source = "ito", source_text = "Ito", cue = {text = "said", nth = 2}, content = ["she was sorry"], kind = "direct"},
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
        ("nth = 1}]}]", "nth = 3}]}]", "does not hold “she” 3 times"),
        ('source = "ito"', 'source = "ida"', "attributions name “ida”, who is not among its actors"),
        ('kind = "direct"', 'in = 7, kind = "direct"', "there is no attribution 7"),
    ],
)
def test_gold_that_does_not_fit_its_article_is_named(
    before: str, after: str, said: str, tmp_path: pathlib.Path
) -> None:
    folder = write_gold(tmp_path, GOLD.replace(before, after))
    with pytest.raises(ConfigError, match=said):
        read_gold(folder, {"a.txt": TEXT})


@pytest.mark.parametrize(
    ("passage", "span"),
    [
        ('{text = "he", nth = 2}', (26, 28)),  # as a whole word: neither in “The” nor in “then”
        ('{text = "he", within = "then he"}', (26, 28)),
        ('"then … went"', (21, 33)),
    ],
)
def test_a_passage_is_told_from_its_like(passage: str, span: tuple[int, int], tmp_path: pathlib.Path) -> None:
    gold = f'article = "b.txt"\nactors = []\nfacts = [{{what = "he went", anchor = {passage}}}]\n'
    coded = read_gold(write_gold(tmp_path, gold), {"b.txt": "The man said he was, then he went."})
    assert coded.articles["b.txt"]["facts"][0]["anchor"] == span


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


CROSS = """
copies = [["a.txt", "b.txt"]]
happenings = [
  {label = "Ito is sorry", mentions = [{article = "a.txt", anchor = "she was sorry"}]},
  {label = "Closing", mentions = [{article = "a.txt", anchor = "close"}, {article = "b.txt", anchor = "would close"}]},
]
[[position_changes]]
actor = "ito"
issue = "trade"
from = {article = "a.txt", stance = "for"}
to = {article = "b.txt", stance = "against"}
"""


def make_pair(tmp_path: pathlib.Path) -> tuple[Record, pathlib.Path]:
    """Give a record of one text printed twice, with a shift that is coded and its reverse, and the gold of both."""
    folder = write_gold(tmp_path)
    (folder / "b.toml").write_text(GOLD.replace("a.txt", "b.txt"), encoding="utf-8")
    (folder / "cross.toml").write_text(CROSS, encoding="utf-8")
    articles = [make_article(name, text=TEXT, source=f"{name}.txt") for name in "ab"]
    mentions = [Mention(id=name, passage=cut("Ada Ito", article=name, within=TEXT), actor="x") for name in "ab"]
    before = make_position("close", holder="x", issue="trade", stance="for", article="a", within=TEXT)
    after = make_position("close", holder="x", issue="trade", stance="against", article="b", within=TEXT)
    shifts = [
        Shift(id=f"{left.id}-{right.id}", holder="x", issue="trade", before=left.id, after=right.id, score=0.5, why="")
        for left, right in ((before, after), (after, before))
    ]
    closing = [make_event("would close", article=name, within=TEXT) for name in "ab"]
    record = Record(
        articles=tuple(articles),
        mentions=tuple(mentions),
        events=tuple(closing),
        positions=(before, after),
        shifts=tuple(shifts),
        happenings=(make_happening(events=closing),),
    )
    return record, folder


def test_what_shows_across_articles_is_scored(tmp_path: pathlib.Path) -> None:
    scores = evaluate_record(*make_pair(tmp_path))
    assert scores["copies"] == 100.0
    assert (scores["shifts"], scores["shifts right"]) == (100.0, 50.0)
    assert (scores["happenings"], scores["told"]) == (100.0, 66.7)
    assert "conflicts" not in scores, "what the gold does not code has no score"


CONFLICTS = """
[[conflicts]]
a = {article = "a.txt", snippet = ["mine", "would close"]}
b = {article = "b.txt", snippet = "she was sorry"}
[[conflicts]]
a = {article = "a.txt", snippet = "she was sorry"}
b = {article = "b.txt", snippet = "she was sorry"}
[[conflicts]]
lesser = true
a = {article = "a.txt", snippet = "Ada"}
b = {article = "b.txt", snippet = "sorry"}
"""


def make_conflicts(tmp_path: pathlib.Path) -> tuple[Record, pathlib.Path]:
    """Give a record with one conflict that is coded and one that is not, and gold of three."""
    record, folder = make_pair(tmp_path)
    (folder / "cross.toml").write_text(CONFLICTS, encoding="utf-8")
    sorry = make_attribution("she was sorry", article="b", within=TEXT)
    told = make_event("would close", article="a", within=TEXT).id
    conflicts = tuple(
        Conflict(id=f"{left}-{right}", kind="between-articles", left=left, right=right, why="", score=0.5)
        for left, right in ((sorry.id, told), (told, record.positions[1].id))
    )
    return replace(record, attributions=(sorry,), conflicts=conflicts, shifts=()), folder


def test_conflicts_listed_are_held_against_all_that_are_coded(tmp_path: pathlib.Path) -> None:
    scores = evaluate_record(*make_conflicts(tmp_path))
    assert (scores["conflicts"], scores["conflicts(all)"]) == (50.0, 33.3)
    assert (scores["conflicts right"], scores["conflicts right(all)"]) == (50.0, 50.0)


def test_conflicts_have_no_precision_where_the_lesser_ones_are_not_coded(tmp_path: pathlib.Path) -> None:
    record, folder = make_conflicts(tmp_path)
    (folder / "cross.toml").write_text(CONFLICTS.replace("lesser = true\n", ""), encoding="utf-8")
    scores = evaluate_record(record, folder)
    assert scores["conflicts"] == 33.3
    assert "conflicts right" not in scores


def test_a_change_may_be_told_of_several_holders_by_several_reports(tmp_path: pathlib.Path) -> None:
    record, folder = make_pair(tmp_path)
    changes = CROSS.replace('actor = "ito"', 'actor = ["moor", "ito"]').replace(
        'from = {article = "a.txt"', 'from = {article = ["b.txt", "a.txt"]'
    )
    (folder / "cross.toml").write_text(changes.replace('copies = [["a.txt", "b.txt"]]', ""), encoding="utf-8")
    scores = evaluate_record(record, folder)
    assert (scores["shifts"], scores["shifts right"]) == (100.0, 50.0)


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
