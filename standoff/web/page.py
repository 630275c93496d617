"""Register a page once and get four addresses: the page, its JSON twin, and its tables as CSV and XLSX.

A page is a function that gives a frozen dataclass: what the page shows. The template renders it, `.json` is it, and
`list_sheets` says which tables of it can be taken out.
"""

# No postponed annotations here: each names the function that builds the page, which only the call knows.
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, ParamSpec, TypeVar, get_type_hints
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import TypeAdapter

from standoff.web.render import render
from standoff.web.sheets import WORKBOOK, Sheet, write_csv, write_workbook

P = ParamSpec("P")
T = TypeVar("T")
Sheets = Callable[[Any], Iterator[Sheet]]


def add_page(
    router: APIRouter, path: str, *, template: str, list_sheets: Sheets | None = None
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Register a function that builds what a page shows; its parameters are those of the address and the question.

    `/issues` becomes also `/issues.json` and, with `list_sheets`, `/issues.csv` and `/issues.xlsx`, which hold the same
    under the same question, but whole, not a page of it, as far as the function asks `desk.reach` for its limit. With
    several sheets, `?sheet=NAME` chooses the one that a CSV file gives; the first is given else.
    """

    def register(build: Callable[P, T]) -> Callable[P, T]:
        model = get_type_hints(build)["return"]
        stem = "/index" if path == "/" else path
        built = Annotated[Any, Depends(build)]
        name, summary = build.__name__, (build.__doc__ or build.__name__).strip().splitlines()[0]

        def tell(shown: built) -> Response:
            return write_json(model, shown)

        router.get(f"{stem}.json", response_model=model, name=f"{name}_json", summary=summary)(tell)

        if list_sheets is not None:

            def write_sheet(request: Request, shown: built, sheet: str | None = None) -> Response:
                return write_csv(list(list_sheets(shown)), sheet, request)

            def write_book(request: Request, shown: built) -> Response:
                return write_workbook(list(list_sheets(shown)), request)

            for form, media, write in (("csv", "text/csv", write_sheet), ("xlsx", WORKBOOK, write_book)):
                router.get(
                    f"{stem}.{form}",
                    name=f"{name}_{form}",
                    summary=summary,
                    response_class=Response,
                    responses={200: {"content": {media: {}}}},
                )(write)

        def show(request: Request, shown: built) -> HTMLResponse:
            forms = ("csv", "xlsx", "json") if list_sheets is not None else ("json",)
            named = {key: quote(str(value), safe="") for key, value in request.path_params.items()}
            return render(request, template, shown, stem=stem.format(**named), forms=forms)

        router.get(path, name=name, summary=summary, response_class=HTMLResponse)(show)
        return build

    return register


def write_json(model: Any, shown: Any) -> Response:
    """Give what a page shows as JSON, whatever characters a report has."""
    try:
        body = _adapt(model).dump_json(shown)
    except ValueError:  # half a surrogate pair, which is no UTF-8
        body = json.dumps(_adapt(model).dump_python(shown)).encode("ascii")
    return Response(body, media_type="application/json")


@cache
def _adapt(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)
