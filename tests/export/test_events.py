"""Events in the forms of other tools: PLOVER's lines, dyads by month, GDELT's columns."""

from __future__ import annotations

import csv
import json
import pathlib
from typing import Any

import jsonschema
import pandas as pd
import pytest
from builders import make_actor, make_article, make_attribution, make_event, make_happening, make_when

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.export.dyads import tabulate_dyads
from standoff.export.events import FORMS, export_events
from standoff.export.gdelt import COLUMNS, list_gdelt
from standoff.export.plover import describe_plover, list_plover
from standoff.records import Actor, Event, Location, Magnitude, Record
from standoff.resolve.deeds import ALL

TYPES = list(load_codebook("plover").codes)
ACTORS = (
    make_actor("Chad", kind="country", country="TCD", sectors=("GOV",)),
    make_actor("Libya", kind="country", country="LBY", sectors=("GOV",)),
    make_actor("UN", kind="organisation", country="UNO"),
    make_actor("Herald", kind="organisation", country="TCD", sectors=("JRN", "OPP")),
)
CLASH = make_event("fight", kind="ASSAULT", actors=["chad"], recipients=["libya"], quad=4, intensity=-9.0)


def make_record(*events: Event, **fields: Any) -> Record:
    articles = (make_article("a1", day="2024-05-03", outlet="Post", url="https://x.example/1"),)
    articles += (make_article("a2", day="2024-06-04", text="Another report.", outlet="Post"),)
    return Record(**{"articles": articles, "actors": ACTORS, "events": events, **fields})


def list_rows(*events: Event, **fields: Any) -> list[dict[str, str]]:
    return list(list_gdelt(make_record(*events, **fields)))


def list_lines(*events: Event, **fields: Any) -> list[dict[str, Any]]:
    lines = list(list_plover(make_record(*events, **fields)))
    for line in lines:
        jsonschema.validate(line, describe_plover())
    return lines


def test_the_lines_of_a_real_record_keep_to_the_schema_and_point_at_their_passages(record: Record) -> None:
    texts = {article.id: article.text for article in record.articles}
    lines = list(list_plover(record))
    assert lines
    for line in lines:
        jsonschema.validate(line, describe_plover())
        for place in line["text_info"]:
            assert texts[place["citation"]][place["start"] : place["end"]] == place["text"]
    tellings = [key for line in lines for key in line["standoff"]["tellings"]]
    assert sorted(tellings) == sorted(event.id for event in record.events)


def test_a_line_has_the_manuals_fields() -> None:
    event = make_event(
        "fight",
        kind="ASSAULT",
        mode="firearms",
        actors=["chad"],
        recipients=["libya"],
        quad=4,
        intensity=-9.0,
        context=("military",),
        when=make_when("2024-05-02"),
        place="Faya",
        location=Location(
            name="Faya-Largeau", kind="city", country="TCD", latitude=17.9, longitude=19.1, geonameid=2429344
        ),
        magnitude=Magnitude(dead=12),
        asserted_by="said",
    )
    voucher = make_attribution("fight", by="un", id="said")
    (line,) = list_lines(event, attributions=(voucher,), made_by={"standoff": "9.9"})
    assert line["date"] == "2024-05-02"
    assert line["actor"] == [{"code": "TCD", "sector": ["GOV"], "entity_text": "Chad", "identifier_id": "chad"}]
    assert [party["entity_text"] for party in line["recipient"]] == ["Libya"]
    assert (line["event"], line["mode"], line["context"]) == (["ASSAULT"], ["firearms"], ["military"])
    assert (line["quad_code"], line["event_scale"], line["size"]) == (4, -9.0, {"dead": 12})
    assert line["event_loc"] == {
        **{"extracted_place": "Faya", "resolved_place": "Faya-Largeau", "geonameid": 2429344},
        **{"lat": 17.9, "lon": 19.1, "country_code": "TCD", "resolution": 4},
    }
    assert line["text_info"] == [{"sequence": 1, "start": 0, "end": 5, "text": "fight", "citation": "a1"}]
    assert [cited["url"] for cited in line["cite_info"]] == ["https://x.example/1"]
    assert line["coder"] == "Standoff 9.9"
    assert line["standoff"]["asserted_by"] == {"id": "said", "source": "UN", "cue": "said", "act": "say"}
    assert "comment" not in line
    assert "enddate" not in line


