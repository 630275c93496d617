"""The command line: one command per public function."""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable

import standoff
from standoff.errors import StandoffError

app = typer.Typer(
    name="standoff",
    help="Read news coverage of a political dispute, and get a sourced record of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
evaluate = typer.Typer(help="Score what Standoff finds against gold.", no_args_is_help=True)
app.add_typer(evaluate, name="evaluate")
issues = typer.Typer(help="Work on the issues that a dispute is about.", no_args_is_help=True)
app.add_typer(issues, name="issues")

Paths = Annotated[list[str], typer.Argument(help="Text, HTML, JSONL, CSV or Parquet files, folders, addresses, or - .")]
Given = Annotated[str, typer.Argument(metavar="RECORD", help="A record's JSON file, or the address of a store.")]
Predictions = Annotated[pathlib.Path | None, typer.Option(help="Write here what was predicted.")]
File = Annotated[pathlib.Path, typer.Argument(help="A benchmark file.", metavar="FILE")]
Sets = Annotated[list[pathlib.Path], typer.Argument(help="Files of coded reports (TOML).", metavar="FILES...")]
Half = Annotated[str | None, typer.Option(help="Only this half of the reports: tune or held.")]
Errors = Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held reports.")]
WIDE = 200  # columns of a table that is piped, not shown on a terminal


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
    Console(stderr=True, highlight=False).print(f"[bold red]standoff:[/] {_escape(sentence)}", soft_wrap=True)
    return 2


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)


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
    from standoff.workflow import read

    for path in (json_file, dossier):
        _check_writable(path)
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
    _print_summary(record, written=[str(place) for place in (json_file, dossier, store) if place is not None])
    if strict and record.failures:
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
    table = list_rows(_load(record), what, only=only)
    console = Console(highlight=False)
    printed = RichTable(*table.columns, show_lines=True)
    for row in table.rows:
        printed.add_row(*map(_escape, row))
    console.print(printed)
    console.print(f"{len(table.rows)} {'row' if len(table.rows) == 1 else 'rows'}")


