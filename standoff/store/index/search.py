"""Search the words of a store's entries: FTS5 on SQLite, a tsvector on PostgreSQL, one way of asking.

A question is what people type into a search box: words that must all be there (in any of their inflections), “a phrase”
in quotation marks, `-word` for what must not, `word*` for how a word begins, and `or` between two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.sql import Select

from standoff.errors import ConfigError
from standoff.store.exact import AWKWARD

TERM = re.compile(r'(-?)(?:"([^"]*)"?|“([^”]*)”?|(\S+))')
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)

# Of no metadata that is compared with the database: a virtual table has columns of its own on either engine.
words = Table("words", MetaData(), Column("rowid", Integer, primary_key=True), Column("body", Text))

texts = Table("entries", MetaData(), Column("number", Integer), Column("text", Text))  # as `entries` has them
MARKS = ("\ufdd1", "\ufdd2")  # code points that Unicode keeps for a program's own use, as no text has them
HIT = re.compile(f"{MARKS[0]}([^{MARKS[1]}]+){MARKS[1]}")

# PostgreSQL's English leaves out words such as "will" and "no", which tell much of what somebody said.
WORDED = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'standoff') THEN
    CREATE TEXT SEARCH DICTIONARY standoff_stem (TEMPLATE = snowball, LANGUAGE = english);
    CREATE TEXT SEARCH CONFIGURATION standoff (COPY = english);
    ALTER TEXT SEARCH CONFIGURATION standoff ALTER MAPPING REPLACE english_stem WITH standoff_stem;
  END IF;
END $$
"""

MADE_BY = {
    "sqlite": ("CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(body, names, tokenize='porter unicode61')",),
    "postgresql": (
        WORDED,
        "CREATE TABLE IF NOT EXISTS words (rowid integer PRIMARY KEY, body tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS words_by_body ON words USING gin (body)",
    ),
}


def create_words(connection: Connection) -> None:
    """Make the table of words, if there is none."""
    for made in MADE_BY[connection.dialect.name]:
        connection.execute(text(made))


def save_words(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Add the words of entries: each its number, its own words, and the names of its actors."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        into = "INSERT INTO words (rowid, body, names) VALUES (:number, :body, :names)"
    else:
        into = (
            "INSERT INTO words (rowid, body) VALUES (:number, setweight(to_tsvector('standoff', :body), 'A') || "
            "setweight(to_tsvector('standoff', :names), 'B'))"
        )
    cleared = ((number, AWKWARD.sub(" ", body), AWKWARD.sub(" ", names)) for number, body, names in rows)
    fold = fold_accents if connection.dialect.name == "postgresql" else str  # SQLite's tokeniser does so by itself
    connection.execute(
        text(into), [{"number": number, "body": fold(body), "names": fold(names)} for number, body, names in cleared]
    )


def fold_accents(text: str) -> str:
    """Give a text of the same length without accents, so that a name is found however it is typed.

    >>> fold_accents("Benítez, Łódź")
    'Benitez, Łodz'
    """
    return text if text.isascii() else "".join(map(_fold_letter, text))


@cache
def _fold_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if len(parts) > 1 and all(map(unicodedata.combining, parts[1:])) else letter


def forget_words(connection: Connection, numbers: Sequence[int]) -> None:
    """Take entries out of the table of words."""
    connection.execute(delete(words).where(words.c.rowid.in_(numbers)))


def match_words(connection: Connection, asked: str) -> Select[tuple[int]]:
    """Give the statement that finds the numbers of the entries in which the words stand.

    Raises ConfigError if nothing in `asked` is a word.
    """
    if connection.dialect.name == "sqlite":
        return select(words.c.rowid).where(literal_column("words").op("MATCH")(_write_fts5(asked)))
    return select(words.c.rowid).where(words.c.body.op("@@")(_write_tsquery(asked)))


def rank_words(connection: Connection, wanted: Select[Any], asked: str) -> Select[Any]:
    """Keep of a statement that has `words` what matches, the best matches first."""
    if connection.dialect.name == "sqlite":
        return wanted.where(literal_column("words").op("MATCH")(_write_fts5(asked))).order_by(literal_column("rank"))
    question = _write_tsquery(asked)
    return wanted.where(words.c.body.op("@@")(question)).order_by(func.ts_rank(words.c.body, question).desc())


def find_hits(connection: Connection, asked: str, numbers: Sequence[int]) -> tuple[str, ...]:
    """Give the very words by which these entries match, as they stand there but for accents, the longest first."""
    if not numbers:
        return ()
    if connection.dialect.name == "sqlite":
        marked = func.highlight(literal_column("words"), 0, MARKS[0], MARKS[1])
        found = select(marked).where(
            literal_column("words").op("MATCH")(_write_fts5(asked)), words.c.rowid.in_(numbers)
        )
    else:
        options = f'StartSel="{MARKS[0]}", StopSel="{MARKS[1]}", HighlightAll=true'
        bodies = connection.execute(select(texts.c.text).where(texts.c.number.in_(numbers))).scalars()
        body = func.unnest(literal([fold_accents(text) for text in bodies], ARRAY(Text))).column_valued("body")
        found = select(func.ts_headline(literal_column("'standoff'::regconfig"), body, _write_tsquery(asked), options))
    hits = {fold_accents(hit) for shown in connection.execute(found).scalars() for hit in HIT.findall(shown)}
    return tuple(sorted(hits, key=lambda hit: (-len(hit), hit)))


def _write_fts5(asked: str) -> str:
    """Write a question in FTS5's own language, with every word quoted, so that none is taken for an operator."""
    return _write_query(asked, phrase=lambda said: f'"{" ".join(said)}"', starts=lambda word: f'"{word}" *', no="NOT")


def _write_tsquery(asked: str) -> ColumnElement[str]:
    """Give the tsquery of a question; inflections are PostgreSQL's own."""
    query = _write_query(
        asked,
        phrase=lambda said: "(" + " <-> ".join(f"'{_quote(word)}'" for word in said) + ")",
        starts=lambda word: f"'{_quote(word)}':*",
        no="& !",
    )
    query = query.replace(" AND ", " & ").replace(" OR ", " | ")
    return func.to_tsquery(literal_column("'standoff'::regconfig"), fold_accents(query))


def _quote(word: str) -> str:
    return word.replace("'", "''")


def _write_query(asked: str, *, phrase: Callable[[list[str]], str], starts: Callable[[str], str], no: str) -> str:
    """Put a question together: groups of alternatives, all of which must match, and what must not."""
    groups: list[list[str]] = []
    refused: list[str] = []
    either = False
    for minus, straight, curly, bare in TERM.findall(asked):
        said = WORD.findall(straight or curly or bare)
        if bare.casefold() == "or" and groups:
            either = True
            continue
        if not said:
            continue
        begun = bare.endswith("*") and len(said) == 1
        term = starts(said[0]) if begun else phrase([part for word in said for part in _split_word(word)])
        if minus:
            refused.append(term)
        elif either:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    if not groups:
        raise ConfigError(f"“{asked}” has no word to search for; give at least one.")
    query = " AND ".join(f"({' OR '.join(group)})" for group in groups)
    return " ".join((query, *(f"{no} {term}" for term in refused)))


def _split_word(word: str) -> Iterable[str]:
    """Split a word where both engines' tokenisers do: at a hyphen, a point, an apostrophe."""
    return re.split(r"['’.-]", word)
