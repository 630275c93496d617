"""Time a reading per stage, and against bare spaCy on the same articles: python benchmarks/reading.py [FOLDER]

Machines are noisy, so both are timed in turn, round by round, in one process, and what counts is the ratio of the
medians. Bare spaCy is the whole small English pipeline (tagger, parser, lemmatizer, names) over the same texts.
"""

from __future__ import annotations

import pathlib
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import spacy
from rich.console import Console
from rich.table import Table
from spacy.tokens import Doc

from standoff.annotate.to_records import to_reading
from standoff.dossier import build_dossier
from standoff.ingest.sources import read_articles
from standoff.models.language import MODEL, load_language
from standoff.records import Article
from standoff.resolve.to_record import resolve_records

ROUNDS = 7


def time_call(call: Callable[[], Any], into: list[float]) -> Any:
    """Call, note the seconds, and give what came back."""
    start = time.perf_counter()
    result = call()
    into.append(time.perf_counter() - start)
    return result


def run_component(component: Any, docs: list[Doc]) -> list[Doc]:
    """Run one component over all docs, in batches where it can, as `nlp.pipe` does."""
    return list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]


def main(folder: str) -> None:
    """Print the table of stages and the ratio."""
    times: dict[str, list[float]] = defaultdict(list)
    bare, nlp = spacy.load(MODEL), load_language()
    articles: Sequence[Article] = ()
    for _ in range(ROUNDS):
        found = time_call(lambda: list(read_articles([folder])), times["ingest"])
        articles = [item for item in found if isinstance(item, Article)]
        texts = [article.text for article in articles]
        time_call(lambda texts=texts: list(bare.pipe(texts)), times["bare spaCy"])
        docs = []
        for article in articles:
            doc = nlp.make_doc(article.text)
            doc._.published = article.published
            docs.append(doc)
        for name, component in nlp.pipeline:
            stage = name if name.startswith("standoff_") else "spaCy's own parts"
            docs = time_call(
                lambda docs=docs, component=component: run_component(component, docs), times[f"annotate: {stage}"]
            )
        readings = time_call(
            lambda docs=docs, articles=articles: [to_reading(a, d) for a, d in zip(articles, docs, strict=True)],
            times["annotate: to_records"],
        )
        record = time_call(lambda readings=readings: resolve_records(readings), times["resolve"])
        time_call(lambda record=record: build_dossier(record), times["dossier"])

    medians = {name: statistics.median(_by_round(rows)) for name, rows in times.items()}
    base = medians.pop("bare spaCy")
    table = Table("stage", "seconds", "of bare spaCy", title=f"{len(articles)} articles, median of {ROUNDS} rounds")
    table.add_row("bare spaCy", f"{base:.3f}", "1.00")
    for name, seconds in medians.items():
        table.add_row(name, f"{seconds:.3f}", f"{seconds / base:.2f}")
    reading = sum(seconds for name, seconds in medians.items() if name != "dossier")
    table.add_row("a reading, all told", f"{reading:.3f}", f"{reading / base:.2f}", style="bold")
    console = Console()
    console.print(table)
    console.print(f"`import standoff` takes {time_import():.3f} s (median of 5, Python's own start taken off)")


def _by_round(rows: list[float]) -> list[float]:
    """Sum what was noted several times in one round."""
    size = len(rows) // ROUNDS
    return [sum(rows[start : start + size]) for start in range(0, len(rows), size)]


def time_import() -> float:
    """Give how much longer Python takes when it imports standoff."""

    def run(code: str) -> float:
        spent: list[float] = []
        for _ in range(5):
            time_call(lambda: subprocess.run([sys.executable, "-c", code], check=True), spent)
        return statistics.median(spent)

    return run("import standoff") - run("pass")


if __name__ == "__main__":
    default = pathlib.Path(__file__).resolve().parent.parent / "examples" / "articles"
    main(sys.argv[1] if len(sys.argv) > 1 else str(default))
