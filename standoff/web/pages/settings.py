"""Settle what the dispute is about and who its actors are: edit in place, see the effect, save, and go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote as quote_address

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from standoff.errors import ConfigError, SourceError, StoreError
from standoff.store.database import Store
from standoff.web.decided.renewal import request_renewal
from standoff.web.decided.settling import (
    ACTOR_FIELDS,
    ISSUE_FIELDS,
    Effect,
    Form,
    fill_actor,
    fill_issue,
    pair_versions,
    read_actor,
    read_issue,
    read_name,
    read_version,
    show_effect,
    sign_text,
    tell_change,
    tell_fault,
)
from standoff.web.desk import AtDesk, Desk, Visitor
from standoff.web.door.visitors import check_token, need
from standoff.web.page import add_page
from standoff.web.render import render
from standoff.web.shown.cards import say_moment
from standoff.workflow.anew import check_event_types
from standoff.workflow.kept import ACTORS, ISSUES
from standoff.workflow.previews import preview_actors, preview_issues
from standoff.workflow.settings import (
    Held,
    SettingError,
    change_actor,
    change_issue,
    list_settings,
    load_actors,
    load_issues,
    prove_issue,
    save_setting,
)

router = APIRouter()
Owner = Annotated[Visitor, Depends(need("owner"))]
Checked = [Depends(check_token)]
LONGEST = 40_000  # characters of one field


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Show one issue or actor among the settings."""

    name: str
    says: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Show one change of the settings; `current` for the one that holds."""

    key: str
    version: int
    who: str
    at: str
    moment: str
    says: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Show what is settled: the issues (`own` if they are not those that ship), the actors, and every change."""

    issues: tuple[Line, ...]
    own: bool
    actors: tuple[Line, ...]
    history: tuple[Version, ...]


class Sort(NamedTuple):
    """How one sort of setting is loaded, shown, read, changed and tried out."""

    key: str
    fields: tuple[str, ...]
    template: str
    load: Callable[[Store], Held]
    fill: Callable[[Mapping[str, Any]], dict[str, str]]
    read: Callable[[Mapping[str, str]], dict[str, Any]]
    change: Callable[[Held, str, Mapping[str, Any] | None], str]
    preview: Callable[[Store, str, str], Effect]


def _try_issue(store: Store, text: str, key: str) -> Effect:
    proofs = prove_issue(text, key) if f"[codes.{key}]" in text else ()
    return show_effect(preview_issues(store, text), proofs)


def _try_actor(store: Store, text: str, name: str) -> Effect:
    return show_effect(preview_actors(store, text))


ISSUE = Sort(ISSUES, ISSUE_FIELDS, "setting_issue.html", load_issues, fill_issue, read_issue, change_issue, _try_issue)
ACTOR = Sort(ACTORS, ACTOR_FIELDS, "setting_actor.html", load_actors, fill_actor, read_actor, change_actor, _try_actor)


@add_page(router, "/settings", template="settings.html")
def show_settings(desk: AtDesk, owner: Owner) -> Settings:
    """Show the issues and the actors that are settled for this dispute, and who changed what."""
    issues, actors = load_issues(desk.store), load_actors(desk.store)
    history = list_settings(desk.store)
    last = {item.key: item.version for item in reversed(history)}
    before = {(item.key, item.version): earlier for item, earlier in pair_versions(history)}
    return Settings(
        issues=tuple(
            Line(name=key, says=str(table["definition"]), href=f"/settings/issue?name={quote_address(key, safe='')}")
            for key, table in issues.tables.items()
        ),
        own=issues.own,
        actors=tuple(
            Line(name=name, says=_say_pin(table), href=f"/settings/actor?name={quote_address(name, safe='')}")
            for name, table in sorted(actors.tables.items())
        ),
        history=tuple(
            Version(
                key=item.key,
                version=item.version,
                who=item.who,
                at=item.at,
                moment=say_moment(item.at),
                says=tell_change(before[item.key, item.version], item),
                current=last[item.key] == item.version,
            )
            for item in history
        ),
    )


def _say_pin(table: Mapping[str, Any]) -> str:
    told = [str(table[name]) for name in ("kind", "country") if table.get(name)]
    told += [" ".join(table["sectors"])] if table.get("sectors") else []
    names = (("aliases", "also"), ("same", "is also"), ("not_same", "is not"))
    told += [f"{word} {', '.join(table[name])}" for name, word in names if table.get(name)]
    return " · ".join(told)


@add_page(router, "/settings/issue", template=ISSUE.template)
def show_issue_form(desk: AtDesk, owner: Owner, name: str = "") -> Form:
    """Show the form of one issue, or of a new one."""
    return _open_form(desk, ISSUE, name)


