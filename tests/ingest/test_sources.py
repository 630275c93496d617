"""Files, folders, tables and standard input: what is read, and the sentence that each bad input gets."""

from __future__ import annotations

import io
import json
import pathlib
import sys
import types

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.errors import ConfigError
from standoff.ingest.sources import read_articles
from standoff.records import Article, Failure

STORY = "The ferry crews of Limassol voted on Sunday to stay ashore. The owners called it a “mistake”."
OTHER = "The owners of the Blue Line said on Monday that they would go to court over the vote."
FRENCH = (
    "Les équipages des ferries ont voté dimanche pour rester à quai une troisième semaine. Les armateurs ont parlé "
    "d’une erreur et ont annoncé qu’ils saisiraient la justice avant la fin du mois, malgré les appels du ministre."
)


def read_one(path: pathlib.Path | str) -> Article | Failure:
    (item,) = read_articles(path)
    return item


def read_bytes(folder: pathlib.Path, data: bytes, name: str = "story.txt") -> Article | Failure:
    path = folder / name
    path.write_bytes(data)
    return read_one(path)


def text_of(item: Article | Failure) -> str:
    assert isinstance(item, Article), item
    return item.text


def reason_of(item: Article | Failure) -> str:
    assert isinstance(item, Failure), item
    assert item.stage == "ingest"
    assert item.reason.endswith(".")
    assert "\n" not in item.reason
    return item.reason


# What is read ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le+bom", "utf-16-be+bom", "utf-32", "cp1252", "latin-1"]
)
def test_encodings(tmp_path: pathlib.Path, encoding: str) -> None:
    text = (STORY if encoding != "latin-1" else STORY.replace("“", '"').replace("”", '"')) + " Café Peña stayed open."
    codec, _, mark = encoding.partition("+")
    data = (("\ufeff" if mark else "") + text).encode(codec)
    assert text_of(read_bytes(tmp_path, data)) == text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_only_newlines_are_normalised(tmp_path: pathlib.Path, newline: str) -> None:
    text = f"  {STORY} {newline}{newline}\t{OTHER}{newline}"
    assert text_of(read_bytes(tmp_path, text.encode())) == f"  {STORY} \n\n\t{OTHER}\n"


def test_offsets_count_code_points(tmp_path: pathlib.Path) -> None:
    text = "🚢🚢 Zoe\u0308 stayed. 👩‍👩‍👧"
    assert text_of(read_bytes(tmp_path, text.encode())) == text


@pytest.mark.parametrize("text", ["Ferries", "“Never", "“We ‘stay”, they said)."])
def test_short_and_unbalanced_texts_are_read(tmp_path: pathlib.Path, text: str) -> None:
    assert text_of(read_bytes(tmp_path, text.encode())) == text


