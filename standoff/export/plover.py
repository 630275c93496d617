"""Write events as PLOVER's JSON lines, with the manual's field names."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from standoff.codebooks import load_codebook
from standoff.codebooks.ontology import EVENTS
from standoff.records import Actor, Article, Attribution, Event, Record, Status
from standoff.resolve.deeds import ALL, Deed, list_deeds
from standoff.writing import replace_file

if TYPE_CHECKING:
    import os

RESOLUTIONS = {"city": 4, "region": 2, "country": 1}  # of the manual's five, from country to quarter of a city
# The manual's auxiliary modes, which stand among the contexts; what is done has none.
SCHEMA = pathlib.Path(__file__).with_name("plover.schema.json")
AUXILIARY: dict[Status, str] = {"future": "future", "hypothetical": "hypothetical", "negated": "negation"}


def list_plover(record: Record, *, statuses: frozenset[Status] = ALL) -> Iterator[dict[str, Any]]:
    """Yield each deed as PLOVER's manual (draft 2.0) lays an event out; a field without a value is left out.

    `text_info` has an entry for each telling, with offsets in code points into the article's text in the record, and
    `cite_info` one for each article, in the same order. Status, voucher, happening, score and reason, which the manual
    has no field for, stand under `standoff`.
    """
    book = load_codebook("plover")
    coder = f"Standoff {record.made_by.get('standoff', '')}".strip()
    version = record.made_by.get("codebooks", {}).get(EVENTS, f"{book.name} {book.version}")
    actors = {actor.id: actor for actor in record.actors}
    articles = {article.id: article for article in record.articles}
    attributions = {item.id: item for item in record.attributions}
    for deed in list_deeds(record, statuses=statuses):
        event = {
            "id": deed.id,
            "date": deed.earliest or deed.latest,
            "enddate": deed.latest if deed.earliest and deed.latest != deed.earliest else None,
            "has_event": True,
            "actor": _list_parties(actors, (event.actors for event in deed.tellings)),
            "recipient": _list_parties(actors, (event.recipients for event in deed.tellings)),
            "event": [deed.type],
            "mode": [deed.mode] if deed.mode else [],
            "context": [*deed.context, *([AUXILIARY[deed.status]] if deed.status in AUXILIARY else [])],
            "quad_code": deed.quad,
            "event_scale": deed.intensity,
            "event_text": deed.best.passage.text,
            "event_loc": _describe_place(deed),
            "size": _describe_size(deed),
            "text_info": [_point_at(event, number) for number, event in enumerate(deed.tellings, start=1)],
            "cite_info": [_cite(articles[place], coder, version) for place in deed.articles if place in articles],
            "coder": coder,
            "version": version,
            "comment": _comment_date(deed),
            "standoff": _add_ours(deed, attributions, actors),
        }
        yield {key: value for key, value in event.items() if value is not None or key == "date"}


def write_plover(record: Record, path: str | os.PathLike[str], *, statuses: frozenset[Status] = ALL) -> pathlib.Path:
    """Write the events to `path`, a JSON object on each line (UTF-8), and give that path."""
    with replace_file(path) as place, place.open("w", encoding="utf-8", newline="\n") as file:
        for event in list_plover(record, statuses=statuses):
            file.write(json.dumps(event, ensure_ascii=False) + "\n")
    return pathlib.Path(path)


def describe_plover() -> dict[str, Any]:
    """Give the JSON Schema of one line."""
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def _list_parties(actors: Mapping[str, Actor], told: Iterable[Sequence[str]]) -> list[dict[str, Any]]:
    """Give the entities of one side, each once, however many tellings name it."""
    keys = dict.fromkeys(key for parties in told for key in parties if key in actors)
    return [_describe_actor(actors[key]) for key in keys]


def _describe_actor(actor: Actor) -> dict[str, Any]:
    """Give an entity: its country, or the letters of an organisation across countries, and its sectors."""
    office = next((role.title for role in actor.roles), None)
    entity = {
        "code": actor.country,
        "sector": list(actor.sectors),
        "entity_text": actor.name,
        "identifier_id": actor.id,
        "office": office,
    }
    return {key: value for key, value in entity.items() if value is not None}


def _describe_place(deed: Deed) -> dict[str, Any] | None:
    """Give where it happened, as the first telling that says so does."""
    event = next((event for event in deed.tellings if event.place or event.location), None)
    if event is None:
        return None
    place: dict[str, Any] = {"extracted_place": event.place}
    if event.location is not None:
        place |= {
            "resolved_place": event.location.name,
            "geonameid": event.location.geonameid,
            "lat": event.location.latitude,
            "lon": event.location.longitude,
            "country_code": event.location.country,
            "resolution": RESOLUTIONS[event.location.kind],
        }
    return {key: value for key, value in place.items() if value is not None}


def _describe_size(deed: Deed) -> dict[str, int] | None:
    """Give how many were killed, injured and arrested, by the highest of the tellings' figures."""
    told = [event.magnitude for event in deed.tellings if event.magnitude is not None]
    figures = {
        name: max(known)
        for name in ("dead", "injured", "arrested", "size")
        if (known := [figure for each in told if (figure := getattr(each, name)) is not None])
    }
    return figures or None


def _point_at(event: Event, number: int) -> dict[str, Any]:
    place = event.passage
    return {"sequence": number, "start": place.start, "end": place.end, "text": place.text, "citation": place.article}


def _cite(article: Article, coder: str, codebook: str) -> dict[str, Any]:
    """Give what is known of an article; `citation` is its id in the record."""
    about = {
        "corpus": article.source,
        "citation": article.id,
        "url": article.url,
        "title": article.title,
        "publication": article.outlet,
        "language": article.language,
        "coder": coder,
        "codebook": codebook,
    }
    return {key: value for key, value in about.items() if value is not None}


def _comment_date(deed: Deed) -> str | None:
    """Say what kind of date it is, where it is not the one day that the words give."""
    if not (deed.earliest or deed.latest):
        return "no day is known"
    if not deed.dated:
        return "dated by the report's own day"
    if not (deed.earliest and deed.latest):
        return "not before this day" if deed.earliest else "not after this day"
    return "between date and enddate" if deed.earliest != deed.latest else None


def _add_ours(deed: Deed, attributions: Mapping[str, Attribution], actors: Mapping[str, Actor]) -> dict[str, Any]:
    """Give what PLOVER has no field for; `asserted_by` is the first voucher, if it is not the article itself."""
    vouchers = (attributions.get(event.asserted_by or "") for event in deed.tellings)
    voucher = next((each for each in vouchers if each is not None), None)
    asserted = None
    if voucher is not None:
        source, cue = voucher.source, voucher.cue
        speaker = actors.get(source.actor or "") if source else None
        words = source.passage.text if source and source.passage else None
        asserted = {
            "id": voucher.id,
            "source": speaker.name if speaker else words,
            "cue": cue.text if cue else None,
            "act": voucher.act,
        }
    return {
        "status": deed.status,
        "told_as": deed.best.type,
        "asserted_by": asserted,
        "happening": deed.happening,
        "tellings": [event.id for event in deed.tellings],
        "score": max(event.score for event in deed.tellings),
        "why": deed.best.why,
    }
