"""Log in and out, one's own account, and the accounts of all, which owners look after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from standoff.store.kept.accounts import Role
from standoff.web.desk import AtDesk, Visitor
from standoff.web.door.doorway import refuse_for_now, write_cookie
from standoff.web.door.people import (
    ROLES,
    add_account,
    change_role,
    list_accounts,
    remove_account,
    set_password,
)
from standoff.web.door.visitors import LASTING, SESSION, Door, Way, check_token, keep_local, need
from standoff.web.page import add_page
from standoff.web.render import render

router = APIRouter()
Owner = Annotated[Visitor, Depends(need("owner"))]
Said = Annotated[str, Form(max_length=1000)]
Checked = [Depends(check_token)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """Show the form to log in by; `next` is where it leads, `sentence` what was wrong the last time."""

    next: str = "/"
    sentence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Show who the visitor is to this desk, and how they came in: as the local owner, by an account, by a proxy."""

    name: str
    role: Role
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Show one account."""

    name: str
    role: Role
    created: str
    password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Show all accounts, and what roles there are."""

    accounts: tuple[Member, ...]
    roles: tuple[Role, ...]
    way: Way


@router.get("/login", response_class=HTMLResponse, responses={303: {"description": "Nobody logs in here."}})
def show_log_in(request: Request, next: str = "/") -> Response:
    """Show the form to log in by."""
    if request.state.way != "account" or request.state.session:
        return RedirectResponse(keep_local(next), status_code=303)
    return render(request, "login.html", LogIn(next=keep_local(next)))


@router.post("/login", dependencies=Checked, status_code=303, response_class=RedirectResponse)
def log_in(desk: AtDesk, request: Request, name: Said = "", password: Said = "", next: Said = "/") -> Response:
    """Log in, and go on to where one was sent from."""
    door: Door = request.state.door
    if request.state.way != "account":
        raise HTTPException(403, "nobody logs in at this desk; it has no accounts, or a proxy says who comes.")
    account = door.gatekeeper.check(desk.store, name=name, password=password, address=request.state.address)
    if isinstance(account, int):
        refuse_for_now(account, "the name or the password was wrong too often")
    if account is None:
        shown = LogIn(next=keep_local(next), sentence="That name and password do not go together; try again.")
        return render(request, "login.html", shown, status=401)
    if request.state.session:
        door.close_session(request.state.session)
    answer = RedirectResponse(keep_local(next), status_code=303)
    seconds = int(LASTING.total_seconds())
    answer.headers.append("Set-Cookie", write_cookie(SESSION, door.open_session(account), request, seconds=seconds))
    return answer


@router.post("/logout", dependencies=Checked, status_code=303, response_class=RedirectResponse)
def log_out(request: Request) -> Response:
    """Log out; the browser forgets the pages that it kept."""
    if request.state.session:
        request.state.door.close_session(request.state.session)
    answer = RedirectResponse("/login", status_code=303, headers={"Clear-Site-Data": '"cache"'})
    answer.headers.append("Set-Cookie", write_cookie(SESSION, "", request, seconds=0))
    return answer


@add_page(router, "/account", template="account.html")
def show_own(desk: AtDesk, request: Request) -> Own:
    """Show who one is to this desk, and what one may do."""
    return Own(name=desk.visitor.name, role=_role(desk.visitor), way=request.state.way)


@router.post("/account/password", dependencies=Checked, status_code=303, response_class=RedirectResponse)
def change_own_password(desk: AtDesk, request: Request, old: Said = "", new: Said = "", again: Said = "") -> Response:
    """Change one's own password, which logs one out everywhere."""
    door: Door = request.state.door
    if request.state.way != "account":
        raise HTTPException(403, "nobody has a password at this desk; it has no accounts, or a proxy says who comes.")
    name = desk.visitor.name
    if new != again:
        raise HTTPException(422, "the new password was not typed the same way twice; go back and type it again.")
    checked = door.gatekeeper.check(desk.store, name=name, password=old, address=request.state.address)
    if isinstance(checked, int):
        refuse_for_now(checked, "the password was wrong too often")
    if checked is None:
        raise HTTPException(403, "the old password is not right; go back and type it again.")
    set_password(desk.store, name=name, password=new, by=name)
    return RedirectResponse("/login", status_code=303)


@add_page(router, "/accounts", template="accounts.html")
def show_accounts(desk: AtDesk, request: Request, visitor: Owner) -> Members:
    """List who may use this desk."""
    members = tuple(
        Member(name=account.name, role=account.role, created=account.created, password=account.password is not None)
        for account in list_accounts(desk.store)
    )
    return Members(accounts=members, roles=ROLES, way=request.state.way)


@router.post("/accounts", dependencies=Checked, status_code=303, response_class=RedirectResponse)
def add_member(
    desk: AtDesk, request: Request, visitor: Owner, name: Said, role: Said = "reviewer", password: Said = ""
) -> Response:
    """Add an account; behind a proxy it may go without a password."""
    without = not password and request.state.way == "proxy"
    add_account(desk.store, name=name, role=role, password=None if without else password, by=visitor.name)
    return _go_back()


@router.post("/accounts/role", dependencies=Checked, status_code=303, response_class=RedirectResponse)
def change_member(desk: AtDesk, visitor: Owner, name: Said, role: Said) -> Response:
    """Give an account another role."""
    change_role(desk.store, name=name, role=role, by=visitor.name)
    return _go_back()


@router.post("/accounts/password", dependencies=Checked, status_code=303, response_class=RedirectResponse)
def set_member_password(desk: AtDesk, visitor: Owner, name: Said, password: Said) -> Response:
    """Give an account another password, which logs it out everywhere."""
    set_password(desk.store, name=name, password=password, by=visitor.name)
    return _go_back()


@router.post("/accounts/remove", dependencies=Checked, status_code=303, response_class=RedirectResponse)
def remove_member(desk: AtDesk, visitor: Owner, name: Said) -> Response:
    """Remove an account; what it judged stays."""
    remove_account(desk.store, name=name, by=visitor.name)
    return _go_back()


def _go_back() -> Response:
    return RedirectResponse("/accounts", status_code=303)


def _role(visitor: Visitor) -> Role:
    return next(role for role in ROLES if role == visitor.role)
