"""Say rows in other words, for a small network to hear what a large one makes of them (Jiao et al. 2020, "TinyBERT").

Nobody need know what the new sentences mean, nor need they mean anything: the large network tells of each. A word is
replaced by one of another row with the same part of speech, a source or a target by one of another row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from tokenizers import Tokenizer

from standoff.evaluate.relations import Parsed, parse_rows
from standoff.train.event_examples import EventExample, Lesson, Range, cut_sentence, keep_short

WORDS, SIDES = 0.2, 0.5  # the shares of words, and of sources and targets, that are replaced

Chance = np.random.Generator


def vary_rows(rows: Sequence[Mapping[str, str]], tokenizer: Tokenizer, *, times: int, chance: Chance) -> list[Lesson]:
    """Give lessons of rows said in other words, each row so many times; nothing is known of what they tell."""
    parsed = list(parse_rows(rows))
    words: defaultdict[str, list[str]] = defaultdict(list)
    for token in (token for item in parsed for token in item.doc):
        words[token.tag_].append(token.text)
    names = [side.text for item in parsed for side in (item.source, item.target) if side is not None]
    return keep_short(Lesson(None, (_vary(item, words, names, tokenizer, chance),)) for item in parsed * times)


def _vary(
    parsed: Parsed, words: Mapping[str, Sequence[str]], names: Sequence[str], tokenizer: Tokenizer, chance: Chance
) -> EventExample:
    """Say one sentence in other words; of how many, chance decides."""
    doc, sides = parsed.doc, (parsed.source, parsed.target)
    opening = {span.start: (number, span) for number, span in enumerate(sides) if span is not None}
    places: tuple[list[Range], list[Range]] = [], []
    share = 2 * WORDS * chance.random()
    text, at = "", 0
    while at < len(doc):
        if at in opening:
            number, span = opening[at]
            said = _draw(names, chance) if chance.random() < SIDES else span.text
            places[number].append((len(text), len(text) + len(said)))
            last = span[-1]
        else:
            last = doc[at]
            replaced = last.is_alpha and chance.random() < share
            said = _draw(words[last.tag_], chance) if replaced else last.text
        text += said + last.whitespace_
        at = last.i + 1
    return cut_sentence(text, tokenizer, *places)


def _draw(words: Sequence[str], chance: Chance) -> str:
    return words[int(chance.integers(len(words)))]
