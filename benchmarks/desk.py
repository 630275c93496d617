"""Time the desk over a store of 100,000 made-up statements, searches and each kind of page: python benchmarks/desk.py

The desk is served on loopback as a user's is, and asked over one kept connection. What is timed is the clock, from the
question to the last byte; the processor's time stands beside it. On a busy machine the clock runs for others too: a bar
that the processor keeps and the clock does not is "kept but for the others". (PostgreSQL computes in processes of its
own, so that there only the clock tells.) Each address is asked for once, which gives "first", and then as often as
ROUNDS says. With STANDOFF_POSTGRES naming a server, the same is done on a database there, made for it and dropped.
"""

from __future__ import annotations

import argparse
import http.client
import os
import pathlib
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlencode

import sqlalchemy
import uvicorn
from rich.console import Console
from rich.table import Table
from stores import make_store

from standoff.store.database import Store, open_store
from standoff.store.index.queries import Key, Query
from standoff.web.app import create_app

ATTRIBUTIONS = 100_000
ROUNDS = 3  # times that each address is asked for, after once to warm up
SEVERAL = 5  # pages of one kind
SEARCH_BAR, PAGE_BAR = 100, 150  # milliseconds at the median that issue 6 allows
DATABASE = "standoff_bench"


@dataclass
class Timed:
    """Hold how long answers took, in milliseconds, and how many kilobytes the largest of them has.

    `first` is the processor's time of the first answer from each address.
    """

    first: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    largest: float = 0

    def add(self, other: Timed) -> None:
        self.first += other.first
        self.clock += other.clock
        self.processor += other.processor
        self.largest = max(self.largest, other.largest)


def list_questions(store: Store) -> list[str]:
    """Give twenty searches as people make them: words, a speaker, an issue, days, and several of these at once."""
    common, middling, rare = (pick_words(store, place) for place in (0.0, 0.5, 0.95))
    speakers = pick_actors(store, ("source",), 4)
    issues = [issue for (issue,) in store.tally_entries(Query(kinds=("positions",)), by=("issue",)) if issue][:3]
    asked: list[dict[str, str]] = [
        *({"q": word} for word in (common[0], middling[0], rare[0], f"{common[0]} {middling[0]}")),
        {"q": f"{common[0]} or {common[1]}"},
        {"q": f"{common[0]} -{common[1]}"},
        {"q": f'"{common[0]} {common[1]}"'},
        {"q": f"{middling[1][:3]}*"},
        *({"speaker": speaker} for speaker in speakers[:2]),
        *({"issue": issue} for issue in issues[:2]),
        {"q": common[0], "speaker": speakers[0]},
        {"q": middling[0], "speaker": speakers[1], "since": "2023-03-01"},
        {"speaker": speakers[0], "issue": issues[0]},
        {"speaker": speakers[2], "issue": issues[1], "since": "2023-01-01"},
        {"q": common[0], "issue": issues[2], "since": "2022-06-01", "until": "2023-06-01"},
        {"q": common[1], "sort": "newest"},
        {"q": common[0], "offset": "500"},
        {"q": "zzyzx"},
    ]
    return [f"/search?{urlencode(question)}" for question in asked]


def pick_words(store: Store, place: float) -> list[str]:
    """Give two words of the statements, by how far down they stand in the list of the most frequent."""
    counted: dict[str, int] = {}
    keys = store.find_entries(Query(kinds=("attributions",), order="best", limit=400)).keys
    for attribution in store.load_part(keys).attributions:
        for word in " ".join(passage.text for passage in attribution.content).split():
            if word.isalpha() and len(word) > 3:
                counted[word] = counted.get(word, 0) + 1
    ranked = sorted(counted, key=lambda word: (-counted[word], word))
    start = min(int(place * len(ranked)), len(ranked) - 2)
    return ranked[start : start + 2]


def pick_actors(store: Store, roles: tuple[str, ...], count: int) -> list[str]:
    """Give the actors with the most entries in these roles."""
    kinds = ("attributions",) if "source" in roles else ("events",)
    tallied = store.tally_entries(Query(kinds=kinds, roles=roles), by=("actor",))
    return [actor for (actor,) in tallied if actor][:count]


def list_pages(store: Store) -> dict[str, list[str]]:
    """Give addresses of each kind of page; of those that show one thing, the busiest and some others."""
    ids = {
        kind: [key.id for key in store.find_entries(Query(kinds=(kind,), order="best", limit=SEVERAL)).keys]
        for kind in ("articles", "happenings", "conflicts", "shifts", "attributions")
    }
    actors = pick_actors(store, ("source",), SEVERAL)
    doers = pick_actors(store, ("actor",), SEVERAL)
    issues = [issue for (issue,) in store.tally_entries(Query(kinds=("positions",)), by=("issue",)) if issue][:SEVERAL]
    passages = [
        f"/passages/{passage.article}/{passage.start}-{passage.end}"
        for attribution in store.load_part([Key("attributions", id) for id in ids["attributions"]]).attributions
        for passage in attribution.content[:1]
    ]
    return {
        "overview": ["/"],
        "reports": ["/articles", "/articles?offset=200"],
        "a report": [f"/articles/{id}" for id in ids["articles"]],
        "a passage": passages,
        "actors": ["/actors", "/actors?offset=200"],
        "an actor": [f"/actors/{id}" for id in actors],
        "issues": ["/issues"],
        "an issue": [f"/issues/{issue}" for issue in issues],
        "timeline": ["/timeline"],
        "a happening": [f"/happenings/{id}" for id in ids["happenings"]],
        "conflicts": ["/conflicts", "/conflicts?offset=50"],
        "a conflict": [f"/conflicts/{id}" for id in ids["conflicts"]],
        "shifts": ["/shifts"],
        "a shift": [f"/shifts/{id}" for id in ids["shifts"]],
        "dyads": ["/dyads"],
        "a dyad": [f"/dyads/{left}/{right}" for left, right in pairwise(doers)],
        "review": ["/review", "/review?kind=events", "/review?kind=attributions"],
        "judgements": ["/judgements"],
        "views": ["/views"],
    }


