"""Score the reader on reports whose positions are coded: who stands where on what, toward whom, on what condition.

Every report is read as an article of its own, through the whole pipeline and its actors resolved, with the shipped
issues and those that its file defines. Half of the reports are "held": only their figures are looked at, so that they
tell what to expect of texts that no rule was mended with.
"""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence

from standoff.evaluate.positions.coded import STANCES, ReportFile, Row, read_report_files, write_codebook
from standoff.evaluate.positions.paired import Judged, PairedReport, cut_words, pair_report
from standoff.evaluate.record.measures import Figure, measure_share, share_sets
from standoff.evaluate.singly import read_singly
from standoff.records import Position

__all__ = [
    "NONE",
    "STANCES",
    "count_confusions",
    "evaluate_positions",
    "list_misses",
    "pair_positions",
    "score_positions",
]

NONE = "none"  # the stance of what is not coded, or not found
FIELDS = ("words", "toward", "condition", "when")  # asked of the positions found

Scores = dict[str, dict[str, Figure]]


def evaluate_positions(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> Scores:
    """Give the scores of the reports in files; of one half, if one is named.

    `stands` P, R and F1 are over (report, holder, issue, stance), as in `evaluate record`; `issue` F1 leaves out the
    stance, and `stance` is the share of the coded positions whose holder and issue were found that have the coded one.
    `holder`: of those whose issue and stance were found, for that holder or in the words coded, how many have it.
    `words` (found where it is coded), `toward`, `condition` and `when` are shares of the positions found for which they
    are coded. Raises ConfigError for reports that cannot be scored.
    """
    return score_positions(pair_positions(paths, half=half))


def pair_positions(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> list[PairedReport]:
    """Give for each report what is judged of its coded positions, as the reader reads it today."""
    return [
        paired
        for file in read_report_files([pathlib.Path(path) for path in paths], half=half)
        for paired in _pair_file(file)
    ]


def score_positions(paired: Sequence[PairedReport]) -> Scores:
    """Give the scores of judged reports for "all", then by issue, by stance and by dispute."""
    rows = [judged.row for item in paired for judged in item.judged]
    scores = {"all": _score(paired)}
    for key in sorted({row.issue for row in rows}):
        scores[f"issue: {key}"] = _score(paired, issue=key)
    for key in STANCES:
        figures = _score(paired, stance=key)
        scores[f"stance: {key}"] = {name: figures[name] for name in figures if name not in ("issue F1", "stance")}
    for key in dict.fromkeys(item.report.dispute for item in paired):
        scores[f"dispute: {key}"] = _score([item for item in paired if item.report.dispute == key])
    return scores


def count_confusions(paired: Sequence[PairedReport]) -> Counter[tuple[str, str]]:
    """Count how often one stance was taken for another, (coded, found); NONE stands for what one side does not have."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in paired:
        counts.update((judged.row.stance, judged.stance or NONE) for judged in item.judged)
        asked = {(judged.row.holder, judged.row.issue) for judged in item.judged}
        counts.update((NONE, found.mine.stance) for found in item.spare if found.key[:2] not in asked)
    return counts


def list_misses(paired: Iterable[PairedReport]) -> list[str]:
    """Give one line for each coded position that is missed or wrong in something, and for each that is too many.

    Held reports are never listed: who reads their errors has no held reports left.
    """
    lines = []
    for item in paired:
        if item.report.half == "held":
            continue
        text = item.report.text
        for row, found, stance, right in item.judged:
            what = f"{row.holder} {row.stance} {row.issue}"
            words = cut_words(text, row.words)
            wrong = [name for name, fits in right.items() if not fits]
            if found is None:
                instead = f"{stance} instead" if stance else "another holder" if "holder" in wrong else "nothing"
                lines.append(f"{item.report.id}: not found: {what} ({instead}) [{words}]")
            elif wrong:
                lines.append(f"{item.report.id}: {what} has wrong {', '.join(wrong)} [{words}]")
        for found in item.spare:
            mine = found.mine
            words = cut_words(text, (mine.passage.start, mine.passage.end))
            lines.append(f"{item.report.id}: too many: {found.who} {mine.stance} {mine.issue} [{words}]")
    return lines


def _pair_file(file: ReportFile) -> list[PairedReport]:
    texts = [(f"{report.file}/{report.id}", report.text) for report in file.reports]
    with tempfile.TemporaryDirectory() as folder:
        issues = None
        if file.own:
            issues = pathlib.Path(folder) / "issues.toml"
            write_codebook(file.own, issues)
        records = list(read_singly(texts, issues=issues))
    pairs = zip(file.reports, records, strict=True)
    return [pair_report(report, record, file.issues) for report, record in pairs]


def _score(paired: Sequence[PairedReport], *, issue: str | None = None, stance: str | None = None) -> dict[str, Figure]:
    """Give the scores of reports, over the positions of one issue or of one stance if one is named."""

    def counts(one: Row | Position) -> bool:
        return issue in (None, one.issue) and stance in (None, one.stance)

    judged = [(item, one) for item in paired for one in item.judged if counts(one.row)]
    found = [(item, one) for item in paired for one in item.found if counts(one.mine)]
    rows = {(item.report.file, item.report.id, *_name(one)) for item, one in judged}
    mine = {(item.report.file, item.report.id, *one.key) for item, one in found}
    stands, named = share_sets(mine, rows), share_sets({key[:-1] for key in mine}, {key[:-1] for key in rows})
    scores = {
        "stands P": measure_share(stands.hits, stands.predicted),
        "stands R": measure_share(stands.hits, stands.coded),
        "stands F1": Figure(stands.f1, stands.coded),
        "issue F1": Figure(named.f1, named.coded),
    }
    met = [one.stance == one.row.stance for _, one in judged if one.stance is not None]
    asked = {"stance": met} | {
        name: [one.right[name] for _, one in judged if name in one.right] for name in ("holder", *FIELDS)
    }
    return scores | {name: measure_share(sum(values), len(values)) for name, values in asked.items() if values}


def _name(one: Judged) -> tuple[str, str, str]:
    return one.row.holder, one.row.issue, one.row.stance
