"""Read the gold of event sentences: marked sentences that are named, halved and say what each tests."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable

from standoff.errors import ConfigError
from standoff.evaluate.marked import MarkedSentence, read_marked
from standoff.evaluate.singly import HALVES, check_half


def read_sentences(paths: Iterable[pathlib.Path], *, half: str | None = None) -> list[MarkedSentence]:
    """Give the sentences of files in their order, of one half only if one is named.

    Raises ConfigError, naming file and sentence, for one that cannot be scored: without an id of its own within the
    file, a kind or a half, or vouched for by somebody whom its text does not name.
    """
    check_half(half)
    sentences: list[MarkedSentence] = []
    for path in paths:
        known: set[str] = set()
        for sentence in read_marked(path):
            _check_sentence(sentence, path, known)
            known.add(sentence.id)
            sentences.append(sentence)
    return [sentence for sentence in sentences if half in (None, sentence.half)]


def _check_sentence(sentence: MarkedSentence, path: pathlib.Path, known: set[str]) -> None:
    where = f"{path}: sentence {sentence.id or sentence.number}"
    if not sentence.id or sentence.id in known:
        raise ConfigError(f"{where}: id is missing or stands twice; give each sentence its own.")
    if not sentence.kind:
        raise ConfigError(f"{where}: kind is missing; say what the sentence tests.")
    if sentence.half not in HALVES:
        raise ConfigError(f"{where}: half is “{sentence.half}”; give {' or '.join(HALVES)}.")
    for event in sentence.events:
        if event.by and event.by.casefold() not in sentence.text.casefold():
            raise ConfigError(f"{where}: by is “{event.by}”, which its text does not hold; give words that it holds.")
