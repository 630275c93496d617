"""Look into a page as a reader's browser parses it."""

from __future__ import annotations

from typing import Any

from lxml import html


def parse(text: str) -> Any:
    """Give a page's tree."""
    return html.document_fromstring(text)


def pick(node: Any, *classes: str, tag: str = "*") -> list[Any]:
    """Give the elements below a node that have all of these classes, in the page's order."""
    tests = "".join(f'[contains(concat(" ", normalize-space(@class), " "), " {name} ")]' for name in classes)
    return list(node.xpath(f".//{tag}{tests}"))


def pick_id(node: Any, id: str) -> Any:
    """Give the one element of a page that has an id."""
    [found] = node.xpath("//*[@id=$id]", id=id)
    return found


def read_form(form: Any) -> dict[str, Any]:
    """Give what a form would send if it were sent as it stands, a button's value left out."""
    sent: dict[str, list[Any]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent
