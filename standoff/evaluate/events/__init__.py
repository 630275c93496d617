"""Score the reader on event sentences: one to three sentences each, their events marked in the words.

Every sentence is read as an article of its own, through the whole pipeline and its actors resolved. Half of them are
"held": only their figures are looked at, so that they tell what to expect of texts that no rule was mended with.
"""

from __future__ import annotations

import os
import pathlib
from collections import Counter
from collections.abc import Iterable, Sequence

from standoff.codebooks import load_codebook
from standoff.evaluate.events.coded import read_sentences
from standoff.evaluate.events.paired import PairedSentence, pair_sentence
from standoff.evaluate.record.measures import Figure, measure_share, take_percent
from standoff.evaluate.singly import read_singly

__all__ = ["NONE", "count_types", "evaluate_events", "list_misses", "pair_events", "score_events"]

NONE = "none"  # the type of what is not coded, or not found
AT_TRIGGER = ("type", "quad")  # asked of every trigger found
FIELDS = ("mode", "status", "place", "when", "by", "magnitude")  # asked of those whose type is right

Scores = dict[str, dict[str, Figure]]


def evaluate_events(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> Scores:
    """Give the scores of the event sentences in files, for "all" and for each type; of one half, if one is named.

    `found` P, R and F1: the type is right and the event's passage or cue touches the marked trigger, one to one;
    `found+who` F1: … and both sides are the marked ones, nobody missing and nobody too many. `trigger` P, R and F1 are
    those of `found` whatever the type. The rest are shares: `type` and `quad` of the triggers found, the others of the
    events found for which they are coded. `quiet` is the share of the sentences without an event in which none was
    found. Raises ConfigError for sentences that cannot be scored.
    """
    return score_events(pair_events(paths, half=half))


def pair_events(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> list[PairedSentence]:
    """Give for each sentence what is judged of its coded events, as the reader reads it today."""
    sentences = read_sentences([pathlib.Path(path) for path in paths], half=half)
    records = read_singly((f"{sentence.file}/{sentence.id}", sentence.text) for sentence in sentences)
    return [pair_sentence(sentence, record) for sentence, record in zip(sentences, records, strict=True)]


def score_events(paired: Sequence[PairedSentence]) -> Scores:
    """Give the scores of judged sentences, for "all" and for each type in the codebook's order."""
    without = [item for item in paired if not item.sentence.events]
    scores = {"all": _score(paired, None)}
    if without:
        scores["all"]["quiet"] = _share([not item.spare for item in without])
    return scores | {code: _score(paired, code) for code in load_codebook("plover").codes}


def count_types(paired: Iterable[PairedSentence]) -> Counter[tuple[str, str]]:
    """Count how often one type was taken for another, (coded, found); NONE stands for what one side does not have."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in paired:
        counts.update((judged.row.type, judged.mine.type if judged.mine else NONE) for judged in item.judged)
        counts.update((NONE, event.type) for event in item.spare)
    return counts


def list_misses(paired: Iterable[PairedSentence]) -> list[str]:
    """Give one line for each coded event that is missed or wrong in something, and for each that is too many.

    Held sentences are never listed: who reads their errors has no held sentences left.
    """
    lines = []
    for sentence, judged, spare in paired:
        if sentence.half == "held":
            continue
        for row, mine, right in judged:
            words = f"{row.type} “{sentence.text[slice(*row.trigger)]}”"
            wrong = ", ".join(name for name, fits in right.items() if not fits)
            if mine is None:
                lines.append(f"{sentence.id}: not found: {words} [{sentence.text}]")
            elif wrong:
                said = f"{mine.type} {mine.mode or '-'} {mine.status}"
                lines.append(f"{sentence.id}: {words} has wrong {wrong} ({said}) [{sentence.text}]")
        for mine in spare:
            cue = mine.cue.text if mine.cue else "no cue"
            lines.append(f"{sentence.id}: too many: {mine.type} “{cue}” by {mine.made_by} [{sentence.text}]")
    return lines


def _score(paired: Sequence[PairedSentence], code: str | None) -> dict[str, Figure]:
    """Give the scores of the events of one type, or of all."""
    judged = [item for sentence in paired for item in sentence.judged]
    coded = [item for item in judged if code in (None, item.row.type)]
    met = [item for item in judged if item.mine is not None]
    spare = sum(code in (None, event.type) for sentence in paired for event in sentence.spare)
    mine = [item for item in met if item.mine is not None and code in (None, item.mine.type)]
    scores: dict[str, Figure] = {}
    for name, key in (("found", "type"), ("found+who", "who"), ("trigger", None)):
        hits = sum(key is None or item.right.get(key, False) for item in mine)
        kept = sum(item.mine is not None and (key is None or item.right.get(key, False)) for item in coded)
        precision, recall = take_percent(hits, len(mine) + spare), take_percent(kept, len(coded))
        if name != "found+who":
            scores |= {f"{name} P": Figure(precision, len(mine) + spare), f"{name} R": Figure(recall, len(coded))}
        f1 = take_percent(2 * precision * recall / 100, precision + recall)
        scores[f"{name} F1"] = Figure(f1, len(coded))
    for name in (*AT_TRIGGER, *FIELDS):
        asked = [item.right[name] for item in coded if name in item.right]
        if asked:
            scores[name] = _share(asked)
    return scores


def _share(asked: Sequence[bool]) -> Figure:
    return measure_share(sum(asked), len(asked))
