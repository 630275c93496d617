"""Fit a judge of contradictions on pairs of passages: `python -m standoff.train.pairs PAIRS_FOLDER TEACHER_FOLDER`.

A cross-encoder: MPNet reads both passages at once, each with who says it, and how far apart their days are. A fifth of
the disputes is kept out and scored after each pass, beside the halves of `--gold` that are asked for. Nothing that
ships reads with it: docs/resolving.md says what it is worth and where it fails. Seeded; about ten minutes on two quiet
cores.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from standoff.evaluate.pairs import JudgedPair, Pair, Side, Verdict, measure_auroc, read_pairs
from standoff.models.reader.opening import open_tokenizer
from standoff.train.encoders import Mpnet

CLS, SEP = 101, 102
LONGEST = 120  # pieces of a side; a paragraph has fewer
BATCH = 16
RATE, HEAD_RATE = 3e-5, 5e-4
FADING = 0.9  # what a layer's rate is to that of the layer above it
WARM = 0.4  # passes in which the rate rises
FOLDS = 5
SEED = 3
APART = ((0, "same day"), (1, "next day"), (9, "days later"))  # the most days apart, and how that is told


class PairJudge(nn.Module):
    """MPNet, and a head that compares what it makes of the two sides."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = Mpnet()
        self.encoder.load_published(folder)
        self.joined, self.out = nn.Linear(4 * self.encoder.width, 256), nn.Linear(256, 1)

    def forward(self, ids: Tensor, sides: Tensor) -> Tensor:
        """Score pairs; `sides` has 1 and 2 for the pieces of the two passages, 0 for others and -1 for padding."""
        present = sides >= 0
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden, _ = self.encoder(ids, torch.zeros_like(ids), present)
        hidden = hidden.float()
        left, right, whole = (_average(hidden, mask) for mask in (sides == 1, sides == 2, present))
        compared = torch.cat([hidden[:, 0], whole, (left - right).abs(), left * right], dim=-1)
        scores: Tensor = self.out(functional.gelu(self.joined(compared)))[:, 0]
        return scores


def _average(hidden: Tensor, mask: Tensor) -> Tensor:
    weights = mask[..., None].float()
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


def say_apart(left: Side, right: Side) -> str:
    """Say how far apart the days of two reports are, in words that the network knows.

    >>> say_apart(Side("a", day="2025-03-01"), Side("b", day="2025-03-04"))
    'days later'
    """
    days = abs((date.fromisoformat(left.day) - date.fromisoformat(right.day)).days)
    return next((words for most, words in APART if days <= most), "much later")


