"""Marked sentences: what marks are read as, and what is told of those that do not add up."""

from __future__ import annotations

import pathlib

import pytest

from standoff.errors import ConfigError
from standoff.evaluate.marked import read_marked

DOCKS = '''
[[sentence]]
id = "docks-1"
kind = "two events"
half = "tune"
text = """
<a1>Oban's police</a1> <e1>arrested</e1> <r1>pickets</r1> in <p1>Oban</p1> on <w1>6 May</w1>
as <a2>men</a2> <e2>struck</e2>, Ada Ito said."""
events = ["COERCE arrest actual", "PROTEST - hypothetical"]
by = ["Ada Ito", ""]
magnitude = {1 = {arrested = 2}}

[[sentence]]
text = "The keeper defended bravely."
events = []
why = "sport"
'''


def write(folder: pathlib.Path, text: str) -> pathlib.Path:
    path = folder / "marked.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_the_marked_words_of_each_event(tmp_path: pathlib.Path) -> None:
    docks, keeper = read_marked(write(tmp_path, DOCKS))
    assert docks.text.startswith("Oban's police arrested pickets in Oban on 6 May\nas men struck")
    assert (docks.file, docks.number, docks.id, docks.kind, docks.half) == (
        "marked.toml",
        1,
        "docks-1",
        "two events",
        "tune",
    )
    first, second = docks.events
    assert (first.type, first.mode, first.status, first.by) == ("COERCE", "arrest", "actual", "Ada Ito")
    assert (second.type, second.mode, second.status, second.by) == ("PROTEST", None, "hypothetical", "")
    words = {
        name: [docks.text[slice(*span)] for span in getattr(first, name)]
        for name in ("actors", "recipients", "places", "times")
    }
    assert words == {
        "actors": ["Oban's police"],
        "recipients": ["pickets"],
        "places": ["Oban"],
        "times": ["6 May"],
    }
    assert docks.text[slice(*second.trigger)] == "struck"
    assert (first.magnitude, second.magnitude) == ({"arrested": 2}, {})
    assert (keeper.text, keeper.events, keeper.id) == ("The keeper defended bravely.", (), "")


@pytest.mark.parametrize(
    ("text", "events", "ranges"),
    [
        ("<a12>Chad</a12> <e1>met</e1> and <e2>hit</e2> Mali", 2, [[(0, 4)], [(0, 4)]]),
        ("<a1><a2>Chad</a2></a1> <e1>met</e1> and <e2>hit</e2> Mali", 2, [[(0, 4)], [(0, 4)]]),
        ("<a1>Mali</a1> and <a1>Chad</a1> <e1>met</e1> if a < b > c", 1, [[(0, 4), (9, 13)]]),
        ("<a1>Mali's <a2>envoy</a2></a1> <e12>left</e12>", 2, [[(0, 12)], [(7, 12)]]),
    ],
)
def test_marks_may_be_shared_and_stand_in_one_another(
    tmp_path: pathlib.Path, text: str, events: int, ranges: list[list[tuple[int, int]]]
) -> None:
    codes = ", ".join(['"CONSULT - actual"'] * events)
    (sentence,) = read_marked(write(tmp_path, f'[[sentence]]\ntext = "{text}"\nevents = [{codes}]'))
    assert [list(event.actors) for event in sentence.events] == ranges


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("</r1>", "", "sentence 1 (“Oban's police arrested pickets in Oban o…”): <r1> is not closed"),
        ("</p1>", "</p2>", "</p2> closes what is not open there"),
        (", Ada Ito", ", <a1>Ada Ito", "<a1> is not closed"),
        ("<p1>Oban</p1>", "<x1>Oban</x1>", "<x1> is not a mark; marks are e, a, r, p, w with digits from 1"),
        ("<p1>Oban</p1>", "<p>Oban</p>", "<p> is not a mark"),
        ("<p1>Oban</p1>", "<p3>Oban</p3>", "<p3> is of an event that is not there; events has 2"),
        ("<p1>Oban", "<p1> Oban", "</p1> holds “ Oban”, which is empty or has white space at its edge"),
        ("<e2>struck</e2>", "struck", "event 2: it has 0 triggers; mark the one word that carries it with <e2>"),
        ("<p1>Oban</p1>", "<e1>Oban</e1>", "event 1: it has 2 triggers"),
        ("<e2>struck", "<e2>went on strike", "event 2: its trigger “went on strike” is more than a word"),
        ("COERCE arrest actual", "COERCE actual", "event 1: “COERCE actual” has 2 words"),
        ("COERCE arrest", "FIGHT arrest", "the type “FIGHT” is not known; choose one of AGREE"),
        ("COERCE arrest", "COERCE beat", "COERCE has no mode “beat”; choose one of seize"),
        ("arrest actual", "arrest done", "the status “done” is not known; choose one of actual"),
        ('events = ["COERCE arrest actual", "PROTEST - hypothetical"]', "", "events is missing or not a list"),
        ('by = ["Ada Ito", ""]', 'by = ["Ada Ito"]', "by is not a list of names as long as events"),
        ("{1 = {arrested = 2}}", "{3 = {arrested = 2}}", "magnitude has “3”; number the event from 1 to 2"),
        ("{1 = {arrested = 2}}", "{1 = {lost = 2}}", "magnitude 1 has lost = 2; give dead"),
        ("{1 = {arrested = 2}}", "{1 = {arrested = true}}", "magnitude 1 has arrested = True"),
        ("{1 = {arrested = 2}}", "2", "magnitude is not a table of tables"),
        ('kind = "two events"', "kind = 2", "sentence 1: kind is missing or not text"),
        ('half = "tune"', 'style = "wire"', "sentence 1: style is not known"),
        ("[[sentence]]", "[[sentence", "cannot be read as marked sentences"),
        (DOCKS, "x = 1", "holds no marked sentences"),
    ],
)
def test_says_what_is_wrong_with_a_sentence(tmp_path: pathlib.Path, old: str, new: str, says: str) -> None:
    path = write(tmp_path, DOCKS.replace(old, new, 1))
    with pytest.raises(ConfigError) as error:
        read_marked(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)


def test_a_file_that_is_not_there_is_said_so(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_marked(tmp_path / "none.toml")
