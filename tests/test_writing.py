"""Files are written whole or not at all."""

from __future__ import annotations

import os
import pathlib

import pytest
from builders import make_article

from standoff.dossier import write_dossier
from standoff.export.events import export_events
from standoff.export.tables import export_tables
from standoff.records import Record
from standoff.writing import replace_file

RECORD = Record(articles=(make_article(text="Ada Ito said no."),))


def test_a_write_that_fails_leaves_what_was_there(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "record.json"
    path.write_text("old")

    def write_half() -> None:
        with replace_file(path) as place:
            place.write_text("half")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_can_be_read_until_the_new_one_is_whole(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "record.json"
    path.write_text("old")
    path.chmod(0o640)
    with replace_file(path) as place:
        place.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: pathlib.Path) -> None:
    (tmp_path / "here").mkdir()
    link = tmp_path / "record.json"
    link.symlink_to(tmp_path / "here" / "record.json")
    with replace_file(link) as place:
        place.write_text("new")
    assert link.is_symlink()
    assert (tmp_path / "here" / "record.json").read_text() == "new"


def test_a_pipe_is_written_to_itself(tmp_path: pathlib.Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with replace_file(pipe) as place:
        assert place == pipe
    with replace_file("/dev/stdout") as place:
        assert place == pathlib.Path("/dev/stdout")


def test_an_error_names_the_file_that_was_asked_for(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "nowhere" / "record.json"
    with pytest.raises(FileNotFoundError) as caught, replace_file(path) as place:
        place.write_text("{}")
    assert caught.value.filename == str(path)


def test_nothing_but_the_files_themselves_is_left_beside_them(tmp_path: pathlib.Path) -> None:
    RECORD.to_json(tmp_path / "record.json")
    write_dossier(RECORD, tmp_path / "page.html")
    for form in ("plover", "dyads", "gdelt"):
        export_events(RECORD, tmp_path / f"{form}.csv", form=form)
    export_tables(RECORD, tmp_path / "tables", form="parquet")
    export_tables(RECORD, tmp_path / "tables", form="csv")
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]
    assert {path.name for path in tmp_path.iterdir()} == {
        *("record.json", "page.html", "tables"),
        *("plover.csv", "dyads.csv", "gdelt.csv"),
    }
