"""Read the article of a web page: its text without the page around it, and what the page says of it."""

from __future__ import annotations

from typing import Any

from standoff.errors import SourceError
from standoff.ingest.article import make_article
from standoff.layout import read_day
from standoff.records import Article

MAX_BYTES = 10_000_000  # of one page: the largest news pages have 3 to 5 MB, nearly all of it scripts
LEAST_WORDS = 25  # of running text: less is a menu, a notice or a login page


def read_html(data: bytes, source: str, *, url: str | None = None) -> Article:
    """Give the article of a page, with the title, outlet, address and day that the page's own markup gives it.

    The text is trafilatura's: paragraphs, one a line, without menus, comments and footers. Raises SourceError for a
    page that holds no article.
    """
    if not data.strip():
        raise SourceError("there is no text in it; give a file that holds an article.")
    page = _extract(data, url)
    text = (page.text or "") if page is not None else ""
    if page is None or len(text.split()) < LEAST_WORDS:
        raise SourceError("there is no article on this page, only menus or notices; give the page of one article.")
    return make_article(
        text,
        source,
        title=page.title or None,
        outlet=page.sitename or None,
        url=url or page.url or None,
        published=read_day(page.date) if page.date else None,
    )


def _extract(data: bytes, url: str | None) -> Any:
    """Run trafilatura; a day is taken from markup alone, as its search through the text guesses."""
    import trafilatura

    return trafilatura.bare_extraction(
        data,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
