"""The command line: one command per public function."""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from standoff.cli.desk import accounts, serve_command
from standoff.cli.given import WIDE, Given, check_writable, load_record
from standoff.cli.scores import evaluate
from standoff.cli.store import store
from standoff.errors import StandoffError

if TYPE_CHECKING:
    from standoff.records import Failure, Record

__all__ = ["app", "evaluate", "main"]

app = typer.Typer(
    name="standoff",
    help="Read news coverage of a political dispute, and get a sourced record of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(evaluate, name="evaluate")
issues = typer.Typer(help="Work on the issues that a dispute is about.", no_args_is_help=True)
app.add_typer(issues, name="issues")
app.add_typer(store, name="store")
store.add_typer(accounts, name="account")
app.command("serve")(serve_command)

Paths = Annotated[list[str], typer.Argument(help="Text, HTML, JSONL, CSV or Parquet files, folders, addresses, or - .")]


def main() -> None:
    """Run the command line; an error that Standoff raises on purpose is one sentence and exit code 2."""
    try:
        app()
    except StandoffError as error:
        sys.exit(_complain(str(error)))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a full disk, a folder that refuses: of the place, not of the code
        place = error.filename or "what was asked for"
        sys.exit(_complain(f"{place} cannot be read or written: {error.strerror or error}; give another place."))


def _complain(sentence: str) -> int:
    Console(stderr=True, highlight=False).print(f"[bold red]standoff:[/] {escape(sentence)}", soft_wrap=True)
    return 2


@app.command("read")
def read_command(
    paths: Paths,
    json_file: Annotated[pathlib.Path | None, typer.Option("--json", help="Write the record here, as JSON.")] = None,
    dossier: Annotated[pathlib.Path | None, typer.Option(help="Write the dossier here, one HTML page.")] = None,
    store: Annotated[
        str | None, typer.Option(help="Keep the readings in this database (a file or an address).")
    ] = None,
    issues: Annotated[pathlib.Path | None, typer.Option(help="Use these issues (TOML) for the shipped ones.")] = None,
    actors: Annotated[pathlib.Path | None, typer.Option(help="Pin the codes of these actors (TOML).")] = None,
    codebook: Annotated[
        pathlib.Path | None, typer.Option(help="Code events by this codebook (TOML) for PLOVER.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Leave out articles published before this day (ISO).")] = None,
    until: Annotated[str | None, typer.Option(help="Leave out articles published after this day (ISO).")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if any article could not be read.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="How many processes read.")] = 1,
) -> None:
    """Read articles and write the record of them all, as JSON, as a page, or into a store."""
    from standoff.store.engines import name_store
    from standoff.workflow import read

    for path in (json_file, dossier):
        check_writable(path)
    try:
        with _show_progress() as on_progress:
            record = read(
                *paths,
                store=store,
                issues=issues,
                actors=actors,
                codebook=codebook,
                since=since,
                until=until,
                workers=workers,
                on_progress=on_progress,
            )
    except KeyboardInterrupt:
        kept = (
            f"what was read is kept in {store}; the same command goes on from there" if store else "nothing was written"
        )
        _complain(f"stopped: {kept}.")
        raise typer.Exit(130) from None
    if json_file is not None:
        record.to_json(json_file)
    if dossier is not None:
        from standoff.dossier import write_dossier

        write_dossier(record, dossier)
    held = None if store is None else name_store(store)
    _print_summary(record, written=[str(place) for place in (json_file, dossier, held) if place is not None])
    if held is not None and record.articles:
        typer.echo(f"look through it, and decide: standoff serve {held}")
    if actors is not None:
        _tell_idle_pins(actors, record)
    if record.failures and not record.articles:
        _complain("no article could be read, so the record is empty; what stood in the way is told above.")
    if record.failures and (strict or not record.articles):
        raise typer.Exit(1)


@app.command("show")
def show_command(
    what: Annotated[str, typer.Argument(help="actors, said, did, stands, timeline, shifts, conflicts or suggestions.")],
    record: Given,
    actor: Annotated[str | None, typer.Option(help="Only what this actor has to do with.")] = None,
    issue: Annotated[str | None, typer.Option(help="Only this issue.")] = None,
    article: Annotated[str | None, typer.Option(help="Only articles with this in their source or title.")] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on (ISO).")] = None,
    until: Annotated[str | None, typer.Option(help="Only up to this day (ISO).")] = None,
) -> None:
    """Print one table of a record or a store."""
    from standoff.export.rows import Filter, list_rows

    only = Filter(actor=actor, issue=issue, article=article, since=since, until=until)
    table = list_rows(load_record(record), what, only=only)
    console = Console(highlight=False)
    printed = RichTable(*table.columns, show_lines=True)
    for row in table.rows:
        printed.add_row(*map(escape, row))
    console.print(printed)
    console.print(f"{len(table.rows)} {'row' if len(table.rows) == 1 else 'rows'}")


@app.command("dossier")
def dossier_command(
    record: Given, page: Annotated[pathlib.Path, typer.Argument(help="Where to write the page.", metavar="PAGE")]
) -> None:
    """Write the dossier of a record or a store: one HTML page that needs nothing else."""
    from standoff.dossier import write_dossier

    check_writable(page)
    write_dossier(load_record(record), page)
    typer.echo(page)


