"""Read tables with one article a row: JSONL, CSV, Parquet."""

from __future__ import annotations

import codecs
import csv
import json
import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from standoff.errors import SourceError
from standoff.ingest.article import MAX_CHARACTERS, describe_size, make_article
from standoff.ingest.plain import find_encoding
from standoff.layout import read_day
from standoff.records import Article, Failure

# The names a column may have, case aside, the first that a table has first.
TEXT_NAMES = ("text", "body", "content", "article")
TITLE_NAMES = ("title", "headline")
OUTLET_NAMES = ("outlet", "source", "publisher", "sitename")
URL_NAMES = ("url", "link")
DAY_NAMES = ("published", "date", "publish_date", "published_at")

MAX_LINE = 4 * MAX_CHARACTERS  # bytes: a character has up to four
SAMPLE = 1_000_000  # bytes of a CSV file that its encoding is told from
SHOWN = 200  # characters of a table's column names that a message shows
BATCH = 64  # rows of a Parquet file held at a time
DELIMITERS = (",", ";", "\t", "|")


def read_jsonl(path: pathlib.Path, source: str) -> Iterator[Article | Failure]:
    """Yield the article of each line; a line that cannot be read is a failure that names it, and the next is read."""
    with path.open("rb") as stream:
        if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise SourceError("it is in UTF-16, and JSONL is read as UTF-8 only; save it as UTF-8.")
        stream.seek(0)
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                yield _fail(source, number, describe_size(f"more than {MAX_LINE // 1_000_000} MB on one line"))
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_LINE)
            elif line.strip():
                yield _read_json_line(line, source, number)


def _read_json_line(line: bytes, source: str, number: int) -> Article | Failure:
    try:
        row = json.loads(line.decode("utf-8-sig").strip())
    except UnicodeDecodeError as error:
        return _fail(source, number, f"line {number} is not UTF-8 at byte {error.start}; save the file as UTF-8.")
    except (ValueError, RecursionError) as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return _fail(source, number, f"line {number} is not valid JSON ({why}); write one object a line.")
    if not isinstance(row, dict):
        return _fail(source, number, f"line {number} is not a JSON object; write one object with a text a line.")
    column = _find_column(row, TEXT_NAMES)
    if column is None:
        return _fail(source, number, f"line {number} {_describe_columns(row)}")
    return _read_row(row, column, source, number)


def read_csv(path: pathlib.Path, source: str) -> Iterator[Article | Failure]:
    """Yield the article of each row, numbered as a spreadsheet shows it: the header is row 1."""
    with path.open("rb") as stream:
        encoding = find_encoding(_cut_whole(stream.read(SAMPLE)))
    csv.field_size_limit(MAX_LINE)
    line = 0
    try:
        with path.open(encoding=encoding, newline="") as lines:
            header = lines.readline(SAMPLE)
            lines.seek(0)
            rows = csv.DictReader(lines, delimiter=max(DELIMITERS, key=header.count), restkey="", restval="")
            columns = rows.fieldnames or ()
            column = _find_column(columns, TEXT_NAMES)
            if column is None:
                raise SourceError(f"the table {_describe_columns(columns)}")
            for number, row in enumerate(rows, start=2):
                line = rows.line_num
                yield _read_row(row, column, source, number)
    except csv.Error as error:
        raise SourceError(f"after line {line} it is not valid CSV ({error}); the rest is not read.") from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"after line {line} it is not valid {encoding.upper()}; save it as UTF-8, as the rest is not read."
        ) from error


def _cut_whole(sample: bytes) -> bytes:
    """Cut a sample back to its last whole line, so that no character is cut in two."""
    return sample if len(sample) < SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample


def read_parquet(path: pathlib.Path, source: str) -> Iterator[Article | Failure]:
    """Yield the article of each row, numbered from 1, a batch of rows at a time."""
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as table:
            names = table.schema_arrow.names
            column = _find_column(names, TEXT_NAMES)
            if column is None:
                raise SourceError(f"the table {_describe_columns(names)}")
            known = (TEXT_NAMES, TITLE_NAMES, OUTLET_NAMES, URL_NAMES, DAY_NAMES)
            wanted = [name for names_of in known if (name := _find_column(names, names_of)) is not None]
            number = 0
            for batch in table.iter_batches(batch_size=BATCH, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield _read_row(row, column, source, number)
    except pyarrow.ArrowException as error:
        why = str(error).split("\n")[0].rstrip(".")
        raise SourceError(f"it is not a Parquet file that can be read ({why}); write it anew.") from error


def _read_row(row: Mapping[str, Any], column: str, source: str, number: int) -> Article | Failure:
    """Give one row's article; its source is the file and the row's number."""
    text = row[column]
    if not isinstance(text, str):
        return _fail(source, number, f"`{column}` holds no text; give each row the text of an article.")
    try:
        return make_article(
            text,
            f"{source}:{number}",
            title=_read_cell(row, TITLE_NAMES),
            outlet=_read_cell(row, OUTLET_NAMES),
            url=_read_cell(row, URL_NAMES),
            published=_read_published(_read_cell(row, DAY_NAMES)),
        )
    except SourceError as error:
        return _fail(source, number, str(error))


def _find_column(row: Iterable[str], names: tuple[str, ...]) -> str | None:
    """Give the column that has one of the names, in the order of the names."""
    columns = {str(column).strip().casefold(): column for column in row if column is not None}
    return next((columns[name] for name in names if name in columns), None)


def _read_cell(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    column = _find_column(row, names)
    value = None if column is None else row[column]
    return None if value is None else str(value).strip() or None


def _read_published(value: str | None) -> str | None:
    """Read a day as tables write it: in full, as ISO, or as eight digits."""
    if value is None:
        return None
    digits = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?", value)
    return read_day("-".join(digits.groups()) if digits else value)


def _describe_columns(columns: Iterable[str]) -> str:
    found = " ".join(", ".join(map(str, columns)).split())[:SHOWN] or "none"
    return f"has no column with the text (its columns: {found}); name one of them {', '.join(TEXT_NAMES)}."


def _fail(source: str, number: int, reason: str) -> Failure:
    return Failure(source=f"{source}:{number}", stage="ingest", reason=reason)
