"""The commands that score what Standoff finds against gold."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from standoff.cli.given import WIDE, Given, check_writable, load_record
from standoff.errors import ConfigError

evaluate = typer.Typer(help="Score what Standoff finds against gold.", no_args_is_help=True)

Predictions = Annotated[pathlib.Path | None, typer.Option(help="Write here what was predicted.")]
File = Annotated[pathlib.Path, typer.Argument(help="A benchmark file.", metavar="FILE")]
Sets = Annotated[list[pathlib.Path], typer.Argument(help="Files of coded reports (TOML).", metavar="FILES...")]
Half = Annotated[str | None, typer.Option(help="Only this half of the reports: tune or held.")]
Errors = Annotated[bool, typer.Option("--errors", help="List what is wrong; never of held reports.")]


@evaluate.command("record")
def evaluate_record_command(
    record: Given, gold: Annotated[pathlib.Path, typer.Option(help="The folder with the gold files.")]
) -> None:
    """Score a record against hand-coded articles."""
    from standoff.evaluate.record import evaluate_record

    _print_scores(evaluate_record(load_record(record), gold))


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
            console.print(escape(line), soft_wrap=True)
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
    check_writable(picture)
    paired = pair_events(files, half=half)
    if errors:
        console = Console(highlight=False)
        for line in list_misses(paired):
            console.print(escape(line), soft_wrap=True)
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
            console.print(escape(line), soft_wrap=True)
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
            console.print(escape(line), soft_wrap=True)
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
        Console(highlight=False).print(escape(line), soft_wrap=True)
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
            console.print(escape(line), soft_wrap=True)
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
            console.print(escape(line), soft_wrap=True)
    halves = dict.fromkeys(item.half for item in paired)
    _print_kinds(
        {"all": score(paired)} | {name: score([item for item in paired if item.half == name]) for name in halves}
    )


def _refuse_errors(half: str | None, *, errors: bool) -> None:
    if half == "held" and errors:
        raise ConfigError("the errors of held cases are not listed, or they would test nothing; choose --half tune.")


def _print_scores(scores: Any, *, title: str | None = None) -> None:
    """Print scores as a table of names and figures."""
    table = RichTable("score", "figure", title=title)
    for name, figure in scores.items():
        table.add_row(name, escape(f"{figure:.1f}" if isinstance(figure, float) else str(figure)))
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
        table.add_row(escape(kind), *("" if cell is None else f"{cell.percent:.1f} ({cell.over})" for cell in cells))
    console = Console()
    (console if console.is_terminal else Console(width=WIDE)).print(table)
