"""The training pairs in data/pairs read, stand once each, are not those of the gold, and their card counts right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from standoff.evaluate.pairs import Pair, read_pairs
from tests.cards import list_runs, read_counts

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "data" / "pairs").glob("*.toml"))
GOLD = ROOT / "tests" / "cases" / "pairs.toml"
CARD = ROOT / "data" / "pairs" / "README.md"


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read_pairs(FILES)


def list_both(pair: Pair) -> set[tuple[str, ...]]:
    return list_runs(pair.left.text) | list_runs(pair.right.text)


def test_no_pair_stands_twice(pairs: list[Pair]) -> None:
    counts = Counter((pair.left.text, pair.right.text) for pair in pairs)
    assert [texts for texts, count in counts.items() if count > 1] == []


def test_ids_are_of_their_own_in_all_files_together(pairs: list[Pair]) -> None:
    assert [name for name, count in Counter(pair.id for pair in pairs).items() if count > 1] == []


def test_no_dispute_and_no_wording_is_that_of_the_gold(pairs: list[Pair]) -> None:
    gold = read_pairs([GOLD])
    assert {pair.dispute for pair in pairs} & {pair.dispute for pair in gold} == set()
    runs = set().union(*map(list_both, gold))
    assert [pair.id for pair in pairs if list_both(pair) & runs] == []


def test_a_dispute_stays_in_one_file_so_that_parts_can_be_split_by_it(pairs: list[Pair]) -> None:
    homes = {(pair.dispute, pair.file) for pair in pairs}
    assert len(homes) == len({pair.dispute for pair in pairs})


def test_neither_length_nor_day_tells_the_answer(pairs: list[Pair]) -> None:
    conflicts, others = ([pair for pair in pairs if pair.conflict is answer] for answer in (True, False))
    lengths = [
        sum(len(f"{pair.left.text} {pair.right.text}") for pair in group) / len(group) for group in (conflicts, others)
    ]
    assert 0.95 < lengths[0] / lengths[1] < 1.05
    assert 0.95 < len(conflicts) / len(others) < 1.05
    assert any(pair.left.day != pair.right.day for pair in conflicts), "a later day alone settles nothing"


def test_the_card_counts_right(pairs: list[Pair]) -> None:
    files, kinds = read_counts(CARD, "file"), read_counts(CARD, "kind")
    assert {name: int(row[0]) for name, row in files.items() if name != "all"} == Counter(pair.file for pair in pairs)
    conflicts = Counter(pair.file for pair in pairs if pair.conflict)
    assert {name: int(row[1]) for name, row in files.items() if name != "all"} == conflicts
    assert {name: int(row[-1]) for name, row in kinds.items()} == Counter(pair.kind for pair in pairs)
    assert [int(cell) for cell in files["all"]] == [
        len(pairs),
        sum(pair.conflict for pair in pairs),
        len({pair.dispute for pair in pairs}),
    ]
