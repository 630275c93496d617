"""Merge what several articles tell of one happening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from standoff.codebooks.verbs import find_lemma
from standoff.records import Actor, Event, Happening, Passage, Reading, Status, When, make_id
from standoff.resolve.days import Days
from standoff.resolve.happenings.choose import DEEDS, choose_tellings
from standoff.resolve.happenings.differences import compare_tellings
from standoff.resolve.happenings.gather import Grouper
from standoff.resolve.happenings.group import Group
from standoff.resolve.happenings.labels import label_happening
from standoff.resolve.happenings.wording import Page, is_told_by_noun, open_pages
from standoff.resolve.judged.happenings import HappeningVerdicts
from standoff.resolve.judged.verdicts import Verdicts
from standoff.resolve.memory import remembered
from standoff.resolve.tellings import Telling, list_tellings


class _Told(NamedTuple):
    """A group of tellings once it is whole, the most precise first, and what they have in common."""

    tellings: tuple[Telling, ...]
    family: str
    kind: str
    place: str | None
    days: Days


def merge_happenings(
    readings: Sequence[Reading],
    *,
    actors: Sequence[Actor],
    copies: Mapping[str, str],
    verdicts: Verdicts | None = None,
) -> list[Happening]:
    """Give the happenings that the events and occasions of all readings tell of, in order of time.

    Two tellings are one if they are of one family, share their parties (or, for elections and the like, their country)
    and may lie on the same day; a mention without a day joins the happening that it most likely means. What no article
    dates is listed only if it happens once, as a dissolution does, and is told more than once. What people decided, the
    `verdicts`, stands against all of that.
    """
    known, pages = {actor.id: actor for actor in actors}, open_pages(readings)
    tellings = [telling for reading in readings for telling in _choose(reading)]
    judged = HappeningVerdicts(tellings, verdicts or Verdicts())
    groups = Grouper(judged.ties).gather(telling for telling in tellings if telling.id not in judged.gone)
    made = ((_make_happening(*_take_along(_close(group), known, pages, copies)), group) for group in groups)
    found = [(item, tuple(telling.id for telling in group.tellings)) for item, group in made if item is not None]
    return sorted(judged.settle(found), key=_sort_by_time)


@remembered
def _choose(reading: Reading) -> tuple[Telling, ...]:
    return tuple(choose_tellings(list_tellings(reading)))


def _close(group: Group) -> _Told:
    tellings = tuple(sorted(group.tellings, key=lambda telling: telling.order))
    return _Told(tellings, group.family, group.kind, group.place, group.days)


def _take_along(
    told: _Told, actors: Mapping[str, Actor], pages: Mapping[str, Page], copies: Mapping[str, str]
) -> tuple[_Told, tuple[Actor, ...], tuple[Page, ...], tuple[str, ...]]:
    """Give what a happening is made of: its tellings, whom their articles name, these articles, the origin of each."""
    articles = sorted({telling.article for telling in told.tellings})
    named = dict.fromkeys(actor for article in articles for actor in pages[article].cast)
    parties = dict.fromkeys(actor for telling in told.tellings for actor in sorted(telling.parties))
    cast = tuple(actors[actor] for actor in named | parties if actor in actors)
    origins = tuple(copies.get(article, article) for article in articles)
    return told, cast, tuple(pages[article] for article in articles), origins


def _may_stand(told: _Told) -> bool:
    if all(_is_bare(telling) for telling in told.tellings):
        return False
    if told.days != Days():
        return True
    if any(_is_news(telling) for telling in told.tellings):
        return True
    is_done = any(telling.status == "actual" for telling in told.tellings)
    lasting = all(telling.has("deed") for telling in told.tellings)
    return is_done and lasting and len(told.tellings) > 1


def _is_news(telling: Telling) -> bool:
    """Tell whether an event without a day is worth a line: a title tells it, or the report itself tells a deed."""
    event = telling.record
    if not isinstance(event, Event) or telling.status != "actual" or not event.actors or telling.written.last is None:
        return False
    if is_told_by_noun(event):
        return False
    return telling.news or (event.type in DEEDS and event.asserted_by is None)


def _is_bare(telling: Telling) -> bool:
    """Tell whether a telling is an event of nobody, or one named by a noun alone: "discussion"."""
    event = telling.record
    if isinstance(event, Event) and not telling.parties:
        return True
    return isinstance(event, Event) and " " not in event.passage.text and find_lemma(event.passage.text) is None


@remembered
def _make_happening(
    told: _Told, cast: tuple[Actor, ...], opened: tuple[Page, ...], origins: tuple[str, ...]
) -> Happening | None:
    """Give the happening that a group of tellings tells of, or None if it is not worth a line."""
    if not _may_stand(told):
        return None
    tellings, actors = told.tellings, {actor.id: actor for actor in cast}
    passages = {passage for telling in tellings for passage in telling.passages}
    articles = sorted({telling.article for telling in tellings})
    best = max(telling.score for telling in tellings)
    status, independent = _judge_status(told), len(set(origins))
    events = [telling.record for telling in tellings if isinstance(telling.record, Event)]
    return Happening(
        id=make_id("happening", min(telling.id for telling in tellings)),
        label=label_happening(
            tellings,
            kind=told.kind,
            place=told.place,
            status=status,
            days=told.days,
            actors=actors,
            pages=dict(zip(articles, opened, strict=True)),
        ),
        status=status,
        when=_choose_when(told),
        events=tuple(event.id for event in events),
        articles=tuple(articles),
        passages=tuple(sorted(passages, key=lambda passage: (passage.article, passage.start, passage.end))),
        origins=independent,
        differences=compare_tellings(
            events,
            texts={article: page.text for article, page in zip(articles, opened, strict=True)},
            origins=dict(zip(articles, origins, strict=True)),
        ),
        score=round(1 - (1 - best) * 0.6 ** (independent - 1), 3),
        why=_explain(told, len(articles), independent, actors),
    )


def _choose_when(told: _Told) -> When | None:
    """Give the days that all dated tellings allow, with the time expression of the most precise one.

    What is told as done, on a day that no report gives, was done before the first of them was written.
    """
    if told.days == Days():
        known = [item.written.last for item in told.tellings if item.written.last and item.status == "actual"]
        return When(earliest=None, latest=min(known).isoformat()) if known else None
    first, last = (None if day is None else day.isoformat() for day in told.days)
    return When(earliest=first, latest=last, passage=next(_list_times(told.tellings), None))


def _list_times(tellings: Sequence[Telling]) -> Iterator[Passage]:
    """Yield the time expressions that date a happening."""
    for telling in tellings:
        if telling.time is not None and telling.days != Days():
            yield telling.time.passage


def _judge_status(told: _Told) -> Status:
    """Give "actual" if a report has it as past or was written after it, "future" if any has it as coming."""
    first, last = told.days
    statuses = {telling.status for telling in told.tellings}
    written = [telling.written for telling in told.tellings]
    if "actual" in statuses or (
        last is not None and any(day.first is not None and day.first > last for day in written)
    ):
        return "actual"
    ahead = first is not None and any(day.last is not None and day.last < first for day in written)
    return "future" if ahead or "future" in statuses else "hypothetical"


def _explain(told: _Told, articles: int, origins: int, actors: Mapping[str, Actor]) -> str:
    """Say how many reports tell of it, how many of these are independent, and what they share."""
    reports = "one report" if articles == 1 else f"{articles} reports"
    if articles > 1:
        reports += " of one origin" if origins == 1 else f" of {origins} independent origins"
    times = "once" if len(told.tellings) == 1 else f"{len(told.tellings)} times"
    common = frozenset.intersection(*(telling.parties for telling in told.tellings))
    shared = sorted(actors[party].name for party in common if party in actors)
    parts = [f"told {times} in {reports}"]
    if len(told.tellings) > 1:
        what = [f"the kind {told.family.lower()}", *shared, *([told.place] if told.place and not shared else [])]
        parts.append(f"the tellings share {', '.join(what)}")
    dated = next(_list_times(told.tellings), None)
    if dated is not None:
        parts.append(f"dated by “{dated.text}”")
    return "; ".join(parts)


def _sort_by_time(happening: Happening) -> tuple[bool, str, str, str]:
    when = happening.when
    first = None if when is None else when.earliest or when.latest
    return (first is None, first or "", (when.latest or "") if when else "", happening.id)
