"""Make what in the docs is made from code: the record's JSON Schema, the page of all commands, the picture.

The picture is of the example articles' dossier with a passage open beside it, and is made only where Chromium is.
"""

from __future__ import annotations

import json
import pathlib
import re
import shutil
import subprocess
import tempfile

import typer
from typer.cli import get_docs_for_click

from standoff.cli import app
from standoff.dossier import build_dossier
from standoff.records import describe_schema
from standoff.workflow import read

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDE, HIGH = 1280, 860
SHOWN = "arrest 11 bargemen"  # the entry of the timeline whose passage the picture shows open
QUIET = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")


def make_schema() -> str:
    """Give the text of the schema file that ships with the package."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **describe_schema()}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def make_commands() -> str:
    """Give the page of all commands, from their own help."""
    command = typer.main.get_command(app)
    page = get_docs_for_click(obj=command, ctx=typer.Context(command), name="standoff", title="Every command")
    return "\n".join(line.rstrip() for line in page.splitlines()).strip() + "\n"


def take_picture(chromium: str, picture: pathlib.Path) -> None:
    """Take a picture of the dossier, in a frame, since a page opened at an anchor is shifted in the picture."""
    page = build_dossier(read(ROOT / "examples" / "articles"))
    entry = page[page.index(SHOWN, page.index("</svg>")) :]
    anchor = re.search(r'class="ref" href="(#p-[0-9-]+)"', entry)
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "dossier.html").write_text(page, encoding="utf-8")
        style = f"border:0;width:{WIDE}px;height:{HIGH}px;display:block"
        frame = (
            f'<body style="margin:0"><iframe src="dossier.html{anchor[1] if anchor else ""}" style="{style}"></iframe>'
        )
        (place / "frame.html").write_text(frame, encoding="utf-8")
        light = "--blink-settings=preferredColorScheme=1"
        size = (f"--window-size={WIDE},{HIGH}", "--virtual-time-budget=3000", "--allow-file-access-from-files")
        target = (f"--user-data-dir={place / 'profile'}", f"--screenshot={picture}", (place / "frame.html").as_uri())
        subprocess.run([chromium, *QUIET, light, *size, *target], check=True, capture_output=True)


PAGES = {"standoff/record.schema.json": make_schema, "docs/commands.md": make_commands}

if __name__ == "__main__":
    for place, make in PAGES.items():
        (ROOT / place).write_text(make(), encoding="utf-8")
    if (found := shutil.which("chromium")) is not None:
        take_picture(found, ROOT / "docs" / "images" / "dossier.png")