@add_page(router, "/settings/actor", template=ACTOR.template)
def show_actor_form(desk: AtDesk, owner: Owner, name: str = "") -> Form:
    """Show the form of one actor's settings, or of a new one's."""
    return _open_form(desk, ACTOR, name, offered=True)


def _open_form(desk: Desk, sort: Sort, name: str, *, offered: bool = False) -> Form:
    """Fill the form of an entry; an actor of the record may be named before anything is settled of it."""
    held = sort.load(desk.store)
    if name and name not in held.tables and not offered:
        raise SourceError(f"there is no issue “{name}” here; choose one in the settings.")
    table = held.tables.get(name, {})
    kept = tuple(sorted(field for field in table if field not in (*sort.fields, "stances")))
    return Form(name=name, new=name not in held.tables, values=sort.fill(table), version=held.version, kept=kept)


async def read_form(request: Request) -> dict[str, str]:
    """Read a form's fields as text. Raises ConfigError for one that is longer than any setting."""
    form = await request.form()
    values = {name: value for name, value in form.items() if isinstance(value, str)}
    for name, value in values.items():
        if len(value) > LONGEST:
            raise ConfigError(f"“{name}” has {len(value)} characters; give at most {LONGEST}.")
    return values


Sent = Annotated[dict[str, str], Depends(read_form)]
TEXTS = {
    "application/x-www-form-urlencoded": {"schema": {"type": "object", "additionalProperties": {"type": "string"}}}
}
SENT: dict[str, Any] = {"requestBody": {"content": TEXTS}}
ANSWERS: dict[int | str, dict[str, Any]] = {
    303: {"description": "Saved; the settings show it."},
    409: {"description": "Another has changed it meanwhile."},
    422: {"description": "Something in the form is wrong."},
}


@router.post(
    "/settings/issue", dependencies=Checked, response_class=HTMLResponse, responses=ANSWERS, openapi_extra=SENT
)
def settle_issue(request: Request, desk: AtDesk, owner: Owner, sent: Sent) -> Response:
    """Show what an issue would do, save it, or take it out."""
    return _settle(request, desk, ISSUE, sent)


@router.post(
    "/settings/actor", dependencies=Checked, response_class=HTMLResponse, responses=ANSWERS, openapi_extra=SENT
)
def settle_actor(request: Request, desk: AtDesk, owner: Owner, sent: Sent) -> Response:
    """Show what an actor's settings would do, save them, or take them out."""
    return _settle(request, desk, ACTOR, sent)


def _settle(request: Request, desk: Desk, sort: Sort, sent: Mapping[str, str]) -> Response:
    """Check a form and show its effect; save only what was shown. A fault is shown at its field."""
    held = sort.load(desk.store)
    name, action = read_name(sent.get("name", "")), sent.get("action")
    removing = action == "remove"
    version = read_version(sent.get("version", ""))
    values = {field: sent.get(field, "") for field in sort.fields}
    form = Form(
        name=name,
        new=name not in held.tables,
        values=values,
        version=held.version if version is None else version,
        removing=removing,
    )
    try:
        text = sort.change(held, name, None if removing else sort.read(values))
        seen = sign_text(text)
        if action in ("save", "remove") and sent.get("seen") == seen:
            return _save(request, desk, sort, text, form.version)
        effect = sort.preview(desk.store, text, name)
    except SettingError as error:
        return render(request, sort.template, replace(form, faults=tell_fault(error, name)), status=422)
    except StoreError as error:
        return render(request, sort.template, replace(form, faults={"": str(error)}), status=409)
    return render(request, sort.template, replace(form, effect=effect, seen=seen))


def _save(request: Request, desk: Desk, sort: Sort, text: str, version: int) -> Response:
    """Keep the text, and have the reports read again by new issues, or only the record made anew for actors."""
    if sort.key == ISSUES:
        check_event_types(desk.store)
    save_setting(desk.store, sort.key, text, who=desk.visitor.name, after=version)
    request_renewal(request.app, read=sort.key == ISSUES)
    return RedirectResponse("/settings", status_code=303)


@router.post(
    "/settings/restore", dependencies=Checked, response_class=RedirectResponse, responses=ANSWERS, openapi_extra=SENT
)
def restore(request: Request, desk: AtDesk, owner: Owner, sent: Sent) -> Response:
    """Go back to an earlier version of the issues or the actors, 0 for what ships, as a new version."""
    sort = {ISSUES: ISSUE, ACTORS: ACTOR}.get(sent.get("key", ""))
    wanted = read_version(sent.get("version", ""))
    history = {(item.key, item.version): item for item in list_settings(desk.store)}
    found = history.get((sort.key, wanted)) if sort and wanted else None
    if sort is None or (found is None and wanted != 0):
        raise SourceError("there is no such version of the settings; choose one that the page lists.")
    after = max((version for key, version in history if key == sort.key), default=0)
    return _save(request, desk, sort, found.value or "" if found else "", after)
