"""What must not break a store: being killed at any moment, and being written to by several at once."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
from typing import Any

PROGRAM = pathlib.Path(__file__).with_name("writers.py")


def run_writers(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, str(PROGRAM), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_was_reported_as_stored_is_there_whenever_the_writer_is_killed(store_url: str) -> None:
    found = run_writers("kill", store_url, 50)
    assert found["lost"] == found["faults"] == []
    assert found["reported"] >= 50
    assert found["current"]


def test_several_may_write_at_once_also_to_a_store_that_none_has_made(empty_url: str) -> None:
    writers, each = 3, 20
    found = run_writers("at-once", empty_url, writers, each)
    assert found["ended"] == [0] * writers
    assert found["articles"] == each // 2 * (writers + 1)
    assert found["judgements"] == writers * each // 5
    assert found["faults"] == []
