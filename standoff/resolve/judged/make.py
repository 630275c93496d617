"""Make a judgement of what a person decided, so that it holds when articles are added and read anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, get_args

from standoff.codebooks import load_codebook
from standoff.codebooks.ontology import load_ontology
from standoff.errors import ConfigError, SourceError
from standoff.records import Conflict, Happening, Judgement, Mention, Record, Shift, Suggestion, Verdict, make_id
from standoff.resolve.judged.carried import SAYS, tell_saying
from standoff.resolve.judged.fields import Books, read_fields
from standoff.resolve.judged.named import label_entry, list_places, list_spots
from standoff.resolve.judged.places import MOST, write_place
from standoff.resolve.judged.verdicts import BETWEEN, OWN, PLACES, SUGGESTS

JUDGED = (
    "articles", "actors", "mentions", "attributions", "events", "positions", "happenings", "shifts", "conflicts",
    "suggestions",
)  # fmt: skip
PAIRED = ("actors", "mentions", "happenings")


def judge_entry(
    part: Record,
    kind: str,
    entry: str,
    verdict: Verdict,
    *,
    who: str,
    at: str | None = None,
    other: str | None = None,
    mentions: Sequence[str] = (),
    fields: Mapping[str, Any] | None = None,
    why: str | None = None,
    books: Books | None = None,
) -> Judgement:
    """Give the judgement of one entry, checked, with all that it takes to apply it again later.

    `part` holds the entry, what it refers to, and the mentions of the actors that the judgement names. "same" and
    "not-same" take an `other` entry of the kind. For `kind` "mentions", `mentions` are those that are another actor's
    than the rest, and `other` may name a mention of the actor whose they are. Raises ConfigError, in one sentence, for
    what cannot be judged so, and SourceError if the part has no such entry.
    """
    if kind not in JUDGED:
        raise ConfigError(f"“{kind}” cannot be judged; choose from {', '.join(JUDGED)}.")
    if verdict not in get_args(Verdict) or verdict == "withdraw":
        raise ConfigError(
            f"“{verdict}” is no verdict on an entry; choose from confirm, reject, correct, same, not-same."
        )
    found = find_entry(part, kind, entry)
    kept: dict[str, Any] = {}
    rests_on: tuple[str, ...] = ()
    if verdict in ("same", "not-same"):
        if kind not in PAIRED:
            raise ConfigError(f"“{verdict}” is said of two {' or '.join(PAIRED)}, not of {kind}.")
        entry, other, kept, rests_on = _pair(part, kind, entry, other, mentions, verdict)
    else:
        places, rests_on = _anchor(part, found)
        kept = {PLACES: places} if places else {}
        if isinstance(found, Suggestion):
            kept |= {SUGGESTS: found.kind, BETWEEN: [found.left, found.right]}
        said = tell_saying(found)
        if said is not None:
            kept[SAYS] = said
        if verdict == "correct":
            shelf = books or Books(events=load_ontology(), issues=load_codebook("issues"))
            kept = {**read_fields(kind, found, fields or {}, part=part, books=shelf), **kept}
    at = at or datetime.now(UTC).isoformat(timespec="microseconds")
    label = label_entry(part, found)
    if kind != "mentions" and other is not None:
        label = f"{label} {'=' if verdict == 'same' else '≠'} {label_entry(part, find_entry(part, kind, other))}"
    return Judgement(
        id=make_id("judgement", kind, entry, verdict, other, json.dumps(kept, sort_keys=True), who, at),
        kind=kind,
        entry=entry,
        verdict=verdict,
        other=other,
        fields=kept or None,
        who=who,
        at=at,
        why=why,
        label=label,
        passage=next(iter(list_places(found)), None),
        rests_on=rests_on,
    )


def check_judgement(judgement: Judgement, part: Record, *, books: Books | None = None) -> None:
    """Raise ConfigError or SourceError, in one sentence, if a judgement cannot be made on this part of the record."""
    own = {name: value for name, value in (judgement.fields or {}).items() if name not in OWN}
    judge_entry(
        part,
        judgement.kind,
        judgement.entry,
        judgement.verdict,
        who=judgement.who,
        at=judgement.at,
        other=judgement.other,
        fields=own or None,
        books=books,
    )


def find_entry(part: Record, kind: str, entry: str) -> Any:
    """Give an entry of a part; raises SourceError if it has none such."""
    found = next((item for item in getattr(part, kind) if item.id == entry), None)
    if found is None:
        raise SourceError(
            f"the record has no {kind.removesuffix('s')} {entry}; it may have changed: load the page anew."
        )
    return found


def _anchor(part: Record, entry: Any) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Give where an entry without a lasting id stands, and the ids of what it rests on."""
    if isinstance(entry, Suggestion):
        left, right = list_spots(part, entry.left), list_spots(part, entry.right)
        return {"entry": _write(left), "other": _write(right)}, _ids(left[:1] + right[:1])
    if isinstance(entry, Conflict):
        return {}, (entry.left, entry.right)
    if isinstance(entry, Shift):
        return {}, (entry.before, entry.after)
    if isinstance(entry, Happening):
        return {"entry": [write_place(passage) for passage in entry.passages[:MOST]]}, entry.articles
    if entry in part.actors:
        spots = list_spots(part, entry.id)
        return {"entry": _write(spots)}, _ids(spots)
    return {}, (entry.id,)


