"""Hold apart what speakers say and what the reporter says of them: silence, provisos, places, listeners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The consul said the ferry would sail, though she did not say when.", ["the ferry would sail"]),
        ("The abbot said the well was dry, without giving a reason.", ["the well was dry"]),
        (
            "The abbot said the well was dry, though the pump still ran.",
            ["the well was dry, though the pump still ran"],
        ),
        ("A clerk who asked not to be named said the vault was empty.", ["the vault was empty"]),
        ("The guild declined to comment.", []),
        ("The guild declined to comment on the fire and refused to open the gate.", ["to open the gate"]),
        ("The widow fears nobody's anger.", []),
        ("The unions threatened a general strike if wages were cut.", ["a general strike if wages were cut"]),
        ("The flood threatened the lower town.", []),
        (
            "But the miners said they would return – provided that all the pumps are mended first.",
            ["they would return – provided that all the pumps are mended first"],
        ),
        (
            "Colombia told the envoy that Bogota wanted an apology.",
            ["Bogota wanted an apology", "an apology"],
        ),
        ("“They took my boat,” the widow sobbed.", ["They took my boat"]),
        ("Despite admitting that he feared the dam, the minister signed the lease.", ["he feared the dam", "the dam"]),
        ("As the abbot put it, the well is a mirror.", []),
        ("The bill of the port, which claimed that Chad had paid nothing, is long.", ["Chad had paid nothing"]),
    ],
)
def test_content_ends_where_the_reporter_begins(nlp: Language, text: str, contents: list[str]) -> None:
    facts = read_facts(nlp(text), "attributions")
    assert [text[slice(*fact["content"][0])].rstrip(",") for fact in facts] == contents


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Walesa told reporters outside the old shipyard that the strike was over.", "old shipyard"),
        ("The minister said in Nairobi that the dam would hold.", "Nairobi"),
        ("Speaking to miners in Lubin, the premier said the pit would stay open.", "Lubin"),
        ("“We stay,” Ana Ruiz told supporters from the back of a van.", "back of a van"),
        ("She told the Commons that the Navy would not sail.", "Commons"),
        ("The union said in March that the pit was lost.", None),
        ("Kagame said the war in Sudan was lost.", None),
        ("The farmers in Punjab said that the price was low.", None),
    ],
)
def test_a_place_alone_is_a_venue(nlp: Language, text: str, venue: str | None) -> None:
    fact = read_facts(nlp(text), "attributions")[0]
    assert (fact["venue"] and text[slice(*fact["venue"])]) == venue


@pytest.mark.parametrize(
    ("text", "listeners"),
    [
        ("Speaking to miners in Lubin, the premier said the pit would stay open.", ["miners"]),
        ("“I saw the guard,” the widow Ana Ruiz said. “He told me: ‘Go home.’”", [None, "Ana Ruiz"]),
    ],
)
def test_listeners_beside_and_within_words(nlp: Language, text: str, listeners: list[str | None]) -> None:
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    facts = read_facts(doc, "attributions")
    assert [None if fact["addressee"] is None else names[fact["addressee"]] for fact in facts] == listeners
