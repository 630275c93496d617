"""Read data cards, and tell whether two texts share their wording."""

from __future__ import annotations

import re
from pathlib import Path

RUN = 7  # words in a row that training texts may not share with the gold


def list_words(text: str) -> tuple[str, ...]:
    """Give the words of a text, small."""
    return tuple(re.findall(r"\w+", text.lower()))


def list_runs(text: str) -> set[tuple[str, ...]]:
    """Give every `RUN` words in a row."""
    words = list_words(text)
    return {words[at : at + RUN] for at in range(len(words) - RUN + 1)}


def read_counts(card: Path, first: str) -> dict[str, list[str]]:
    """Give the rows of that table of a card whose first column is so headed, by their first cell."""
    table = card.read_text(encoding="utf-8").split(f"| {first} |", 1)[1].split("\n\n")[0]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {row[0]: row[1:] for row in rows}
