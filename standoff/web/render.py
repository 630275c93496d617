"""Render a template: everything escaped, nothing undefined, with what every page has around it."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from standoff.dossier.words import name_country, say_code, say_dates
from standoff.resolve.judged.verdicts import OWN
from standoff.web.decided.renewal import look_at_renewal

HERE = pathlib.Path(__file__).parent

# What turns the direction of writing, and what ends it (Unicode Bidirectional Algorithm, UAX 9).
CLOSES = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def render(
    request: Request,
    template: str,
    shown: Any,
    *,
    stem: str | None = None,
    forms: Sequence[str] = (),
    status: int = 200,
) -> HTMLResponse:
    """Give a page as HTML: the template sees what it shows as `page`, who asks as `desk`, and the `request`."""
    from standoff.web.desk import get_desk

    downloads = [(form.upper(), _write_download(request, f"{stem}.{form}")) for form in forms] if stem else []
    text = (
        load_templates()
        .get_template(template)
        .render(page=shown, request=request, desk=get_desk(request), downloads=downloads)
    )
    return HTMLResponse(text.replace("\0", "\ufffd").encode("utf-8", "replace"), status_code=status)


@cache
def load_templates() -> jinja2.Environment:
    """Give the environment of the desk's templates."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=close_directions,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["days"] = lambda item: say_dates(item.earliest, item.latest)
    environment.filters["country"] = name_country
    environment.globals["say"] = say_code
    environment.globals["own_fields"] = OWN
    environment.globals["query"] = write_query
    environment.globals["look_at_renewal"] = look_at_renewal
    return environment


def close_directions(value: Any) -> Any:
    """Give text with a close for each turn of the writing direction that it leaves open, so that none after it turns.

    >>> close_directions("on \u202egnp.exe").endswith("\u202c")
    True
    """
    if type(value) is not str or not TURNS.search(value):
        return value
    opened: list[str] = []
    for turn in TURNS.findall(value):
        if turn in CLOSES:
            opened.append(CLOSES[turn])
        elif turn in opened:
            del opened[len(opened) - 1 - opened[::-1].index(turn) :]
    return value + "".join(reversed(opened))


def _write_download(request: Request, address: str) -> str:
    """Give the address of what is taken out under the page's question: a table is taken whole, from its beginning."""
    whole = address.endswith((".csv", ".xlsx"))
    asked = [(key, value) for key, value in request.query_params.multi_items() if not (whole and key == "offset")]
    return f"{address}?{urlencode(asked)}" if asked else address


def write_query(request: Request, **changed: str | int | None) -> str:
    """Give the address of this page with some of its question changed; None takes a part of it out.

    By which saved view one came is no part of it.
    """
    asked = {key: value for key, value in request.query_params.items() if key not in changed and key != "view"}
    asked |= {key: str(value) for key, value in changed.items() if value is not None}
    path = quote(request.url.path)
    return f"{path}?{urlencode(asked, errors='replace')}" if asked else path
