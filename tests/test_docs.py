"""The docs keep up with the code: everything a user can name is documented, and every Python block runs."""

from __future__ import annotations

import importlib.util
import pathlib
import re

import pytest

from standoff.cli import app, evaluate
from standoff.codebooks import list_codebooks, load_codebook
from standoff.models.language import COMPONENTS

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
ALL = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def load_maker() -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PAGES  # type: ignore[no-any-return]


@pytest.mark.parametrize("place", ["docs/commands.md", "standoff/record.schema.json"])
def test_what_is_made_from_code_is_up_to_date(place: str) -> None:
    make = load_maker()[place]
    assert callable(make)
    assert (ROOT / place).read_text(encoding="utf-8") == make(), "run: make docs"


@pytest.mark.parametrize("name", [*COMPONENTS, "standoff_layout", "standoff_reader"])
def test_every_component_is_documented(name: str) -> None:
    assert name in ALL


@pytest.mark.parametrize("name", list_codebooks())
def test_every_codebook_is_documented_and_loads(name: str) -> None:
    assert f"`{name}.toml`" in ALL
    assert load_codebook(name).codes


@pytest.mark.parametrize("name", [str(c.name) for c in (*app.registered_commands, *evaluate.registered_commands)])
def test_every_command_is_documented(name: str) -> None:
    assert re.search(rf"standoff (evaluate )?{name}\b", ALL)


def blocks() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found += [(page.name, match) for match in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    return found


@pytest.mark.parametrize(("page", "code"), blocks())
def test_every_python_block_runs(page: str, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    (tmp_path / "articles").symlink_to(ROOT / "examples" / "articles")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, page, "exec"), {})


def test_links_between_pages_hold() -> None:
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []
