"""Make training examples of sentences whose events are marked: their pieces, and what each word is to each event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from standoff.codebooks import load_codebook
from standoff.evaluate import relations
from standoff.evaluate.marked import MarkedEvent, MarkedSentence, read_marked
from standoff.models.reader.events import STATUSES
from standoff.models.reader.pieces import SOURCE, TARGET, cut_pieces
from standoff.train.batches import UNKNOWN, HeardWords, join_heard
from standoff.train.examples import Heard, frame_pieces, group_by_length
from standoff.train.passages import join_pieces, pack_examples, widen_words

LONGEST = 250  # pieces; a longer sentence is left out
SPREAD = 12  # sentences of a batch differ in length by about so many pieces
SPLITS = ("train", "dev", "test")
Range = tuple[int, int]
Spans = Iterable[Range]
Pair = tuple[Range, Range]
DEV, TEST = 8, 9  # of each ten sentences of a file, these go to dev and to test


def list_types() -> tuple[str, ...]:
    """Give what a word may carry: "" for nothing, and the types of PLOVER."""
    return ("", *load_codebook("plover").codes)


def list_modes() -> tuple[str, ...]:
    """Give the modes as "TYPE/mode", after "" for none."""
    codes = load_codebook("plover").codes
    return ("", *(f"{key}/{mode}" for key, code in codes.items() for mode in code.extra.get("modes", {})))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventExample:
    """One sentence: its pieces with the two that frame them, the places of its words, and its events.

    `sides` says of each piece whether it names a given source or target, `pair` which types may lie between these, none
    where none are given. `types` gives each word's type, UNKNOWN where nobody knows. Each event has its word in
    `triggers`, its mode and its status by number; `actors` and `recipients` say of each which words name them. `heard`
    is what a larger network makes of each word.
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    sides: NDArray[np.int64]
    words: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    types: NDArray[np.int64]
    pair: NDArray[np.bool_]
    triggers: list[int]
    modes: list[int]
    statuses: list[int]
    actors: list[NDArray[np.bool_]]
    recipients: list[NDArray[np.bool_]]
    heard: Heard | None = None


def read_split(paths: Iterable[Path], split: str) -> list[MarkedSentence]:
    """Give the sentences of one part of the files: of each ten in a row eight train, one is dev and one is test."""
    return [
        sentence
        for path in sorted(paths)
        for number, sentence in enumerate(read_marked(path))
        if name_split(number) == split
    ]


def name_split(number: int) -> str:
    """Give the part that the sentence of this number in its file belongs to."""
    return SPLITS[max(0, number % 10 - DEV + 1)]


def cut_sentence(text: str, tokenizer: Tokenizer, source: Spans = (), target: Spans = ()) -> EventExample:
    """Cut a sentence into pieces, the words of a given source and target marked; nothing is known of its events."""
    pieces = cut_pieces(text, tokenizer)
    framed = frame_pieces(pieces, tokenizer)
    first = framed.words - 1
    sides = np.zeros(len(pieces), dtype=np.int64)
    for side, spans in ((SOURCE, source), (TARGET, target)):
        sides[cover_words(pieces.starts, pieces.ends, spans)] = side
    return EventExample(
        **framed._asdict(),
        sides=np.concatenate([[0], sides, [0]]),
        starts=pieces.starts[first],
        ends=pieces.ends[np.append(first[1:], len(pieces)) - 1],
        types=np.full(len(first), UNKNOWN),
        pair=np.zeros(len(list_types()) - 1, dtype=bool),
        triggers=[],
        modes=[],
        statuses=[],
        actors=[],
        recipients=[],
    )


