"""The commands that look after a store: check, backup, migrate, export, import, judgements."""

from __future__ import annotations

import csv
import pathlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from standoff.cli.given import WIDE

if TYPE_CHECKING:
    from standoff.records import Judgement
    from standoff.store.database import Store

store = typer.Typer(help="Look after a store: check it, back it up, move it.", no_args_is_help=True)

Url = Annotated[str, typer.Argument(metavar="STORE", help="The store's file or address.")]
COLUMNS = ("id", "at", "who", "verdict", "kind", "entry", "other", "fields", "label", "why", "article", "start", "end")


@store.command("check")
def check_command(url: Url) -> None:
    """Look for faults in a store, and exit with 1 if it has any."""
    from standoff.store.care.checking import check_store

    console = Console(highlight=False)
    with _open(url) as opened:
        findings = check_store(opened)
    for finding in findings:
        sign = "[bold red]broken:[/]" if finding.broken else "[yellow]note:[/]"
        console.print(f"{sign} {escape(finding.sentence)}", soft_wrap=True)
    broken = sum(finding.broken for finding in findings)
    console.print("no fault was found" if not broken else f"{broken} faults; restore a backup if they are not your own")
    if broken:
        raise typer.Exit(1)


@store.command("backup")
def backup_command(
    url: Url,
    place: Annotated[
        pathlib.Path, typer.Argument(metavar="PLACE", help="A file for an SQLite store, a folder for PostgreSQL.")
    ],
) -> None:
    """Copy a store while it is in use, accounts included; put it back with: standoff store import."""
    from standoff.store.care.backing import backup_store

    with _open(url) as opened:
        typer.echo(backup_store(opened, place))


@store.command("migrate")
def migrate_command(url: Url) -> None:
    """Bring a store that an earlier version made to the form of this one, and its record up to date."""
    from standoff.workflow.kept import renew_record

    console = Console(highlight=False)
    with _open(url, migrate=True) as opened:
        console.print("the store has this version's form")
        if not opened.is_current() and next(opened.load_readings(), None) is not None:
            renew_record(opened)
            console.print("its record was made anew from all that it holds")


@store.command("export")
def export_command(
    url: Url,
    folder: Annotated[pathlib.Path, typer.Argument(metavar="FOLDER", help="A folder that is new or empty.")],
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Write the accounts too, with their passwords' hashes.")
    ] = False,
) -> None:
    """Write a whole store as Parquet files, a table each."""
    from standoff.store.care.copying import export_store

    with _open(url) as opened:
        _print_counts(export_store(opened, folder, accounts=accounts))
    typer.echo(folder)


@store.command("import")
def import_command(
    url: Annotated[str, typer.Argument(metavar="STORE", help="The file or address of a new or empty store.")],
    place: Annotated[pathlib.Path, typer.Argument(metavar="PLACE", help="An exported store's folder, or a backup.")],
) -> None:
    """Put an exported store or a backup into an empty store, of either kind."""
    from standoff.store.care.backing import restore_store

    with _open(url, create=True) as opened:
        _print_counts(restore_store(opened, place))


@store.command("judgements")
def judgements_command(
    url: Url,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write them as CSV, with every column.")] = False,
    orphans: Annotated[bool, typer.Option("--orphans", help="Only those whose ground is in no reading now.")] = False,
    every: Annotated[bool, typer.Option("--all", help="With those that were withdrawn, and the withdrawals.")] = False,
) -> None:
    """List what people decided, and what of it has lost its ground."""
    with _open(url) as opened:
        lost = opened.list_orphans()
        judgements = lost if orphans else opened.list_judgements(open_only=not every)
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow((*COLUMNS, "orphaned"))
        writer.writerows((*_list_cells(judgement), judgement in lost) for judgement in judgements)
        return
    terminal = Console(highlight=False)
    console = terminal if terminal.is_terminal else Console(highlight=False, width=WIDE)
    table = RichTable("at", "who", "verdict", "on", "why", "id", show_lines=True)
    for judgement in judgements:
        on = f"{judgement.label or judgement.entry}{' (orphaned)' if judgement in lost else ''}"
        cells = (judgement.at, judgement.who, judgement.verdict, f"{judgement.kind}: {on}", judgement.why or "")
        table.add_row(*map(escape, (*cells, judgement.id)))
    console.print(table)
    console.print(f"{len(judgements)} {'judgement' if len(judgements) == 1 else 'judgements'}")


@contextmanager
def _open(url: str, *, create: bool = False, migrate: bool = False) -> Iterator[Store]:
    from standoff.store.database import open_store

    with closing(open_store(url, create=create, migrate=migrate)) as opened:
        yield opened


def _print_counts(counts: Mapping[str, int]) -> None:
    table = RichTable("table", "rows")
    table.columns[1].justify = "right"
    for name, count in counts.items():
        table.add_row(name, str(count))
    Console(highlight=False).print(table)


def _list_cells(judgement: Judgement) -> Iterator[object]:
    """Give a judgement's cells; one that a spreadsheet would take for a formula begins with an apostrophe."""
    import json

    place = judgement.passage
    known = {
        "fields": json.dumps(judgement.fields) if judgement.fields else "",
        "article": place.article if place else "",
        "start": place.start if place else "",
        "end": place.end if place else "",
    }
    for name in COLUMNS:
        value = known[name] if name in known else getattr(judgement, name) or ""
        yield f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
