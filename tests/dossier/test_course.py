"""The picture of stances over time draws what holders say themselves, on its days, and leads to the words."""

from __future__ import annotations

import re

from builders import cut, make_actor, make_article, make_attribution, make_position, make_when

from standoff.dossier.catalogue import Catalogue
from standoff.dossier.course import SHOWN, draw_course
from standoff.dossier.pictures import COLOURS
from standoff.dossier.stances import Grid, present_grid
from standoff.records import Position, Record, Stance

TEXT = "They spoke of the toll."


def stand(holder: str, issue: str, stance: Stance, *days: str, **fields: object) -> Position:
    passage = cut("the toll", within=TEXT)
    when = make_when(*days) if days else None
    name = f"{holder} {issue} {stance} {days}"
    return make_position(
        holder=holder, issue=issue, stance=stance, passage=passage, **{"id": name, "when": when, **fields}
    )


def grid(*positions: Position, **fields: object) -> Grid:
    holders = dict.fromkeys(position.holder for position in positions)
    record = Record(
        articles=(make_article(text=TEXT),),
        actors=tuple(make_actor(holder) for holder in (*holders, "oke")),
        positions=positions,
        **fields,  # type: ignore[arg-type]
    )
    return present_grid(Catalogue(record))


def test_each_dated_stance_has_its_sign_and_leads_to_its_words() -> None:
    picture = draw_course(
        grid(
            stand("ito", "toll", "against", "2031-03-04"),
            stand("ito", "toll", "conditional", "2031-06-01", "2031-06-30"),
            stand("ida", "talks", "for", "2031-04-01"),
        )
    )
    assert picture is not None
    assert (picture.shown, picture.left_out) == (2, 0)
    for svg in (picture.wide, picture.narrow):
        assert sorted(re.findall(r">([+−±○])</text>", svg)) == ["+", "±", "−"]
        assert set(re.findall(r'href="(#[^"]+)"', svg)) == {"#w-1-toll", "#w-2-talks"}
        assert not any(colour in svg for colour in COLOURS)
        assert "var(--conditional)" in svg


def test_what_another_tells_and_what_nothing_dates_is_left_to_the_table() -> None:
    told = make_attribution("the toll", by="oke", within=TEXT, id="claim")
    positions = [
        stand("ito", "toll", "for", "2031-05-01", basis="claim"),
        stand("ito", "talks", "for"),
        stand("ida", "toll", "against", "2031-05-01"),
        stand("ida", "talks", "for", "2031-05-09"),
    ]
    picture = draw_course(grid(*positions, attributions=(told,)))
    assert picture is not None
    assert (picture.shown, picture.left_out) == (2, 2)


def test_too_little_to_draw_gives_no_picture() -> None:
    assert draw_course(grid()) is None
    assert draw_course(grid(stand("ito", "toll", "for", "2031-05-01"))) is None
    assert draw_course(grid(stand("ito", "toll", "for"), stand("ida", "toll", "for"))) is None


def test_a_vague_stance_does_not_flatten_the_picture_and_a_long_list_keeps_what_changes() -> None:
    many = [stand(f"h{number}", "toll", "for", "2031-05-01") for number in range(SHOWN + 5)]
    turned = [stand("ito", "talks", "for", "2031-04-01"), stand("ito", "talks", "against", "2031-05-30")]
    vague = stand("ida", "talks", "neutral", "2031-05-01", "2039-12-31")
    picture = draw_course(grid(*many, *turned, vague))
    assert picture is not None
    assert (picture.shown, picture.left_out) == (SHOWN, 7)
    assert ">Talks</text>" in picture.wide
    assert "2035" not in picture.wide
