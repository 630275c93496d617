"""Four reports that nobody tunes on: only that their coding fits them. Their scores have no floors, on purpose."""

from __future__ import annotations

import pathlib

from standoff.evaluate.gold import read_gold
from standoff.evaluate.record import score_slices
from standoff.workflow import read

BLIND = pathlib.Path(__file__).resolve().parents[1] / "blind"


def test_the_blind_coding_fits_its_articles() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (BLIND / "articles").glob("*.txt")}
    assert set(read_gold(BLIND / "coding", texts).articles) == set(texts)


def test_every_passage_of_the_blind_articles_is_a_slice() -> None:
    record = read(BLIND / "articles")
    assert not record.failures
    assert score_slices(record) == 100
