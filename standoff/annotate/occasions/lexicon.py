"""Turn the codebook of occasions into what the finder looks words up in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from standoff.codebooks import Code, Codebook


class Cue(NamedTuple):
    """A noun that names an occasion, with the words that must stand before it ("general" before "election")."""

    modifiers: frozenset[str]
    code: Code


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold the cues by their last word, the participles, and the codebook's lists of signals."""

    cues: dict[str, list[Cue]]
    participles: dict[str, Code]
    words: dict[str, frozenset[str]]

    def find_code(self, noun: str, before: frozenset[str]) -> Code | None:
        """Give the code of the most particular cue for a noun with these words before it."""
        fitting = [cue for cue in self.cues.get(noun, ()) if cue.modifiers <= before]
        return max(fitting, key=lambda cue: len(cue.modifiers)).code if fitting else None


def build_lexicon(codebook: Codebook) -> Lexicon:
    """Give the lexicon of a codebook, in the codebook's order."""
    cues: dict[str, list[Cue]] = {}
    participles: dict[str, Code] = {}
    for code in codebook.codes.values():
        for cue in code.cues:
            *modifiers, noun = cue.split()
            cues.setdefault(noun, []).append(Cue(frozenset(modifiers), code))
        for participle in code.extra.get("participles", ()):
            participles[participle] = code
    words = {name: frozenset(value) for name, value in codebook.settings.items() if isinstance(value, list)}
    return Lexicon(cues, participles, words)