def frame_pair(left: Side, right: Side, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """Give the pieces of a pair as the network reads them, and which side each is of."""
    ids, sides = [CLS], [0]
    for number, side in enumerate((left, right), start=1):
        own = tokenizer.encode(f"{side.source or 'the report'}: {side.text}", add_special_tokens=False).ids[:LONGEST]
        ids += [*own, SEP]
        sides += [*[number] * len(own), 0]
    days = tokenizer.encode(say_apart(left, right), add_special_tokens=False).ids
    return [*ids, *days, SEP], [*sides, *[0] * len(days), 0]


def split_disputes(pairs: Sequence[Pair], fold: int) -> tuple[list[Pair], list[Pair]]:
    """Give the pairs to learn from and those of the fifth of disputes that is kept out: a dispute is never in both."""

    def place(pair: Pair) -> int:
        return int(hashlib.sha1(pair.dispute.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS

    return [pair for pair in pairs if place(pair) != fold], [pair for pair in pairs if place(pair) == fold]


def pad_pairs(framed: Sequence[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor]:
    """Give framed pairs as two tensors, the shorter filled up."""
    longest = max(len(ids) for ids, _ in framed)
    ids = torch.tensor([[*ids, *[0] * (longest - len(ids))] for ids, _ in framed])
    sides = torch.tensor([[*sides, *[-1] * (longest - len(sides))] for _, sides in framed])
    return ids, sides


def draw_batches(
    pairs: Sequence[Pair], tokenizer: Tokenizer, chance: np.random.Generator
) -> Iterator[tuple[Tensor, ...]]:
    """Yield batches of pairs in random order, each way round, with whether they are contradictions."""
    order, turned = chance.permutation(len(pairs)), chance.random(len(pairs)) < 0.5
    for start in range(0, len(order), BATCH):
        chosen = [(pairs[at], turned[at]) for at in order[start : start + BATCH]]
        framed = [
            frame_pair(*((pair.right, pair.left) if turn else (pair.left, pair.right)), tokenizer)
            for pair, turn in chosen
        ]
        yield *pad_pairs(framed), torch.tensor([float(pair.conflict) for pair, _ in chosen])


def score_pairs(judge: PairJudge, pairs: Sequence[Pair], tokenizer: Tokenizer) -> float:
    """Give the AUROC of a judge over some pairs, in per cent, each pair read both ways round."""
    judged = []
    with torch.no_grad():
        for start in range(0, len(pairs), BATCH):
            chosen = pairs[start : start + BATCH]
            ways = [way for pair in chosen for way in ((pair.left, pair.right), (pair.right, pair.left))]
            scores = judge(*pad_pairs([frame_pair(*way, tokenizer) for way in ways])).view(-1, 2).mean(1)
            judged += [JudgedPair(pair, Verdict(score)) for pair, score in zip(chosen, scores.tolist(), strict=True)]
    return measure_auroc(judged)


def fit_judge(
    judge: PairJudge, pairs: Sequence[Pair], tokenizer: Tokenizer, *, passes: float
) -> Iterator[tuple[float, float]]:
    """Fit a judge, and yield after each pass how many passes were made and what they cost."""
    layers = judge.encoder.layers
    groups = [{"params": [*judge.joined.parameters(), *judge.out.parameters()], "lr": HEAD_RATE}]
    groups += [
        {"params": list(layer.parameters()), "lr": RATE * FADING ** (len(layers) - 1 - number)}
        for number, layer in enumerate(layers)
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    learning = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    count = -(-len(pairs) // BATCH)
    for number in range(int(-(-passes // 1))):
        costs = []
        for step, (ids, sides, answers) in enumerate(
            draw_batches(pairs, tokenizer, np.random.default_rng((SEED, number)))
        ):
            done = number + step / count
            if done >= passes:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, done / WARM, (passes - done) / (0.85 * passes))
            loss = functional.binary_cross_entropy_with_logits(judge(ids, sides), answers)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            costs.append(loss.item())
        yield min(number + 1.0, passes), float(np.mean(costs))


def main() -> None:
    """Read the command line, fit a judge and print what it is worth after each pass."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path, help="a folder of pairs (data/pairs)")
    parser.add_argument("teacher", type=Path, help="a folder with the weights of all-mpnet-base-v2")
    parser.add_argument("--encoder", type=Path, required=True, help="a folder with the tokenizer")
    parser.add_argument("--passes", type=float, default=5)
    parser.add_argument("--fold", type=int, default=0, help="which fifth of the disputes is kept out")
    parser.add_argument("--gold", type=Path, help="pairs to score besides (tests/cases/pairs.toml)")
    parser.add_argument("--half", default="tune", help="the half of them: tune or held")
    parser.add_argument("--out", type=Path, help="where to keep the weights")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(SEED)
    tokenizer = open_tokenizer(given.encoder)
    learnt, kept = split_disputes(read_pairs(sorted(given.pairs.glob("*.toml"))), given.fold)
    asked = {"kept out": kept}
    if given.gold is not None:
        asked[given.half] = read_pairs([given.gold], half=given.half)
    judge = PairJudge(given.teacher)
    for done, cost in fit_judge(judge, learnt, tokenizer, passes=given.passes):
        scores = ", ".join(f"{name} {score_pairs(judge, pairs, tokenizer):.1f}" for name, pairs in asked.items())
        print(f"{done:g} passes: {cost:.3f}; AUROC: {scores}", flush=True)
    if given.out is not None:
        torch.save(judge.state_dict(), given.out)


if __name__ == "__main__":
    main()
