"""Write down what a larger network makes of words, for a small one to learn from (`standoff.train.hearing`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from standoff.models.reader.events import NONE
from standoff.models.reader.pieces import SOURCE, TARGET, cut_windows
from standoff.train.event_examples import LONGEST, EventExample, Lesson, cut_sentence, join_events
from standoff.train.examples import Text, frame_pieces
from standoff.train.network import Network
from standoff.train.passages import HALF

AT_ONCE = 16  # examples of like length
SOME = 3  # events of a paragraph of which the parties are marked, at most


def hear_texts(network: Network, texts: Iterable[Text], tokenizer: Tokenizer, *, window: int) -> Iterator[Text]:
    """Yield texts with what `network` makes of each of their words."""
    for text in texts:
        numbers = np.cumsum(text.pieces.begins_word) - 1
        heard = np.zeros((int(numbers[-1]) + 1, network.encoder.width), dtype=np.float16)
        for start, stop in cut_windows(text.pieces, size=window - 2):
            ids, kinds, words = frame_pieces(text.pieces, tokenizer, start, stop)
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                hidden, _ = network.encoder(torch.from_numpy(ids)[None], torch.from_numpy(kinds)[None], None)
            heard[numbers[words - 1 + start]] = hidden[0].float().numpy()[words]
        yield replace(text, heard=heard)


def hear_lessons(network: Network, lessons: Sequence[Lesson]) -> list[Lesson]:
    """Give lessons with what the branch of `network` makes of each word of their examples."""
    examples = [example for lesson in lessons for example in lesson.list_examples()]
    told = iter(_hear_examples(network, examples))
    return [
        Lesson(next(told) if lesson.plain is not None else None, tuple(next(told) for _ in lesson.pairs))
        for lesson in lessons
    ]


def _hear_examples(network: Network, examples: Sequence[EventExample]) -> list[EventExample]:
    heard: list[EventExample] = list(examples)
    order = np.argsort([len(example.ids) for example in examples], kind="stable").tolist()
    for start in range(0, len(order), AT_ONCE):
        numbers = order[start : start + AT_ONCE]
        chosen = [examples[number] for number in numbers]
        batch = join_events(chosen, mask=0, hidden=0.0, chance=np.random.default_rng(0))
        with torch.no_grad():
            hidden = network.read_event_words(batch).numpy()
        for number, example, own in zip(numbers, chosen, hidden, strict=True):
            heard[number] = replace(example, heard=own[: len(example.words)].astype(np.float16))
    return heard


def make_news(network: Network, texts: Iterable[str], tokenizer: Tokenizer) -> list[Lesson]:
    """Make lessons of the paragraphs of texts of which nothing is known: as `network` reads them, also with the sides
    of some of the events that it sees marked."""
    cut = [cut_sentence(line, tokenizer) for text in texts for line in text.split("\n") if line.strip()]
    plain = _hear_examples(network, [example for example in cut if len(example.ids) <= LONGEST])
    marked = [list(_mark_sides(network, example)) for example in plain]
    told = iter(_hear_examples(network, list(chain.from_iterable(marked))))
    return [Lesson(example, tuple(next(told) for _ in pairs)) for example, pairs in zip(plain, marked, strict=True)]


def _mark_sides(network: Network, example: EventExample) -> Iterator[EventExample]:
    """Yield an example with the sides of each of its likeliest events marked."""
    heads = network.events
    with torch.no_grad():
        scores = heads.read(torch.from_numpy(example.heard).float()[None])
        carried = 1.0 - torch.softmax(scores.types[0], -1)[:, NONE]
        triggers = [at for at in carried.argsort(descending=True).tolist() if carried[at] > HALF][:SOME]
        rows = torch.zeros(len(triggers), dtype=torch.long)
        arcs = heads.score_parties(scores.parties, rows, torch.tensor(triggers, dtype=torch.long)).sigmoid()
    for actors, recipients in (arcs > HALF).numpy():
        if actors.any() and recipients.any():
            yield _mark_words(example, _keep_first(actors), _keep_first(recipients))


def _keep_first(words: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep the first run of words that follow one another."""
    runs = [list(run) for met, run in groupby(range(len(words)), key=words.__getitem__) if met]
    return np.isin(np.arange(len(words)), runs[0])


def _mark_words(example: EventExample, source: NDArray[np.bool_], target: NDArray[np.bool_]) -> EventExample:
    """Mark the pieces of some words as source and target."""
    sides = np.zeros_like(example.kinds)
    word_of = np.searchsorted(example.words, np.arange(len(sides)), side="right") - 1
    for side, words in ((SOURCE, source), (TARGET, target)):
        sides[1:-1][words[word_of[1:-1]]] = side
    return replace(example, sides=sides, heard=None)
