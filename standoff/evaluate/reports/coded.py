"""Read hand-made sets of reports, one set for each dispute, each report an article of its own."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.rows import load_rows
from standoff.evaluate.singly import HALVES, check_half
from standoff.records import Article


class Report(NamedTuple):
    """Hold one report as an article, with what was coded of it under the keys of its row."""

    article: Article
    coded: Mapping[str, Any]


class ReportSet(NamedTuple):
    """Hold the reports of one dispute, in the order of the file."""

    id: str
    half: str
    reports: tuple[Report, ...]


def read_sets(paths: Iterable[str | os.PathLike[str]], *, half: str | None, asked: frozenset[str]) -> list[ReportSet]:
    """Give the `[[set]]` entries of TOML files, of one half if one is named.

    `asked` are the keys that a report may have besides `id`, `text`, `title` and `published`. Raises ConfigError, which
    names file, set and key, for what cannot be scored.
    """
    check_half(half)
    sets = [
        _read_set(row, pathlib.Path(path), asked)
        for path in paths
        for row in load_rows(pathlib.Path(path), "set", "sets")
    ]
    return [item for item in sets if half in (None, item.half)]


def _read_set(row: Mapping[str, Any], path: pathlib.Path, asked: frozenset[str]) -> ReportSet:
    where = f"{path}: set {row.get('id')}"
    if row.get("half") not in HALVES or not isinstance(row.get("id"), str) or not row.get("report"):
        raise ConfigError(f"{where}: give an id, a half ({' or '.join(HALVES)}) and [[set.report]] entries.")
    reports = tuple(_read_report(report, f"{row['id']}/", where, asked) for report in row["report"])
    if len({report.article.id for report in reports}) < len(reports):
        raise ConfigError(f"{where}: an id stands twice; give each report its own.")
    return ReportSet(row["id"], row["half"], reports)


def _read_report(row: Mapping[str, Any], prefix: str, where: str, asked: frozenset[str]) -> Report:
    strange = sorted(row.keys() - asked - {"id", "text", "title", "published"})
    if strange or not {"id", "text"} <= row.keys():
        what = f"{strange[0]} is not known" if strange else "id or text is missing"
        raise ConfigError(
            f"{where}, report {row.get('id')}: {what}; give id, text, title, published, {', '.join(sorted(asked))}."
        )
    name = f"{prefix}{row['id']}"
    article = Article(
        id=name,
        source=name,
        title=row.get("title"),
        published=read_day(row.get("published"), f"{where}, report {row['id']}: published"),
        text=row["text"].strip(),
    )
    return Report(article, row)


def read_day(text: str | None, where: str) -> str | None:
    """Give an ISO day as it stands, or None for none; raises ConfigError for what is no day."""
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ConfigError(f"{where} is “{text}”; give a day as 2024-05-31.") from error
