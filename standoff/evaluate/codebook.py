"""Hold a codebook of event types against its own sentences: examples should be coded so, counter-examples not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from typing import NamedTuple

from standoff.annotate.events.own import Ontology
from standoff.annotate.facts import read_facts
from standoff.codebooks.ontology import PLOVER, load_ontology
from standoff.models.language import load_language


class Verdict(NamedTuple):
    """What a sentence of a codebook was coded as; `example` unless it is one of the `not_examples`."""

    code: str
    text: str
    example: bool
    found: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return (self.code in self.found) == self.example


def check_codebook(which: str | os.PathLike[str]) -> Iterator[Verdict]:
    """Read every sentence of a codebook as an article would be, and yield what it is coded as.

    An example of a user's own ontology is read as if it were not in the codebook: it may not pass by being like itself.
    A counter-example is read with the whole of it, since it is there to be heeded.
    """
    book = load_ontology(which)
    nlp = load_language(codebook=None if os.fspath(which) == PLOVER else which)
    ontology: Ontology | None = nlp.get_pipe("standoff_events").ontology  # type: ignore[attr-defined]
    for code in book.codes.values():
        for text, example in (
            *((text, True) for text in code.examples),
            *((text, False) for text in code.not_examples),
        ):
            with nullcontext() if ontology is None or not example else ontology.forget(text):
                doc = nlp(text)
            found = tuple(dict.fromkeys(fact["type"] for fact in read_facts(doc, "events")))
            yield Verdict(code.key, text, example, found)
