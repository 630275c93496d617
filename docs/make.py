"""Make what in the docs is made from code: the record's JSON Schema and the page of all commands."""

from __future__ import annotations

import json
import pathlib

import typer
from typer.cli import get_docs_for_click

from standoff.cli import app
from standoff.records import describe_schema

ROOT = pathlib.Path(__file__).resolve().parent.parent


def make_schema() -> str:
    """Give the text of the schema file that ships with the package."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **describe_schema()}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def make_commands() -> str:
    """Give the page of all commands, from their own help."""
    command = typer.main.get_command(app)
    page = get_docs_for_click(obj=command, ctx=typer.Context(command), name="standoff", title="Every command")
    return "\n".join(line.rstrip() for line in page.splitlines()).strip() + "\n"


PAGES = {"standoff/record.schema.json": make_schema, "docs/commands.md": make_commands}

if __name__ == "__main__":
    for place, make in PAGES.items():
        (ROOT / place).write_text(make(), encoding="utf-8")
