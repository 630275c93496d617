"""Tell whether a text is in another language than English."""

from __future__ import annotations

import math

SHORT_TEXT = 150  # letters, some 25 words: of fewer, names weigh too much for a guess
SAMPLE = 4000  # characters that the guess is made from
# How much likelier than English, in log-probability over the root of the text's length. Reports in French, Spanish,
# German, Dutch and Malay lie above 20, lists of foreign names below 4, an English report half in French quotations at 6
# (py3langid 0.4, November 2026).
LIKELIER = 10


def find_foreign_language(text: str) -> str | None:
    """Give the name and code of a text's language ("French (fr)") if it is clearly not English."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < SHORT_TEXT:
        return None
    import py3langid

    ranks = py3langid.rank(sample)
    code, score = ranks[0]
    if code == "zxx" or score - dict(ranks)["en"] < LIKELIER * math.sqrt(len(sample)):
        return None
    import pycountry

    language = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return f"{language.name.split(' (')[0]} ({code})" if language else f"another language ({code})"
