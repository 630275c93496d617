"""Tell which statement of a text a headline, crosshead or pull-quote was lifted from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span

from standoff.annotate.attributions.drafts import Draft

SHARE = 0.8  # of three words in a row: editors trim, and join what stood apart
LONG = 5  # words of a line from which a share is enough; shorter ones must come back whole
OUTRIGHT = frozenset(("ADP", "VERB", "AUX", "ADV", "PART", "SCONJ", "INTJ", "PRON"))
COPULAS = frozenset(("is", "was", "are", "were", "be", "been"))
ARTICLES = frozenset(("a", "an"))


def find_uttered(words: str, drafts: Sequence[Draft], text: str) -> Draft | None:
    """Give the attribution whose content holds the words, one in quotation marks if there is one."""
    for others in ([item for item in drafts if item.quotations], drafts):
        number = find_repeated(words, [" ".join(text[slice(*part)] for part in item.content) for item in others])
        if number is not None:
            return others[number]
    return None


def find_repeated(words: str, said: Sequence[str]) -> int | None:
    """Give the number of the first statement that holds the words, or nearly all of them, else None."""
    wanted = _split(words)
    if not wanted:
        return None
    for number, content in enumerate(said):
        held = _split(content)
        if any(held[at : at + len(wanted)] == wanted for at in range(len(held) - len(wanted) + 1)):
            return number
    triples = set(zip(wanted, wanted[1:], wanted[2:], strict=False))
    for number, content in enumerate(said if len(wanted) >= LONG else ()):
        held = _split(content)
        shared = triples & set(zip(held, held[1:], held[2:], strict=False))
        if len(shared) >= SHARE * len(triples):
            return number
    return None


def claims(quoted: Span) -> bool:
    """Tell whether what a headline quotes in part is a claim, not a name for a thing.

    ‘within days’, was ‘planned’ and ‘an insult’ are claims; the ‘ghost fleet’ is a name, in marks because it is one.
    """
    before = quoted.doc[quoted.start - 2] if quoted.start > 1 else None
    claimed = before is not None and before.lower_ in COPULAS
    return claimed or quoted[0].pos_ in OUTRIGHT or quoted[0].lower_ in ARTICLES


def _split(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())
