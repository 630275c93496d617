"""Take in what people decide, and show who decided what, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote as quote_address

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import TypeAdapter

from standoff.errors import ConfigError, SourceError
from standoff.records import Judgement
from standoff.resolve.judged.verdicts import OWN
from standoff.store.index.queries import Key
from standoff.store.index.queries import Query as Entries
from standoff.store.kept.judgements import insert_judgement, insert_withdrawal, select_orphans
from standoff.store.kept.verdicts import DECIDED, Decision, Search, find_judgements, find_withdrawn, fits, list_judges
from standoff.web.decided.judging import Asked, make_judgements
from standoff.web.decided.renewal import request_renewal
from standoff.web.decided.wishes import FORM, Said, Wish, read_said, read_wish
from standoff.web.desk import AtDesk, Desk
from standoff.web.door.visitors import check_token, keep_local, need
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import link_passage, say_moment

router = APIRouter()

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Hold the judgements that were added, and how each entry stands now."""

    judgements: tuple[Judgement, ...]
    verdicts: dict[str, str | None]


@router.post(
    "/judgements",
    response_model=Decided,
    status_code=201,
    responses={303: {"description": "Decided, as a form asked; go on there."}},
    dependencies=[Depends(check_token), Depends(need("reviewer"))],
    openapi_extra=FORM,
    summary="Confirm, reject, correct, join, part, or take back.",
)
def decide(request: Request, desk: AtDesk, wish: Annotated[Wish, Depends(read_wish)]) -> Response:
    """Add what a visitor decides, and have the record made anew by it."""
    entries = (wish.entry,) if isinstance(wish.entry, str) else tuple(wish.entry)
    if wish.verdict == "withdraw":
        added = _take_back(desk, wish.kind, entries, wish.why)
    else:
        asked = Asked(
            kind=wish.kind,
            entries=entries,
            verdict=wish.verdict,
            other=wish.other,
            fields=wish.fields,
            why=wish.why,
        )
        made = make_judgements(desk.store, asked, who=desk.visitor.name)
        added = _leave_out_repeated(desk, made)
        with desk.store.write(alone=True) as connection:
            for judgement in added:
                insert_judgement(connection, judgement)
    return _answer(request, desk, added, [Key(wish.kind, entry) for entry in entries], wish.next)


@router.post(
    "/judgements/{id}/withdraw",
    response_model=Decided,
    status_code=201,
    responses={303: {"description": "Taken back, as a form asked; go on there."}},
    dependencies=[Depends(check_token), Depends(need("reviewer"))],
    summary="Take a judgement back.",
)
def withdraw(request: Request, desk: AtDesk, id: str, said: Annotated[Said, Depends(read_said)]) -> Response:
    """Take back the judgement with this id."""
    with desk.store.read() as connection:
        found, _ = find_judgements(connection, Search(id=id, limit=1))
    if not found:
        raise SourceError(f"there is no judgement {id} here; the log has those that there are.")
    if found[0].verdict == "withdraw":
        raise ConfigError(f"{id} takes another judgement back, and cannot itself be taken back; decide anew.")
    added = _withdraw(desk, [id], said.why)
    return _answer(request, desk, added, [Key(item.kind, item.entry) for item in found], said.next)


