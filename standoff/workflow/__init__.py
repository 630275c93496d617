"""The whole flow on one screen: bytes to articles, articles to readings, readings to a record."""

from __future__ import annotations

import multiprocessing
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import TYPE_CHECKING

from standoff.annotate.facts import read_facts
from standoff.annotate.to_records import to_reading
from standoff.annotate.topics import find_topics
from standoff.codebooks.ontology import PLOVER, load_ontology
from standoff.errors import SourceError
from standoff.export.issues import write_issues
from standoff.ingest.sources import read_articles
from standoff.models.language import load_language
from standoff.records import Article, Failure, IssueDraft, Reading, Record, Topic
from standoff.resolve.issues import COUNTERS, EXAMPLES, draft_issues
from standoff.resolve.memory import Memory
from standoff.resolve.pins import load_pins
from standoff.resolve.to_record import resolve_records
from standoff.store.database import Store, open_store
from standoff.workflow.kept import adopt_settings, describe_reading, load_settings, renew_record

if TYPE_CHECKING:
    from spacy.tokens import Doc

Path = str | os.PathLike[str]
CHUNK = (
    8  # articles that a worker takes at a time: few enough that the bar moves, enough that handing over costs nothing
)


def read(
    *paths: Path,
    store: str | Store | None = None,
    memory: Memory | None = None,
    issues: Path | None = None,
    actors: Path | None = None,
    codebook: Path | None = None,
    since: str | None = None,
    until: str | None = None,
    workers: int = 1,
    on_progress: Callable[[int, int], None] | None = None,
) -> Record:
    """Read articles from files, folders, addresses or tables, and give the record of them all.

    `issues` and `codebook` name TOML files that take the place of the shipped issues and of PLOVER's event types;
    `actors` names one that pins the codes of actors. With a `store`, readings are kept as they are made, articles that
    it already holds are not read again, and the record is of all that it holds: what people decided there and set there
    counts, and `issues` and `actors` become its settings. Who adds articles again and again hands over the same open
    store and the same `memory`: then only what they touch is resolved anew. `on_progress` is called with how many
    articles are done, and of how many. An article that cannot be read becomes an entry of
    `record.failures`; a wrong setting raises ConfigError before the first article.

    >>> read("examples/articles").articles[0].language
    'en'
    """
    kept = open_store(store) if isinstance(store, str) else store
    pins = None if actors is None else load_pins(actors)
    if kept is not None and issues is None:
        issues = load_settings(kept).issues
    made_by = describe_reading(issues, codebook)
    load_language(issues, codebook)
    if kept is not None:
        adopt_settings(kept, issues=issues, actors=actors)

    found = list(read_articles(paths, since=since, until=until))
    articles = [item for item in found if isinstance(item, Article)]
    failures = [item for item in found if isinstance(item, Failure)]
    known = kept.list_articles(made_by=made_by) if kept else set()
    fresh = [article for article in articles if article.id not in known]

    readings: list[Reading] = []
    for done, item in enumerate(annotate_articles(fresh, issues=issues, codebook=codebook, workers=workers), start=1):
        if isinstance(item, Failure):
            failures.append(item)
        elif kept is None:
            readings.append(item)
        else:
            kept.add_reading(item, made_by=made_by)
        if on_progress is not None:
            on_progress(done, len(fresh))

    if kept is not None:
        return renew_record(kept, memory=memory, failures=failures, made_by=made_by, pins=pins)
    return resolve_records(readings, failures=failures, made_by=made_by, pins=pins, memory=memory)


def suggest_issues(
    *paths: Path,
    limit: int = 12,
    on_progress: Callable[[int, int], None] | None = None,
    on_failure: Callable[[Failure], None] | None = None,
) -> tuple[IssueDraft, ...]:
    """Propose issues for the dispute that some articles tell of, the best first, at most `limit`.

    An issue is what at least two take a stance on in these reports; the more do, in the more independent reports, and
    the less they agree, the better. Where a shipped issue covers it, that is named. Each example says by itself what
    it is an example of, since `standoff check` will ask. `on_failure` is told of each article that cannot be read;
    raises SourceError where none can.
    """
    found = list(read_articles(paths))
    articles = [item for item in found if isinstance(item, Article)]
    failures = [item for item in found if isinstance(item, Failure)]
    if on_failure is not None:
        for failure in failures:
            on_failure(failure)
    if not articles:
        why = "; ".join(f"{item.source}: {item.reason}" for item in failures)
        raise SourceError(
            f"no article could be read, so there is nothing to suggest issues for ({why or 'none given'})."
        )
    nlp = load_language()
    topics: list[Topic] = []
    for done, (doc, article) in enumerate(
        nlp.pipe(((article.text, article) for article in articles), as_tuples=True, batch_size=CHUNK), start=1
    ):
        topics.extend(find_topics(doc, article))
        if on_progress is not None:
            on_progress(done, len(articles))
    return prove_examples(draft_issues(topics, articles, limit=limit))


