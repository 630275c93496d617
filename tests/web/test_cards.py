"""Cards: each kind of entry reads as a sentence, with its words, its days, and whose word it is."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from standoff.dossier.words import load_words
from standoff.records import Record
from standoff.store.index.queries import Key
from standoff.store.kept.verdicts import Decision
from standoff.web.render import load_templates
from standoff.web.shown.cards import Card, make_cards, sheet_cards
from tests.builders import make_actor, make_article, make_attribution, make_event, make_position, make_when

TEXT = "Ito said there would be no talks. The guild met Lind."
ARTICLE = make_article("a1", text=TEXT, day="2024-03-02", outlet="Post", title="No talks")
ACTORS = (make_actor("Ito"), make_actor("Guild", kind="organisation"), make_actor("Lind"))
SAID = make_attribution("there would be no talks", within=TEXT)


def show(item: Any, *more: Any, verdicts: dict[Key, Decision] | None = None) -> Card:
    """Give the card of an entry, from a part with what it refers to."""
    kinds: dict[str, list[Any]] = {"attributions": [], "events": [], "positions": []}
    for one in (item, *more):
        kinds[f"{type(one).__name__.lower()}s"].append(one)
    part = Record(articles=(ARTICLE,), actors=ACTORS, **{kind: tuple(found) for kind, found in kinds.items()})
    [card] = make_cards(part, [Key(f"{type(item).__name__.lower()}s", item.id)], verdicts or {})
    return card


def read(card: Card) -> str:
    """Give the sentence that a card begins with."""
    module: Any = load_templates().get_template("cards.html").make_module({"desk": None, "request": None})
    return " ".join(html.fromstring(str(module.lead(card))).text_content().split())


def test_every_type_of_deed_has_a_verb() -> None:
    assert set(load_words()["deeds"]) == set(load_words()["types"])


@pytest.mark.parametrize(
    ("status", "recipients", "sentence"),
    [
        ("actual", ("guild", "lind"), "Ito protested against Guild and Lind"),
        ("actual", (), "Ito protested"),
        ("future", ("guild",), "Ito will protest against Guild planned"),
        ("hypothetical", (), "Ito might protest hypothetical"),
        ("negated", ("lind",), "Ito did not protest against Lind did not happen"),
    ],
)
def test_a_deed_reads_as_what_it_is_told_to_be(status: Any, recipients: tuple[str, ...], sentence: str) -> None:
    event = make_event("The guild met Lind", kind="PROTEST", recipients=recipients, status=status, within=TEXT)
    assert read(show(event)) == sentence


def test_a_type_of_a_users_own_codebook_reads_as_its_code() -> None:
    event = make_event("The guild met Lind", kind="STRIKE-CALL", recipients=("guild",), within=TEXT)
    assert read(show(event)) == "Ito strike call Guild"


def test_a_deed_without_an_actor_is_somebodys() -> None:
    event = make_event("The guild met Lind", actors=(), recipients=("lind",), within=TEXT)
    assert read(show(event)) == "Someone unnamed consulted Lind"


def test_who_vouches_for_a_deed_is_named_unless_it_is_their_own() -> None:
    told = make_event("The guild met Lind", actors=("guild",), recipients=("lind",), asserted_by=SAID.id, within=TEXT)
    assert read(show(told, SAID)) == "Guild consulted Lind according to Ito"
    own = make_event("The guild met Lind", recipients=("lind",), asserted_by=SAID.id, within=TEXT)
    assert read(show(own, SAID)) == "Ito consulted Lind"


def test_a_statement_names_its_speaker_and_to_whom() -> None:
    assert read(show(make_attribution("no talks", within=TEXT, act="deny", addressee="guild"))) == "Ito denied to Guild"


def test_a_position_has_a_symbol_beside_its_word() -> None:
    position = make_position("no talks", stance="conditional", toward="guild", within=TEXT)
    assert read(show(position)) == "Ito ± on a condition negotiation toward Guild"


def test_a_day_of_its_own_is_told_from_that_of_the_report() -> None:
    own = show(make_attribution("no talks", within=TEXT, when=make_when("2024-02-29")))
    assert (own.date, own.dated) == ("29 February 2024", True)
    reported = show(SAID)
    assert (reported.date, reported.dated) == ("reported 2 March 2024", False)


def test_a_card_shows_its_words_in_their_sentence_with_a_permanent_link() -> None:
    quote = show(SAID).quote
    assert quote is not None
    start = TEXT.index("there")
    assert (quote.before, quote.text, quote.after) == ("Ito said ", "there would be no talks", ".")
    assert quote.href == f"/passages/a1/{start}-{start + len('there would be no talks')}"


def test_a_card_and_its_row_say_what_was_decided() -> None:
    decision = Decision(verdict="rejected", id="judgement_1", who="ada", at="2024-03-05T08:00:00+00:00")
    card = show(SAID, verdicts={Key("attributions", SAID.id): decision})
    assert (card.verdict, card.decided) == ("rejected", "ada, 5 March 2024")
    sheet = sheet_cards("words", [card])
    row = dict(zip(sheet.columns, sheet.rows[0], strict=True))
    assert (row["decided"], row["who"], row["passage"]) == ("rejected", "Ito", "there would be no talks")


def test_words_of_no_known_article_are_left_out() -> None:
    item = make_attribution("no talks", article="a9")
    assert show(item).quote is None
