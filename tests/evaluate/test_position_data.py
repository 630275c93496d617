"""The sentences in data/positions read, stand once each, are not those of the gold, and their card counts right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from standoff.codebooks import load_codebook
from standoff.evaluate.marked_positions import MarkedFile, MarkedStatement, read_marked_positions
from standoff.evaluate.positions.coded import read_report_files
from tests.cards import list_runs, list_words, read_counts

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "data" / "positions").glob("*.toml"))
GOLD = sorted((ROOT / "tests" / "cases" / "positions").glob("*.toml"))
CARD = ROOT / "data" / "positions" / "README.md"


@pytest.fixture(scope="module")
def files() -> dict[str, MarkedFile]:
    return {path.name: read_marked_positions(path) for path in FILES}


@pytest.fixture(scope="module")
def statements(files: dict[str, MarkedFile]) -> list[MarkedStatement]:
    return [statement for file in files.values() for statement in file.statements]


def test_no_sentence_stands_twice(statements: list[MarkedStatement]) -> None:
    assert [text for text, count in Counter(list_words(s.text) for s in statements).items() if count > 1] == []


def test_no_sentence_is_near_the_gold(statements: list[MarkedStatement]) -> None:
    reports = [report for file in read_report_files(GOLD) for report in file.reports]
    gold = set().union(*(list_runs(report.text) for report in reports))
    assert [f"{s.file} {s.number}" for s in statements if list_runs(s.text) & gold] == []


def test_every_issue_is_spoken_of(files: dict[str, MarkedFile]) -> None:
    for name, file in files.items():
        spoken = {item.issue for statement in file.statements for item in statement.positions}
        assert file.definitions.keys() <= spoken, name
    every = {item.issue for file in files.values() for s in file.statements for item in s.positions}
    assert load_codebook("issues").codes.keys() <= every


def test_the_card_counts_right(files: dict[str, MarkedFile], statements: list[MarkedStatement]) -> None:
    counted = read_counts(CARD, "file")
    assert {name: int(row[0]) for name, row in counted.items() if name != "all"} == Counter(s.file for s in statements)
    positions = [(s.file, item) for s in statements for item in s.positions]
    assert {name: int(row[2]) for name, row in counted.items() if name != "all"} == Counter(f for f, _ in positions)
    issues = read_counts(CARD, "issue")
    shipped = Counter(item.issue for file, item in positions if item.issue not in files[file].definitions)
    own = "issues of a file's own"
    assert {key: int(row[0]) for key, row in issues.items() if key not in ("all", own)} == shipped
    assert int(issues[own][0]) == len(positions) - shipped.total()
    stances = Counter(item.stance for _, item in positions)
    assert [int(cell) for cell in issues["all"][1:]] == [
        stances[stance] for stance in ("for", "against", "conditional", "neutral", "none")
    ]
