"""A made-up dispute over a port, small, with every kind of record in it."""

from __future__ import annotations

from typing import Any

import pytest

from standoff.records import (
    Actor,
    Article,
    Attribution,
    Conflict,
    Event,
    Failure,
    Happening,
    Mention,
    Passage,
    Position,
    Record,
    Role,
    Shift,
    Source,
    When,
)

HARBOUR = Article(
    id="art_1",
    source="reports/harbour.txt",
    title="Premier rules out talks on Port Selm",
    outlet="The Harbour Courier",
    url="https://courier.example/selm?a=1&b=2",
    published="2031-03-04",
    earliest="2031-03-04",
    latest="2031-03-04",
    dated_by="its own date line",
    text="Premier Ilse Marand ruled out talks with the dockers on Tuesday.\n\n"
    "“We do not bargain with people who block a port,” she said at a farm fair in Lower Selm. "
    "The High Court outlawed the Dockers’ League in January.\n\n"
    "League chairman Owen Tarr said the premier “told me in private: ‘I will sign a pardon’”. Her office denied it.\n",
)
LANTERN = Article(
    id="art_2",
    source="reports/lantern.txt",
    outlet="Lantern",
    earliest="2031-06-01",
    latest="2031-06-30",
    dated_by="the vote that it reports",
    text="Marand would welcome talks if the pickets lift first, she wrote to the Norrland envoy.\n"
    "Norrland may impose sanctions on Selm.\n",
)


def cut(article: Article, words: str, nth: int = 1) -> Passage:
    """Give the nth place of `words` in an article."""
    start = -1
    for _ in range(nth):
        start = article.text.index(words, start + 1)
    return Passage(article=article.id, start=start, end=start + len(words), text=words)


