"""Score the event types against sentences whose source and target are marked: `standoff evaluate relations`."""

from __future__ import annotations

import csv
import os
import pathlib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from standoff.annotate.events import code_relation
from standoff.annotate.events.cues import load_cues
from standoff.annotate.events.relation import Relation
from standoff.errors import SourceError
from standoff.models.language import load_language

COLUMNS = ("uid", "marked_sentence", "gold_root", "gold_penta")
MARKS = re.compile(r"</?([st])>")
# PLV merges the two ways of giving way, and keeps CAMEO's reading of embargoes (163) and of verdicts (116).
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
EMBARGOES = {"sanction": "COERCE", "embargo": "COERCE", "tariff": "COERCE", "blockade": "ASSAULT"}
QUADS = {"YIELD": "2"}


class Marked(NamedTuple):
    """A sentence without its marks, and where its source and target stand in it; None where it names no such side."""

    text: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None


def evaluate_relations(
    path: str | os.PathLike[str], *, predictions: str | os.PathLike[str] | None = None
) -> dict[str, float]:
    """Give the scores, in per cent, of the types named for a TSV of marked sentences, and write them if asked.

    The file has the columns uid, marked_sentence (`<s>…</s>`, `<t>…</t>`), gold_root (fifteen types: YIELD is CONCEDE
    or RETREAT) and gold_penta (their four quads). `predictions` becomes a TSV of uid, root and penta. Macro F1 is the
    mean over the types that the gold has. Raises SourceError, naming the line, for a file that is not so.
    """
    rows = read_relations(path)
    nlp = load_language()
    ours = [name for name in nlp.pipe_names if name.startswith("standoff_")]
    marked = [unmark(row["marked_sentence"]) for row in rows]
    roots = [
        name_root(doc, item)
        for doc, item in zip(nlp.pipe((item.text for item in marked), disable=ours), marked, strict=True)
    ]
    pentas = [name_quad(root) for root in roots]
    if predictions is not None:
        lines = [
            "uid\troot\tpenta",
            *(f"{row['uid']}\t{root}\t{penta}" for row, root, penta in zip(rows, roots, pentas, strict=True)),
        ]
        pathlib.Path(predictions).write_text("\n".join(lines) + "\n", encoding="utf-8")
    gold_roots, gold_pentas = [row["gold_root"] for row in rows], [row["gold_penta"] for row in rows]
    return {
        "sentences": float(len(rows)),
        "root_macro_f1": score_macro(gold_roots, roots),
        "root_accuracy": score_accuracy(gold_roots, roots),
        "penta_macro_f1": score_macro(gold_pentas, pentas),
        "penta_accuracy": score_accuracy(gold_pentas, pentas),
    }


def read_relations(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """Read a TSV of marked sentences; raises SourceError, naming the file and line, for one that lacks something."""
    try:
        with pathlib.Path(path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read as UTF-8 text ({error}); give a TSV of marked sentences.") from error
    for number, row in enumerate(rows, start=2):
        missing = [name for name in COLUMNS if not row.get(name)]
        if missing:
            raise SourceError(f"{path}, line {number}: {missing[0]} is missing; a row needs {', '.join(COLUMNS)}.")
        if not MARKS.search(row["marked_sentence"]):
            raise SourceError(f"{path}, line {number}: the sentence marks no <s>…</s> and no <t>…</t>; mark them.")
    if not rows:
        raise SourceError(f"{path} has no rows; give a TSV with a header and marked sentences.")
    return rows


def unmark(sentence: str) -> Marked:
    """Take the marks out of a sentence and say where they stood; the first source and target count.

    >>> unmark("<s>Chad</s> thanked <t>Mali</t>.")
    Marked(text='Chad thanked Mali.', source=(0, 4), target=(13, 17))
    """
    text, at = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for match in MARKS.finditer(sentence):
        text += sentence[at : match.start()]
        at = match.end()
        if match.group().startswith("</"):
            spans.setdefault(match.group(1), (opened.get(match.group(1), 0), len(text)))
        else:
            opened[match.group(1)] = len(text)
    text += sentence[at:]
    source, target = (_trim(text, spans.get(key)) for key in "st")
    return Marked(text, source, target)


def _trim(text: str, place: tuple[int, int] | None) -> tuple[int, int] | None:
    """Take white space off a span's edges."""
    if place is None:
        return None
    start, end = place
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def name_root(doc: Doc, marked: Marked) -> str:
    """Give one of PLV's fifteen types for a parsed sentence."""
    source, target = (
        None if place is None else doc.char_span(*place, alignment_mode="expand")
        for place in (marked.source, marked.target)
    )
    return to_plv(code_relation(doc, source, target))


def to_plv(relation: Relation) -> str:
    """Give PLV's type for one of PLOVER 2.0."""
    coded = relation.coded
    if relation.type == "SANCTION" and coded is not None:
        if relation.mode == "convict":
            return "ACCUSE"
        words = [token.lemma_.lower() for token in (coded.trigger.token, *coded.trigger.parts)]
        read = next((EMBARGOES[word] for word in words if word in EMBARGOES), None)
        if read is not None:
            return read
    return MERGED.get(relation.type, relation.type)


def name_quad(root: str) -> str:
    """Give the quad, "1" to "4", of one of PLV's types; YIELD counts as material there.

    >>> name_quad("SANCTION"), name_quad("YIELD")
    ('4', '2')
    """
    return QUADS[root] if root in QUADS else str(load_cues().types[root].quad)


def score_macro(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Give the mean over gold's labels of their F1, in per cent."""
    labels = sorted(set(gold))
    return round(100 * sum(_score_label(gold, predicted, label) for label in labels) / len(labels), 1)


def _score_label(gold: Sequence[str], predicted: Sequence[str], label: str) -> float:
    hits = sum(a == b == label for a, b in zip(gold, predicted, strict=True))
    made, there = _count(predicted, label), _count(gold, label)
    return 2 * hits / (made + there) if made + there else 0.0


def _count(labels: Iterable[str], label: str) -> int:
    return sum(item == label for item in labels)


def score_accuracy(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Give the share of labels that are right, in per cent."""
    return round(100 * sum(a == b for a, b in zip(gold, predicted, strict=True)) / len(gold), 1)
