"""Saved views: the address of any page under a title, with an address of its own that stays and can be cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from standoff.errors import ConfigError, SourceError
from standoff.records import make_id
from standoff.store.database import Store
from standoff.store.kept.views import View, change_view, insert_view, select_view, select_views
from standoff.web.desk import AtDesk
from standoff.web.door.visitors import check_token, keep_local, need
from standoff.web.page import add_page, write_json
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import say_moment

router = APIRouter()

LONGEST = 2000  # characters of an address, which every browser takes
OWN = "view"  # the part of a question that says by which view one came; it belongs to no view itself
NO_PAGES = ("/views", "/login", "/logout", "/static", "/house.css")

Title = Annotated[str, Form(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Show a saved view: its own address, where it leads, and who saved it on which day."""

    id: str
    title: str
    href: str
    address: str
    who: str
    at: str
    day: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Show the saved views, the newest first."""

    views: tuple[Shown, ...]


def list_sheets(shown: Views) -> Iterator[Sheet]:
    """Give the table of the views; `link` is the address to cite."""
    rows = [(one.title, one.who, one.at, one.address, one.href, one.id) for one in shown.views]
    yield Sheet(name="views", columns=("title", "who", "at", "address", "link", "id"), rows=rows)


@add_page(router, "/views", template="views.html", list_sheets=list_sheets)
def list_views(desk: AtDesk) -> Views:
    """List the saved views."""
    with desk.store.read() as connection:
        found = select_views(connection)
    return Views(views=tuple(show_view(view) for view in reversed(found)))


@router.post(
    "/views",
    status_code=303,
    response_class=Response,
    responses={201: {"description": "Saved, as a script asked."}, 303: {"description": "Saved; go on to the views."}},
    dependencies=[Depends(check_token), Depends(need("reviewer"))],
    summary="Save the address of a page under a title.",
)
def save_view(
    request: Request, desk: AtDesk, title: Title, address: Annotated[str, Form(max_length=LONGEST)]
) -> Response:
    """Save a view. Raises ConfigError if the address is none of this desk's pages."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    kept = tidy_address(address)
    named = " ".join(title.split())
    if not named:
        raise ConfigError("title: a view needs a title; say what it shows.")
    view = View(
        id=make_id("view", kept, named, desk.visitor.name, at), title=named, address=kept, who=desk.visitor.name, at=at
    )
    with desk.store.write() as connection:
        insert_view(connection, view)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"id": view.id, "href": f"/views/{view.id}"}, status_code=201)
    return RedirectResponse(f"/views#{view.id}", status_code=303)


@router.post(
    "/views/{id}",
    status_code=303,
    response_class=Response,
    dependencies=[Depends(check_token), Depends(need("reviewer"))],
    summary="Give a saved view another title, hide it from the list, or show it there again.",
)
def alter_view(
    desk: AtDesk,
    id: str,
    title: Annotated[str | None, Form(max_length=200)] = None,
    hidden: Annotated[Literal["true", "false"] | None, Form()] = None,
) -> Response:
    """Change what a view is called or whether it is listed; where it leads stays as it is."""
    view = load_view(desk.store, id)
    named = " ".join((title or "").split()) or None
    with desk.store.write() as connection:
        change_view(connection, view.id, title=named, hidden=None if hidden is None else hidden == "true")
    return RedirectResponse(f"/views#{view.id}", status_code=303)


@router.get("/views/{id}.json", response_model=Shown, summary="Tell what a saved view is.")
def tell_view(desk: AtDesk, id: str) -> Response:
    """Give a saved view, hidden or not, since it may have been cited."""
    return write_json(Shown, show_view(load_view(desk.store, id)))


@router.get(
    "/views/{id}",
    status_code=303,
    response_class=Response,
    responses={303: {"description": "The page that was saved, as it is now."}},
    summary="Go to the page that was saved.",
)
def open_view(desk: AtDesk, id: str) -> Response:
    """Lead to the page that a view was saved of; the page says by which view one came."""
    view = load_view(desk.store, id)
    parts = urlsplit(view.address)
    question = [*parse_qsl(parts.query, keep_blank_values=True), (OWN, view.id)]
    return RedirectResponse(urlunsplit(("", "", parts.path, urlencode(question), parts.fragment)), status_code=303)


def load_view(store: Store, id: str) -> View:
    """Give a view; raises SourceError if there is none with this id."""
    with store.read() as connection:
        view = select_view(connection, id)
    if view is None:
        raise SourceError(f"there is no saved view {id} here; the list of views has those that there are.")
    return view


def show_view(view: View) -> Shown:
    """Give a view as a page shows it."""
    return Shown(
        id=view.id, title=view.title, href=f"/views/{view.id}", address=view.address, who=view.who, at=view.at,
        day=say_moment(view.at), hidden=view.hidden,
    )  # fmt: skip


def tidy_address(address: str) -> str:
    """Give an address of this desk without the view that one came by; raises ConfigError for any other.

    >>> tidy_address("/search?q=talks&view=view_1")
    '/search?q=talks'
    """
    if len(address) > LONGEST or keep_local(address) != address or address.startswith(NO_PAGES):
        raise ConfigError(f"address: “{address[:80]}” is no page of this desk; save a view from the page itself.")
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != OWN]
    return urlunsplit(("", "", parts.path, urlencode(kept), parts.fragment))
