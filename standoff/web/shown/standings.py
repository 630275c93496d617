"""Tell where each holder stands now on an issue, since when, and on whose word, from counted positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from standoff.dossier.words import say_code, say_dates
from standoff.records import Actor
from standoff.resolve.vouching import are_one_side
from standoff.store.database import Store
from standoff.store.index.tallies import Stand, tally_stands
from standoff.web.asked.memory import recall
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Link
from standoff.web.shown.choices import link_actor, link_issue

STANCES = ("for", "against", "conditional", "neutral")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Show where a holder stands on an issue: the stance of the last dated word of its own, and since when.

    `earliest` and `latest` bound the days of that stance since it was last another; `times` counts the places, and
    `before` the stances that the holder took earlier. `teller` is who tells of it, where the holder never spoke.
    """

    holder: Link
    issue: Link
    id: str
    stance: str
    word: str
    symbol: str
    since: str
    last: str
    earliest: str | None
    latest: str | None
    times: int
    before: tuple[str, ...] = ()
    teller: Link | None = None
    href: str = ""


def recall_stands(store: Store, *, issues: Sequence[str], holders: Sequence[str]) -> list[Stand]:
    """Give the counted positions of these holders on these issues, from memory if they can be."""

    def count() -> list[Stand]:
        with store.read() as connection:
            return tally_stands(connection, issues=issues, holders=holders)

    return recall(store, ("stands", tuple(issues), tuple(holders)), count)


def settle_stands(stands: Iterable[Stand], actors: Mapping[str, Actor]) -> dict[tuple[str, str], Standing]:
    """Give each holder's standing on each issue, by holder and issue."""
    held: dict[tuple[str, str], list[Stand]] = {}
    for stand in stands:
        if stand.holder in actors:
            held.setdefault((stand.holder, stand.issue), []).append(stand)
    return {key: _settle(found, actors) for key, found in held.items()}


def list_own(stands: Iterable[Stand], actors: Mapping[str, Actor]) -> list[Stand]:
    """Give the stances that rest on the holder's own side's word, or on nobody's."""
    return [stand for stand in stands if stand.teller is None or are_one_side(stand.teller, stand.holder, actors)]


def _settle(stands: Sequence[Stand], actors: Mapping[str, Actor]) -> Standing:
    own = list_own(stands, actors)
    ordered = sorted(own or stands, key=_sort_by_day)
    runs = [list(run) for _, run in groupby(ordered, key=lambda stand: stand.stance)]
    now = runs[-1]
    last, holder, issue = now[-1], now[0].holder, now[0].issue
    link = link_issue(issue)
    return Standing(
        holder=link_actor(actors, holder),
        issue=link,
        id=holder,
        stance=last.stance,
        word=say_code("stances", last.stance),
        symbol=say_code("symbols", last.stance),
        since=say_dates(now[0].earliest, now[0].latest),
        last=say_dates(last.earliest, last.latest),
        earliest=now[0].earliest,
        latest=last.latest,
        times=sum(stand.times for stand in now),
        before=tuple(dict.fromkeys(run[0].stance for run in runs[:-1] if run[0].stance != last.stance)),
        teller=None if own else link_actor(actors, last.teller or ""),
        href=f"{link.href}?holder={holder}#positions",
    )


def _sort_by_day(stand: Stand) -> tuple[bool, str, str]:
    """Sort by day, what has none first: it says nothing of now."""
    day = stand.earliest or stand.latest
    return day is not None, day or "", stand.latest or ""


def sheet_standings(name: str, stands: Iterable[Standing]) -> Sheet:
    """Give standings as the rows of a table."""
    columns = (
        "holder",
        "issue",
        "stance",
        "since",
        "last",
        "earliest",
        "latest",
        "places",
        "before",
        "told_by",
        "link",
    )
    rows = [
        (
            stand.holder.text,
            stand.issue.text,
            stand.stance,
            stand.since,
            stand.last,
            stand.earliest,
            stand.latest,
            stand.times,
            "; ".join(stand.before),
            stand.teller.text if stand.teller else None,
            stand.href,
        )
        for stand in stands
    ]
    return Sheet(name=name, columns=columns, rows=rows)
