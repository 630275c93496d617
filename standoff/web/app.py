"""Put the desk together: its pages, its files, its door, and one sentence for whatever goes wrong."""

from __future__ import annotations

import pathlib

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from standoff import dossier
from standoff.errors import ConfigError, SourceError, StandoffError
from standoff.store.database import Store
from standoff.web.pages import articles
from standoff.web.render import render

HERE = pathlib.Path(__file__).parent
HOUSE_STYLE = pathlib.Path(dossier.__file__).with_name("style.css")
PAGES = (articles,)


def create_app(store: Store) -> FastAPI:
    """Give the desk of a store as an ASGI application."""
    app = FastAPI(title="Standoff", docs_url=None, redoc_url=None)
    app.state.store = store
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    @app.get("/house.css", include_in_schema=False)
    def give_house_style() -> FileResponse:
        return FileResponse(HOUSE_STYLE, media_type="text/css")

    for module in PAGES:
        app.include_router(module.router)
    app.add_exception_handler(StandoffError, _explain_error)
    app.add_exception_handler(HTTPException, _explain_error)
    app.add_exception_handler(RequestValidationError, _explain_error)
    return app


def _explain_error(request: Request, error: Exception) -> Response:
    """Answer with one sentence and the right status, as a page or as JSON, as the address asks."""
    status, sentence = 400, str(error)
    if isinstance(error, SourceError):
        status = 404
    elif isinstance(error, HTTPException):
        status, sentence = error.status_code, str(error.detail)
        if status == 404 and sentence == "Not Found":
            sentence = "there is no such page; go back, or start from the overview."
    elif isinstance(error, RequestValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "the request"
        status, sentence = 422, f"{place}: {first['msg']}."
    elif not isinstance(error, ConfigError):
        status = 503
    if request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"detail": sentence}, status_code=status)
    return render(request, "error.html", {"status": status, "sentence": sentence}, status=status)