@pytest.fixture
def dispute() -> Record:
    """Build the record of a premier, a dockers’ league and a port between them."""
    rule = {"score": 0.8, "made_by": "rules/test"}
    tuesday = When(earliest="2031-03-04", latest="2031-03-04", passage=cut(HARBOUR, "Tuesday"))
    said = [
        Attribution(
            id="say_1",
            source=Source(actor="marand", passage=cut(HARBOUR, "she")),
            cue=cut(HARBOUR, "said"),
            content=(cut(HARBOUR, "We do not bargain with people who block a port,"),),
            directness="direct",
            act="refuse",
            venue=cut(HARBOUR, "at a farm fair in Lower Selm"),
            when=tuesday,
            **rule,
        ),
        Attribution(
            id="say_2",
            source=Source(actor="tarr", passage=cut(HARBOUR, "League chairman Owen Tarr")),
            cue=cut(HARBOUR, "said", 2),
            content=(cut(HARBOUR, "the premier “told me in private: ‘I will sign a pardon’”"),),
            directness="mixed",
            act="accuse",
            **rule,
        ),
        Attribution(
            id="say_3",
            source=Source(actor="marand", passage=cut(HARBOUR, "the premier")),
            cue=cut(HARBOUR, "told"),
            content=(cut(HARBOUR, "I will sign a pardon"),),
            directness="direct",
            act="promise",
            addressee="tarr",
            inside="say_2",
            **rule,
        ),
        Attribution(
            id="say_4",
            source=Source(passage=cut(HARBOUR, "Her office")),
            cue=cut(HARBOUR, "denied"),
            content=(cut(HARBOUR, "it", HARBOUR.text.count("it")),),
            directness="indirect",
            act="deny",
            **rule,
        ),
        Attribution(
            id="say_5",
            source=Source(actor="marand", passage=cut(LANTERN, "she")),
            cue=cut(LANTERN, "wrote"),
            content=(cut(LANTERN, "Marand would welcome talks"), cut(LANTERN, "if the pickets lift first")),
            directness="indirect",
            addressee="norrland",
            **rule,
        ),
    ]
    record: dict[str, Any] = {
        "made_by": {"standoff": "0.1.0", "models": {"en_core_web_sm": "3.8.0"}},
        "articles": (HARBOUR, LANTERN),
        "actors": (
            Actor(
                id="marand",
                name="Ilse Marand",
                kind="person",
                country="NOR",
                sectors=("GOV",),
                aliases=("Ilse Marand", "Marand", "the premier"),
                roles=(Role(title="Premier", organisation="Selm", passage=cut(HARBOUR, "Premier")),),
            ),
            Actor(id="tarr", name="Owen Tarr", kind="person", sectors=("LAB", "OPP")),
            Actor(id="league", name="Dockers’ League", kind="organisation", sectors=("LAB",)),
            Actor(id="court", name="High Court", kind="organisation", sectors=("JUD",)),
            Actor(id="norrland", name="Norrland", kind="country", country="IGO"),
        ),
        "mentions": (
            Mention(id="m1", passage=cut(HARBOUR, "Premier Ilse Marand"), actor="marand"),
            Mention(id="m2", passage=cut(HARBOUR, "she"), actor="marand"),
            Mention(id="m3", passage=cut(HARBOUR, "League chairman Owen Tarr"), actor="tarr"),
            Mention(id="m4", passage=cut(LANTERN, "Marand"), actor="marand"),
            Mention(id="m5", passage=cut(LANTERN, "Norrland"), actor="norrland"),
        ),
        "attributions": tuple(said),
        "events": (
            Event(
                id="do_1",
                type="COERCE",
                mode="ban",
                context=("legal",),
                actors=("court",),
                recipients=("league",),
                passage=cut(HARBOUR, "outlawed the Dockers’ League in January"),
                when=When(earliest="2031-01-01", latest="2031-01-31"),
                why="“outlaw” is a ban",
                **rule,
            ),
            Event(
                id="do_2",
                type="CONCEDE",
                actors=("marand",),
                recipients=("tarr",),
                passage=cut(HARBOUR, "sign a pardon"),
                status="future",
                asserted_by="say_2",
                why="“pardon”",
                **rule,
            ),
            Event(
                id="do_3",
                type="SANCTION",
                actors=("norrland",),
                passage=cut(LANTERN, "impose sanctions on Selm"),
                status="hypothetical",
                place="Selm",
                why="“may”",
                **rule,
            ),
        ),
        "positions": (
            Position(
                id="pos_1",
                holder="marand",
                issue="negotiation",
                stance="against",
                passage=cut(HARBOUR, "ruled out talks with the dockers"),
                when=tuesday,
                basis="say_1",
                why="“ruled out”",
                **rule,
            ),
            Position(
                id="pos_2",
                holder="marand",
                issue="negotiation",
                stance="conditional",
                toward="league",
                condition=cut(LANTERN, "if the pickets lift first"),
                passage=cut(LANTERN, "would welcome talks if the pickets"),
                basis="say_5",
                why="“welcome … if”",
                **rule,
            ),
        ),
        "happenings": (
            Happening(
                id="hap_1",
                label="High Court bans the Dockers’ League",
                when=When(earliest="2031-01-01", latest="2031-01-31"),
                events=("do_1",),
                articles=("art_1",),
                passages=(cut(HARBOUR, "outlawed the Dockers’ League in January"),),
                score=0.9,
                why="one report",
            ),
            Happening(
                id="hap_2",
                label="Norrland sanctions Selm",
                status="hypothetical",
                events=("do_3",),
                articles=("art_2",),
                score=0.5,
                why="one report",
            ),
        ),
        "shifts": (
            Shift(
                id="shift_1",
                holder="marand",
                issue="negotiation",
                before="pos_1",
                after="pos_2",
                score=0.7,
                why="against in March, on a condition in June",
            ),
        ),
        "conflicts": (
            Conflict(
                id="con_1",
                kind="contested",
                issue="pardon",
                left="say_3",
                right="say_4",
                why="her office denies the promise",
                score=0.8,
            ),
        ),
        "failures": (Failure(source="reports/broken.bin", stage="ingest", reason="It is not text."),),
    }
    return Record(**record)
