"""Score which actors of several reports are suggested to be one, or to belong together: docs/evaluate.md says how."""

from __future__ import annotations

import os
import pathlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.record.measures import Figure, measure_share
from standoff.evaluate.rows import load_rows
from standoff.evaluate.singly import check_half, read_together
from standoff.records import Article, Record

KINDS = {"same": "same-actor", "successor": "successor", "part": "part", "two": None}


class Told(NamedTuple):
    """One coded pair with what became of it: merged, a suggestion's kind, "nothing", or "unknown" if one is missing."""

    set: str
    half: str
    left: str
    right: str
    coded: str
    found: str


class Listed(NamedTuple):
    """One suggestion that a set got, and whether a coded pair calls for it."""

    set: str
    half: str
    kind: str
    left: str
    right: str
    why: str
    right_one: bool


def evaluate_identities(
    paths: Iterable[str | os.PathLike[str]], *, half: str | None = None
) -> tuple[list[Told], list[Listed]]:
    """Read each set of reports and give what became of its coded pairs, and every suggestion that was made.

    Raises ConfigError, in one sentence, for a file or a set that cannot be scored.
    """
    check_half(half)
    sets = [entry for path in paths for entry in _load_sets(pathlib.Path(path)) if half in (None, entry["half"])]
    told: list[Told] = []
    listed: list[Listed] = []
    for entry, record in zip(sets, read_together(map(_make_articles, sets)), strict=True):
        pairs = list(_judge_pairs(entry, record))
        told += [pair for pair, _ in pairs]
        listed += _judge_suggestions(entry, record, pairs)
    return told, listed


def score_identities(told: Sequence[Told], listed: Sequence[Listed]) -> dict[str, dict[str, Figure]]:
    """Give, of all sets and of each relation, how many pairs were found, and how many suggestions are right.

    `found`: coded pairs that are suggested as what they are; one actor under two names is found too if it was merged.
    `kept apart`: coded pairs of two actors, of whatever relation, that were not made one. `right`: suggestions that a
    coded pair calls for.
    """
    scores: dict[str, dict[str, Figure]] = {}
    groups = {"all": list(told), **{kind: [pair for pair in told if pair.coded == kind] for kind in KINDS}}
    for name, pairs in groups.items():
        wanted = [pair for pair in pairs if pair.coded != "two"]
        apart = [pair for pair in pairs if pair.coded != "same"]
        scores[name] = {}
        if wanted:
            scores[name]["found"] = measure_share(sum(_is_found(pair) for pair in wanted), len(wanted))
        if apart:
            scores[name]["kept apart"] = measure_share(sum(pair.found != "merged" for pair in apart), len(apart))
    scores["all"]["right"] = measure_share(sum(item.right_one for item in listed), len(listed))
    return scores


def list_misses(told: Sequence[Told], listed: Sequence[Listed]) -> Iterator[str]:
    """Yield a line for each pair that was not found or wrongly merged, and for each suggestion that is not right."""
    for pair in told:
        wrong = pair.found == "merged" if pair.coded == "two" else not _is_found(pair)
        if wrong and pair.half != "held":
            yield f"{pair.set}: “{pair.left}” and “{pair.right}” are {pair.coded}, and were {pair.found}"
    for item in listed:
        if not item.right_one and item.half != "held":
            yield f"{item.set}: {item.kind} “{item.left}” and “{item.right}” is not right: {item.why}"


def _is_found(pair: Told) -> bool:
    return pair.found == KINDS[pair.coded] or (pair.coded == "same" and pair.found == "merged")


def _load_sets(path: pathlib.Path) -> list[dict[str, Any]]:
    """Give the sets of a file, or say which of them lacks what."""
    sets = load_rows(path, "set", "sets of reports")
    for entry in sets:
        lacking = [key for key in ("id", "half", "articles", "pairs") if key not in entry]
        if lacking:
            raise ConfigError(f"{path}: set {entry.get('id', '?')} has no {lacking[0]}; see docs/evaluate.md.")
        for pair in entry["pairs"]:
            if pair.get("is") not in KINDS or not {"left", "right"} <= pair.keys():
                raise ConfigError(f"{path}: a pair of {entry['id']} needs left, right and is: {', '.join(KINDS)}.")
    return sets


def _make_articles(entry: dict[str, Any]) -> list[Article]:
    return [
        Article(id=f"{entry['id']}-{number}", source=f"{entry['id']}-{number}.txt", language="en", text=text)
        for number, text in enumerate(entry["articles"], start=1)
    ]


def _judge_pairs(entry: dict[str, Any], record: Record) -> Iterator[tuple[Told, frozenset[str]]]:
    """Yield each coded pair with what became of it, and the ids of its two actors."""
    kinds: dict[frozenset[str], set[str]] = defaultdict(set)
    for item in record.suggestions:
        kinds[frozenset((item.left, item.right))].add(item.kind)
    for pair in entry["pairs"]:
        ids = [_find_actor(record, entry["id"], side) for side in (pair["left"], pair["right"])]
        key = frozenset(actor for actor in ids if actor is not None)
        if None in ids:
            found = "unknown"
        elif len(key) == 1:
            found = "merged"
        else:
            wanted = KINDS[pair["is"]]
            found = str(wanted) if wanted in kinds[key] else min(kinds[key], default="nothing")
        yield Told(entry["id"], entry["half"], pair["left"], pair["right"], pair["is"], found), key


def _judge_suggestions(
    entry: dict[str, Any], record: Record, pairs: Sequence[tuple[Told, frozenset[str]]]
) -> Iterator[Listed]:
    names = {actor.id: actor.name for actor in record.actors}
    wanted = {(KINDS[pair.coded], key) for pair, key in pairs if pair.coded != "two"}
    for item in record.suggestions:
        is_right = (item.kind, frozenset((item.left, item.right))) in wanted
        yield Listed(entry["id"], entry["half"], item.kind, names[item.left], names[item.right], item.why, is_right)


def _find_actor(record: Record, name: str, side: str) -> str | None:
    """Give the actor whom the article of that number calls so: by the mention of these words, or nearest to them."""
    number, _, words = side.partition(" ")
    inside = [item for item in record.mentions if item.passage.article == f"{name}-{number}"]
    exact = [item for item in inside if item.passage.text.casefold() == words.casefold()]
    around = [item for item in inside if words.casefold() in item.passage.text.casefold()]
    within = [item for item in inside if f" {item.passage.text.casefold()} " in f" {words.casefold()} "]
    chosen = min(exact or around, key=lambda item: (len(item.passage.text), item.passage.start), default=None)
    chosen = chosen or max(within, key=lambda item: (len(item.passage.text), -item.passage.start), default=None)
    return None if chosen is None else chosen.actor
