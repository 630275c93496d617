"""A joined expression matches exactly where one of those that it was joined from does."""

from __future__ import annotations

import re
from itertools import product

import pytest

from standoff.annotate.times.openings import join_openings

ROWS = [
    ["a", "ab", "abc"],
    ["a|b", "ac", "b"],
    ["(?:a|b)?c", "(?:a|b)?a", "c"],
    [r"[^\]a]b", r"[]b]a", r"\(a"],
    ["a{2}b?", "a{2}c", "a+?b"],
    ["(?<=c)a", "(?<=c)b(?=a)", "(a(b|c))a"],
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_it_matches_where_one_of_them_does(row: list[str]) -> None:
    joined = re.compile(f"(?={join_openings(row)})")
    each = [re.compile(f"(?={expression})") for expression in row]
    for text in map("".join, product("abc]", repeat=5)):
        wanted = [at for at in range(len(text)) if any(one.match(text, at) for one in each)]
        assert [match.start() for match in joined.finditer(text)] == wanted


def test_a_group_that_is_not_closed_is_told() -> None:
    with pytest.raises(ValueError, match="is not closed"):
        join_openings(["(a", "b"])
