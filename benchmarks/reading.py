"""Time a reading per stage, and against bare spaCy on the same articles: python benchmarks/reading.py [FOLDER]

Machines are noisy, so what is timed is the processor's time, not the clock's; each round times bare spaCy before and
after everything else and gives each stage as a ratio to it, and what is printed is the median of the rounds' ratios.
Bare spaCy is the whole small English pipeline (tagger, parser, lemmatizer, names) over the same texts.
"""

from __future__ import annotations

import gc
import pathlib
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import spacy
from rich.console import Console
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.to_records import to_reading
from standoff.dossier import build_dossier
from standoff.ingest.sources import read_articles
from standoff.models import language
from standoff.models.language import MODEL, load_language
from standoff.records import Article
from standoff.resolve.to_record import resolve_records

ROUNDS = 9  # after one that only warms the caches
PAGES = 3  # rounds that lay out the dossier too
BARE, SPACY, DOSSIER = "bare spaCy", "annotate: spaCy's own parts", "dossier"

Times = defaultdict[str, float]


def time_call(times: Times, stage: str, call: Callable[[], Any]) -> Any:
    """Call, add the seconds of processor time to those of the stage, and give what came back."""
    start = time.process_time()
    result = call()
    times[stage] += time.process_time() - start
    return result


def run_component(component: Any, docs: list[Doc]) -> list[Doc]:
    """Run one component over all docs, in batches where it can, as `nlp.pipe` does."""
    return list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]


@cache
def list_kept() -> list[Any]:
    """Give the functions of Standoff that keep what they made of recent texts."""
    wrapped = [item for item in gc.get_objects() if isinstance(item, type(list_kept))]
    ours = [item for item in wrapped if item.__module__.startswith("standoff.")]
    return [item for item in ours if item.cache_info().maxsize is not None and item.__module__ != language.__name__]


def make_doc(nlp: Language, article: Article) -> Doc:
    """Tokenize an article, with its own day beside it."""
    doc = nlp.make_doc(article.text)
    doc._.published = article.published
    return doc


def time_round(folder: str, bare: Language, nlp: Language, *, page: bool = False) -> Times:
    """Read the folder once, stage by stage, and give the seconds of each; with `page`, lay out the dossier too."""
    times = Times(float)
    gc.collect()
    for kept in list_kept():
        kept.cache_clear()  # or this round would know what the one before has read
    found = time_call(times, "ingest", lambda: list(read_articles([folder])))
    articles: Sequence[Article] = [item for item in found if isinstance(item, Article)]
    texts = [article.text for article in articles]
    time_call(times, BARE, lambda: list(bare.pipe(texts)))
    docs = time_call(times, SPACY, lambda: [make_doc(nlp, article) for article in articles])
    for name, component in nlp.pipeline:
        stage = f"annotate: {name}" if name.startswith("standoff_") else SPACY
        docs = time_call(times, stage, partial(run_component, component, docs))
    readings = time_call(
        times, "annotate: to_records", lambda: [to_reading(a, d) for a, d in zip(articles, docs, strict=True)]
    )
    record = time_call(times, "resolve", lambda: resolve_records(readings))
    if page:
        time_call(times, DOSSIER, lambda: build_dossier(record))
    time_call(times, BARE, lambda: list(bare.pipe(texts)))
    times[BARE] /= 2
    return times


def print_table(console: Console, rounds: Sequence[Times], pages: Sequence[Times]) -> None:
    """Print each stage, what Standoff adds to spaCy, the sum, and the dossier, as the median of the rounds."""
    table = Table("stage", "seconds", "of bare spaCy", title=f"processor time, median of {len(rounds)} rounds")

    def add_row(name: str, stages: Sequence[str], style: str | None = None, rows: Sequence[Times] = rounds) -> None:
        spent = [sum(times[stage] for stage in stages) for times in rows]
        ratios = [seconds / times[BARE] for seconds, times in zip(spent, rows, strict=True)]
        table.add_row(name, f"{statistics.median(spent):.3f}", f"{statistics.median(ratios):.3f}", style=style)

    stages = [stage for stage in rounds[0] if stage != BARE]
    for stage in (BARE, *stages):
        add_row(stage, [stage])
    add_row("what is not spaCy's", [stage for stage in stages if stage != SPACY], style="bold")
    add_row("a reading, all told", stages, style="bold")
    add_row(DOSSIER, [DOSSIER], rows=pages)
    console.print(table)


def time_import() -> float:
    """Give how many seconds longer Python takes when it imports standoff."""

    def run(code: str) -> float:
        spent = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            spent.append(time.perf_counter() - start)
        return min(spent)

    return run("import standoff") - run("pass")


def main(folder: str) -> None:
    """Print the table of stages, and the time of an import."""
    bare, nlp, console = spacy.load(MODEL), load_language(), Console()
    rounds = [time_round(folder, bare, nlp) for _ in range(ROUNDS + 1)][1:]
    # Afterwards: no reading has a dossier's pictures, and what draws them, in memory beside it.
    pages = [time_round(folder, bare, nlp, page=True) for _ in range(PAGES)]
    print_table(console, rounds, pages)
    console.print(f"`import standoff` takes {time_import():.3f} s (best of 5, Python's own start taken off)")


if __name__ == "__main__":
    default = pathlib.Path(__file__).resolve().parent.parent / "examples" / "articles"
    main(sys.argv[1] if len(sys.argv) > 1 else str(default))
