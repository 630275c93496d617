"""Have a teacher mark the names of training texts: the named-entity recogniser of the small spaCy pipeline.

The reader learns names from it, since one pass of the encoder then gives them too and the teacher, which takes half of
spaCy's time, need not run when a text is read. What the teacher gets wrong at random the pupil does not learn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from standoff.models.language import MODEL

Name = tuple[int, int, str]


def mark_names(texts: Sequence[str], keep: Path) -> list[list[Name]]:
    """Give the names of each text as (start, end, kind); they are kept in the file `keep`, and read from it again."""
    if not keep.exists():
        new = keep.with_suffix(".new")
        new.write_text("".join(json.dumps(names) + "\n" for names in _ask_teacher(texts)), encoding="utf-8")
        new.replace(keep)
    marked = [
        [(start, end, kind) for start, end, kind in json.loads(line)]
        for line in keep.read_text(encoding="utf-8").splitlines()
    ]
    if len(marked) != len(texts):
        raise SystemExit(f"{keep} was made for {len(marked)} texts, not for {len(texts)}; delete it and run again.")
    return marked


def _ask_teacher(texts: Sequence[str]) -> Iterator[list[Name]]:
    import spacy

    nlp = spacy.load(MODEL)  # with its parser, since no name runs over the end of a sentence
    nlp.add_pipe("standoff_layout", first=True)
    for doc in nlp.pipe(texts):
        yield [(name.start_char, name.end_char, name.label_) for name in doc.ents]