@contextmanager
def serve(store: Store) -> Iterator[http.client.HTTPConnection]:
    """Serve the desk of a store on a free port of loopback, and give a connection to it."""
    config = uvicorn.Config(create_app(store), host="127.0.0.1", port=0, log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    connection = http.client.HTTPConnection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1], timeout=120)
    yield connection
    connection.close()
    server.should_exit = True
    thread.join(10)


def time_addresses(connection: http.client.HTTPConnection, addresses: Sequence[str]) -> Timed:
    """Ask for each address, once to warm up and then in rounds, and give how long the answers took."""
    timed = Timed()
    for number in range(ROUNDS + 1):
        for address in addresses:
            clock, processor = time.perf_counter(), time.process_time()
            connection.request("GET", address, headers={"Accept": "text/html"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{address} answered {answer.status}: the benchmark and the desk have drifted apart.")
            taken = 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)
            if number:
                timed.clock.append(taken[0])
                timed.processor.append(taken[1])
                timed.largest = max(timed.largest, len(body) / 1024)
            else:
                timed.first.append(taken[1])
    return timed


def report_times(console: Console, title: str, timed: dict[str, Timed], bars: dict[str, int], *, alone: bool) -> bool:
    """Print the table of one store, and tell whether every median is under its bar.

    `alone` says that the store computes in this process, so that its processor's time tells too.
    """
    heads = ("page", "median, ms", "p95, ms", "processor, ms", "first, ms", "largest, kB", "bar, ms")
    table = Table(*heads, title=title)
    every = True
    for name, taken in timed.items():
        median, processor, bar = statistics.median(taken.clock), statistics.median(taken.processor), bars[name]
        p95 = sorted(taken.clock)[int(0.95 * (len(taken.clock) - 1))]
        kept = "kept" if median < bar else "kept but for the others" if alone and processor < bar else "NOT KEPT"
        every &= kept != "NOT KEPT"
        figures = (f"{figure:.0f}" for figure in (median, p95, processor, max(taken.first), taken.largest))
        table.add_row(name, *figures, f"{bar} {kept}")
    console.print(table)
    return every


def measure_store(console: Console, title: str, store: Store, *, each: bool, alone: bool) -> bool:
    """Time searches and pages over one store; `each` prints what every search took too."""
    with serve(store) as connection:
        searches = {address: time_addresses(connection, [address]) for address in list_questions(store)}
        together = Timed()
        for timed in searches.values():
            together.add(timed)
        pages = {
            name: time_addresses(connection, addresses) for name, addresses in list_pages(store).items() if addresses
        }
    whole = {f"search, {len(searches)} questions": together} | pages
    bars = {name: SEARCH_BAR if name.startswith("search") else PAGE_BAR for name in whole}
    if each:
        report_times(console, "each search", searches, dict.fromkeys(searches, SEARCH_BAR), alone=alone)
    return report_times(console, title, whole, bars, alone=alone)


@contextmanager
def borrow_database(server: str) -> Iterator[str]:
    """Make a database on a PostgreSQL server, give its address, and drop it in the end."""
    admin = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE IF EXISTS {DATABASE}"))
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {DATABASE}"))
    try:
        yield admin.url.set(database=DATABASE).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(sqlalchemy.text(f"DROP DATABASE {DATABASE} WITH (FORCE)"))
        admin.dispose()


def main() -> None:
    """Make the stores, measure them, and end with 1 if a bar was not kept."""
    parser = argparse.ArgumentParser(description="Time the desk over a store of made-up statements.")
    parser.add_argument("--attributions", type=int, default=ATTRIBUTIONS, help="how many statements the store holds")
    parser.add_argument("--store", help="an SQLite store made before, in place of one made now")
    parser.add_argument("--each", action="store_true", help="print what each search took too")
    given = parser.parse_args()
    console = Console(width=120)
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or str(pathlib.Path(folder) / "bench.db")
        if not given.store:
            make_store(path, attributions=given.attributions)
        kept &= measure_store(console, "SQLite", open_store(path), each=given.each, alone=True)
    server = os.environ.get("STANDOFF_POSTGRES")
    if server:
        with borrow_database(server) as url:
            make_store(url, attributions=given.attributions)
            store = open_store(url)
            kept &= measure_store(console, "PostgreSQL", store, each=given.each, alone=False)
            store.engine.dispose()
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
