"""Make training examples of sentences whose positions are marked, and of the definitions of the issues they are on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from standoff.codebooks import load_codebook
from standoff.evaluate.marked_positions import MarkedStatement, read_marked_positions
from standoff.models.reader.pieces import cut_pieces
from standoff.models.reader.positions import STANCES, describe_issue
from standoff.train.event_examples import LONGEST, SPREAD, cover_words, cut_sentence, name_split
from standoff.train.examples import frame_pieces, group_by_length
from standoff.train.passages import HALF, join_pieces, pack_examples, widen_words

OTHERS = 12  # issues that a batch is asked about besides those that its sentences are on
SHIPPED = ""  # the home of the issues that come with Standoff

Issue = tuple[str, str]  # its home (the file that defines it, or SHIPPED) and its key


class Taken(NamedTuple):
    """One position: the number of its word, the issue, and the chances that it is named there, and of each stance.

    `holders` and `conditions` give the chance of each word to be theirs. What a person marked has chances of 0 and 1.
    """

    word: int
    issue: Issue
    chance: float
    stances: NDArray[np.float32]
    holders: NDArray[np.float32]
    conditions: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionExample:
    """A passage: its pieces with the two that frame them, the places of its words, and the positions taken in it.

    `homes` says of each word from which file it comes: of the issues of other files nobody knows whether it names them.
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    words: NDArray[np.int64]
    homes: tuple[str, ...]
    taken: tuple[Taken, ...]


class PositionLessons(NamedTuple):
    """What is learned of positions: the passages, and how each issue is described, in pieces, one or more ways.

    `silver` are passages that a teacher has read, in place of a person.
    """

    examples: Sequence[PositionExample]
    issues: Mapping[Issue, Sequence[NDArray[np.int64]]]
    silver: Sequence[PositionExample] = ()


class PositionBatch(NamedTuple):
    """Passages padded to one length, and the issues they are asked about. Positions of all rows are in one list."""

    ids: Tensor
    kinds: Tensor
    present: Tensor
    words: Tensor
    issue_ids: Tensor  # (issues, pieces)
    issue_present: Tensor
    named: Tensor  # (rows, words, issues): 1 where a word names an issue
    known: Tensor  # (rows, words, issues): whether that is known
    rows: Tensor  # (positions,)
    places: Tensor
    issues: Tensor
    chances: Tensor
    stances: Tensor  # (positions, stances)
    parts: Tensor  # of each position, holder and condition by word: (positions, 2, words)


def read_position_lessons(folder: Path, tokenizer: Tokenizer, *, split: str = "train") -> PositionLessons:
    """Give one part of the files in a folder: of ten sentences in a row eight train, one is dev and one is test."""
    examples: list[PositionExample] = []
    codes = load_codebook("issues").codes
    described: dict[Issue, list[str]] = {
        (SHIPPED, key): [code.definition, describe_issue(code.definition, code.cues)] for key, code in codes.items()
    }
    for path in sorted(folder.glob("*.toml")):
        file = read_marked_positions(path)
        described |= {(path.name, key): [text] for key, text in file.definitions.items()}
        examples += [
            make_position_example(statement, file.definitions, tokenizer)
            for number, statement in enumerate(file.statements)
            if name_split(number) == split
        ]
    issues = {key: [cut_definition(text, tokenizer) for text in texts] for key, texts in described.items()}
    return PositionLessons([example for example in examples if len(example.ids) <= LONGEST], issues)


def cut_definition(text: str, tokenizer: Tokenizer) -> NDArray[np.int64]:
    """Give the pieces of an issue's description, framed."""
    return frame_pieces(cut_pieces(text, tokenizer), tokenizer, 0, LONGEST - 2).ids


def make_position_example(statement: MarkedStatement, own: Mapping[str, str], tokenizer: Tokenizer) -> PositionExample:
    """Say which words of a passage carry which position, and which are its holders and conditions."""
    cut = cut_sentence(statement.text, tokenizer)
    return PositionExample(
        ids=cut.ids,
        kinds=cut.kinds,
        words=cut.words,
        homes=(statement.file,) * len(cut.words),
        taken=tuple(
            Taken(
                int(np.flatnonzero(cover_words(cut.starts, cut.ends, [item.word]))[0]),
                (statement.file if item.issue in own else SHIPPED, item.issue),
                1.0,
                (np.arange(len(STANCES)) == STANCES.index(item.stance)).astype(np.float32),
                cover_words(cut.starts, cut.ends, item.holders).astype(np.float32),
                cover_words(cut.starts, cut.ends, item.conditions).astype(np.float32),
            )
            for item in statement.positions
        ),
    )


