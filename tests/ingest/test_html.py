"""Web pages: the article's own text and what the page's markup says of it."""

from __future__ import annotations

import pathlib

import pytest

from standoff.errors import SourceError
from standoff.ingest.html import read_html
from standoff.ingest.sources import read_articles
from standoff.records import Failure

PARAGRAPHS = (
    "The ferry crews of Limassol voted on Sunday to stay ashore for a third week, and the owners called it a mistake.",
    "“We were promised a berth and we got a bill,” said Eleni Markou, who has sailed for twenty years o.",
    "The minister is to meet both sides on Thursday. Neither would say whether it would bring anything new.",
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Crews stay ashore - The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><meta property="og:title" content="Crews stay ashore">
<meta property="article:published_time" content="2012-06-04T09:10:00+03:00">
<link rel="canonical" href="https://post.example/crews"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><script>alert("no")</script>
<article><h1>Crews stay ashore</h1>{"".join(f"<p>{line}</p>" for line in PARAGRAPHS)}</article>
<footer><p>All rights reserved.</p></footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_gives_its_article(encoding: str) -> None:
    article = read_html(PAGE.encode(encoding), "page.html")
    assert [line for line in article.text.split("\n") if line != article.title] == list(PARAGRAPHS)
    assert (article.title, article.outlet) == ("Crews stay ashore", "The Harbour Post")
    assert (article.url, article.published) == ("https://post.example/crews", "2012-06-04")


def test_a_day_is_not_guessed() -> None:
    page = PAGE.replace("2012-06-04T09:10:00+03:00", "").replace("Sunday", "6 May 2011")
    assert read_html(page.encode(), "page.html").published is None


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a></nav><p>Please log in to read on.</p></body></html>",
        "plain words",
        "<" * 500,
    ],
)
def test_a_page_without_an_article(page: str) -> None:
    with pytest.raises(SourceError, match="there is no article on this page, only menus or notices"):
        read_html(page.encode(), "page.html")


def test_bad_pages_in_a_folder(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.html").write_text("")
    (tmp_path / "b.html").write_bytes(b"\x00" * 20_000_000)
    (tmp_path / "c.html").write_text(PAGE)
    first, second, third = read_articles(tmp_path)
    assert isinstance(first, Failure)
    assert first.reason == "there is no text in it; give a file that holds an article."
    assert isinstance(second, Failure)
    assert "more than 10 MB" in second.reason
    assert not isinstance(third, Failure)
