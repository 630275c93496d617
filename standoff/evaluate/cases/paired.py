"""Pair what is found in a case with what is coded, and tell of each coded attribution what is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from standoff.evaluate.cases.coded import Case, Row
from standoff.evaluate.described import ARTICLE, MORE
from standoff.evaluate.gold import Span
from standoff.evaluate.record.measures import compare_sets, spread_spans
from standoff.records import Actor, Attribution, Passage, Record

ENOUGH = 0.5  # share of characters (Jaccard) from which the content found is taken for the coded one
REACH = 100  # characters of a description


class Known(NamedTuple):
    """Hold an actor's name, and how it is known, folded: by its names, and by each mention with the text after it."""

    name: str
    names: frozenset[str]
    places: tuple[tuple[str, str], ...]


Actors = dict[str, Known]


class Judged(NamedTuple):
    """Hold one coded attribution, the one found for it, and which of what is asked of it is right.

    `right` has only what the coder gave; a row that was not found has all of it wrong.
    """

    case: Case
    number: int
    mine: Attribution | None
    right: dict[str, bool]
    said: str  # in short, what was found instead of what is coded

    @property
    def row(self) -> Row:
        return self.case.rows[self.number]


class Paired(NamedTuple):
    """Hold what is judged of one case, and what was found in it that is not coded."""

    case: Case
    judged: tuple[Judged, ...]
    found: int
    spare: tuple[Attribution, ...]


def pair_case(case: Case, record: Record) -> Paired:
    """Judge each coded attribution of a case against the record of its text alone.

    The content of a pair shares half its characters, one to one. Where several fit, one that stands inside another (or
    in none) as coded comes first, then one with the coded source, then the closest content.
    """
    actors = {actor.id: _know(actor, case, record) for actor in record.actors}
    found = record.attributions
    candidates = []
    for index, row in enumerate(case.rows):
        wanted = spread_spans(*row.content)
        for number, mine in enumerate(found):
            share = compare_sets(_cover(mine), wanted)
            if share >= ENOUGH:
                nested = (mine.inside is not None) == (row.inside is not None)
                candidates.append((nested, _has_source(mine, row, actors), share, -number, -index))
    pairs: dict[int, Attribution] = {}
    for *_, number, index in sorted(candidates, reverse=True):
        if -index not in pairs and found[-number] not in pairs.values():
            pairs[-index] = found[-number]
    same = {mine.id: {other.id for other in found if _tells_same(mine, other)} for mine in found}
    judged = tuple(_judge(case, index, pairs, actors, same) for index in range(len(case.rows)))
    taken = {mine.id for mine in pairs.values()}
    return Paired(case, judged, len(found), tuple(mine for mine in found if mine.id not in taken))


def _judge(case: Case, index: int, pairs: dict[int, Attribution], actors: Actors, same: dict[str, set[str]]) -> Judged:
    row, mine = case.rows[index], pairs.get(index)
    right: dict[str, bool] = {}
    said: list[str] = []

    def ask(name: str, fits: bool, instead: str) -> None:
        right[name] = mine is not None and fits
        if mine is not None and not fits:
            said.append(f"{name}: {instead}")

    speaker = None if mine is None or mine.source is None else mine.source.actor
    addressee = None if mine is None else mine.addressee
    if row.who is not None:
        ask("who", _is_named(speaker, row.who, actors), f"{_name(speaker, actors)} for {row.who or 'nobody'}")
    if row.inside is not None or (mine is not None and mine.inside is not None):
        holder = None if row.inside is None else pairs.get(row.inside)
        fits = holder is not None and mine is not None and mine.inside in same[holder.id]
        ask("inside", fits, "nothing" if mine is None or mine.inside is None else "another")
    if row.source is not None:
        words = None if mine is None or mine.source is None else mine.source.passage
        ask("source", _touches(words, row.source), _quote(words))
    if row.directness is not None:
        ask("directness", mine is not None and mine.directness == row.directness, mine.directness if mine else "")
    if row.act is not None:
        ask("act", mine is not None and mine.act == row.act, f"{mine.act if mine else ''} for {row.act}")
    if row.to is not None:
        ask("to", _is_named(addressee, row.to, actors), f"{_name(addressee, actors)} for {row.to or 'nobody'}")
    if row.venue is not None:
        venue = None if mine is None else mine.venue
        ask("venue", _touches(venue, row.venue), f"{_quote(venue)} for {_cut(case, row.venue)}")
    if row.when is not None:
        day = None if mine is None or mine.when is None else mine.when.passage
        ask("when", _touches(day, row.when), f"{_quote(day)} for {_cut(case, row.when)}")
    return Judged(case, index, mine, right, "; ".join(said))


def _cover(mine: Attribution) -> set[int]:
    return spread_spans(*((part.start, part.end) for part in mine.content))


def _tells_same(mine: Attribution, other: Attribution) -> bool:
    """Tell whether two are one saying, given to several sources: Oslo and Bergen said …."""
    return (mine.cue, mine.content) == (other.cue, other.content)


def _has_source(mine: Attribution, row: Row, actors: Actors) -> bool:
    if row.who is not None:
        return _is_named(mine.source.actor if mine.source else None, row.who, actors)
    return row.source is not None and _touches(mine.source.passage if mine.source else None, row.source)


def _know(actor: Actor, case: Case, record: Record) -> Known:
    places = [mention.passage for mention in record.mentions if mention.actor == actor.id]
    return Known(
        actor.name,
        frozenset(map(_fold, (actor.name, *actor.aliases))),
        tuple((_fold(place.text), case.text[place.end : place.end + REACH].casefold()) for place in places),
    )


def _is_named(actor: str | None, name: str, actors: Actors) -> bool:
    """Tell whether an actor has a name, case and a leading article aside; "" is the name of nobody.

    Who has only a description is also known by where that stands, however little of it its name has: one whose
    mention is "pickets" where the text has "pickets in Durban" is the pickets in Durban.
    """
    if actor is None or not name:
        return actor is None and not name
    wanted, known = _fold(name), actors[actor]
    if wanted in known.names:
        return True
    rests = (wanted.removeprefix(words) for words, after in known.places if (words + after).startswith(wanted))
    return name[0].islower() and any(not rest or MORE.match(rest) for rest in rests)


def _fold(name: str) -> str:
    return ARTICLE.sub("", name.casefold().replace("’", "'"))


def _touches(passage: Passage | None, span: Span | Literal[""]) -> bool:
    if passage is None or span == "":
        return passage is None and span == ""
    return passage.start < span[1] and span[0] < passage.end


def _name(actor: str | None, actors: Actors) -> str:
    return "nobody" if actor is None else actors[actor].name


def _quote(passage: Passage | None) -> str:
    return "none" if passage is None else f"“{passage.text}”"


def _cut(case: Case, span: Span | Literal[""]) -> str:
    return "none" if span == "" else f"“{case.text[span[0] : span[1]]}”"


def list_texts(parts: Sequence[Span], text: str) -> str:
    """Give the words of several passages, in short."""
    return " … ".join(text[start:end] if end - start < 60 else f"{text[start : start + 57]}..." for start, end in parts)
