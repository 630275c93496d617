"""Count what happened once: join an event's tellings into a deed, with its day and its pairs of parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standoff.codebooks import load_codebook
from standoff.codebooks.ratings import fold_ahead, rate_event
from standoff.records import Article, Event, Happening, Record, Status
from standoff.resolve.copies import find_copies

DONE: frozenset[Status] = frozenset({"actual", "future"})  # what is counted unless a user asks for more
ALL: frozenset[Status] = frozenset({*DONE, "hypothetical", "negated"})

Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Hold one event however often it is told: `tellings` are the record's events, in the order of its articles.

    `best` is the surest of those that have the deed's status. `pairs` are who did it to whom, None where nobody is
    named. `earliest` and `latest` bound the day; `dated` says whether words of the articles do, or only the day of the
    first report. `origins` are the articles less the copies.
    """

    id: str
    type: str
    mode: str | None
    quad: int | None
    intensity: float | None
    context: tuple[str, ...]
    status: Status
    tellings: tuple[Event, ...]
    best: Event
    pairs: tuple[Pair, ...]
    earliest: str | None
    latest: str | None
    dated: bool
    articles: tuple[str, ...]
    origins: frozenset[str]
    happening: str | None

    @property
    def month(self) -> str | None:
        """Give the month as YYYY-MM, or None where the day may lie in more than one."""
        if self.earliest is None or self.latest is None or self.earliest[:7] != self.latest[:7]:
            return None
        return self.earliest[:7]


def list_deeds(record: Record, *, statuses: frozenset[Status] = ALL) -> list[Deed]:
    """Give the deeds of a record in the order of their first tellings.

    Events of one type in one happening are one deed. Outside the happenings an event is told again where the same
    article, or a copy of it, has the same type, mode, parties, status and day. What is still to come counts as the
    manual has it: a planned meeting is AGREE, on the day that it was told.
    """
    copies = find_copies(record.articles)
    articles = {article.id: article for article in record.articles}
    happenings = {event: happening for happening in record.happenings for event in happening.events}
    groups: dict[Hashable, list[Event]] = {}
    for event in record.events:
        groups.setdefault(_name_deed(event, happenings.get(event.id), copies), []).append(event)
    deeds = (_make_deed(group, happenings.get(group[0].id), articles, copies) for group in groups.values())
    return [deed for deed in deeds if deed.status in statuses]


def _name_deed(event: Event, happening: Happening | None, copies: Mapping[str, str]) -> Hashable:
    if happening is not None:
        return happening.id, event.type
    origin = copies.get(event.passage.article, event.passage.article)
    days = (event.when.earliest, event.when.latest) if event.when else None
    return origin, event.type, event.mode, frozenset(event.actors), frozenset(event.recipients), event.status, days


def _make_deed(
    group: Sequence[Event],
    happening: Happening | None,
    articles: Mapping[str, Article],
    copies: Mapping[str, str],
) -> Deed:
    told = {event.status for event in group}
    surest = max(group, key=lambda event: event.score)  # the first of them: max keeps the order
    status = happening.status if happening and happening.status in told else surest.status
    best = max((event for event in group if event.status == status), key=lambda event: event.score)
    modes = Counter(event.mode for event in group if event.mode).most_common(1)
    mode = modes[0][0] if modes else None
    book = load_codebook("plover")
    type_, folded = fold_ahead(book, best.type, mode, status)
    quad, intensity = rate_event(book, type_, folded)
    if type_ == best.type:  # its own codebook, which need not be this one, has rated it
        own = (event for event in group if event.mode == mode and event.quad is not None)
        quad, intensity = next(((event.quad, event.intensity) for event in own), (quad, intensity))
    places = tuple(dict.fromkeys(event.passage.article for event in group))
    earliest, latest, dated = _date_deed(group, happening, articles, promised=type_ != best.type)
    return Deed(
        id=group[0].id,
        type=type_,
        mode=folded,
        quad=quad,
        intensity=intensity,
        context=tuple(dict.fromkeys(context for event in group for context in event.context)),
        status=status,
        tellings=tuple(group),
        best=best,
        pairs=_pair_parties(group),
        earliest=earliest,
        latest=latest,
        dated=dated,
        articles=places,
        origins=frozenset(copies.get(place, place) for place in places),
        happening=happening.id if happening else None,
    )


def _date_deed(
    group: Sequence[Event], happening: Happening | None, articles: Mapping[str, Article], *, promised: bool
) -> tuple[str | None, str | None, bool]:
    """Give the bounds of a deed's day, and whether the words give them; a promise is made on the day of its report."""
    if not promised:
        times = [happening.when if happening else None, *(event.when for event in group)]
        known = [when for when in times if when and (when.earliest or when.latest)]
        exact = next((when for when in known if when.earliest and when.latest), next(iter(known), None))
        if exact:
            return exact.earliest, exact.latest, True
    first = articles.get(group[0].passage.article)
    if first is None:
        return None, None, False
    return first.earliest or first.published, first.latest or first.published, False


def _pair_parties(group: Sequence[Event]) -> tuple[Pair, ...]:
    """Give each pair of parties once; a side that one telling leaves out is filled by another that names it."""
    pairs = dict.fromkeys(pair for event in group for pair in _list_pairs(event))
    doers = {actor for actor, recipient in pairs if actor and recipient}
    sufferers = {recipient for actor, recipient in pairs if actor and recipient}
    told = [
        (actor, recipient)
        for actor, recipient in pairs
        if (actor and recipient) or not (actor in doers or recipient in sufferers)
    ]
    named = [pair for pair in told if pair != (None, None)]
    return tuple(named or told)


def _list_pairs(event: Event) -> Iterator[Pair]:
    """Yield every actor with every recipient; of a deed that parties do to one another, each with each."""
    if _is_mutual(event):
        yield from ((one, other) for one in event.actors for other in event.actors if one != other)
        return
    actors: Iterable[str | None] = event.actors or (None,)
    recipients = tuple(party for party in event.recipients if (party,) != event.actors) or (None,)
    yield from ((actor, recipient) for actor in actors for recipient in recipients if actor != recipient or not actor)


def _is_mutual(event: Event) -> bool:
    """Tell whether the actors do it to one another: nobody undergoes it, and the codebook says so of type and cue."""
    cues = load_codebook("plover").settings["mutual"].get(event.type)
    if cues is None or len(event.actors) < 2 or event.recipients:
        return False
    return not cues or (event.cue is not None and event.cue.text.casefold().startswith(tuple(cues)))
