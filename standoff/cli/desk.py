"""The commands of the desk: serve it, and look after the accounts of those who use it."""

from __future__ import annotations

import logging
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from standoff.errors import ConfigError

if TYPE_CHECKING:
    from standoff.store.database import Store

accounts = typer.Typer(help="Look after the accounts of those who use a store's desk.", no_args_is_help=True)

Url = Annotated[str, typer.Argument(metavar="STORE", help="The store: a file, or the address of a database.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, for a script.")
]


def serve_command(
    store: Url,
    host: Annotated[str, typer.Option(help="The address to serve at; others can reach any but 127.0.0.1.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to serve at; 0 takes one that is free.")] = 8321,
    trust_header: Annotated[
        str | None,
        typer.Option(metavar="HEADER", help="The header by which a proxy names who comes, as X-Forwarded-User."),
    ] = None,
    trust_proxy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS", help="Take a proxy's word from this address or network too, not this machine only."
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the desk in the browser.")] = False,
) -> None:
    """Serve the desk of a store: pages to look through it, to search, and to decide."""
    with_web = _load_web()
    opened = _open(store)
    _log_to_terminal()
    console = Console(highlight=False)

    def tell(address: str) -> None:
        console.print(f"the desk of {escape(_hide(store))} is at [link={address}]{address}[/link]", soft_wrap=True)
        console.print("[dim]stop it with Ctrl-C[/]")
        if open_page:
            with_web.open_browser(address)

    place = with_web.Place(host=host, port=port, header=trust_header, proxies=tuple(trust_proxy or ()))
    with_web.serve_desk(opened, place, url=_hide(store), on_ready=tell)


@accounts.command("add")
def add_command(
    name: Name,
    store: Url,
    role: Annotated[str, typer.Option(help="reader, reviewer or owner.")] = "reviewer",
    password_stdin: FromInput = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="For one whom a proxy names; nobody can log in by it.")
    ] = False,
) -> None:
    """Add an account; its password is asked for on the terminal."""
    _load_web()
    from standoff.web.door.people import add_account

    opened = _open(store)
    password = None if no_password else _ask_password(name, from_input=password_stdin)
    added = add_account(opened, name=name, role=role, password=password, by=_name_user())
    typer.echo(f"added: {added.name}, {added.role}")


@accounts.command("list")
def list_command(store: Url) -> None:
    """List the accounts of a store."""
    from standoff.store.kept.accounts import select_accounts

    with _open(store).read() as connection:
        found = select_accounts(connection)
    for account in found:
        typer.echo("\t".join((account.name, account.role, account.created, "" if account.password else "no password")))
    if not found:
        typer.echo("no accounts: the desk answers its own machine only")


@accounts.command("role")
def role_command(
    name: Name, role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, reviewer or owner.")], store: Url
) -> None:
    """Give an account another role."""
    _load_web()
    from standoff.web.door.people import change_role

    change_role(_open(store), name=name, role=role, by=_name_user())
    typer.echo(f"changed: {name}, {role}")


@accounts.command("password")
def password_command(name: Name, store: Url, password_stdin: FromInput = False) -> None:
    """Set an account's password, which is asked for on the terminal; it is logged out everywhere."""
    _load_web()
    from standoff.web.door.people import set_password

    opened = _open(store)
    set_password(opened, name=name, password=_ask_password(name, from_input=password_stdin), by=_name_user())
    typer.echo(f"changed: {name}")


@accounts.command("remove")
def remove_command(name: Name, store: Url) -> None:
    """Remove an account; what it judged stays."""
    _load_web()
    from standoff.web.door.people import remove_account

    remove_account(_open(store), name=name, by=_name_user())
    typer.echo(f"removed: {name}")


def _open(url: str) -> Store:
    from standoff.store.database import open_store

    return open_store(url, create=False)


def _load_web() -> ModuleType:
    """Give the server's module, or say which extra is missing."""
    try:
        from standoff.web import serving
    except ModuleNotFoundError as error:
        raise ConfigError(f"\"{error.name}\" is needed here: pip install 'standoff[web]'.") from error
    return serving


def _ask_password(name: str, *, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise ConfigError("there is no terminal to ask for the password on; give it with --password-stdin.")
    password: str = typer.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True)
    return password


def _name_user() -> str:
    from standoff.web.door.visitors import name_user

    return f"{name_user()} at the terminal"


def _hide(url: str) -> str:
    from standoff.store.engines import name_store

    return name_store(url)


def _log_to_terminal() -> None:
    """Show on the terminal who logged in and what was refused or failed, with the time."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logger = logging.getLogger("standoff.desk")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
