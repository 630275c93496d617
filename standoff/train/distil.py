"""Let a larger network say which positions it sees in texts that nobody has marked, for the small one to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from standoff.models.reader.pieces import cut_pieces, cut_windows
from standoff.models.reader.positions import STANCES
from standoff.models.reader.tags import NEVER
from standoff.train.event_examples import EventExample
from standoff.train.examples import frame_pieces
from standoff.train.network import Network, pick_words
from standoff.train.position_examples import SHIPPED, Issue, PositionExample, Taken
from standoff.train.position_heads import IssueScores, PositionHeads, Seen

TOLD = 0.15  # the least chance at which the word that an issue is named is passed on

Pieces = NDArray[np.int64]


def cut_passages(texts: Iterable[str], tokenizer: Tokenizer, *, size: int) -> Iterator[PositionExample]:
    """Cut texts into windows of up to `size` pieces, in which nothing is marked."""
    for text in texts:
        pieces = cut_pieces(text, tokenizer)
        for start, stop in cut_windows(pieces, size=size - 2) if len(pieces) else ():
            framed = frame_pieces(pieces, tokenizer, start, stop)
            yield PositionExample(**framed._asdict(), homes=(SHIPPED,) * len(framed.words), taken=())


def leave_unmarked(examples: Iterable[EventExample]) -> Iterator[PositionExample]:
    """Yield sentences whose events are known as passages in which no position is marked."""
    for example in examples:
        homes = (SHIPPED,) * len(example.words)
        yield PositionExample(ids=example.ids, kinds=example.kinds, words=example.words, homes=homes, taken=())


def label_passages(
    network: Network, passages: Iterable[PositionExample], issues: Mapping[Issue, Sequence[Pieces]]
) -> Iterator[PositionExample]:
    """Yield passages with the positions that a network, which learns no more, sees in them, each with its chances."""
    asked = _pad_issues([_describe(network, ways[-1]) for ways in issues.values()])
    for passage in passages:
        ids, kinds = torch.from_numpy(passage.ids)[None], torch.from_numpy(passage.kinds)[None]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            read = network.read_branch(ids, kinds, torch.zeros_like(ids), None)
        places = torch.from_numpy(passage.words)[None]
        words = Seen(*(pick_words(part, places)[0] for part in read))
        taken = tuple(_list_taken(network.positions, words, list(issues), asked))
        yield replace(passage, taken=taken)


def _describe(network: Network, pieces: Pieces) -> IssueScores:
    """Read the description of an issue."""
    ids = torch.from_numpy(pieces)[None]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = network.read_branch(ids, torch.zeros_like(ids), torch.zeros_like(ids), None)
    high, low = (part[0].float() for part in seen)
    return network.positions.read_issues(high, low, high.mean(0))


def _pad_issues(described: Sequence[IssueScores]) -> IssueScores:
    """Put issues, whose descriptions are of different lengths, behind one another."""
    longest = max(len(own.keys) for own in described)
    keys = torch.zeros(len(described), longest, described[0].keys.shape[1])
    keys[..., -1] = NEVER
    for number, own in enumerate(described):
        keys[number, : len(own.keys)] = own.keys
    return IssueScores(keys, torch.stack([own.siding for own in described]))


def _list_taken(heads: PositionHeads, words: Seen, issues: Sequence[Issue], asked: IssueScores) -> Iterator[Taken]:
    """Yield what is seen in one passage: of each word and each issue that it may name, the stances and the parties."""
    scores = heads.read(*words)
    alike = torch.einsum("wv,kpv->wkp", scores.namings[:, :-1], asked.keys[..., :-1]) + asked.keys[..., -1]
    chances = torch.sigmoid(torch.logsumexp(alike, -1) + scores.namings[:, -1:])
    base, turned = scores.stances.split([len(STANCES), asked.siding.shape[1]], dim=-1)
    stances = torch.softmax(base[:, None] + (turned @ asked.siding.T)[..., None] * heads.sided, -1).numpy()
    told = (chances > TOLD).any(1).nonzero().flatten()
    parts = heads.score_parts(scores.parts[None], torch.zeros_like(told), told).sigmoid().numpy()
    for word, (holders, conditions) in zip(told.tolist(), parts, strict=True):
        for issue in (chances[word] > TOLD).nonzero().flatten().tolist():
            yield Taken(word, issues[issue], float(chances[word, issue]), stances[word, issue], holders, conditions)
