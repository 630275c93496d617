"""A drafted codebook is TOML whatever the reports hold, and says where each sentence stands."""

from __future__ import annotations

import pathlib
import tomllib

import pytest

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.export.issues import format_issues, write_issues
from standoff.records import IssueDraft, Passage, Topic

HOSTILE = 'x"]\n[codes.evil]\x7f\x00 \\ “é'


def make_topic(text: str, *, holder: str = "Ada Ito") -> Topic:
    passage = Passage(article="a1", start=4, end=4 + len(text), text=text)
    return Topic(
        source=HOSTILE,
        passage=passage,
        sentence=passage,
        word="dam",
        name="dam",
        family="dam",
        holder=holder,
        stance="for",
        said=True,
    )


def make_draft(key: str, text: str, shipped: str | None = None) -> IssueDraft:
    topic = make_topic(text, holder=text)
    return IssueDraft(
        key=key,
        definition=text,
        cues=("dam/NOUN",),
        examples=(topic,),
        not_examples=(topic,),
        topics=(topic,),
        origins=2,
        shipped=shipped,
        score=1,
    )


@pytest.mark.parametrize("text", ["The dam is good.", HOSTILE])
def test_what_is_written_can_be_read(text: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / f"{len(text)}.toml"
    write_issues([make_draft("dam", text), make_draft("café", text), make_draft("pardon", "x", "pardon")], path)
    book = load_codebook(path)
    assert list(book.codes) == ["dam", "café", "pardon"]
    assert book.codes["dam"].definition == text
    assert book.codes["dam"].examples == (" ".join(text.split()),)
    assert book.codes["dam"].extra["stances"] == ["for"]
    shipped = load_codebook("issues").codes["pardon"]
    assert (book.codes["pardon"].cues, book.codes["pardon"].extra) == (shipped.cues, shipped.extra)


def test_a_comment_says_who_and_where() -> None:
    text = format_issues([make_draft("dam", "The dam is good.")], name="my")
    assert "# DRAFT: 2 independent reports." in text
    assert "# for: The dam is good." in text
    assert " 4–20: The dam is good." in text
    assert tomllib.loads(text)["name"] == "my"


def test_nothing_to_write_is_said(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ConfigError, match="give more articles"):
        write_issues([], tmp_path / "none.toml")
    assert not list(tmp_path.iterdir())