@app.command("export")
def export_command(
    record: Given,
    place: Annotated[
        pathlib.Path, typer.Argument(help="The folder for tables, the file for events, to write.", metavar="PLACE")
    ],
    form: Annotated[
        str, typer.Option("--as", "--format", help="csv or parquet (tables); plover, dyads or gdelt (events).")
    ] = "csv",
    all_statuses: Annotated[
        bool, typer.Option("--all-statuses", help="Count hypothetical events and those that did not happen too.")
    ] = False,
) -> None:
    """Write a record or a store as tables, a file per kind, or its events in the form of other tools."""
    from standoff.errors import ConfigError
    from standoff.export.events import FORMS, export_events
    from standoff.export.tables import export_tables

    if form in FORMS:
        typer.echo(export_events(load_record(record), place, form=form, all_statuses=all_statuses))
        return
    if form not in ("csv", "parquet"):
        raise ConfigError(f"“{form}” is not a form to export; choose csv or parquet, or {', '.join(FORMS)} for events.")
    for path in export_tables(load_record(record), place, form="csv" if form == "csv" else "parquet"):
        typer.echo(path)


@app.command("check")
def check_command(
    codebook: Annotated[
        pathlib.Path, typer.Argument(help="A codebook of event types or of issues (TOML).", metavar="CODEBOOK")
    ],
) -> None:
    """Read a codebook's own sentences, and say which are not coded as it has them."""
    from standoff.evaluate.codebook import check_codebook

    console = Console(highlight=False)
    verdicts = list(check_codebook(codebook))
    for verdict in verdicts:
        if not verdict.holds:
            place = f"codes.{verdict.key}.{'examples' if verdict.example else 'not_examples'}"
            found = ", ".join(verdict.found) or "nothing"
            console.print(escape(f"{place}: “{verdict.text}” is coded {found}."), soft_wrap=True)
    for name, example in (("examples", True), ("not_examples", False)):
        held = [verdict.holds for verdict in verdicts if verdict.example == example]
        console.print(f"{sum(held)} of {len(held)} {name} hold")
    if not all(verdict.holds for verdict in verdicts):
        raise typer.Exit(1)


@issues.command("suggest")
def suggest_command(
    paths: Paths,
    out: Annotated[pathlib.Path | None, typer.Option(help="Write the suggestions here, as an issues codebook.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many issues at most.")] = 12,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
) -> None:
    """Suggest issues for a new dispute, from what its reports take sides on."""
    from standoff.errors import ConfigError
    from standoff.export.issues import write_issues
    from standoff.workflow import suggest_issues

    check_writable(out)
    if out is not None and out.is_file() and not force:
        raise ConfigError(f"{out} is there already, and may have been edited; give another file, or --force.")
    unread: list[Failure] = []
    try:
        with _show_progress() as on_progress:
            drafts = suggest_issues(*paths, limit=limit, on_progress=on_progress, on_failure=unread.append)
    except KeyboardInterrupt:
        _complain("stopped: nothing was written.")
        raise typer.Exit(130) from None
    terminal = Console(highlight=False)
    console = terminal if terminal.is_terminal else Console(highlight=False, width=WIDE)
    table = RichTable("issue", "for", "against", "otherwise", "reports", "shipped as", show_lines=True)
    for draft in drafts:
        sides = [draft.list_holders("for"), draft.list_holders("against")]
        others = (*draft.list_holders("conditional"), *draft.list_holders("neutral"))
        cells = (draft.key, *map(", ".join, (*sides, others)), str(draft.origins), draft.shipped or "")
        table.add_row(*map(escape, cells))
    console.print(table)
    if not drafts:
        console.print("no issue was found that two take a stance on; give more articles.")
    _tell_unread(unread)
    if out is not None:
        write_issues(drafts, out)
        console.print(f"written: {escape(str(out))}", soft_wrap=True)


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a record."""
    from standoff.records import describe_schema

    typer.echo(json.dumps(describe_schema(), indent=1, ensure_ascii=False))


@contextmanager
def _show_progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal, and nothing where the output is piped."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _tell_idle_pins(path: pathlib.Path, record: Record) -> None:
    """Say which of a user's pins hold of nobody: a name misspelt there would else do nothing, and say nothing."""
    from standoff.resolve.pins import list_idle_pins, load_pins

    names = [f"“{name}”" for name in list_idle_pins(load_pins(path), record.actors)]
    if names:
        sentence = f"nobody in the articles is called {' or '.join(names)}, so what {path} says there has no effect."
        Console(highlight=False).print(f"[yellow]not used[/] {escape(sentence)}", soft_wrap=True)


def _tell_unread(failures: Sequence[Failure]) -> None:
    console = Console(highlight=False)
    for failure in failures:
        console.print(f"[yellow]not read[/] {escape(failure.source)}: {escape(failure.reason)}", soft_wrap=True)


def _print_summary(record: Record, *, written: list[str]) -> None:
    """Print the counts per kind, the failures, and where the record went."""
    from standoff.records import count_kinds

    console = Console(highlight=False)
    table = RichTable("kind", "count")
    table.columns[1].justify = "right"
    for kind, count in count_kinds(record).items():
        table.add_row(kind, str(count))
    console.print(table)
    _tell_unread(record.failures)
    for place in written:
        console.print(f"written: {escape(place)}", soft_wrap=True)
