"""JSONL, CSV and Parquet: columns, row numbers, and rows that cannot be read."""

from __future__ import annotations

import json
import pathlib

import pyarrow
import pyarrow.parquet
import pytest

from standoff.ingest.sources import read_articles
from standoff.records import Article, Failure

STORY = "The ferry crews of Limassol voted on Sunday to stay ashore.\nThe owners, “Blue Line”, called it a mistake."


def write_jsonl(path: pathlib.Path, lines: list[object]) -> pathlib.Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


def reasons(path: pathlib.Path) -> dict[str, str]:
    items = read_articles(path)
    return {item.source.removeprefix(str(path)): item.reason for item in items if isinstance(item, Failure)}


def test_a_broken_line_is_named_and_the_next_is_read(tmp_path: pathlib.Path) -> None:
    lines: list[object] = [{"text": f"Story number {number}."} for number in range(1, 11)]
    lines[6] = '{"text": "Story'
    path = write_jsonl(tmp_path / "x.jsonl", lines)
    items = list(read_articles(path))
    assert [item.source for item in items] == [f"{path}:{number}" for number in range(1, 11)]
    assert [isinstance(item, Failure) for item in items] == [number == 7 for number in range(1, 11)]
    assert reasons(path) == {
        ":7": "line 7 is not valid JSON (Unterminated string starting at); write one object a line."
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "line 1 is not a JSON object; write one object with a text a line."),
        ("[" * 5000, "line 1 is not valid JSON"),
        ('{"headline": "A"}', "line 1 has no column with the text (its columns: headline); name one of them"),
        ('{"text": null}', "`text` holds no text; give each row the text of an article."),
        ('{"text": ""}', "there is no text in it"),
        ('{"text": "a\\ud800"}', "character 1 is half of a surrogate pair"),
        ('{"text": "a\\u0000"}', "it holds binary data"),
    ],
)
def test_bad_lines(tmp_path: pathlib.Path, line: str, reason: str) -> None:
    assert reasons(write_jsonl(tmp_path / "x.jsonl", [line]))[":1"].startswith(reason)


def test_a_line_that_is_not_unicode(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"text": "Café"}\n'.encode("latin-1"))
    assert reasons(path) == {":1": "line 1 is not UTF-8 at byte 13; save the file as UTF-8."}


def test_a_file_in_utf_16_is_one_failure(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "A"}\n{"text": "B"}\n', encoding="utf-16")
    assert reasons(path) == {"": "it is in UTF-16, and JSONL is read as UTF-8 only; save it as UTF-8."}


COLUMNS = {"Title": "Crews stay", "OUTLET": "The Harbour Post", "url": "https://post.example/1", "Date": "4 June 2012"}


def check_row(item: Article | Failure, source: str) -> None:
    assert isinstance(item, Article), item
    assert item.source == source
    assert (item.title, item.outlet, item.url) == ("Crews stay", "The Harbour Post", "https://post.example/1")
    assert (item.published, item.text) == ("2012-06-04", STORY)


def test_columns_of_jsonl(tmp_path: pathlib.Path) -> None:
    path = write_jsonl(tmp_path / "x.jsonl", ["", {**COLUMNS, "Body": STORY}])
    (item,) = read_articles(path)
    check_row(item, f"{path}:2")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_columns_of_csv(tmp_path: pathlib.Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "x.csv"
    row = [*COLUMNS.values(), '"' + STORY.replace('"', '""') + '"']
    text = delimiter.join([*COLUMNS, "Text"]) + "\r\n" + delimiter.join(row) + "\r\n"
    path.write_bytes(text.encode(encoding))
    (item,) = read_articles(path)
    check_row(item, f"{path}:2")


def test_columns_of_parquet(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.parquet"
    pyarrow.parquet.write_table(pyarrow.table({**{k: [v] for k, v in COLUMNS.items()}, "content": [STORY]}), path)
    (item,) = read_articles(path)
    check_row(item, f"{path}:1")


def test_tables_without_a_text_column_say_which_columns_there_are(tmp_path: pathlib.Path) -> None:
    reason = (
        "the table has no column with the text (its columns: id, headline); "
        "name one of them text, body, content, article."
    )
    csv = tmp_path / "x.csv"
    csv.write_text("id,headline\n1,Crews stay\n2,Owners sue\n")
    assert reasons(csv) == {"": reason}
    parquet = tmp_path / "x.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": [1], "headline": ["Crews stay"]}), parquet)
    assert reasons(parquet) == {"": reason}


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.parquet"])
def test_empty_tables(tmp_path: pathlib.Path, name: str) -> None:
    (tmp_path / name).touch()
    assert reasons(tmp_path / name) == {"": "the file is empty; give a table with one article a row."}


def test_a_file_that_is_not_what_its_name_says(tmp_path: pathlib.Path) -> None:
    (tmp_path / "x.parquet").write_text("text\n")
    (tmp_path / "x.csv").write_bytes(b"text\n\x00\x00")
    assert reasons(tmp_path / "x.parquet")[""].startswith("it is not a Parquet file that can be read")
    assert reasons(tmp_path / "x.csv")[""].startswith("it holds binary data")


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2012-06-04T09:10:00Z", "2012-06-04"),
        ("20120604", "2012-06-04"),
        ("04/06/2012", None),
        ("soon", None),
        (7, None),
    ],
)
def test_days_of_a_column(tmp_path: pathlib.Path, value: object, published: str | None) -> None:
    (item,) = read_articles(write_jsonl(tmp_path / "x.jsonl", [{"text": "A story.", "published": value}]))
    assert isinstance(item, Article)
    assert item.published == published
