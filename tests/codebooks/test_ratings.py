"""The quad and the score of an event: the codebook's own figures, the mode's before the type's."""

from __future__ import annotations

import pathlib

import pytest

from standoff.codebooks import load_codebook
from standoff.codebooks.ratings import Rating, rate_event

PLOVER = load_codebook("plover")
OWN = """
name = "river"
version = "1"
source = "own"
licence = "own"
[codes.DAM]
definition = "A party holds back the water of another."
quad = 4
score = -3
[codes.DAM.modes.dry]
score = -7.5
[codes.DAM.modes.wet]
definition = "Has no score of its own."
[codes.SHARE]
definition = "A party lets water through."
"""


@pytest.mark.parametrize(
    ("type_", "mode", "rating"),
    [
        ("SANCTION", None, (4, -6)),
        ("SANCTION", "expel", (4, -5.5)),
        ("ACCUSE", None, (3, -3)),
        ("REQUEST", "meet", (3, 0)),
        ("CONSULT", "phone", (1, 1.5)),
        ("AGREE", "no such mode", (1, 2.5)),
        ("NO-SUCH-TYPE", None, (None, None)),
    ],
)
def test_the_score_is_the_modes_or_else_the_types(type_: str, mode: str | None, rating: Rating) -> None:
    assert rate_event(PLOVER, type_, mode) == rating


def test_every_type_and_mode_of_plover_is_rated() -> None:
    for type_, code in PLOVER.codes.items():
        for mode in (None, *code.extra.get("modes", ())):
            quad, intensity = rate_event(PLOVER, type_, mode)
            assert quad in (1, 2, 3, 4)
            assert intensity is not None
            assert -10 <= intensity <= 10
            assert intensity >= 0 if quad <= 2 else intensity <= 0.5, (type_, mode)


def test_an_ontology_of_ones_own_brings_its_own_quads_and_scores(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "river.toml"
    path.write_text(OWN, encoding="utf-8")
    book = load_codebook(path)
    assert rate_event(book, "DAM") == (4, -3)
    assert rate_event(book, "DAM", "dry") == (4, -7.5)
    assert rate_event(book, "DAM", "wet") == (4, -3)
    assert rate_event(book, "SHARE") == (None, None)
