"""Hold a codebook of event types or of issues against its own sentences: examples should be coded so, others not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from typing import NamedTuple

from standoff.annotate.events.own import Ontology
from standoff.annotate.facts import read_facts
from standoff.codebooks import Code, load_codebook
from standoff.codebooks.ontology import PLOVER, load_ontology
from standoff.errors import ConfigError
from standoff.models.language import load_language

ISSUE_FIELDS = frozenset({"stances", "for_cues", "against_cues", "for_events", "against_events"})


class Verdict(NamedTuple):
    """What a sentence of a codebook was coded as; `example` unless it is one of the `not_examples`.

    Of an issue, `code` is the issue with the stance of the example ("pit-closure against").
    """

    code: str
    text: str
    example: bool
    found: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return (self.code in self.found) == self.example

    @property
    def key(self) -> str:
        return self.code.split()[0]


def check_codebook(which: str | os.PathLike[str]) -> Iterator[Verdict]:
    """Read every sentence of a codebook as an article would be, and yield what it is coded as.

    An example of a user's own ontology is read as if it were not in the codebook: it may not pass by being like itself.
    A counter-example is read with the whole of it, since it is there to be heeded. A codebook whose codes bear stances
    or cues of a side is one of issues; of the rest it is asked that they are event types. Raises ConfigError for one
    that is broken.
    """
    fields = {field for code in load_codebook(which).codes.values() for field in code.extra}
    if not ISSUE_FIELDS.isdisjoint(fields) and "quad" not in fields:
        yield from _check_issues(which)
        return
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


def _check_issues(which: str | os.PathLike[str]) -> Iterator[Verdict]:
    """Read every sentence of a codebook of issues: an example shows its stance, a counter-example none on the issue."""
    codes = load_codebook(which).codes.values()
    examples = [(code, text, stance) for code in codes for text, stance in _pair_stances(code)]
    nlp = load_language(which)
    for code, text, stance in examples:
        facts = read_facts(nlp(text), "positions")
        found = tuple(dict.fromkeys(f"{fact['issue']} {fact['stance']}" for fact in facts))
        yield Verdict(f"{code.key} {stance}", text, True, found)
    for code in codes:
        for text in code.not_examples:
            found = tuple(dict.fromkeys(fact["issue"] for fact in read_facts(nlp(text), "positions")))
            yield Verdict(code.key, text, False, found)


def _pair_stances(code: Code) -> Iterator[tuple[str, str]]:
    """Yield each example with its stance, or say that one of them is missing."""
    stances = code.extra.get("stances", [])
    if not isinstance(stances, list) or len(stances) != len(code.examples):
        raise ConfigError(
            f"codebook: codes.{code.key}.stances should give a stance for each of the {len(code.examples)} examples."
        )
    yield from zip(code.examples, stances, strict=True)