@pytest.mark.parametrize(
    ("status", "kind", "word"), [("future", "PROTEST", "future"), ("hypothetical", "AID", "hypothetical")]
)
def test_a_status_stands_among_the_contexts_as_the_manual_has_it(status: Any, kind: str, word: str) -> None:
    (line,) = list_lines(make_event("x", kind=kind, status=status))
    assert (line["event"], line["context"], line["standoff"]["status"]) == ([kind], [word], status)


def test_a_planned_visit_is_the_promise_of_it_in_every_form() -> None:
    event = make_event("to meet", actors=["chad"], recipients=["libya"], status="future", mode="visit")
    (line,) = list_lines(event)
    assert (line["event"], line["mode"], line["quad_code"], line["event_scale"]) == (["AGREE"], [], 1, 2.5)
    assert line["standoff"]["told_as"] == "CONSULT"
    assert line["comment"] == "dated by the report's own day"
    (row,) = list_rows(event)
    assert (row["EventCode"], row["QuadClass"], row["SQLDATE"]) == ("036", "1", "20240503")
    assert list(tabulate_dyads(make_record(event))["AGREE"]) == [1]


def test_an_undated_event_has_no_date_and_says_so() -> None:
    (line,) = list_lines(make_event("x"), articles=(make_article("a1"),))
    assert (line["date"], line["comment"]) == (None, "no day is known")


def test_dyads_count_by_pair_and_month() -> None:
    again = make_event("met", actors=["chad"], recipients=["libya"], quad=1, intensity=2.5, article="a2")
    more = make_event("hit", kind="ASSAULT", actors=["chad"], recipients=["libya"], quad=4, intensity=-7.0, mode="beat")
    both = make_event("blame", kind="ACCUSE", actors=["un", "libya"], recipients=["chad"], quad=3, intensity=-3.0)
    table = tabulate_dyads(make_record(CLASH, again, more, both))
    rows = table.set_index(["actor", "recipient", "month"])
    assert list(rows.index) == [
        *[("chad", "libya", "2024-05"), ("chad", "libya", "2024-06")],
        *[("libya", "chad", "2024-05"), ("un", "chad", "2024-05")],
    ]
    first = rows.loc[("chad", "libya", "2024-05")]
    assert (first["ASSAULT"], first["events"], first["articles"], first["score"]) == (2, 2, 1, -8.0)
    assert (first["actor_name"], first["actor_country"], first["actor_sectors"], first["dated"]) == (
        *("Chad", "TCD", "GOV"),
        0,
    )
    assert list(table[TYPES].sum(axis=1)) == list(table["events"])


def test_what_two_articles_tell_counts_once_with_both_articles() -> None:
    again = make_event("fought", kind="ASSAULT", actors=["chad"], recipients=["libya"], article="a2")
    made = make_happening(events=(CLASH, again), when=make_when("2024-05-02"))
    record = make_record(CLASH, again, happenings=(made,))
    (row,) = tabulate_dyads(record).to_dict("records")
    assert (row["events"], row["articles"], row["dated"], row["month"]) == (1, 2, 1, "2024-05")
    (gdelt,) = list_gdelt(record)
    assert (gdelt["NumMentions"], gdelt["NumArticles"], gdelt["NumSources"]) == ("2", "2", "1")
    (line,) = list_plover(record)
    assert [place["sequence"] for place in line["text_info"]] == [1, 2]
    assert [cited["citation"] for cited in line["cite_info"]] == ["a1", "a2"]


def test_a_type_of_an_ontology_of_ones_own_has_a_column_after_plovers_and_no_row_of_gdelts() -> None:
    dam = make_event("dammed", kind="DAM", actors=["chad"], recipients=["libya"], quad=4, intensity=-3.0)
    table = tabulate_dyads(make_record(dam))
    assert list(table.columns[9:26]) == [*TYPES, "DAM"]
    assert list(table["DAM"]) == [1]
    assert list_rows(dam) == []


