"""From facts to records: ids that hold when the reader gets better, and passages that are slices."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from standoff.annotate.facts import read_facts, write_facts
from standoff.annotate.to_records import to_reading
from standoff.records import Article

TEXT = "Ada Ito said the mine would close. The guild rejected that."
ARTICLE = Article(id="a", source="a.txt", text=TEXT)


def make_actor(name: str) -> dict[str, object]:
    return {"name": name, "kind": "person", "country": None, "sectors": [], "aliases": [], "roles": []}


def make_event(start: int, end: int, *, kind: str, actors: list[int]) -> dict[str, object]:
    place = {"cue": [start, end], "start": start, "end": end, "time": None, "place": None, "attribution": None}
    parties = {"actors": actors, "recipients": [], "mode": None, "context": []}
    return {**place, **parties, "type": kind, "status": "actual", "score": 0.51234, "why": "w", "made_by": "t"}


def make_doc(*, names: tuple[str, ...]) -> Doc:
    """Give a Doc in which each name is an actor with one mention and the guild rejects something."""
    words = TEXT.replace(".", " .").split()
    spaces = [word not in ("close", "that") for word in words]
    doc = Doc(Vocab(), words=words, spaces=spaces)
    assert doc.text.strip() == TEXT
    write_facts(doc, "actors", [make_actor(name) for name in names])
    mentions = [
        {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "actor": number, "form": "name"}
        for number, name in enumerate(names)
    ]
    write_facts(doc, "mentions", mentions)
    guild = names.index("The guild")
    write_facts(doc, "events", [make_event(35, 53, kind="REJECT", actors=[guild])] * 2)
    return doc


def test_ids_do_not_depend_on_how_many_actors_were_found() -> None:
    few = to_reading(ARTICLE, make_doc(names=("The guild",)))
    many = to_reading(ARTICLE, make_doc(names=("Ada Ito", "The guild")))
    assert [event.id for event in few.events] == [event.id for event in many.events]
    assert few.actors[0].id == many.actors[1].id
    assert few.mentions[0].id == many.mentions[1].id


def test_two_entries_of_one_place_have_two_ids() -> None:
    first, second = to_reading(ARTICLE, make_doc(names=("The guild",))).events
    assert first.id != second.id
    assert first.passage.text == "The guild rejected"
    assert first.score == 0.512
    assert (first.quad, first.intensity) == (3, -2.0)  # the codebook's, for REJECT


def test_facts_survive_being_written_to_bytes() -> None:
    doc = make_doc(names=("Ada Ito", "The guild"))
    back = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert to_reading(ARTICLE, back) == to_reading(ARTICLE, doc)
    assert read_facts(back, "times") == []
