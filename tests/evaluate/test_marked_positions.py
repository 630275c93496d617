"""Sentences with marked positions are read as marked, and what does not add up is named in one sentence."""

from __future__ import annotations

import pathlib

import pytest

from standoff.errors import ConfigError
from standoff.evaluate.marked_positions import MarkedFile, read_marked_positions

GOOD = """
[issues.pit-closure]
definition = "Closing coal mines."

[[sentence]]
text = "<h1>Owners</h1> will <p1>talk</p1> <c1>if the gate opens</c1>; <h2>the union</h2> fears the <p2>closing</p2>."
positions = ["negotiation conditional", "pit-closure against"]

[[sentence]]
text = "The <p1>talks</p1> were held in Oslo."
positions = ["negotiation none"]
"""


def read(tmp_path: pathlib.Path, text: str) -> MarkedFile:
    path = tmp_path / "coal.toml"
    path.write_text(text, encoding="utf-8")
    return read_marked_positions(path)


def test_positions_are_read_where_they_are_marked(tmp_path: pathlib.Path) -> None:
    file = read(tmp_path, GOOD)
    assert file.definitions == {"pit-closure": "Closing coal mines."}
    first, second = file.statements
    talks, closing = first.positions
    assert [first.text[slice(*span)] for span in (talks.word, *talks.holders, *talks.conditions)] == [
        "talk",
        "Owners",
        "if the gate opens",
    ]
    assert (closing.issue, closing.stance, closing.conditions) == ("pit-closure", "against", ())
    assert [(item.stance, item.holders) for item in second.positions] == [("none", ())]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("pit-closure against", "pit-opening against", "“pit-opening” is not known"),
        ("negotiation none", "negotiation maybe", "“maybe” is not known"),
        ("the <p2>closing</p2>", "<p2>the closing</p2>", "0 single words"),
        ("<c1>if the gate opens</c1>", "if the gate opens", "condition and stance do not fit"),
        ("<h2>the union</h2>", "<h3>the union</h3>", "<h3> is of a position that is not there"),
        ("<h2>the union</h2>", "<h2>the union", "does not|closes what|not closed"),
        ('definition = "Closing coal mines."', "cues = []", "there is no definition"),
    ],
)
def test_what_does_not_add_up_is_named(tmp_path: pathlib.Path, old: str, new: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        read(tmp_path, GOOD.replace(old, new))
