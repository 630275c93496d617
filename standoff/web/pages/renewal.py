"""Tell whether the record is being made anew, for who waits for it."""

from __future__ import annotations

from fastapi import APIRouter, Request

from standoff.web.decided.renewal import State, look_at_renewal
from standoff.web.page import add_page

router = APIRouter()


@add_page(router, "/renewal", template="renewal.html")
def tell_renewal(request: Request) -> State:
    """Tell whether the record is being made anew, and since when."""
    return look_at_renewal(request.app)
