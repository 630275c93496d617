"""Read a plain text file as one article."""

from __future__ import annotations

import hashlib
import pathlib

from standoff.records import Article


def read_text(path: pathlib.Path) -> Article:
    """Give the file's text as an article."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return Article(id=hashlib.sha256(text.encode()).hexdigest()[:16], source=str(path), language="en", text=text)
