"""Fit the teacher to marked positions, and let it read other texts for the small network to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from standoff.models.reader.distances import place_words
from standoff.models.reader.pieces import cut_pieces, cut_windows
from standoff.models.reader.positions import STANCES
from standoff.models.reader.tags import NEVER
from standoff.train.examples import MASK, frame_pieces
from standoff.train.fit import Settings
from standoff.train.network import pick_words
from standoff.train.position_examples import (
    SHIPPED,
    Issue,
    PositionExample,
    PositionLessons,
    Taken,
    draw_passages,
    join_positions,
)
from standoff.train.position_heads import IssueScores, PositionHeads, Seen
from standoff.train.teacher import FIXED, Teacher

PASSES = 5.0
RATE = 1e-4  # of the uppermost layer
PIECES = 512  # of a batch
TOLD = 0.15  # the least chance at which the teacher's word that an issue is named is passed on
EVERY = 40

Pieces = NDArray[np.int64]
Descriptions = dict[Issue, list[Seen]]


def fit_teacher(
    lessons: PositionLessons, folder: Path, tokenizer: Tokenizer, settings: Settings, out: Path
) -> tuple[Teacher, Descriptions]:
    """Fit a teacher, whose published weights lie in `folder`, to marked positions; or load the one that is in `out`.

    Also gives the issues' descriptions as the network read them when it was published: what it learns later does not
    change them, so that each is read once.
    """
    torch.manual_seed(settings.seed)
    teacher = Teacher()
    teacher.load_published(folder)
    described = describe_issues(teacher, lessons.issues)
    if out.exists():
        teacher.load_state_dict(torch.load(out))
        return teacher, described
    optimiser = torch.optim.AdamW(_group_parameters(teacher, settings), weight_decay=settings.weight_decay)
    rates = [group["lr"] for group in optimiser.param_groups]
    mask: int = tokenizer.token_to_id(MASK)  # type: ignore[assignment]
    for number in range(int(PASSES)):
        chance = np.random.default_rng((settings.seed, number))
        batches = draw_passages(lessons, window=settings.window, pieces=PIECES, chance=chance)
        for step, batch in enumerate(batches):
            progress = number + step / len(batches)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, progress / (2 * settings.warm_passes), (PASSES - progress) / PASSES / 0.8)
            drawn = np.random.default_rng((settings.seed, number, step))
            joined = join_positions(batch, lessons.issues, mask=mask, hidden=settings.hidden, chance=drawn)
            known = [described[issue][way] for issue, way in joined.asked]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                seen = teacher.read(joined.ids, joined.kinds, joined.present)
            words = Seen(*(pick_words(part, joined.words) for part in seen))
            losses = teacher.heads.measure(words, _pad(known, joined.issue_ids.shape[1]), joined)
            optimiser.zero_grad()
            (losses.naming + losses.stances + 0.2 * losses.parts).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimiser.step()
            if (step + 1) % EVERY == 0:
                print(f"teacher {progress:.2f} " + " ".join(f"{loss.item():.3f}" for loss in losses), flush=True)
    torch.save(teacher.state_dict(), out)
    return teacher, described


def _group_parameters(teacher: Teacher, settings: Settings) -> list[dict[str, object]]:
    """Give each layer that learns its rate, and the heads theirs."""
    groups: list[dict[str, object]] = [
        {"params": [part for part in teacher.heads.parameters() if part.dim() > 1], "lr": settings.head_rate},
        {"params": [part for part in teacher.heads.parameters() if part.dim() < 2], "lr": 3 * settings.head_rate},
        {"params": [teacher.kinds.weight], "lr": settings.head_rate},
    ]
    top = len(teacher.layers) - 1
    for number, layer in enumerate(teacher.layers):
        if number >= FIXED:
            groups.append({"params": list(layer.parameters()), "lr": RATE * settings.layer_decay ** (top - number)})
    return groups


def describe_issues(teacher: Teacher, issues: Mapping[Issue, Sequence[Pieces]]) -> Descriptions:
    """Read the descriptions of issues, each way."""
    with torch.no_grad():
        return {issue: [_describe(teacher, ids) for ids in ways] for issue, ways in issues.items()}


def _describe(teacher: Teacher, pieces: Pieces) -> Seen:
    ids = torch.from_numpy(pieces)[None]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = teacher.read(ids, torch.zeros_like(ids), torch.ones_like(ids))
    return Seen(*(part[0].float() for part in seen))


def _pad(described: Sequence[Seen], length: int) -> Seen:
    """Put descriptions of different lengths behind one another, as rows of one length."""
    padded = [torch.zeros(len(described), length, item.shape[-1]) for item in described[0]]
    for number, own in enumerate(described):
        for rows, part in zip(padded, own, strict=True):
            rows[number, : len(part)] = part
    return Seen(*padded)


def cut_passages(texts: Iterable[str], tokenizer: Tokenizer, *, size: int) -> Iterator[PositionExample]:
    """Cut texts into windows of up to `size` pieces, in which nothing is marked."""
    for text in texts:
        pieces = cut_pieces(text, tokenizer)
        for start, stop in cut_windows(pieces, size=size - 2) if len(pieces) else ():
            framed = frame_pieces(pieces, tokenizer, start, stop)
            yield PositionExample(**framed._asdict(), homes=(SHIPPED,) * len(framed.words), taken=())


def label_passages(
    teacher: Teacher, passages: Iterable[PositionExample], issues: Descriptions
) -> Iterator[PositionExample]:
    """Yield passages with the positions that the teacher sees in them, each with its chances."""
    teacher.eval().requires_grad_(False)
    described = [ways[-1] for ways in issues.values()]
    seen = _pad(described, max(len(own.high) for own in described))
    present = torch.stack([(torch.arange(seen.high.shape[1]) < len(own.high)).float() for own in described])[..., None]
    asked = teacher.heads.read_issues(*seen, (seen.high * present).sum(1) / present.sum(1))
    asked.keys[..., -1:] += (1.0 - present) * NEVER
    for passage in passages:
        ids, kinds = torch.from_numpy(passage.ids)[None], torch.from_numpy(passage.kinds)[None]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            read = teacher.read(ids, kinds, torch.ones_like(ids))
        places = torch.from_numpy(passage.words)[None]
        words = Seen(*(pick_words(part, places)[0] for part in read))
        taken = tuple(_list_taken(teacher.heads, words, list(issues), asked))
        yield replace(passage, taken=taken)


def _list_taken(heads: PositionHeads, words: Seen, issues: Sequence[Issue], asked: IssueScores) -> Iterator[Taken]:
    """Yield what is seen in one passage: of each word and each issue that it may name, the stances and the parties."""
    scores = heads.read(*words)
    alike = torch.einsum("wv,kpv->wkp", scores.namings[:, :-1], asked.keys[..., :-1]) + asked.keys[..., -1]
    chances = torch.sigmoid(torch.logsumexp(alike, -1) + scores.namings[:, -1:])
    base, turned = scores.stances.split([len(STANCES), asked.siding.shape[1]], dim=-1)
    stances = torch.softmax(base[:, None] + (turned @ asked.siding.T)[..., None] * heads.sided, -1).numpy()
    for word in (chances > TOLD).any(1).nonzero().flatten().tolist():
        away = torch.from_numpy(place_words(len(chances), word, word + 1))
        holders, conditions = heads.score_parts(scores.parts, word, away).sigmoid().numpy()
        for issue in (chances[word] > TOLD).nonzero().flatten().tolist():
            yield Taken(word, issues[issue], float(chances[word, issue]), stances[word, issue], holders, conditions)