def _join_passages(passages: Sequence[PositionExample], chance: np.random.Generator) -> PositionExample:
    """Make one example of passages that follow one another."""
    sizes = [len(example.words) for example in passages]
    before = np.cumsum([0, *sizes])
    return PositionExample(
        **join_pieces(passages, chance)._asdict(),
        homes=tuple(home for example in passages for home in example.homes),
        taken=tuple(
            item._replace(
                word=item.word + int(before[at]),
                holders=widen_words(item.holders, at, sizes),
                conditions=widen_words(item.conditions, at, sizes),
            )
            for at, example in enumerate(passages)
            for item in example.taken
        ),
    )


def draw_passages(
    lessons: PositionLessons, *, window: int, pieces: int, chance: np.random.Generator
) -> list[list[PositionExample]]:
    """Give batches of about so many `pieces`, of packed passages of like length, in an order of chance."""
    packed = pack_examples([*lessons.examples, *lessons.silver], window=window, chance=chance)
    examples = [_join_passages(passages, chance) for passages in packed]
    return group_by_length(examples, pieces=pieces, spread=SPREAD, chance=chance)


def join_positions(
    examples: Sequence[PositionExample],
    issues: Mapping[Issue, Sequence[NDArray[np.int64]]],
    *,
    mask: int,
    hidden: float,
    chance: np.random.Generator,
) -> PositionBatch:
    """Make one batch, with the issues that its passages are on and some others; a share `hidden` of words is masked."""
    asked = _draw_issues(examples, issues, chance)
    described = [issues[key][int(chance.integers(len(issues[key])))] for key in asked]
    rows, count = len(examples), len(asked)
    pieces, words = max(len(example.ids) for example in examples), max(len(example.words) for example in examples)
    taken = [(row, item) for row, example in enumerate(examples) for item in example.taken if item.issue in asked]
    ids, kinds, present = (np.zeros((rows, pieces), dtype=np.int64) for _ in range(3))
    places = np.zeros((rows, words), dtype=np.int64)
    named, known = np.zeros((rows, words, count), dtype=np.float32), np.zeros((rows, words, count), dtype=np.float32)
    parts = np.zeros((len(taken), 2, words), dtype=np.float32)
    for row, example in enumerate(examples):
        size, width = len(example.ids), len(example.words)
        ids[row, :size], kinds[row, :size], present[row, :size] = example.ids, example.kinds, 1
        ids[row, example.words[chance.random(width) < hidden]] = mask
        places[row, :width], known[row, :width] = example.words, 1
        foreign = np.array([[key[0] not in (SHIPPED, home) for key in asked] for home in example.homes])
        for word in {item.word for item in example.taken if item.chance == 1.0}:
            known[row, word] = ~foreign[word]
    for at, (row, item) in enumerate(taken):
        width = len(examples[row].words)
        named[row, item.word, asked.index(item.issue)] = item.chance
        known[row, item.word, asked.index(item.issue)] = 1
        parts[at, 0, :width], parts[at, 1, :width] = item.holders, item.conditions
    longest = max(map(len, described))
    issue_ids, issue_present = (np.zeros((count, longest), dtype=np.int64) for _ in range(2))
    for at, own in enumerate(described):
        issue_ids[at, : len(own)], issue_present[at, : len(own)] = own, 1
    to = torch.from_numpy
    return PositionBatch(
        ids=to(ids),
        kinds=to(kinds),
        present=to(present),
        words=to(places),
        issue_ids=to(issue_ids),
        issue_present=to(issue_present),
        named=to(named),
        known=to(known),
        rows=torch.tensor([row for row, _ in taken], dtype=torch.long),
        places=torch.tensor([item.word for _, item in taken], dtype=torch.long),
        issues=torch.tensor([asked.index(item.issue) for _, item in taken], dtype=torch.long),
        chances=torch.tensor([item.chance for _, item in taken], dtype=torch.float32),
        stances=to(np.array([item.stances for _, item in taken], dtype=np.float32).reshape(-1, len(STANCES))),
        parts=to(parts),
    )


def _draw_issues(
    examples: Sequence[PositionExample], issues: Mapping[Issue, object], chance: np.random.Generator
) -> list[Issue]:
    """Give the issues that a batch is surely on, and others by chance, half of them shipped ones."""
    on = {item.issue for example in examples for item in example.taken if item.chance >= HALF}
    others = sorted(issues.keys() - on)
    shipped = [key for key in others if key[0] == SHIPPED]
    drawn = [others[number] for number in chance.permutation(len(others))[: OTHERS // 2]]
    drawn += [shipped[number] for number in chance.permutation(len(shipped))[: OTHERS // 2]]
    return sorted(on.union(drawn))
