"""Read articles from wherever they are: files, folders, tables, addresses, standard input."""

from __future__ import annotations

import mimetypes
import os
import pathlib
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import BinaryIO

from standoff.errors import ConfigError, SourceError
from standoff.ingest import html, plain, tables, web
from standoff.ingest.article import MAX_CHARACTERS
from standoff.records import Article, Failure

Path = str | os.PathLike[str]

PLAIN = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
TABLES: dict[str, Callable[[pathlib.Path, str], Iterator[Article | Failure]]] = {
    ".jsonl": tables.read_jsonl,
    ".ndjson": tables.read_jsonl,
    ".csv": tables.read_csv,
    ".tsv": tables.read_csv,
    ".parquet": tables.read_parquet,
}
# What lies beside articles and is none: passed over in a folder. Anything else of an unknown kind is reported.
BESIDE_TYPES = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "text/x-")
BESIDE = frozenset({".js", ".lock", ".log", ".otf", ".sh", ".toml", ".ttf", ".woff", ".woff2", ".yaml", ".yml"})
TYPES = mimetypes.MimeTypes()  # of Python itself, not of the machine: the same files are read everywhere
READ_KINDS = "text, HTML, JSONL, CSV or Parquet"


def read_articles(
    paths: Path | Iterable[Path], *, allow_private: bool = False, since: str | None = None, until: str | None = None
) -> Iterator[Article | Failure]:
    """Yield each article that the paths lead to, or the failure that stopped it, in order.

    A path is a text, HTML, JSONL, CSV or Parquet file, a folder (read with its folders, in the order of names), an http
    or https address, or `-` for standard input. The same text is read once in a run; each further one is a failure that
    says where the first is. `since` and `until` (ISO days, both inclusive) leave out articles that are dated outside
    them; an article without a day is kept. Addresses inside a private network are refused unless `allow_private`.
    Raises ConfigError for a day that is none; nothing in an article raises.

    >>> [item.title for item in read_articles("examples/articles/01_ledger_levy.txt", since="2024-01-01")]
    ['Uruguay to charge foreign barges at Nueva Palmira from February']
    """
    first, last = _check_day("since", since), _check_day("until", until)
    if first and last and first > last:
        raise ConfigError(f"since {first} is after until {last}; no article can lie between them.")
    every = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    return _pick_articles((item for path in every for item in _read_path(path, allow_private)), first, last)


def _check_day(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ConfigError(f"{name} is {value!r}; give a day as YYYY-MM-DD.") from error


def _pick_articles(
    items: Iterable[Article | Failure], first: str | None, last: str | None
) -> Iterator[Article | Failure]:
    """Leave out what is dated outside the days asked for, and report a text that was read before."""
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, Failure):
            yield item
        elif item.id in seen:
            reason = f"it holds the same text as {seen[item.id]}, which is read; skipped."
            yield Failure(source=item.source, stage="ingest", reason=reason)
        elif item.published is None or ((first or item.published) <= item.published <= (last or item.published)):
            seen[item.id] = item.source
            yield item


def _read_path(path: Path, allow_private: bool) -> Iterator[Article | Failure]:
    """Read one path of any kind; what cannot be read becomes a failure here, and nowhere else."""
    source = os.fspath(path)
    try:
        if source == "-":
            yield _read_stream(sys.stdin.buffer)
        elif web.is_address(source):
            yield web.read_page(source, allow_private=allow_private)
        elif pathlib.Path(source).is_dir():
            yield from _read_folder(pathlib.Path(source))
        else:
            yield from _read_file(pathlib.Path(source))
    except SourceError as error:
        yield Failure(source=source, stage="ingest", reason=str(error))
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        why = error.strerror if isinstance(error, OSError) else None
        yield Failure(source=source, stage="ingest", reason=f"it cannot be read ({why or error}); check the path.")


def _read_stream(stream: BinaryIO) -> Article:
    """Read standard input as one article, a page if it begins like one."""
    data = plain.read_bytes(stream, limit=html.MAX_BYTES)
    if data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return html.read_html(data, "-")
    return plain.read_plain(data, "-")


def _read_folder(folder: pathlib.Path) -> Iterator[Article | Failure]:
    """Read a folder's files and folders in the order of their names; hidden ones are passed over."""
    found = False
    for file in _list_files(folder):
        suffix = file.suffix.lower()
        if suffix in BESIDE or (TYPES.guess_type(file.name)[0] or "").startswith(BESIDE_TYPES):
            continue
        found = True
        if suffix in PLAIN or suffix in PAGES or suffix in TABLES:
            yield from _read_path(file, allow_private=False)
        else:
            yield Failure(source=str(file), stage="ingest", reason=_describe_kind(suffix))
    if not found:
        raise SourceError(f"there is no article in this folder; give one with {READ_KINDS} files.")


def _list_files(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (pathlib.Path(place, name) for name in sorted(files) if not name.startswith("."))


def _read_file(file: pathlib.Path) -> Iterator[Article | Failure]:
    """Read one file by its suffix; one of no known format is read as plain text, as it was asked for."""
    suffix = file.suffix.lower()
    if not file.exists():
        raise SourceError("there is no such file or folder; check the path.")
    if not file.is_file():
        raise SourceError("it is neither a file nor a folder; give a path to one.")
    known = suffix in PLAIN or suffix in PAGES or suffix in TABLES
    if not known and (TYPES.guess_type(file.name)[0] or "text/plain") != "text/plain":
        raise SourceError(_describe_kind(suffix))
    if suffix in TABLES:
        if file.stat().st_size == 0:
            raise SourceError("the file is empty; give a table with one article a row.")
        yield from TABLES[suffix](file, str(file))
        return
    limit = html.MAX_BYTES if suffix in PAGES else MAX_CHARACTERS
    with file.open("rb") as stream:
        data = plain.read_bytes(stream, limit=limit)
    yield html.read_html(data, str(file)) if suffix in PAGES else plain.read_plain(data, str(file))


def _describe_kind(suffix: str) -> str:
    kind = f"{suffix} files are" if suffix else "a file without a suffix is"
    return f"{kind} not read; give {READ_KINDS}."
