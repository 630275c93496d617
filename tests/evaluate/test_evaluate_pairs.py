"""Scoring on pairs of passages: the ranked list, its ties and kinds, baselines, refusals; and the gold itself."""

from __future__ import annotations

import pathlib
import re
from collections import Counter

import pytest

from standoff.errors import ConfigError
from standoff.evaluate.pairs import (
    BASELINES,
    JudgedPair,
    Pair,
    Side,
    Verdict,
    evaluate_pairs,
    judge_pairs,
    list_misses,
    read_pairs,
    score_list,
    score_pairs,
)

GOLD = pathlib.Path(__file__).resolve().parents[1] / "cases" / "pairs.toml"

DOCKS = """
[[pair]]
id = "docks-01"
dispute = "dock strike in Tamale"
half = "tune"
kind = "number"
conflict = true
left = "Mara Lind counted forty pickets at the gate on Monday."
right = "Twelve pickets stood at the gate on Monday, the port said."
left_source = "Mara Lind"
right_source = "the port"
same_report = false
left_day = "2025-03-03"
right_day = "2025-03-04"
why = "Forty against twelve."
"""
SOUP = """
[[pair]]
id = "docks-02"
dispute = "dock strike in Tamale"
half = "held"
kind = "compatible details"
conflict = false
left = "The pickets cooked soup."
right = "The crane was painted blue."
left_source = ""
right_source = ""
same_report = true
left_day = "2025-03-03"
right_day = "2025-03-03"
why = "Soup and paint."
"""


def write(folder: pathlib.Path, *pairs: str) -> pathlib.Path:
    path = folder / "pairs.toml"
    path.write_text("\n".join(pairs), encoding="utf-8")
    return path


def judged(*scores: tuple[float, bool], kind: str = "number") -> list[JudgedPair]:
    """Give judged pairs as (score, whether they contradict)."""
    return [
        JudgedPair(
            Pair("x", f"p{number}", "x", kind if conflict else "rest", "", conflict, Side("a"), Side("b"), ""),
            Verdict(score),
        )
        for number, (score, conflict) in enumerate(scores)
    ]


def test_reads_sides_with_source_day_and_report(tmp_path: pathlib.Path) -> None:
    one, two = read_pairs([write(tmp_path, DOCKS, SOUP)])
    assert one.left == Side("Mara Lind counted forty pickets at the gate on Monday.", "Mara Lind", "2025-03-03", 1)
    assert (one.right.report, two.right.report) == (2, 1)
    assert [pair.id for pair in read_pairs([write(tmp_path, DOCKS, SOUP)], half="held")] == ["docks-02"]


def test_training_pairs_need_no_half(tmp_path: pathlib.Path) -> None:
    (pair,) = read_pairs([write(tmp_path, DOCKS.replace('half = "tune"\n', ""))])
    assert pair.half == ""


def test_a_perfect_list_scores_a_hundred() -> None:
    scores = score_list(judged((0.9, True), (0.8, True), (0.0, False), (0.0, False)))
    assert {name: figure.percent for name, figure in scores.items()} == {
        "AUROC": 100.0,
        "AP": 100.0,
        "P@10": 50.0,
        "P@20": 50.0,
        "P@50": 50.0,
        "P": 100.0,
        "R": 100.0,
        "listed": 50.0,
    }


def test_ranks_are_weighed_and_ties_are_left_to_chance() -> None:
    scores = score_list(judged((0.9, False), (0.8, True), (0.0, True), (0.0, False)))
    assert scores["AUROC"].percent == 37.5, "won 0.5 + 1 of 4"
    assert scores["AP"].percent == 50.0, "a half of the way down to each"
    assert (scores["P"], scores["R"]) == ((50.0, 2), (50.0, 2))
    alike = score_list(judged(*[(0.5, place % 4 == 0) for place in range(40)]))
    assert {alike[name].percent for name in ("AP", "P@10", "P@20", "P@50", "P")} == {25.0}
    assert alike["AUROC"].percent == 50.0


