"""Cut a report into what one source after another says: the order in which a report lets its sources answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from standoff.records import Reading
from standoff.resolve.conflicts.judge import Claim
from standoff.resolve.conflicts.statements import Statement

NEXT = 8  # statements of a block, from either end, that are compared: the rest is too far from what another says


class Block(NamedTuple):
    """What one source says in a row: its statements in reading order, and the block's number in its report."""

    source: str
    number: int
    statements: tuple[Statement, ...]

    @property
    def opening(self) -> tuple[Statement, ...]:
        """The statements that can answer what stands before; a speech of an hour answers with its first words."""
        return self.statements[:NEXT]

    @property
    def closing(self) -> tuple[Statement, ...]:
        """The statements that what stands after can answer."""
        return self.statements[-NEXT:]

    @property
    def start(self) -> int:
        return self.statements[0].start

    @property
    def end(self) -> int:
        return max(item.end for item in self.statements)


def cut_blocks(statements: Sequence[Statement]) -> Mapping[str, list[Block]]:
    """Give each report's blocks in reading order; what is quoted within another's statement belongs to that one."""
    told: dict[str, list[Statement]] = defaultdict(list)
    for item in statements:
        if item.told and item.inside is None:
            told[item.article].append(item)
    blocks: dict[str, list[Block]] = {}
    for article, line in sorted(told.items()):
        line.sort(key=lambda item: (item.start, item.end, item.id))
        runs: list[list[Statement]] = []
        for item in line:
            if runs and runs[-1][-1].source == item.source:
                runs[-1].append(item)
            else:
                runs.append([item])
        blocks[article] = [Block(str(run[0].source), place, tuple(run)) for place, run in enumerate(runs)]
    return blocks


def claim(item: Statement) -> Claim:
    """Give a statement as the judge takes it: without its names, and turned where its speaker denies it."""
    return Claim(item.text, denied=item.act == "deny", stems=item.stems)


def list_stances(readings: Sequence[Reading]) -> dict[str, set[tuple[str, str]]]:
    """Give the stances that rest on each statement, as (issue, stance)."""
    stances: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for reading in readings:
        for position in reading.positions:
            stances[position.basis or ""].add((position.issue, position.stance))
    return stances