def test_gdelts_columns_are_its_sixty_one_in_codes_that_it_uses() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 61
    location = Location(name="Faya-Largeau", kind="city", country="TCD", latitude=17.9, longitude=19.1)
    event = make_event(
        "fight",
        kind="ASSAULT",
        mode="firearms",
        actors=["herald"],
        recipients=["un"],
        when=make_when("2024-05-02"),
        location=location,
    )
    (row,) = list_rows(event)
    assert tuple(row) == COLUMNS
    told = {key: value for key, value in row.items() if value and key != "GLOBALEVENTID"}
    assert told == {
        **{"SQLDATE": "20240502", "MonthYear": "202405", "Year": "2024", "FractionDate": "2024.4164"},
        **{"Actor1Code": "TCDMEDOPP", "Actor1Name": "HERALD", "Actor1CountryCode": "TCD"},
        **{"Actor1Type1Code": "MED", "Actor1Type2Code": "OPP"},
        **{"Actor2Code": "IGOUNO", "Actor2Name": "UN", "Actor2KnownGroupCode": "UNO", "Actor2Type1Code": "IGO"},
        **{"IsRootEvent": "1", "EventCode": "193", "EventBaseCode": "193", "EventRootCode": "19", "QuadClass": "4"},
        **{"GoldsteinScale": "-10.0", "NumMentions": "1", "NumSources": "1", "NumArticles": "1"},
        **{"ActionGeo_Type": "4", "ActionGeo_FullName": "Faya-Largeau", "ActionGeo_CountryCode": "CD"},
        **{"ActionGeo_Lat": "17.9", "ActionGeo_Long": "19.1"},
        **{"DATEADDED": "20240503000000", "SOURCEURL": "https://x.example/1"},
    }
    assert f"event_{int(row['GLOBALEVENTID']):012x}" == event.id


def test_a_compound_event_has_a_row_and_an_id_for_each_pair() -> None:
    event = make_event("blamed", kind="ACCUSE", actors=["un", "chad"], recipients=["libya"])
    rows = list_rows(event)
    assert [row["Actor1Name"] for row in rows] == ["UN", "CHAD"]
    assert len({row["GLOBALEVENTID"] for row in rows}) == 2


@pytest.mark.parametrize("form", ["dyads", "gdelt"])
def test_what_did_not_happen_is_left_out_unless_asked_for(form: str, tmp_path: pathlib.Path) -> None:
    events = [make_event("x", kind="AID", status=status) for status in ("negated", "hypothetical", "actual")]
    events = [make_event(f"x{number}", kind="AID", status=event.status) for number, event in enumerate(events)]
    record, between = make_record(*events), "," if form == "dyads" else "\t"

    def count(**given: Any) -> int:
        path = export_events(record, tmp_path / "out", form=form, **given)
        frame = pd.read_csv(path, sep=between)
        return int(frame["events"].sum()) if form == "dyads" else len(frame)

    assert (count(), count(all_statuses=True)) == (1, 3)


def test_gdelt_says_the_status_only_where_others_were_asked_for(tmp_path: pathlib.Path) -> None:
    record = make_record(make_event("x", kind="AID", actors=["chad"], status="negated"))
    path = export_events(record, tmp_path / "out.csv", form="gdelt", all_statuses=True)
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == [*COLUMNS, "Status"]
    assert row["Status"] == "negated"
    assert [row["Status"] for row in list_gdelt(record, statuses=ALL)] == ["negated"]


def test_dyads_are_the_same_as_parquet(record: Record, tmp_path: pathlib.Path) -> None:
    table = pd.read_csv(export_events(record, tmp_path / "dyads.csv", form="dyads"))
    parquet = pd.read_parquet(export_events(record, tmp_path / "dyads.parquet", form="dyads"))
    assert list(table.columns) == list(parquet.columns)
    assert table["events"].tolist() == parquet["events"].tolist()


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_the_same_bytes_again_and_can_be_empty(record: Record, form: str, tmp_path: pathlib.Path) -> None:
    first, second = (export_events(record, tmp_path / name, form=form).read_bytes() for name in ("one", "two"))
    assert first == second
    empty = export_events(Record(), tmp_path / "none", form=form).read_text(encoding="utf-8")
    assert len(empty.splitlines()) == (0 if form == "plover" else 1)
    export_events(Record(), tmp_path / "none.parquet", form=form)


@pytest.mark.parametrize("form", FORMS)
def test_names_with_tabs_quotes_and_ends_of_lines_stay_in_their_place(form: str, tmp_path: pathlib.Path) -> None:
    odd = Actor(id="chad", name='The "Tab\tand\nLine" party', kind="group")
    path = export_events(make_record(CLASH, actors=(odd,)), tmp_path / "odd", form=form)
    if form == "plover":
        (line,) = path.read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["actor"][0]["entity_text"] == odd.name
    else:
        frame = pd.read_csv(path, sep="," if form == "dyads" else "\t")
        assert len(frame) == 1
        assert (
            frame.iloc[0]["actor_name" if form == "dyads" else "Actor1Name"].casefold().split()
            == odd.name.casefold().split()
        )


def test_another_form_or_a_folder_is_one_sentence(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ConfigError, match="choose plover, dyads, gdelt"):
        export_events(Record(), tmp_path / "x", form="icews")
    with pytest.raises(ConfigError, match="give a file in a folder that is there"):
        export_events(Record(), tmp_path, form="gdelt")
