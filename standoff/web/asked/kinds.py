"""Say what kinds of things the question in an address may hold, so that every page refuses the same alike."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator


def read_day(text: str | None) -> str | None:
    """Give an ISO day as it is, and None for what is left empty; raises ValueError for what is no day.

    >>> read_day("2021-03-01"), read_day("")
    ('2021-03-01', None)
    """
    if not text:
        return None
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"“{text[:40]}” is not a day; write it as 2021-03-01") from None


# What a form leaves empty asks for nothing.
Day = Annotated[str | None, Query(max_length=40, description="A day, as 2021-03-01."), AfterValidator(read_day)]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="How many entries to pass over.")]
Words = Annotated[str | None, Query(max_length=1000, description="Words, “a phrase”, -not, begin*, this or that.")]
Named = Annotated[str | None, Query(max_length=400)]