def make_example(sentence: MarkedSentence, tokenizer: Tokenizer, pair: Pair | None = None) -> EventExample:
    """Say of each word of a sentence what it is to each event; with a pair of parties, of the events between them."""
    cut = cut_sentence(sentence.text, tokenizer, *(((span,) for span in pair) if pair else ()))
    types, modes = list_types(), list_modes()
    events = [event for event in sentence.events if pair is None or pair in list_pairs(event)]
    carried, between = np.zeros(len(cut.words), dtype=np.int64), cut.pair.copy()
    triggers = [int(np.flatnonzero(cover_words(cut.starts, cut.ends, [event.trigger]))[0]) for event in events]
    for at, event in zip(triggers, events, strict=True):
        carried[at] = types.index(event.type)
        between[carried[at] - 1] = pair is not None
    return replace(
        cut,
        types=carried,
        pair=between,
        triggers=triggers,
        modes=[modes.index(_name_mode(event)) for event in events],
        statuses=[STATUSES.index(event.status) for event in events],
        actors=[cover_words(cut.starts, cut.ends, event.actors) for event in events],
        recipients=[cover_words(cut.starts, cut.ends, event.recipients) for event in events],
    )


def list_pairs(event: MarkedEvent) -> list[Pair]:
    """Give the pairs of parties that an event lies between; those who act together lie either way round."""
    if event.recipients:
        return [(actor, recipient) for actor in event.actors for recipient in event.recipients]
    return [(actor, other) for actor in event.actors for other in event.actors if actor != other]


def cover_words(starts: NDArray[np.int64], ends: NDArray[np.int64], spans: Spans) -> NDArray[np.bool_]:
    """Say which words or pieces lie in any of some ranges of characters."""
    met = np.zeros(len(starts), dtype=bool)
    for start, end in spans:
        met |= (starts < end) & (ends > start)
    return met


def _name_mode(event: MarkedEvent) -> str:
    return "" if event.mode is None else f"{event.type}/{event.mode}"


class EventBatch(NamedTuple):
    """Sentences padded to one length. Events of all rows stand in one list, `rows` saying whose they are."""

    ids: Tensor
    kinds: Tensor
    sides: Tensor
    present: Tensor
    words: Tensor
    known: Tensor  # (rows, words): whether there is a word
    types: Tensor  # (rows, words), UNKNOWN where there is no word, or nobody knows
    pairs: Tensor  # (rows, types but none)
    rows: Tensor  # (events,)
    triggers: Tensor
    modes: Tensor
    statuses: Tensor
    parties: Tensor  # of each event, actors and recipients by word: (events, 2, words)
    heard: HeardWords | None


class Lesson(NamedTuple):
    """One sentence to learn from: as it stands, if its events are known, and with each pair of its parties marked."""

    plain: EventExample | None
    pairs: tuple[EventExample, ...]

    def list_examples(self) -> list[EventExample]:
        return [*((self.plain,) if self.plain is not None else ()), *self.pairs]


def make_lesson(sentence: MarkedSentence, tokenizer: Tokenizer) -> Lesson:
    """Make the examples of one sentence."""
    pairs = dict.fromkeys(pair for event in sentence.events for pair in list_pairs(event))
    return Lesson(make_example(sentence, tokenizer), tuple(make_example(sentence, tokenizer, pair) for pair in pairs))


def make_relation(row: Mapping[str, str], tokenizer: Tokenizer) -> Lesson:
    """Make a lesson of a row of PLV: of a sentence with its source and target marked, only the type between is known.

    Which word carries it is for the network to find. PLV's type is turned into those of PLOVER 2.0 that it may be.
    """
    marked = relations.unmark(row["marked_sentence"])
    sides = ((span,) if span else () for span in (marked.source, marked.target))
    example = cut_sentence(marked.text, tokenizer, *sides)
    types = list_types()
    example.pair[[types.index(name) - 1 for name in relations.from_plv(row["gold_root"], marked.text)]] = True
    return Lesson(None, (example,))


def read_lessons(folder: Path, tokenizer: Tokenizer) -> list[Lesson]:
    """Give the lessons of the training part of the files in a folder."""
    return keep_short(make_lesson(sentence, tokenizer) for sentence in read_split(folder.glob("*.toml"), "train"))


