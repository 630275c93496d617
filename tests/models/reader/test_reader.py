"""The shipped reader reads: attributions and names, in their places, alike each time, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.models.reader import TextReader, load_reader


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return load_reader()


def test_it_links_what_belongs_together(reader: TextReader) -> None:
    text = "The ferries will not sail, said Ada Ito, who leads the crews. Omar Haddad believes the port will close."
    first, second = reader.read(text).attributions
    assert first.source is not None
    assert text[slice(*first.source)].startswith("Ada Ito")
    assert text[slice(*first.cue)] == "said"
    assert [text[start:end] for start, end in first.content] == ["The ferries will not sail"]
    assert second.source is not None
    assert text[slice(*second.source)] == "Omar Haddad"
    assert [text[start:end] for start, end in second.content] == ["the port will close"]


def test_it_names_people_and_places(reader: TextReader) -> None:
    text = "Ada Ito flew from Nairobi to Norway on Monday."
    names = {text[name.start : name.end]: name.kind for name in reader.read(text).names}
    assert names["Ada Ito"] == "PERSON"
    assert names["Nairobi"] == names["Norway"] == "GPE"


def test_nothing_reports_nothing(reader: TextReader) -> None:
    assert reader.read("") == reader.read(" \n\t ") == ([], [], [], [])


@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=300))
def test_any_text_is_read_in_place_and_alike(reader: TextReader, text: str) -> None:
    found = reader.read(text)
    assert found == reader.read(text)
    spans = [span for item in found.attributions for span in (item.cue, *item.content, *filter(None, [item.source]))]
    assert all(
        0 <= start < end <= len(text) for start, end in [*spans, *((name.start, name.end) for name in found.names)]
    )


def test_a_sentence_of_thousands_of_words_is_read(reader: TextReader) -> None:
    text = "Ada Ito said that " + "the port and " * 2000 + "the pier are shut."
    assert reader.read(text).attributions