@app.command("dossier")
def dossier_command(
    record: Given, page: Annotated[pathlib.Path, typer.Argument(help="Where to write the page.", metavar="PAGE")]
) -> None:
    """Write the dossier of a record or a store: one HTML page that needs nothing else."""
    from standoff.dossier import write_dossier

    _check_writable(page)
    write_dossier(_load(record), page)
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
        typer.echo(export_events(_load(record), place, form=form, all_statuses=all_statuses))
        return
    if form not in ("csv", "parquet"):
        raise ConfigError(f"“{form}” is not a form to export; choose csv or parquet, or {', '.join(FORMS)} for events.")
    for path in export_tables(_load(record), place, form="csv" if form == "csv" else "parquet"):
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
            console.print(_escape(f"{place}: “{verdict.text}” is coded {found}."), soft_wrap=True)
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
) -> None:
    """Suggest issues for a new dispute, from what its reports take sides on."""
    from standoff.export.issues import write_issues
    from standoff.workflow import suggest_issues

    _check_writable(out)
    try:
        with _show_progress() as on_progress:
            drafts = suggest_issues(*paths, limit=limit, on_progress=on_progress)
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
        table.add_row(*map(_escape, cells))
    console.print(table)
    if not drafts:
        console.print("no issue was found that two take a stance on; give more articles.")
    if out is not None:
        write_issues(drafts, out)
        console.print(f"written: {_escape(str(out))}", soft_wrap=True)


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a record."""
    from standoff.records import describe_schema

    typer.echo(json.dumps(describe_schema(), indent=1, ensure_ascii=False))


@evaluate.command("record")
def evaluate_record_command(
    record: Given, gold: Annotated[pathlib.Path, typer.Option(help="The folder with the gold files.")]
) -> None:
    """Score a record against hand-coded articles."""
    from standoff.evaluate.record import evaluate_record

    _print_scores(evaluate_record(_load(record), gold))


@evaluate.command("times")
def evaluate_times_command(file: File, predictions: Predictions = None) -> None:
    """Score time expressions: lines of doc_id, dct, text, timexes."""
    from standoff.evaluate.times import evaluate_times

    _print_scores(evaluate_times(file, predictions=predictions))


@evaluate.command("attributions")
def evaluate_attributions_command(file: File, predictions: Predictions = None) -> None:
    """Score attributions: lines of doc_id, text, attributions."""
    from standoff.evaluate.attributions import evaluate_attributions

    _print_scores(evaluate_attributions(file, predictions=predictions))


@evaluate.command("relations")
def evaluate_relations_command(file: File, predictions: Predictions = None) -> None:
    """Score event types where source and target are given: rows of uid, marked_sentence, source, target, gold."""
    from standoff.evaluate.relations import evaluate_relations

    _print_scores(evaluate_relations(file, predictions=predictions))


@evaluate.command("actors")
def evaluate_actors_command(file: File, predictions: Predictions = None) -> None:
    """Score the codes of actors: lines of text, country, sectors."""
    from standoff.evaluate.actors import evaluate_actors

    _print_scores(evaluate_actors(file, predictions=predictions))


@evaluate.command("cases")
def evaluate_cases_command(
    files: Annotated[list[pathlib.Path], typer.Argument(help="Files of cases (TOML).", metavar="FILES...")],
    half: Annotated[str | None, typer.Option(help="Only this half of the cases: tune or held.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held cases.")] = False,
) -> None:
    """Score attributions on short cases, each of which tests one thing, by kind."""
    from standoff.evaluate.cases import list_confusions, list_misses, pair_cases, score_cases

    _refuse_errors(half, errors=errors)
    paired = pair_cases(files, half=half)
    if errors:
        console = Console(highlight=False)
        for line in list_misses(paired):
            console.print(_escape(line), soft_wrap=True)
        for coded, found, times in list_confusions(paired):
            console.print(f"act: {coded} taken for {found}: {times}")
    _print_kinds(score_cases(paired))


@evaluate.command("events")
def evaluate_events_command(
    files: Annotated[list[pathlib.Path], typer.Argument(help="Files of marked sentences (TOML).", metavar="FILES...")],
    half: Annotated[str | None, typer.Option(help="Only this half of the sentences: tune or held.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held sentences.")] = False,
    picture: Annotated[
        pathlib.Path | None, typer.Option(help="Draw here which types are taken for which (SVG).")
    ] = None,
) -> None:
    """Score events on sentences whose events are marked in the words, by type."""
    from standoff.evaluate.events import count_types, list_misses, pair_events, score_events
    from standoff.evaluate.events.picture import draw_confusions

    _refuse_errors(half, errors=errors)
    _check_writable(picture)
    paired = pair_events(files, half=half)
    if errors:
        console = Console(highlight=False)
        for line in list_misses(paired):
            console.print(_escape(line), soft_wrap=True)
    if picture is not None:
        draw_confusions(count_types(paired), picture)
    _print_kinds(score_events(paired))


@evaluate.command("positions")
def evaluate_positions_command(
    files: Annotated[list[pathlib.Path], typer.Argument(help="Files of coded reports (TOML).", metavar="FILES...")],
    half: Annotated[str | None, typer.Option(help="Only this half of the reports: tune or held.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held reports.")] = False,
) -> None:
    """Score positions on coded reports, by issue, stance and dispute."""
    from standoff.evaluate.positions import count_confusions, list_misses, pair_positions, score_positions

    _refuse_errors(half, errors=errors)
    paired = pair_positions(files, half=half)
    if errors:
        console = Console(highlight=False)
        for line in list_misses(paired):
            console.print(_escape(line), soft_wrap=True)
    _print_kinds(score_positions(paired))
    _print_confusions(count_confusions(paired))


@evaluate.command("pairs")
def evaluate_pairs_command(
    files: Annotated[list[pathlib.Path], typer.Argument(help="Files of pairs of passages (TOML).", metavar="FILES...")],
    half: Annotated[str | None, typer.Option(help="Only this half of the pairs: tune or held.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held pairs.")] = False,
) -> None:
    """Score which pairs of passages are judged to contradict one another, by kind, beside simple baselines."""
    from standoff.evaluate.pairs import evaluate_pairs, judge_pairs, list_misses, read_pairs

    _refuse_errors(half, errors=errors)
    if errors:
        console = Console(highlight=False)
        for line in list_misses(judge_pairs(read_pairs(files, half=half))):
            console.print(_escape(line), soft_wrap=True)
    _print_kinds(evaluate_pairs(files, half=half))


@evaluate.command("copies")
def evaluate_copies_command(files: Sets, half: Half = None, errors: Errors = False) -> None:
    """Score which reports are found to be copies of one text."""
    from standoff.evaluate.reports.copies import list_misses, pair_copies, score_copies

    _print_reports(pair_copies, score_copies, list_misses, files, half, errors=errors)


@evaluate.command("dates")
def evaluate_dates_command(files: Sets, half: Half = None, errors: Errors = False) -> None:
    """Score how closely undated reports are dated by their own words and by other reports."""
    from standoff.evaluate.reports.dates import list_misses, pair_dates, score_dates

    _print_reports(pair_dates, score_dates, list_misses, files, half, errors=errors)


@evaluate.command("happenings")
def evaluate_happenings_command(files: Sets, half: Half = None, errors: Errors = False) -> None:
    """Score what is put on a timeline, and on which day."""
    from standoff.evaluate.reports.happenings import list_misses, pair_happenings, score_happenings

    _print_reports(pair_happenings, score_happenings, list_misses, files, half, errors=errors)


@evaluate.command("drafts")
def evaluate_drafts_command(
    file: File,
    half: Annotated[str | None, typer.Option(help="Only this half of the disputes: tune or held.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held disputes.")] = False,
) -> None:
    """Score the issues that are suggested for disputes, by dispute."""
    from standoff.evaluate.suggested import judge_drafts, list_faults, score_drafts

    _refuse_errors(half, errors=errors)
    outcomes = judge_drafts(file, half=half)
    for line in list_faults(outcomes) if errors else ():
        Console(highlight=False).print(_escape(line), soft_wrap=True)
    _print_kinds(score_drafts(outcomes))


@evaluate.command("identities")
def evaluate_identities_command(
    files: Annotated[list[pathlib.Path], typer.Argument(help="Files of sets (TOML).", metavar="FILES...")],
    half: Annotated[str | None, typer.Option(help="Only this half of the sets: tune or held.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held sets.")] = False,
) -> None:
    """Score which actors of several reports are suggested to be one, or to belong together."""
    from standoff.evaluate.identities import evaluate_identities, list_misses, score_identities

    _refuse_errors(half, errors=errors)
    told, listed = evaluate_identities(files, half=half)
    if errors:
        console = Console(highlight=False)
        for line in list_misses(told, listed):
            console.print(_escape(line), soft_wrap=True)
    _print_kinds(score_identities(told, listed))


@evaluate.command("gate")
def gate_command(
    examples: Annotated[pathlib.Path, typer.Option(help="The example articles.")] = pathlib.Path("examples/articles"),
    gold: Annotated[pathlib.Path, typer.Option(help="Their gold.")] = pathlib.Path("examples/gold"),
    shared: Annotated[
        pathlib.Path, typer.Option(help="A folder with further articles (seeds), their gold, and data; used if there.")
    ] = pathlib.Path("../shared"),
    full: Annotated[bool, typer.Option("--full", help="Score times and attributions on its data too.")] = False,
) -> None:
    """Hold the scores on the example articles against the floors that ship with Standoff."""
    from standoff.evaluate.gate import check_floors, score_dev_sets
    from standoff.evaluate.record import evaluate_record
    from standoff.workflow import read

    outcome = check_floors(read(examples), gold)
    table = RichTable("score", "is", "floor", "")
    for line in outcome:
        table.add_row(line.name, f"{line.score:.1f}", f"{line.floor:.1f}", "ok" if line.holds else "[red]below[/]")
    Console().print(table)
    if shared.is_dir():
        _print_scores(evaluate_record(read(shared / "seeds"), shared / "gold"), title="seeds (no floors)")
        for name, scores in score_dev_sets(shared).items() if full else ():
            _print_scores(scores, title=f"{name} (no floors)")
    if not all(line.holds for line in outcome):
        raise typer.Exit(1)


def _print_reports(
    pair: Callable[..., list[Any]],
    score: Callable[[list[Any]], Any],
    list_misses: Callable[[list[Any]], list[str]],
    files: list[pathlib.Path],
    half: str | None,
    *,
    errors: bool,
) -> None:
    """Score files of coded reports and print a row for each half of them."""
    _refuse_errors(half, errors=errors)
    paired = pair(files, half=half)
    if errors:
        console = Console(highlight=False)
        for line in list_misses(paired):
            console.print(_escape(line), soft_wrap=True)
    halves = dict.fromkeys(item.half for item in paired)
    _print_kinds(
        {"all": score(paired)} | {name: score([item for item in paired if item.half == name]) for name in halves}
    )


def _refuse_errors(half: str | None, *, errors: bool) -> None:
    from standoff.errors import ConfigError

    if half == "held" and errors:
        raise ConfigError("the errors of held cases are not listed, or they would test nothing; choose --half tune.")


def _load(given: str) -> standoff.Record:
    """Read a record's file, or the record that a store holds."""
    from standoff.records import read_record
    from standoff.store.database import open_store

    path = pathlib.Path(given)
    if "://" in given or _is_database(path):
        return open_store(given, create=False).load_record()
    return read_record(path)


