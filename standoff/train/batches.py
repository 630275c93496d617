"""Join training examples into tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from standoff.models.reader.distances import place_lines, place_spans, place_words
from standoff.train.examples import Example, Heard

UNKNOWN = -100  # the name tag of padding, the link of a span that is not there


class Links(NamedTuple):
    """Spans of one role that each choose among those of another, or none, which is the last choice."""

    words: Tensor  # of a span's mean, the share of each word: (rows, spans, words)
    chosen: Tensor  # (rows, spans)
    absent: Tensor  # choices that are not there: (rows, choices and none)
    words_away: Tensor  # buckets of distance: (rows, spans, choices)
    lines_away: Tensor


class Batch(NamedTuple):
    """Windows padded to one length: pieces are (rows, pieces), words (rows, words), and own (rows, cues, words)."""

    ids: Tensor
    kinds: Tensor
    present: Tensor
    words: Tensor
    heads: Tensor
    known: Tensor
    tags: Tensor
    names: Tensor
    contents: Links
    cues: Links
    source_words: Tensor
    cue_known: Tensor
    own: Tensor
    own_places: Tensor
    heard: HeardWords | None


class HeardWords(NamedTuple):
    """What a larger network makes of words, (rows, words, its width), and of which it has told, (rows, words)."""

    vectors: Tensor
    told: Tensor


def join_heard(heard: Sequence[Heard | None], words: int) -> HeardWords | None:
    """Give what a larger network makes of words as rows of one length; None where it has told of none."""
    width = next((own.shape[1] for own in heard if own is not None), None)
    if width is None:
        return None
    joined = HeardWords(torch.zeros(len(heard), words, width), torch.zeros(len(heard), words, dtype=torch.bool))
    for row, own in enumerate(heard):
        if own is not None:
            joined.vectors[row, : len(own)] = torch.from_numpy(own)
            joined.told[row, : len(own)] = True
    return joined


def join_examples(
    examples: Sequence[Example], *, mask: int, hidden: float, missed: float, chance: np.random.Generator
) -> Batch:
    """Make one batch; chance hides what the reader must learn to do without.

    A share `hidden` of the words has its first piece masked, so that context is read too. A share `missed` of the cues
    is withheld from the contents, which then are to choose none, as where the tagger has missed a cue.
    """
    rows = len(examples)
    pieces, words = max(len(example.ids) for example in examples), max(len(example.words) for example in examples)
    contents, cues, sources = (
        max(1, max(len(example.spans[role]) for example in examples)) for role in ("content", "cue", "source")
    )

    def zeros(*shape: int) -> NDArray[np.int64]:
        return np.zeros(shape, dtype=np.int64)

    ids, kinds, present = zeros(rows, pieces), zeros(rows, pieces), zeros(rows, pieces)
    places, heads, known, tags = zeros(rows, words), zeros(rows, words), zeros(rows, words), zeros(rows, words)
    names = np.full((rows, words), UNKNOWN)
    shares = {
        role: np.zeros((rows, count, words), dtype=np.float32)
        for role, count in (("content", contents), ("cue", cues), ("source", sources))
    }
    cue_of, source_of = np.full((rows, contents), UNKNOWN), np.full((rows, cues), UNKNOWN)
    no_cue, no_source = np.ones((rows, cues + 1), dtype=bool), np.ones((rows, sources + 1), dtype=bool)
    no_cue[:, -1] = no_source[:, -1] = False
    away = [zeros(rows, contents, cues) for _ in range(2)] + [zeros(rows, cues, sources) for _ in range(2)]
    cue_known, own, own_places = zeros(rows, cues), zeros(rows, cues, words), zeros(rows, cues, words)
    for row, example in enumerate(examples):
        size, width, spans = len(example.ids), len(example.words), example.spans
        ids[row, :size], kinds[row, :size], present[row, :size] = example.ids, example.kinds, 1
        ids[row, example.words[chance.random(width) < hidden]] = mask
        places[row, :width], heads[row, :width], known[row, :width] = example.words, example.heads, 1
        tags[row, :width], names[row, :width] = example.tags, example.names
        for role, share in shares.items():
            for number, (start, end) in enumerate(spans[role]):
                share[row, number, start:end] = 1 / (end - start)
        met = chance.random(len(spans["cue"])) >= missed
        no_cue[row, : len(met)] = ~met
        no_source[row, : len(spans["source"])] = False
        cue_of[row, : len(example.cue_of)] = [cues if cue is None or not met[cue] else cue for cue in example.cue_of]
        source_of[row, : len(met)] = [sources if source is None else source for source in example.source_of]
        found = (
            place_spans(spans["content"], spans["cue"]),
            place_lines(spans["content"], spans["cue"], example.heads),
            place_spans(spans["source"], spans["cue"]).T,
            place_lines(spans["source"], spans["cue"], example.heads).T,
        )
        for into, buckets in zip(away, found, strict=True):
            into[row, : buckets.shape[0], : buckets.shape[1]] = buckets
        for number, (start, end) in enumerate(spans["cue"]):
            cue_known[row, number] = 1
            own[row, number, :width] = example.own[number]
            own_places[row, number, :width] = place_words(width, start, end)
    to = torch.from_numpy
    return Batch(
        ids=to(ids),
        kinds=to(kinds),
        present=to(present),
        words=to(places),
        heads=to(heads.astype(bool)),
        known=to(known.astype(bool)),
        tags=to(tags),
        names=to(names),
        contents=Links(to(shares["content"]), to(cue_of), to(no_cue), to(away[0]), to(away[1])),
        cues=Links(to(shares["cue"]), to(source_of), to(no_source), to(away[2]), to(away[3])),
        source_words=to(shares["source"]),
        cue_known=to(cue_known.astype(bool)),
        own=to(own),
        own_places=to(own_places),
        heard=join_heard([example.heard for example in examples], words),
    )