def _pair(
    part: Record, kind: str, entry: str, other: str | None, mentions: Sequence[str], verdict: str
) -> tuple[str, str, dict[str, Any], tuple[str, ...]]:
    """Give the two sides of what is one or is not, and what it takes to find both again."""
    if kind == "mentions":
        return _split(part, mentions or (entry,), other, verdict)
    if other is None or other == entry:
        raise ConfigError(f"“{verdict}” needs two {kind}; name another one as `other`.")
    (one, first), (two, second) = (_anchor(part, find_entry(part, kind, key)) for key in (entry, other))
    if not one["entry"] or not two["entry"]:
        raise ConfigError(f"one of these {kind} stands nowhere in the articles, so that nothing can be said of it.")
    return entry, other, {PLACES: {"entry": one["entry"], "other": two["entry"]}}, (*first, *second)


def _split(
    part: Record, chosen: Sequence[str], other: str | None, verdict: str
) -> tuple[str, str, dict[str, Any], tuple[str, ...]]:
    """Give the mentions that are an actor's of their own, or another's, and those that are not moved."""
    if len(set(chosen)) > MOST:
        raise ConfigError(f"{len(set(chosen))} mentions are too many for one judgement; choose at most {MOST}.")
    moved: list[Mention] = [find_entry(part, "mentions", key) for key in dict.fromkeys(chosen)]
    actors = {item.actor for item in moved}
    if len(actors) > 1:
        raise ConfigError("these mentions are of several actors; choose those of one.")
    if verdict == "same" and other is None:
        raise ConfigError("“same” needs a mention of the actor whose these are; name it as `other`.")
    actor = find_entry(part, "mentions", other).actor if verdict == "same" and other else moved[0].actor
    if verdict == "same" and actor in actors:
        raise ConfigError("these mentions are this actor's already; choose those of another.")
    keys = {item.id for item in moved}
    rest = [item for item in part.mentions if item.actor == actor and item.id not in keys]
    if not rest:
        raise ConfigError("these are all the mentions of the actor, so that none is left to tell them from.")
    near = {item.passage.article for item in moved}
    rest.sort(key=lambda item: (item.passage.article not in near, item.passage.article, item.passage.start))
    rest = rest[:MOST]
    side = other if verdict == "same" and other else rest[0].id
    return moved[0].id, side, {PLACES: {"entry": _write(moved), "other": _write(rest)}}, _ids((*moved, rest[0]))


def _write(mentions: Sequence[Mention]) -> list[str]:
    return [write_place(item.passage) for item in mentions]


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(item.id for item in mentions)
