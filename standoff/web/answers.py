"""Answer what goes wrong with one sentence and the right status, as a page or as JSON, as the address asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from jinja2 import TemplateError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from standoff.errors import ConfigError, SourceError, StandoffError
from standoff.web.render import render


class Refusal(BaseModel):
    """Say in one sentence what was met, what was expected, and what to do."""

    detail: str


MEANINGS = {
    400: "The question cannot be understood.",
    401: "Nobody is logged in.",
    403: "The visitor may not do this, or the form did not come from this desk.",
    404: "There is no such page or entry.",
    409: "This cannot be done as the store stands, or another was faster.",
    413: "More was sent than the desk takes.",
    422: "Something asked for or sent is not of its kind.",
    429: "Too much was asked for; Retry-After says for how many seconds to wait.",
    503: "The store cannot be reached, read or written now.",
}

HEADS = {
    400: "Not understood",
    401: "Not logged in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Not possible as things stand",
    413: "Too much",
    414: "Too long",
    422: "Not understood",
    429: "Too often",
    503: "The store does not answer",
}

# What every address may answer, for its description (OpenAPI).
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": meaning, "content": {"text/html": {"schema": {"type": "string"}}}}
    for status, meaning in MEANINGS.items()
}


def answer_error(request: Request, error: Exception) -> Response:
    """Answer an error that was raised on purpose, by Standoff or by the framework."""
    if isinstance(error, HTTPException):
        sentence = str(error.detail)
        if error.status_code == 404 and sentence == "Not Found":
            sentence = "there is no such page; go back, or start from the overview."
        elif error.status_code == 405 and sentence == "Method Not Allowed":
            sentence = f"this address does not answer {request.method}; open it as a page."
        return answer(request, error.status_code, sentence, headers=error.headers)
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "the request"
        said = first["msg"].removeprefix("Value error, ")
        return answer(request, 422, f"{place}: {said}.")
    if isinstance(error, SourceError):
        return answer(request, 404, str(error))
    if isinstance(error, ConfigError):
        return answer(request, 400, str(error))
    unreachable = error.__cause__ is not None  # the database's own error; else the store refuses what was asked
    return answer(request, 503 if unreachable else 409, str(error))


def answer(request: Request, status: int, sentence: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """Answer one sentence."""
    if request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", ""):
        clean = sentence.encode("utf-8", "replace").decode()
        return JSONResponse({"detail": clean}, status_code=status, headers=dict(headers or {}))
    page: Response
    try:
        shown = {"status": status, "head": HEADS.get(status, "This went wrong"), "sentence": sentence}
        page = render(request, "error.html", shown, status=status)
    except (StandoffError, TemplateError):  # what is around every page may ask the store too
        page = PlainTextResponse(sentence.encode("utf-8", "replace"), status_code=status)
    page.headers.update(headers or {})
    return page


HANDLED = (StandoffError, HTTPException, RequestValidationError)
