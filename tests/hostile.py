"""Make a record whose every text tries to be more than text: markup, scripts, templates, formulas, odd characters.

Each payload goes into every field that comes from a report, or from a person, so that a page that forgets one is found.
The marks that would be left by one that got through (`EVIL`) are in no page of ours.
"""

from __future__ import annotations

from typing import Any

from builders import make_actor, make_article, make_attribution, make_event, make_happening, make_position

from standoff.records import (
    Conflict,
    Difference,
    Failure,
    Judgement,
    Location,
    Passage,
    Record,
    Role,
    Shift,
    Source,
    Suggestion,
    When,
)

EVIL = "xevil"  # the name of the elements and attributes that the payloads would leave

PAYLOADS = (
    f"<script {EVIL}>alert(1)</script></title></textarea></option></script></style><{EVIL}>",
    f"<img src=x {EVIL}=1 onerror=alert(1)> \"'><{EVIL} onclick=alert(1) style=color:red>",
    f"' autofocus onfocus=alert(1) {EVIL}=' --><!--<{EVIL}>]]><![CDATA[<{EVIL}>",
    f"<svg {EVIL} onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "javascript:alert(1)// {{ 31337*31337 }} {% for x in ().__class__.__base__ %}${31337*31337} #{31337*31337}",
    "data:text/html,<script>alert(1)</script>",
    '=HYPERLINK("http://elsewhere.example/","x")',
    "\u202egnp.exe\u2066 and \u200b\u200d\ufeff on \u05d0\u05d1\u05d2 \u0627\u0644\u0633\u0644\u0627\u0645 (\u05d3) e"
    + "\u0301" * 99,
    "a\x00b\x01c\x0bd\x7fe\ufffe half \ud83d a pair \udc00",
    "W" * 3_000,
    "one\r\nSet-Cookie: evil=1\u2028two\u2029three %3Cscript%3E %s %(x)s &lt;b&gt; &#60;script&#62; \\u003cscript",
    "../../etc/passwd?next=//elsewhere.example#x",
)
PLAIN = PAYLOADS[:7]  # those of characters that every page holds as they are
SCORES: dict[str, Any] = {"score": 0.9}


def make_hostile_record() -> Record:
    """Give a record in which each payload stands in every field of a set of entries that refer to one another."""
    kept: dict[str, list[Any]] = {}
    for number, payload in enumerate(PAYLOADS):
        for kind, items in _make_set(number, payload).items():
            kept.setdefault(kind, []).extend(items)
    return Record(made_by={"standoff": PAYLOADS[0]}, **{kind: tuple(items) for kind, items in kept.items()})


def make_hostile_judgements(record: Record) -> list[Judgement]:
    """Give a judgement on each conflict, by a name and for a reason that is a payload."""
    return [
        Judgement(
            id=f"judgement_{number:012x}",
            kind="conflicts",
            entry=conflict.id,
            verdict="confirm",
            who=PAYLOADS[number],
            at="2021-03-01T12:00:00+00:00",
            why=PAYLOADS[number],
            label=PAYLOADS[number],
            rests_on=(conflict.left, conflict.right),
        )
        for number, conflict in enumerate(record.conflicts)
    ]


def _make_set(number: int, payload: str) -> dict[str, list[Any]]:
    """Give entries of every kind that say nothing but the payload."""
    key, text = f"{number:012x}", f"{payload} said: {payload}. {payload} met {payload}."
    article, issue = f"{number:016x}", payload.encode("utf-8", "replace").decode()  # as a codebook's file has it
    whole = Passage(article=article, start=0, end=len(payload), text=payload)
    day = When(earliest="2021-03-01", latest="2021-03-02", passage=whole)
    mine, other = (
        make_actor(
            payload,
            id=f"actor_{side}{key[1:]}",
            kind=kind,
            country=payload,
            sectors=(payload,),
            aliases=(payload,),
            roles=(Role(title=payload, organisation=payload, country=payload, passage=whole),),
        )
        for side, kind in (("a", "person"), ("b", "organisation"))
    )
    said = make_attribution(
        payload, article=article, id=f"attribution_{key}", source=Source(actor=mine.id, passage=whole)
    )
    said_by_words = make_attribution(
        payload,
        article=article,
        id=f"attribution_f{key[1:]}",
        source=Source(passage=whole),
        inside=said.id,
        venue=whole,
    )
    did = make_event(
        payload,
        article=article,
        id=f"event_{key}",
        actors=(mine.id,),
        recipients=(other.id,),
        mode=payload,
        context=(payload,),
        place=payload,
        location=Location(name=payload, kind="city", country=payload),
        asserted_by=said.id,
        when=day,
        why=payload,
        made_by=payload,
    )
    stands = [
        make_position(
            payload,
            article=article,
            id=f"position_{stance}{key[1:]}",
            holder=mine.id,
            toward=other.id,
            issue=issue,
            stance="for" if stance == "a" else "against",
            condition=whole,
            basis=said.id,
            when=day,
            why=payload,
            made_by=payload,
        )
        for stance in "ab"
    ]
    differing = Difference(what="day", left=whole, right=whole, why=payload)
    return {
        "articles": [
            make_article(
                article,
                text=text,
                source=payload,
                title=payload,
                outlet=payload,
                url=payload,
                language=payload,
                published="2021-03-01",
                day="2021-03-01",
                dated_by=payload,
            )
        ],
        "actors": [mine, other],
        "attributions": [said, said_by_words],
        "events": [did],
        "positions": stands,
        "happenings": [
            make_happening(
                payload, id=f"happening_{key}", events=[did], why=payload, when=day, differences=(differing,)
            )
        ],
        "shifts": [
            Shift(
                id=f"shift_{key}",
                holder=mine.id,
                issue=issue,
                before=stands[0].id,
                after=stands[1].id,
                why=payload,
                **SCORES,
            )
        ],
        "conflicts": [
            Conflict(
                id=f"conflict_{key}",
                kind="contested",
                issue=issue,
                left=said.id,
                right=said_by_words.id,
                why=payload,
                **SCORES,
            )
        ],
        "suggestions": [
            Suggestion(id=f"suggestion_{key}", kind="same-actor", left=mine.id, right=other.id, why=payload, **SCORES)
        ],
        "failures": [Failure(source=payload, stage="annotate", reason=payload)],
    }