def prove_examples(drafts: Sequence[IssueDraft]) -> tuple[IssueDraft, ...]:
    """Give the drafts with those sentences alone that, read by themselves, say what they are shown for."""
    if not drafts:
        return ()
    nlp = load_language()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "draft.toml"
        write_issues([replace(draft, examples=(), not_examples=()) for draft in drafts], path)
        asked = [name for name in ("standoff_reader", "standoff_positions") if name in nlp.pipe_names]
        judges = [nlp.create_pipe(name, config={"issues": str(path)}) for name in asked]

    def read(topic: Topic) -> set[tuple[str, str]]:
        doc = nlp(" ".join(topic.sentence.text.split()), disable=["standoff_positions"])
        for judge in judges:
            doc = judge(doc)
        return {(fact["issue"], fact["stance"]) for fact in read_facts(doc, "positions")}

    proven = []
    for draft in drafts:
        shown = [topic for topic in draft.examples if draft.shipped or (draft.key, topic.stance) in read(topic)]
        bare = [topic for topic in draft.not_examples if all(issue != draft.key for issue, _ in read(topic))]
        proven.append(replace(draft, examples=tuple(shown[:EXAMPLES]), not_examples=tuple(bare[:COUNTERS])))
    return tuple(proven)


def annotate_articles(
    articles: Iterable[Article], *, issues: Path | None = None, codebook: Path | None = None, workers: int = 1
) -> Iterator[Reading | Failure]:
    """Yield the reading of each article, in order, or the failure that stopped it.

    More than one worker makes a pool of processes, each with its own copy of the language model (about 300 MB); what is
    read is the same. A worker that dies takes no other article with it.
    """
    if workers <= 1:
        yield from _annotate_here(articles, issues, codebook)
        return
    chunks = list(_split_chunks(articles))
    context = multiprocessing.get_context("spawn")  # a forked copy of a process with threads may hang
    with ProcessPoolExecutor(max_workers=min(workers, len(chunks) or 1), mp_context=context) as pool:
        jobs = [pool.submit(_annotate_chunk, chunk, issues, codebook) for chunk in chunks]
        for chunk, job in zip(chunks, jobs, strict=True):
            try:
                yield from job.result()
            except BrokenProcessPool:
                yield from _annotate_here(chunk, issues, codebook)


def _annotate_here(
    articles: Iterable[Article], issues: Path | None, codebook: Path | None
) -> Iterator[Reading | Failure]:
    """Run the language model in this process; an article that breaks a component becomes a failure."""
    nlp = load_language(issues, codebook)
    book = load_ontology(PLOVER if codebook is None else codebook)
    broken: list[Failure] = []

    def note_failure(component: str, _: object, docs: Sequence[Doc], error: Exception) -> None:
        for doc in docs:
            reason = f"{component} failed with {type(error).__name__}: {error}; please report this article."
            broken.append(Failure(source=doc._.source, stage="annotate", reason=reason))

    def make_docs() -> Iterator[tuple[Doc, Article]]:
        for article in articles:
            doc = nlp.make_doc(article.text)
            doc._.published = article.published
            doc._.source = article.source
            yield doc, article

    nlp.default_error_handler = note_failure  # spaCy's own setter fails on its parser
    for doc, article in nlp.pipe(make_docs(), as_tuples=True, batch_size=CHUNK):
        yield to_reading(article, doc, book)
    yield from broken


def _annotate_chunk(articles: Sequence[Article], issues: Path | None, codebook: Path | None) -> list[Reading | Failure]:
    """Do one worker's share."""
    return list(_annotate_here(articles, issues, codebook))


def _split_chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    for article in articles:
        chunk.append(article)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
