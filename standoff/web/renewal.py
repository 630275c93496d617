"""Have the record made anew in the background after somebody decided something."""

from __future__ import annotations

from fastapi import FastAPI


def request_renewal(app: FastAPI) -> None:
    """Ask that the record be made anew soon; asking again before it is begun asks once."""
