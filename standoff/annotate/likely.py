"""Pick, of the words that the trained reader gives chances to, those that name a party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Token


def list_likely(parts: Iterable[Sequence[float]], side: int, least: float, tokens: Mapping[int, Token]) -> list[Token]:
    """Give the words whose chance, the number `side` of [start, end, chance, chance], is at least so much.

    `tokens` are the words of the text by their first character.
    """
    return [token for part in parts if part[side] >= least and (token := tokens.get(int(part[0]))) is not None]


def keep_heads(words: Sequence[Token]) -> list[Token]:
    """Give of a party's words those that no other of them governs: the nouns that name it."""
    own = {token.i for token in words}
    return [token for token in words if token.head.i not in own or token.head.i == token.i or token.dep_ == "conj"]
