"""Tell whether a text is in another language than English."""

from __future__ import annotations

import math
import re

SHORT_TEXT = 150  # letters, some 25 words: of fewer, names weigh too much for a guess
SAMPLE = 4000  # characters that the guess is made from
# How much likelier than English, in log-probability over the root of the text's length. Reports in French, Spanish,
# German, Dutch and Malay lie above 20, lists of foreign names below 4, an English report half in French quotations at 6
# (py3langid 0.4, November 2026).
LIKELIER = 10
# A text of which so many words are these is mostly English, and need not be ranked among a hundred languages: of 120
# reports 114 have such a share (November 2026).
COMMON, SHARE = frozenset({"the", "and", "of", "to", "that"}), 0.1


def find_foreign_language(text: str) -> str | None:
    """Give the name and code of a text's language ("French (fr)") if it is clearly not English."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < SHORT_TEXT:
        return None
    words = re.findall(r"\w+", sample.lower())
    if sum(word in COMMON for word in words) > SHARE * len(words):
        return None
    import py3langid

    ranks = py3langid.rank(sample)
    code, score = ranks[0]
    if code == "zxx" or score - dict(ranks)["en"] < LIKELIER * math.sqrt(len(sample)):
        return None
    import pycountry

    language = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return f"{language.name.split(' (')[0]} ({code})" if language else f"another language ({code})"
