"""Time resolving 1, 3 and 10 thousand made-up readings of 200 disputes, by stage: python benchmarks/resolving.py

Each size runs in a process of its own, so that its peak of memory is its own. What is timed is the processor's time.
The exponent is the slope between the smallest and the largest size on logarithmic axes: 1 is linear, 2 all with all.
The last rows add one article to all the others with a memory of them.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

from made_up import make_readings
from rich.console import Console
from rich.table import Table

from standoff.resolve import to_record
from standoff.resolve.memory import Memory

SIZES = (1000, 3000, 10000)
STAGES = (
    "find_copies", "resolve_actors", "date_articles", "merge_happenings", "find_shifts", "find_conflicts",
    "suggest_identities",
)  # fmt: skip
ALL, PEAK = "resolving, all told", "peak memory, MB"
MORE, MADE = "one article more", "groups made for it, per cent"
MOST_EXPONENT, MOST_MEMORY = 1.2, 2048  # what issue 5 allows


def time_stages(count: int) -> dict[str, float]:
    """Resolve so many readings and give the seconds of each stage, and the peak of memory in MB."""
    readings = make_readings(count)
    spent: dict[str, float] = {}

    def watch(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            found = stage(*given, **named)
            spent[name] = time.process_time() - start
            print(f"  {count}: {name} {spent[name]:.1f} s", file=sys.stderr)
            return found

        return run

    watched = {name: watch(name, getattr(to_record, name)) for name in STAGES}
    with mock.patch.multiple(to_record, **watched):
        start = time.process_time()
        to_record.resolve_records(readings)
        spent[ALL] = time.process_time() - start
    spent[PEAK] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return spent


def time_addition(count: int) -> dict[str, float]:
    """Give the seconds that the last of so many articles takes when the others have been resolved before."""
    readings, memory = make_readings(count), Memory()
    to_record.resolve_records(readings[:-1], memory=memory)
    start = time.process_time()
    to_record.resolve_records(readings, memory=memory)
    spent = time.process_time() - start
    return {MORE: spent, MADE: 100 * memory.made.total() / (memory.made.total() + memory.recalled.total())}


def run_size(count: int) -> dict[str, float]:
    """Give what `time_stages` and `time_addition` measure, each in a new process."""
    found: dict[str, float] = {}
    for what in MEASURES:
        call = [sys.executable, __file__, what, str(count)]
        done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)
        found |= json.loads(done.stdout)
    return found


def measure_slope(times: list[dict[str, float]], row: str) -> float:
    """Give the exponent with which a row grows from the smallest size to the largest."""
    first, last = max(times[0][row], 0.001), max(times[-1][row], 0.001)
    return math.log(last / first) / math.log(SIZES[-1] / SIZES[0])


def main() -> None:
    """Print the curve."""
    times = [run_size(count) for count in SIZES]
    table = Table("stage", *(f"{count:,}" for count in SIZES), "exponent", title="processor seconds, by articles")
    for row in times[0]:
        slope = "" if row == PEAK else f"{measure_slope(times, row):.2f}"
        table.add_row(
            row, *(f"{spent[row]:.1f}" for spent in times), slope, style="bold" if row in (ALL, PEAK) else None
        )
    Console().print(table)
    print(f"the bars: exponent {MOST_EXPONENT}, {MOST_MEMORY} MB")


MEASURES: dict[str, Callable[[int], dict[str, float]]] = {"stages": time_stages, "addition": time_addition}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(MEASURES[sys.argv[1]](int(sys.argv[2]))))
    else:
        main()