@pytest.mark.parametrize("name", ["x.txt", "x.html", "x.jsonl", "x.csv", "x.parquet"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"text,title\n{text}".encode(errors="replace"))
)
def test_any_bytes_give_articles_or_sentences(tmp_path: pathlib.Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    for item in read_articles(tmp_path / name):
        if isinstance(item, Failure):
            reason_of(item)


def test_an_id_depends_on_the_text_alone(tmp_path: pathlib.Path) -> None:
    first = read_bytes(tmp_path, STORY.encode(), "a.txt")
    second = read_bytes(tmp_path, STORY.encode("utf-16"), "b.txt")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == second.id
    assert len(first.id) == 16


@pytest.mark.parametrize(
    ("lines", "published", "title", "outlet"),
    [
        (["Crews stay ashore", "PUBLISHED : Monday, 4 June, 2012, 9:10am"], "2012-06-04", "Crews stay ashore", None),
        (
            ["Crews stay ashore", "UPDATED: 6 June 2012", "Published: 4 June 2012"],
            "2012-06-04",
            "Crews stay ashore",
            None,
        ),
        (["Crews stay ashore", "Updated 6 June 2012"], "2012-06-06", "Crews stay ashore", None),
        (["Crews stay ashore", "June 4, 2012"], "2012-06-04", "Crews stay ashore", None),
        (
            ["Crews stay ashore", "4 June 2012 | The Harbour Post"],
            "2012-06-04",
            "Crews stay ashore",
            "The Harbour Post",
        ),
        (["Crews stay ashore", "By Ilse Brandt, The Harbour Post"], None, "Crews stay ashore", "The Harbour Post"),
        (["Crews stay ashore", "By Ilse Brandt, labour correspondent"], None, "Crews stay ashore", None),
        (["LIMASSOL, June 4, 2012 (Agency) – The port is shut."], "2012-06-04", None, None),
        (["Limassol, 4 June 2012 - The port is shut."], "2012-06-04", None, None),
        (["4 June 2012 was the day on which the port shut - for good."], None, None, None),
        (["Crews stay ashore", "Published", "4 June 2012", "Share"], "2012-06-04", "Crews stay ashore", None),
        (["The strike of 4 June 2012 was the longest so far."], None, None, None),
        ([], None, None, None),
    ],
)
def test_what_an_article_says_of_itself(
    tmp_path: pathlib.Path, lines: list[str], published: str | None, title: str | None, outlet: str | None
) -> None:
    item = read_bytes(tmp_path, "\n\n".join([*lines, STORY, OTHER]).encode())
    assert isinstance(item, Article)
    assert (item.published, item.title, item.outlet, item.language) == (published, title, outlet, "en")
    assert (item.earliest, item.latest, item.dated_by) == (None, None, None)


def test_a_folder_is_read_in_order_with_its_folders(tmp_path: pathlib.Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name, text in {
        "b/1.txt": "One.",
        "a.txt": "Two.",
        ".hidden.txt": "No.",
        ".git/x.txt": "No.",
        "pic.png": "",
    }.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04\x00")
    (tmp_path / "empty.txt").touch()
    items = list(read_articles(tmp_path))
    assert [pathlib.Path(item.source).name for item in items] == ["a.txt", "c.docx", "empty.txt", "1.txt"]
    assert reason_of(items[1]) == ".docx files are not read; give text, HTML, JSONL, CSV or Parquet."


def test_the_same_text_is_read_once(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    first, second = read_articles(tmp_path)
    assert isinstance(first, Article)
    assert reason_of(second) == f"it holds the same text as {first.source}, which is read; skipped."


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(STORY.encode())))
    item = read_one("-")
    assert text_of(item) == STORY
    assert item.source == "-"


def test_since_and_until_keep_what_has_no_day(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.jsonl"
    days = ["2012-06-03", "2012-06-04", "2012-06-05", None]
    path.write_text("".join(json.dumps({"text": f"Story {day}.", "date": day}) + "\n" for day in days))
    found = [
        item.published
        for item in read_articles(path, since="2012-06-04", until="2012-06-04")
        if isinstance(item, Article)
    ]
    assert found == ["2012-06-04", None]


@pytest.mark.parametrize(("since", "until"), [("June", None), (None, "2012-13-01"), ("2012-06-05", "2012-06-04")])
def test_a_bad_day_stops_the_run_before_the_first_article(since: str | None, until: str | None) -> None:
    with pytest.raises(ConfigError, match=r"give a day as YYYY-MM-DD|no article can lie between"):
        read_articles("nowhere", since=since, until=until)


# What is not read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "there is no text in it; give a file that holds an article."),
        (b" \n\t\r\n ", "there is no text in it; give a file that holds an article."),
        (b"\xef\xbb\xbf", "there is no text in it; give a file that holds an article."),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00",
            "it holds binary data, not text; give a text, HTML, JSONL, CSV or Parquet file.",
        ),
        (b"\x01\x02\x03\x04 text", "it holds binary data, not text; give a text, HTML, JSONL, CSV or Parquet file."),
        (b"\xff\xfeA\x00\x00\xd8", "it is not valid UTF-16 at byte 4; save it as UTF-8."),
        (FRENCH.encode(), "it is in French (fr), Standoff reads English; skipped."),
    ],
)
def test_bad_text_files(tmp_path: pathlib.Path, data: bytes, reason: str) -> None:
    assert reason_of(read_bytes(tmp_path, data)) == reason


def test_a_text_of_50_mb_is_refused_without_reading_it_all(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    reason = "it holds more than 1 MB, and one article may have 1 million characters; split it into its articles."
    assert reason_of(read_one(path)) == reason


def test_missing_paths_and_odd_ones(tmp_path: pathlib.Path) -> None:
    assert reason_of(read_one(tmp_path / "none.txt")) == "there is no such file or folder; check the path."
    assert "check the path" in reason_of(read_one("a\x00b"))
    assert reason_of(read_one(tmp_path)) == (
        "there is no article in this folder; give one with text, HTML, JSONL, CSV or Parquet files."
    )
    assert reason_of(read_bytes(tmp_path, b"%PDF-1.4", "a.pdf")).startswith(".pdf files are not read")


def test_a_run_goes_on_after_what_cannot_be_read(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00")
    (tmp_path / "b.txt").write_text(STORY)
    assert [type(item) for item in read_articles([tmp_path / "none", tmp_path])] == [Failure, Failure, Article]
