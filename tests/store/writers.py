"""Write to a store from processes that are killed, or that write at once, and print what came of it as JSON.

Run as a program of its own, so that what it forks is small, and starts at once.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import closing

from standoff.records import Article, Judgement, Mention, Passage, Reading, Record
from standoff.store.care.checking import check_store
from standoff.store.database import Store, open_store

MADE_BY = {"standoff": "test"}


def make_reading(number: int) -> Reading:
    words = f"Ada Ito spoke {number} times."
    passage = Passage(article=f"a{number}", start=0, end=7, text=words[:7])
    return Reading(
        article=Article(id=f"a{number}", source=f"{number}.txt", text=words),
        mentions=(Mention(id=f"mention_{number}", passage=passage, actor="actor_1"),),
    )


def renew_record(store: Store) -> None:
    """Make the record anew as a run does in its end."""
    signed = store.sign_contents()
    readings = list(store.load_readings())
    record = Record(
        articles=tuple(reading.article for reading in readings),
        mentions=tuple(mention for reading in readings for mention in reading.mentions),
    )
    store.save_record(record, made_from=signed)


def judge(store: Store, number: int, who: str) -> None:
    judgement = Judgement(
        id=f"j_{who}_{number}",
        kind="mentions",
        entry=f"mention_{number}",
        verdict="confirm",
        who=who,
        at="2026-03-01T09:00:00+00:00",
    )
    store.add_judgement(judgement)


def write_on(url: str, first: int, *, report: int) -> None:
    """Add readings for as long as one is let, and report each once it is stored."""
    with closing(open_store(url)) as store:
        for number in range(first, first + 10_000):
            store.add_reading(make_reading(number), made_by=MADE_BY)
            os.write(report, f"a{number}\n".encode())
            if number % 3 == 0:
                judge(store, number, "Ada")
                renew_record(store)


def kill_writers(url: str, rounds: int) -> dict[str, object]:
    """Kill a writer at a random moment, see what the store holds, go on; `rounds` times."""
    chance = random.Random(7)
    store = open_store(url)
    reported: list[str] = []
    lost: list[str] = []
    faults: list[str] = []
    for _ in range(rounds):
        store.close()  # no connection may be had by two processes
        report, into = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(report)
            write_on(url, len(reported), report=into)
            os._exit(1)
        os.close(into)
        with os.fdopen(report, "rb") as lines:
            told = [lines.readline() for _ in range(chance.randint(1, 5))]
            time.sleep(chance.uniform(0, 0.02))  # as long as it takes to store a reading, or a record
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            told += lines.readlines()
        reported += [line.decode().strip() for line in told if line.endswith(b"\n")]
        lost += sorted(set(reported) - store.list_articles(made_by=MADE_BY))
        faults += [finding.sentence for finding in check_store(store) if finding.broken]
    renew_record(store)
    current = store.is_current()
    store.close()
    return {"reported": len(reported), "lost": lost, "faults": faults, "current": current}


def write_at_once(url: str, writers: int, each: int) -> dict[str, object]:
    """Let some processes write to one store, which none of them has made before, and half of it the same."""
    children = []
    for writer in range(writers):
        child = os.fork()
        if child == 0:
            try:
                with closing(open_store(url)) as store:
                    for number in range(each):
                        own = number if number % 2 else number + 1000 * (writer + 1)
                        store.add_reading(make_reading(own), made_by=MADE_BY)
                        if number % 5 == 0:
                            judge(store, own, f"writer{writer}")
                            renew_record(store)
                    renew_record(store)
            except BaseException as error:
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
                os._exit(1)
            os._exit(0)
        children.append(child)
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    with closing(open_store(url)) as store:
        return {
            "ended": ended,
            "articles": len(store.list_articles(made_by=MADE_BY)),
            "judgements": len(store.list_judgements()),
            "faults": [finding.sentence for finding in check_store(store)],
        }


if __name__ == "__main__":
    deed, url, *numbers = sys.argv[1:]
    found = (kill_writers if deed == "kill" else write_at_once)(url, *map(int, numbers))
    sys.stdout.write(json.dumps(found))
