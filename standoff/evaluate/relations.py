"""Score the event types against sentences whose source and target are marked: `standoff evaluate relations`."""

from __future__ import annotations

import csv
import os
import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span

from standoff.annotate.events import code_relation
from standoff.annotate.events.cues import load_cues
from standoff.annotate.events.relation import Relation
from standoff.codebooks import load_codebook
from standoff.errors import SourceError
from standoff.models.language import load_language
from standoff.models.reader import RelationReader, has_relation_reader, load_relation_reader

COLUMNS = ("uid", "marked_sentence", "gold_root", "gold_penta")
MARKS = re.compile(r"</?([st])>")
# Where PLV, which was made of older codings, reads otherwise than the manual of PLOVER 2.0. It merges the two ways of
# giving way; it keeps CAMEO's reading of verdicts (116), embargoes and closed borders (163), peacekeepers (074) and
# agreements reached (057); a verdict that ends in jail is COERCE, attacks on networks and human shields are ASSAULT
# there. Found in its training part, November 2026.
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
VERDICT, DEAL = "ACCUSE", "SUPPORT"
JAILED = ("prison", "jail")
BREACHES = dict.fromkeys(("sanction", "embargo", "tariff", "border", "crossing"), "COERCE") | {"blockade": "ASSAULT"}
READ_OTHERWISE = (
    ("COERCE", "cyberattack", "ASSAULT"),
    ("COERCE", "cyber attack", "ASSAULT"),
    ("COERCE", "cyber warfare", "ASSAULT"),
    ("COERCE", "human shield", "ASSAULT"),
    ("MOBILIZE", "peacekeep", "AID"),
)
VERDICTS = ("convict", "sentence", "guilty", "jail", "imprison", "fine")
QUADS = {"YIELD": "2"}


class Marked(NamedTuple):
    """A sentence without its marks, and where its source and target stand in it; None where it names no such side."""

    text: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None


class Parsed(NamedTuple):
    """A parsed sentence, and the words of its source and target."""

    doc: Doc
    source: Span | None
    target: Span | None


def evaluate_relations(
    path: str | os.PathLike[str],
    *,
    predictions: str | os.PathLike[str] | None = None,
    reader: RelationReader | None = None,
) -> dict[str, float]:
    """Give the scores, in per cent, of the types named for a TSV of marked sentences, and write them if asked.

    The file has the columns uid, marked_sentence (`<s>…</s>`, `<t>…</t>`), gold_root (fifteen types: YIELD is CONCEDE
    or RETREAT) and gold_penta (their four quads). `predictions` becomes a TSV of uid, root and penta. Macro F1 is the
    mean over the types that the gold has. `reader` is one to measure in the place of the shipped one. Raises
    SourceError, naming the line, for a file that is not so.
    """
    rows = read_relations(path)
    roots = name_roots(rows, reader or (load_relation_reader() if has_relation_reader() else None))
    pentas = [name_quad(root) for root in roots]
    if predictions is not None:
        lines = [
            "uid\troot\tpenta",
            *(f"{row['uid']}\t{root}\t{penta}" for row, root, penta in zip(rows, roots, pentas, strict=True)),
        ]
        pathlib.Path(predictions).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return score_relations(rows, roots)


def score_relations(rows: Sequence[Mapping[str, str]], roots: Sequence[str]) -> dict[str, float]:
    """Give the scores, in per cent, of the types named for rows."""
    gold_roots, gold_pentas = [row["gold_root"] for row in rows], [row["gold_penta"] for row in rows]
    pentas = [name_quad(root) for root in roots]
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


def name_roots(rows: Iterable[Mapping[str, str]], reader: RelationReader | None) -> list[str]:
    """Give one of PLV's fifteen types for each row; without a reader by the cues alone."""
    return [to_plv(code_relation(*parsed, reader=reader), parsed.doc) for parsed in parse_rows(rows)]


def parse_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[Parsed]:
    """Yield the sentences of rows, parsed, with their source and target."""
    nlp = load_language()
    ours = [name for name in nlp.pipe_names if name.startswith("standoff_")]
    marked = [unmark(row["marked_sentence"]) for row in rows]
    for doc, item in zip(nlp.pipe((item.text for item in marked), disable=ours), marked, strict=True):
        source, target = (
            None if place is None else doc.char_span(*place, alignment_mode="expand")
            for place in (item.source, item.target)
        )
        yield Parsed(doc, source, target)


def to_plv(relation: Relation, doc: Doc) -> str:
    """Give PLV's type for one of PLOVER 2.0 in a sentence."""
    cue = doc if relation.coded is None else (relation.coded.trigger.token, *relation.coded.trigger.parts)
    told = {token.lemma_.lower() for token in cue}
    text = doc.text.lower()
    if relation.type == "SANCTION" and relation.mode == "convict":
        return "COERCE" if any(word in text for word in JAILED) else VERDICT
    if relation.type == "SANCTION" and (breaches := told & BREACHES.keys()):
        return BREACHES[min(breaches)]
    if relation.type == "AGREE" and "agree" in told and any(token.lemma_.lower() in load_accords() for token in doc):
        return DEAL
    for type_, words, theirs in READ_OTHERWISE:
        if relation.type == type_ and words in text:
            return theirs
    return MERGED.get(relation.type, relation.type)


@cache
def load_accords() -> frozenset[str]:
    """Give the nouns for what two sides may agree on."""
    return frozenset(load_codebook("plover").settings["groups"]["accords"])


def from_plv(root: str, text: str) -> tuple[str, ...]:
    """Give the types of PLOVER 2.0 that one of PLV's may be in a sentence: the reverse of `to_plv`.

    >>> from_plv("YIELD", "Chad freed two men."), from_plv("ACCUSE", "Chad convicted two men.")
    (('CONCEDE', 'RETREAT'), ('ACCUSE', 'SANCTION'))
    """
    words = text.lower()
    found = list(MERGED) if root == "YIELD" else [root]
    jailed = root == "COERCE" and any(word in words for word in JAILED)
    if (root == VERDICT or jailed) and any(word in words for word in VERDICTS):
        found.append("SANCTION")
    if any(word in words for word, theirs in BREACHES.items() if theirs == root):
        found.append("SANCTION")
    if root == DEAL and "agree" in words:
        found.append("AGREE")
    found += [type_ for type_, sign, theirs in READ_OTHERWISE if theirs == root and sign in words]
    return tuple(found)


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