def keep_short(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Leave out the lessons that are too long for one window."""
    return [lesson for lesson in lessons if all(len(example.ids) <= LONGEST for example in lesson.list_examples())]


def pack_sentences(examples: Sequence[EventExample], *, window: int, chance: np.random.Generator) -> list[EventExample]:
    """Put sentences behind one another, by chance, into passages, as articles have them."""
    return [_join_sentences(passage, chance) for passage in pack_examples(examples, window=window, chance=chance)]


def _join_sentences(passage: Sequence[EventExample], chance: np.random.Generator) -> EventExample:
    """Make one example of sentences that follow one another."""
    joined = join_pieces(passage, chance)
    sizes = [len(example.words) for example in passage]
    before = np.cumsum([0, *sizes])

    def widen(parties: NDArray[np.bool_], at: int) -> NDArray[np.bool_]:
        return widen_words(parties, at, sizes)

    return EventExample(
        ids=joined.ids,
        kinds=joined.kinds,
        sides=np.zeros(len(joined.ids), dtype=np.int64),
        words=joined.words,
        starts=np.concatenate([example.starts for example in passage]),
        ends=np.concatenate([example.ends for example in passage]),
        types=np.concatenate([example.types for example in passage]),
        pair=passage[0].pair,
        triggers=[word + int(before[at]) for at, example in enumerate(passage) for word in example.triggers],
        modes=[mode for example in passage for mode in example.modes],
        statuses=[status for example in passage for status in example.statuses],
        actors=[widen(each, at) for at, example in enumerate(passage) for each in example.actors],
        recipients=[widen(each, at) for at, example in enumerate(passage) for each in example.recipients],
        heard=None if passage[0].heard is None else np.concatenate([example.heard for example in passage]),
    )


def draw_lessons(
    lessons: Sequence[Lesson], *, window: int, pieces: int, chance: np.random.Generator
) -> list[list[EventExample]]:
    """Give batches of about so many `pieces`, of examples of like length, in an order of chance.

    Each sentence stands in a passage of up to `window` pieces, and once more alone, with one pair of parties marked.
    """
    examples = pack_sentences(
        [lesson.plain for lesson in lessons if lesson.plain is not None], window=window, chance=chance
    )
    examples += [lesson.pairs[chance.integers(len(lesson.pairs))] for lesson in lessons if lesson.pairs]
    return group_by_length(examples, pieces=pieces, spread=SPREAD, chance=chance)


def join_events(
    examples: Sequence[EventExample], *, mask: int, hidden: float, chance: np.random.Generator
) -> EventBatch:
    """Make one batch of sentences; a share `hidden` of the words is masked, so that context is read too."""
    rows = len(examples)
    pieces, words = max(len(example.ids) for example in examples), max(len(example.words) for example in examples)
    events = [(row, number) for row, example in enumerate(examples) for number in range(len(example.triggers))]
    ids, kinds, sides, present = (np.zeros((rows, pieces), dtype=np.int64) for _ in range(4))
    known, pairs = np.zeros((rows, words), dtype=bool), np.stack([example.pair for example in examples])
    places, types = np.zeros((rows, words), dtype=np.int64), np.full((rows, words), UNKNOWN)
    parties = np.zeros((len(events), 2, words), dtype=np.float32)
    for row, example in enumerate(examples):
        size, width = len(example.ids), len(example.words)
        ids[row, :size], kinds[row, :size], sides[row, :size] = example.ids, example.kinds, example.sides
        present[row, :size], known[row, :width] = 1, True
        ids[row, example.words[chance.random(width) < hidden]] = mask
        places[row, :width], types[row, :width] = example.words, example.types
    for at, (row, number) in enumerate(events):
        example = examples[row]
        width = len(example.words)
        parties[at, 0, :width], parties[at, 1, :width] = example.actors[number], example.recipients[number]
    to = torch.from_numpy
    return EventBatch(
        ids=to(ids),
        kinds=to(kinds),
        sides=to(sides),
        present=to(present),
        words=to(places),
        known=to(known),
        types=to(types),
        pairs=to(pairs),
        rows=torch.tensor([row for row, _ in events], dtype=torch.long),
        triggers=torch.tensor([examples[row].triggers[number] for row, number in events], dtype=torch.long),
        modes=torch.tensor([examples[row].modes[number] for row, number in events], dtype=torch.long),
        statuses=torch.tensor([examples[row].statuses[number] for row, number in events], dtype=torch.long),
        parties=to(parties),
        heard=join_heard([example.heard for example in examples], words),
    )
