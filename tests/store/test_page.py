"""The page on the store: each of its commands does what it says, in the order in which they stand there."""

from __future__ import annotations

import pathlib
import re
import shlex

import pytest
from servers import make_database
from typer.testing import CliRunner

from standoff.cli import app

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")


def test_every_command_of_the_page_runs(postgres: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").symlink_to(ROOT / "examples" / "articles" / "01_ledger_levy.txt")
    monkeypatch.chdir(tmp_path)
    commands = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    assert len(commands) > 10
    with make_database(postgres) as dispute, make_database(postgres) as shared:
        places = {"dispute": dispute, "shared": shared}
        for line in commands:
            told = re.sub(r"postgresql://ada@db\.example\.org/(\w+)", lambda found: places[found[1]], line)
            program, *arguments = shlex.split(told)
            assert program == "standoff"
            result = CliRunner().invoke(app, arguments, catch_exceptions=False)
            assert result.exit_code == 0, f"{line}: {result.output}"