def _leave_out_repeated(desk: Desk, made: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Give the judgements but for those that repeat the visitor's own last one, as a second click does."""
    known = desk.list_verdicts(Key(item.kind, item.entry) for item in made)

    def is_repeated(item: Judgement) -> bool:
        last = known.get(Key(item.kind, item.entry))
        says = DECIDED.get(item.verdict) if item.verdict != "correct" else None
        return last is not None and (last.verdict, last.who, last.why) == (says, item.who, item.why)

    return tuple(item for item in made if not is_repeated(item))


def _withdraw(desk: Desk, ids: list[str], why: str | None) -> tuple[Judgement, ...]:
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    with desk.store.write(alone=True) as connection:
        return tuple(insert_withdrawal(connection, id, who=desk.visitor.name, at=at, why=why) for id in ids)


def _take_back(desk: Desk, kind: str, entries: tuple[str, ...], why: str | None) -> tuple[Judgement, ...]:
    """Take back what holds of each of these entries."""
    decided = desk.list_verdicts(Key(kind, entry) for entry in entries)
    if not decided:
        raise ConfigError("entry: nothing was decided on this, so there is nothing to take back.")
    return _withdraw(desk, [decision.id for decision in decided.values()], why)


def _answer(
    request: Request, desk: Desk, added: Sequence[Judgement], keys: Sequence[Key], onward: str | None
) -> Response:
    """Have the record made anew, and answer a form by going on, a script by how the entries stand now."""
    request_renewal(request.app)
    if "application/json" not in request.headers.get("accept", ""):
        return RedirectResponse(keep_local(onward or "/judgements"), status_code=303)
    verdicts = desk.list_verdicts(keys)
    stand = {key.id: verdicts[key].verdict if key in verdicts else None for key in keys}
    body = TypeAdapter(Decided).dump_python(Decided(judgements=tuple(added), verdicts=stand), mode="json")
    return JSONResponse(body, status_code=201)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Show a judgement: `decided` is its day in words, `href` leads to what was judged, `taken_back` says by whom."""

    judgement: Judgement
    decided: str
    href: str | None
    held: bool
    taken_back: str | None
    corrected: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """Show what people decided, the latest first, or what of it has lost its ground."""

    rows: tuple[Row, ...]
    total: int
    people: tuple[str, ...]


State = Literal["open", "withdrawn", "orphaned", ""]


def list_sheets(shown: Log) -> Iterator[Sheet]:
    """Give the table of the judgements."""
    columns = (
        "at",
        "who",
        "verdict",
        "kind",
        "what",
        "corrected",
        "why",
        "passage",
        "taken_back",
        "link",
        "entry",
        "id",
    )
    rows = [
        (
            row.judgement.at,
            row.judgement.who,
            row.judgement.verdict,
            row.judgement.kind,
            row.judgement.label,
            "; ".join(f"{name}: {value}" for name, value in row.corrected),
            row.judgement.why,
            row.judgement.passage.text if row.judgement.passage else None,
            row.taken_back,
            row.href,
            row.judgement.entry,
            row.judgement.id,
        )
        for row in shown.rows
    ]
    yield Sheet(name="judgements", columns=columns, rows=rows)


@add_page(router, "/judgements", template="judgements.html", list_sheets=list_sheets)
def list_log(
    desk: AtDesk,
    kind: str | None = None,
    verdict: str | None = None,
    who: str | None = None,
    entry: str | None = None,
    state: State | None = None,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Log:
    """List what people decided."""
    asked = Search(
        kind=kind or None,
        verdict=verdict or None,
        who=who or None,
        entry=entry or None,
        open={"open": True, "withdrawn": False}.get(state or ""),
        limit=desk.reach(PAGE),
        offset=offset,
    )
    with desk.store.read() as connection:
        if state == "orphaned":
            orphans = [item for item in select_orphans(connection) if fits(item, asked)]
            found, total = tuple(reversed(orphans))[offset : offset + asked.limit], len(orphans)
        else:
            found, total = find_judgements(connection, asked)
        withdrawn = find_withdrawn(connection, (item.id for item in found))
        people = list_judges(connection)
    held = (
        desk.store.find_entries(
            Entries(
                kinds=tuple({item.kind for item in found}), ids=tuple({item.entry for item in found}), limit=asked.limit
            )
        )
        if found
        else None
    )
    keys = set(held.keys) if held else set()
    rows = tuple(_show(item, Key(item.kind, item.entry) in keys, withdrawn.get(item.id)) for item in found)
    return Log(rows=rows, total=total, people=people)


def _show(item: Judgement, held: bool, withdrawal: Decision | None) -> Row:
    fields = {name: value for name, value in (item.fields or {}).items() if name not in OWN}
    return Row(
        judgement=item,
        decided=say_moment(item.at),
        href=_find_page(item) if held else _find_passage(item),
        held=held,
        taken_back=f"{withdrawal.who}, {say_moment(withdrawal.at)}" if withdrawal else None,
        corrected=tuple((name, _say_value(value)) for name, value in fields.items()),
    )


def _find_page(item: Judgement) -> str | None:
    """Give the page of what was judged: its own, or its passage's."""
    if item.kind in ("articles", "actors", "happenings", "shifts", "conflicts"):
        return f"/{item.kind}/{quote_address(item.entry, safe='')}"
    return _find_passage(item)


def _find_passage(item: Judgement) -> str | None:
    return link_passage(item.passage) if item.passage else None


def _say_value(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or " – ".join(str(part) for part in value.values() if part is not None))
    if isinstance(value, list | tuple):
        return ", ".join(map(_say_value, value)) or "nobody"
    return "none" if value is None else str(value)
