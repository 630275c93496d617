"""Merge what several articles tell of one happening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.codebooks.verbs import find_lemma
from standoff.records import Actor, Event, Happening, Reading, Status, When, make_id
from standoff.resolve.days import Days
from standoff.resolve.happenings.choose import DEEDS, choose_tellings
from standoff.resolve.happenings.gather import Grouper
from standoff.resolve.happenings.group import Group
from standoff.resolve.happenings.labels import label_happening
from standoff.resolve.happenings.wording import Page, is_told_by_noun, open_pages
from standoff.resolve.tellings import Telling, list_tellings


def merge_happenings(
    readings: Sequence[Reading], *, actors: Sequence[Actor], copies: Mapping[str, str]
) -> list[Happening]:
    """Give the happenings that the events and occasions of all readings tell of, in order of time.

    Two tellings are one if they are of one family, share their parties (or, for elections and the like, their country)
    and may lie on the same day; a mention without a day joins the happening that it most likely means. What no article
    dates is listed only if it happens once, as a dissolution does, and is told more than once.
    """
    known, pages = {actor.id: actor for actor in actors}, open_pages(readings)
    groups = Grouper().gather(telling for reading in readings for telling in choose_tellings(list_tellings(reading)))
    happenings = [_make_happening(group, known, pages, copies) for group in groups if _may_stand(group)]
    return sorted(happenings, key=_sort_by_time)


def _may_stand(group: Group) -> bool:
    if all(_is_bare(telling) for telling in group.tellings):
        return False
    if group.days != Days():
        return True
    if any(_is_news(telling) for telling in group.tellings):
        return True
    told = any(telling.status == "actual" for telling in group.tellings)
    lasting = all(telling.has("deed") for telling in group.tellings)
    return told and lasting and len(group.tellings) > 1


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


def _make_happening(
    group: Group, actors: Mapping[str, Actor], pages: Mapping[str, Page], copies: Mapping[str, str]
) -> Happening:
    tellings = sorted(group.tellings, key=lambda telling: telling.order)
    passages = {passage for telling in tellings for passage in telling.passages}
    articles = sorted({telling.article for telling in tellings})
    origins = {copies.get(article, article) for article in articles}
    best = max(telling.score for telling in tellings)
    status = _judge_status(group)
    return Happening(
        id=make_id("happening", min(telling.id for telling in tellings)),
        label=label_happening(
            tellings,
            kind=group.kind,
            place=group.place,
            status=status,
            days=group.days,
            actors=actors,
            pages=pages,
        ),
        status=status,
        when=_choose_when(group, tellings),
        events=tuple(telling.id for telling in tellings if isinstance(telling.record, Event)),
        articles=tuple(articles),
        passages=tuple(sorted(passages, key=lambda passage: (passage.article, passage.start, passage.end))),
        score=round(1 - (1 - best) * 0.6 ** (len(origins) - 1), 3),
        why=_explain(group, tellings, len(articles), len(origins), actors),
    )


def _choose_when(group: Group, tellings: Sequence[Telling]) -> When | None:
    """Give the days that all dated tellings allow, with the time expression of the most precise one.

    What is told as done, on a day that no report gives, was done before the first of them was written.
    """
    if group.days == Days():
        known = [telling.written.last for telling in tellings if telling.written.last and telling.status == "actual"]
        return When(earliest=None, latest=min(known).isoformat()) if known else None
    first, last = (None if day is None else day.isoformat() for day in group.days)
    passage = next(
        (telling.time.passage for telling in tellings if telling.time is not None and telling.days != Days()), None
    )
    return When(earliest=first, latest=last, passage=passage)


def _judge_status(group: Group) -> Status:
    """Give "actual" if a report has it as past or was written after it, "future" if any has it as coming."""
    last = group.days.last
    if any(telling.status == "actual" for telling in group.tellings):
        return "actual"
    if last is not None and any(
        telling.written.first is not None and telling.written.first > last for telling in group.tellings
    ):
        return "actual"
    first = group.days.first
    ahead = any(telling.status == "future" for telling in group.tellings) or (
        first is not None
        and any(telling.written.last is not None and telling.written.last < first for telling in group.tellings)
    )
    return "future" if ahead else "hypothetical"


def _explain(
    group: Group, tellings: Sequence[Telling], articles: int, origins: int, actors: Mapping[str, Actor]
) -> str:
    """Say how many reports tell of it, how many of these are independent, and what they share."""
    reports = "one report" if articles == 1 else f"{articles} reports"
    if articles > 1:
        reports += " of one origin" if origins == 1 else f" of {origins} independent origins"
    told = "once" if len(tellings) == 1 else f"{len(tellings)} times"
    common = frozenset.intersection(*(telling.parties for telling in tellings))
    shared = sorted(actors[party].name for party in common if party in actors)
    parts = [f"told {told} in {reports}"]
    if len(tellings) > 1:
        what = [f"the kind {group.family.lower()}", *shared, *([group.place] if group.place and not shared else [])]
        parts.append(f"the tellings share {', '.join(what)}")
    dated = next(
        (
            telling.time.passage.text
            for telling in tellings
            if telling.time and telling.time.passage and telling.days != Days()
        ),
        None,
    )
    if dated is not None:
        parts.append(f"dated by “{dated}”")
    return "; ".join(parts)


def _sort_by_time(happening: Happening) -> tuple[bool, str, str, str]:
    when = happening.when
    first = None if when is None else when.earliest or when.latest
    return (first is None, first or "", (when.latest or "") if when else "", happening.id)
