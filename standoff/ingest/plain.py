"""Read plain text: bytes in any of the usual encodings, as one article."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from standoff.errors import SourceError
from standoff.ingest.article import MAX_CHARACTERS, describe_size, make_article
from standoff.records import Article

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the start of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "cp1252"  # the usual encoding of English text that is not Unicode; Latin-1 is the part of it that papers use


def read_plain(data: bytes, source: str) -> Article:
    """Give the text of a file as an article, each character as it stands there."""
    return make_article(decode_text(data), source)


def read_bytes(stream: BinaryIO, *, limit: int = MAX_CHARACTERS) -> bytes:
    """Give what a stream holds, reading no more than `limit` bytes of it; raises SourceError if there is more."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise SourceError(describe_size(f"more than {limit // 1_000_000} MB"))
    return data


def decode_text(data: bytes) -> str:
    """Give bytes as text: by their mark, as UTF-8, or in the encoding that charset-normalizer finds likeliest.

    Raises SourceError for binary data and for bytes that make no text in any encoding.
    """
    encoding = find_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"it is not valid {encoding.removesuffix('-sig').upper()} at byte {error.start}; save it as UTF-8."
        ) from error


def find_encoding(data: bytes) -> str:
    """Give the name of the encoding that bytes are in; of those that fit, Unicode first and then Western."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data:
        raise SourceError("it holds binary data, not text; give a text, HTML, JSONL, CSV or Parquet file.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_encoding(data)
    return "utf-8"


def _guess_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(data)
    best = found.best()
    if best is None:
        raise SourceError("its encoding cannot be told, so its text cannot be read; save it as UTF-8.")
    fits = any(WESTERN in match.could_be_from_charset and match.chaos <= best.chaos for match in found)
    return WESTERN if fits else best.encoding
