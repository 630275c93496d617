"""Show what a decision would do before it is made: whom a merge joins, what a split or a rejection takes along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import TypeAdapter

from standoff.errors import ConfigError
from standoff.web.decided.judging import Asked, make_judgements
from standoff.web.decided.settling import Effect, show_effect
from standoff.web.decided.wishes import FORM, Wish, read_wish
from standoff.web.desk import AtDesk
from standoff.web.door.visitors import check_token, keep_local, need
from standoff.web.render import render
from standoff.workflow.previews import preview_judgements

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Show what is about to be decided, in words, what it would do, and the form by which to decide it after all."""

    verdict: str
    labels: tuple[str, ...]
    effect: Effect
    fields: tuple[tuple[str, str], ...]
    next: str


async def read_again(request: Request) -> tuple[tuple[str, str], ...]:
    """Give a form's fields as they were sent, so that they can be sent again."""
    if "form" not in request.headers.get("content-type", ""):
        return ()
    form = await request.form()
    return tuple((name, value) for name, value in form.multi_items() if isinstance(value, str) and name != "token")


@router.post(
    "/judgements/preview",
    response_model=Shown,
    dependencies=[Depends(check_token), Depends(need("reviewer"))],
    openapi_extra=FORM,
    responses={200: {"content": {"text/html": {}}, "description": "What it would do; nothing is decided."}},
    summary="Show what a decision would do, and decide nothing.",
)
def preview(
    request: Request,
    desk: AtDesk,
    wish: Annotated[Wish, Depends(read_wish)],
    sent: Annotated[tuple[tuple[str, str], ...], Depends(read_again)],
) -> Response:
    """Work out what the record would be with this decision, without making it."""
    if wish.verdict == "withdraw":
        raise ConfigError("verdict: to take a decision back needs no preview; it can be made again.")
    asked = Asked(
        kind=wish.kind,
        entries=(wish.entry,) if isinstance(wish.entry, str) else tuple(wish.entry),
        verdict=wish.verdict,
        other=wish.other,
        fields=wish.fields,
        why=wish.why,
    )
    made = make_judgements(desk.store, asked, who=desk.visitor.name)
    shown = Shown(
        verdict=wish.verdict,
        labels=tuple(item.label or item.entry for item in made),
        effect=show_effect(preview_judgements(desk.store, made)),
        fields=sent,
        next=keep_local(wish.next),
    )
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(TypeAdapter(Shown).dump_python(shown, mode="json"))
    return render(request, "effect.html", shown)
