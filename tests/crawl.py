"""Walk a desk as a browser would: from its first pages along every local link, and say what was met."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import html

STARTS = re.compile(r"[^{}]+")  # a route without a part to fill in


def list_routes(client: Any) -> list[str]:
    """Give the paths that the desk answers when asked for a page or a file."""
    description = client.app.openapi()
    return [path for path, answers in description["paths"].items() if "get" in answers]


def match_route(routes: list[str], path: str) -> str | None:
    """Give the route that a path is of, the one with the fewest parts to fill in."""
    fitting = [route for route in routes if re.fullmatch(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(route)), path)]
    return min(fitting, key=lambda route: (route.count("{"), -len(route)), default=None)


def crawl(client: Any, *, each: int = 30, asked: int = 2) -> Iterator[tuple[str, Any]]:
    """Yield addresses with their answers: every route, up to `each` paths of one, up to `asked` questions of each."""
    routes = list_routes(client)
    waiting = deque(route for route in routes if STARTS.fullmatch(route))
    seen, paths, questions = set(waiting), Counter[str](), Counter[str]()
    while waiting:
        address = waiting.popleft()
        path = urlsplit(address).path
        route = match_route(routes, path) or "elsewhere"
        if questions[path] >= asked or (not questions[path] and paths[route] >= each):
            continue
        paths[route] += not questions[path]
        questions[path] += 1
        answer = client.get(address)
        yield address, answer
        if f"{route}.json" in routes and f"{path}.json" not in seen:  # where a page only leads on, it links to no twin
            seen.add(f"{path}.json")
            waiting.append(f"{path}.json")
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for link in list_links(parse(answer)):
            local = link.split("#")[0]
            if local.startswith("/") and not local.startswith("//") and local not in seen:
                seen.add(local)
                waiting.append(local)


def parse(answer: Any) -> Any:
    """Give the tree of a page."""
    return html.document_fromstring(answer.content, parser=html.HTMLParser(encoding="utf-8"))


def list_links(page: Any) -> Iterator[str]:
    """Yield where a page's links lead and its files come from."""
    for name in ("href", "src"):
        yield from (str(found) for found in page.xpath(f"//@{name}"))
