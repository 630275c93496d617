"""What a user pins of an actor is in the events that are exported, whichever of its names an article used."""

from __future__ import annotations

import pathlib

from standoff.export.dyads import tabulate_dyads
from standoff.export.plover import list_plover
from standoff.workflow import read

PINS = """
["Harbour Front"]
kind = "organisation"
country = "KEN"
sectors = ["REB"]
aliases = ["Harbour Liberation Front"]
"""


def test_events_carry_the_codes_of_a_pin(tmp_path: pathlib.Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.txt").write_text("The Harbour Front attacked Ugandan troops on Monday.", encoding="utf-8")
    (articles / "two.txt").write_text(
        "The Harbour Liberation Front kidnapped two Ugandan judges on Friday.", encoding="utf-8"
    )
    (tmp_path / "actors.toml").write_text(PINS, encoding="utf-8")
    record = read(articles, actors=tmp_path / "actors.toml")
    told = [actor for line in list_plover(record) for actor in line["actor"]]
    assert [(actor["entity_text"], actor["code"], actor["sector"]) for actor in told] == [
        ("Harbour Front", "KEN", ["REB"])
    ] * 2
    assert {(row["actor_country"], row["actor_sectors"]) for row in tabulate_dyads(record).to_dict("records")} == {
        ("KEN", "REB")
    }
