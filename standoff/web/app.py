"""Put the desk together: its pages, its files, its door, and one sentence for whatever goes wrong."""

from __future__ import annotations

import pathlib
from importlib import import_module
from pkgutil import iter_modules

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from standoff import dossier
from standoff.store.database import Store
from standoff.web import pages
from standoff.web.answers import HANDLED, REFUSALS, answer_error
from standoff.web.door.doorway import Doorway
from standoff.web.door.visitors import Door

HERE = pathlib.Path(__file__).parent
HOUSE_STYLE = pathlib.Path(dossier.__file__).with_name("style.css")
PAGES = tuple(import_module(f"{pages.__name__}.{found.name}") for found in iter_modules(pages.__path__))


def create_app(store: Store, *, door: Door | None = None) -> FastAPI:
    """Give the desk of a store as an ASGI application; without a `door` of its own, the store's accounts decide."""
    app = FastAPI(title="Standoff", docs_url=None, redoc_url=None, responses=REFUSALS)
    app.state.store = store
    app.add_middleware(Doorway, door=door or Door(store))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    @app.get("/house.css", include_in_schema=False)
    def give_house_style() -> FileResponse:
        return FileResponse(HOUSE_STYLE, media_type="text/css")

    for module in PAGES:
        app.include_router(module.router)
    for kind in HANDLED:
        app.add_exception_handler(kind, answer_error)
    return app