def test_a_kind_is_held_against_all_pairs_of_the_other_answer() -> None:
    items = [*judged((0.9, True), (0.0, True)), *judged((0.4, True), (0.5, False), kind="date")]
    scores = score_pairs(items)
    assert list(scores) == ["all", "conflict: date", "conflict: number", "no conflict: rest"]
    assert scores["conflict: number"] == {"AUROC": (50.0, 2), "listed": (50.0, 2)}
    assert scores["conflict: date"] == {"AUROC": (0.0, 1), "listed": (100.0, 1)}
    assert scores["no conflict: rest"]["AUROC"] == (33.3, 1)


def test_any_judge_can_be_scored_and_sees_neither_kind_nor_answer(tmp_path: pathlib.Path) -> None:
    seen: list[tuple[Side, Side]] = []

    def judge(left: Side, right: Side) -> Verdict:
        seen.append((left, right))
        return Verdict(float("forty" in left.text), "forty")

    scores = evaluate_pairs([write(tmp_path, DOCKS, SOUP)], judge=judge)
    assert len(seen) == 2
    assert scores["all"]["AUROC"].percent == 100.0
    assert [name for name in scores if name.startswith("baseline")] == [f"baseline: {name}" for name in BASELINES]
    assert scores["baseline: chance"]["AUROC"].percent == 50.0
    assert scores["baseline: words in common"]["AUROC"].percent == 100.0


def test_the_rules_see_two_counts_of_one_thing(tmp_path: pathlib.Path) -> None:
    one, two = judge_pairs(read_pairs([write(tmp_path, DOCKS, SOUP)]))
    assert one.verdict.score > 0
    assert "forty pickets" in one.verdict.why
    assert two.verdict.score == 0.0


def test_held_pairs_are_never_listed(tmp_path: pathlib.Path) -> None:
    other = DOCKS.replace("docks-01", "docks-03").replace("Twelve pickets stood", "The foreman sat")
    false = DOCKS.replace("docks-01", "docks-04").replace("= true", "= false")
    lines = list_misses(judge_pairs(read_pairs([write(tmp_path, DOCKS, SOUP, other, false)])))
    assert [line.split(": [")[0].split(" at ")[0] for line in lines] == [
        "docks-04 (number): listed",
        "docks-03 (number): not listed",
    ]
    held = [text.replace('"tune"', '"held"') for text in (other, false)]
    assert list_misses(judge_pairs(read_pairs([write(tmp_path, *held)]))) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "docks-01"', "", "pair 1: id is missing"),
        ('kind = "number"', "", "pair docks-01: kind is missing"),
        ('left_source = "Mara Lind"', "", "pair docks-01: left_source is missing"),
        ("conflict = true", 'conflict = "yes"', "pair docks-01: conflict is missing; give true or false"),
        ('"2025-03-04"', '"Tuesday"', "pair docks-01: right_day is “Tuesday”; give a day as 2025-03-27"),
        ('half = "tune"', 'half = "both"', "pair docks-01: half is “both”; give tune or held"),
        ('why = "', 'reason = "x"\nwhy = "', "pair docks-01: reason is not known"),
        (SOUP, DOCKS, "pair docks-01: the id stands twice"),
    ],
)
def test_says_what_is_wrong_with_a_pair(tmp_path: pathlib.Path, old: str, new: str, says: str) -> None:
    path = write(tmp_path, (DOCKS + SOUP).replace(old, new, 1))
    with pytest.raises(ConfigError) as error:
        read_pairs([path])
    assert str(path) in str(error.value)
    assert says in str(error.value)


def list_words(pair: Pair) -> list[str]:
    return re.findall(r"\w+", f"{pair.left.text} {pair.right.text}".lower())


def test_the_gold_is_even_and_its_answer_does_not_show_on_the_surface() -> None:
    pairs = read_pairs([GOLD])
    answers = Counter((pair.half, pair.conflict) for pair in pairs)
    assert len(pairs) >= 320
    assert min(answers.values()) >= 80
    assert len({pair.dispute for pair in pairs}) >= 16
    assert min(Counter(pair.kind for pair in pairs).values()) >= 10
    conflicts, others = ([pair for pair in pairs if pair.conflict is answer] for answer in (True, False))
    lengths = [sum(len(list_words(pair)) for pair in group) / len(group) for group in (conflicts, others)]
    assert 0.9 < lengths[0] / lengths[1] < 1.1, "the longer pairs may not give themselves away"
    chance = score_list(judge_pairs(pairs, BASELINES["words in common"]))["AUROC"].percent
    assert 40 < chance < 60
