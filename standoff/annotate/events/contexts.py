"""Say what an event is about: PLOVER's contexts, by cue words in its sentence."""

from __future__ import annotations

from functools import cache

from standoff.annotate.events.coding import Coded
from standoff.codebooks import load_codebook

MOST = 3  # contexts per event; the manual allows several and codes them for a paragraph, we for a sentence


@cache
def load_context_words() -> dict[str, tuple[str, ...]]:
    """Give, for each cue word of the contexts codebook, the contexts that it signals."""
    words: dict[str, tuple[str, ...]] = {}
    for key, code in load_codebook("contexts").codes.items():
        for cue in code.cues:
            words[cue] = (*words.get(cue, ()), key)
    return words


def find_contexts(coded: Coded) -> list[str]:
    """Give up to three contexts of an event's sentence, in the order in which their words stand."""
    known = load_context_words()
    token = coded.trigger.token
    found = [key for item in token.sent for key in known.get(item.lemma_.lower(), ())] if len(token.sent) < 200 else []
    return list(dict.fromkeys(found))[:MOST]