def _is_database(path: pathlib.Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def _check_writable(path: pathlib.Path | None) -> None:
    """Refuse, before anything is read, a file that could not be written in the end."""
    from standoff.errors import ConfigError

    if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise ConfigError(f"{path} cannot be written; give a file in a folder that is there.")


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


def _print_summary(record: Any, *, written: list[str]) -> None:
    """Print the counts per kind, the failures, and where the record went."""
    from standoff.records import count_kinds

    console = Console(highlight=False)
    table = RichTable("kind", "count")
    table.columns[1].justify = "right"
    for kind, count in count_kinds(record).items():
        table.add_row(kind, str(count))
    console.print(table)
    for failure in record.failures:
        console.print(f"[yellow]not read[/] {_escape(failure.source)}: {_escape(failure.reason)}", soft_wrap=True)
    for place in written:
        console.print(f"written: {_escape(place)}", soft_wrap=True)


def _print_scores(scores: Any, *, title: str | None = None) -> None:
    """Print scores as a table of names and figures."""
    table = RichTable("score", "figure", title=title)
    for name, figure in scores.items():
        table.add_row(name, _escape(f"{figure:.1f}" if isinstance(figure, float) else str(figure)))
    Console().print(table)


def _print_confusions(counts: Mapping[tuple[str, str], int]) -> None:
    """Print how often one thing was taken for another, a row for each that is coded."""
    coded, found = sorted({row for row, _ in counts}), sorted({column for _, column in counts})
    table = RichTable("coded, then as found:", *found)
    for row in coded:
        table.add_row(row, *(str(counts.get((row, column), "")) for column in found))
    Console().print(table)


def _print_kinds(scores: Any) -> None:
    """Print scores as a table with a row for each kind, each figure with how many it is over."""
    names = list(scores["all"])
    table = RichTable("kind", *names)
    for kind, figures in scores.items():
        cells = (figures.get(name) for name in names)
        table.add_row(_escape(kind), *("" if cell is None else f"{cell.percent:.1f} ({cell.over})" for cell in cells))
    console = Console()
    (console if console.is_terminal else Console(width=WIDE)).print(table)
