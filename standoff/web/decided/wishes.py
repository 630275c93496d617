"""Read what a visitor decides from a form or from JSON, which say the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from standoff.errors import ConfigError

FIELD = "fields."  # what a form's names of corrected fields begin with
SEVERAL = {"actors", "recipients", "sectors"}  # fields that hold several values


class Wish(BaseModel):
    """Say what is decided: one verdict on one or more entries of one kind; “withdraw” takes the last one back."""

    model_config = ConfigDict(extra="forbid")

    kind: str
    entry: str | list[str] = Field(description="The id of an entry, or several.")
    verdict: str
    other: str | None = Field(None, description="The other entry, for “same” and “not-same”.")
    fields: dict[str, Any] | None = Field(None, description="For “correct”: what takes the place of the machine's.")
    why: str | None = Field(None, max_length=4000)
    next: str | None = Field(None, description="Where to go then, within this desk.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Hold what goes with taking back a judgement."""

    why: str | None = None
    next: str | None = None


async def read_said(request: Request) -> Said:
    """Read why a judgement is taken back, from a form; a script need not say."""
    form = await request.form()
    said = {name: value for name in ("why", "next") if isinstance(value := form.get(name), str) and value}
    return Said(**said)


async def read_wish(request: Request) -> Wish:
    """Read what is decided from a form or from JSON. Raises ConfigError in one sentence if it is neither."""
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        try:
            body = json.loads(await request.body())
        except ValueError as error:
            raise ConfigError(f"the body is not JSON: {error}.") from error
    else:
        form = await request.form()
        body = _read_form([(name, value) for name, value in form.multi_items() if isinstance(value, str)])
    try:
        return TypeAdapter(Wish).validate_python(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"{'.'.join(map(str, first['loc'])) or 'the body'}: {first['msg'].lower()}.") from error


def _read_form(items: list[tuple[str, str]]) -> dict[str, Any]:
    """Give a form's values as JSON would have them; “fields.when.earliest” is a part of the field “when”."""
    body: dict[str, Any] = {"entry": [value for name, value in items if name == "entry"]}
    fields: dict[str, Any] = {}
    for name, value in items:
        if name in ("kind", "verdict", "other", "why", "next"):
            body[name] = value or None
        elif name.startswith(FIELD):
            field, _, part = name.removeprefix(FIELD).partition(".")
            if part:
                fields.setdefault(field, {})[part] = value or None
            elif field in SEVERAL:
                fields.setdefault(field, []).extend([value] if value else [])
            else:
                fields[field] = value or None
    empty = [name for name, value in fields.items() if isinstance(value, Mapping) and not any(value.values())]
    return body | {"fields": (fields | dict.fromkeys(empty)) or None}


FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": Wish.model_json_schema()},
            "application/x-www-form-urlencoded": {"schema": Wish.model_json_schema()},
        },
    }
}
