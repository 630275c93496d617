"""Say of what family a happening is, so that an event told and an occasion named can be seen to be one.

"The court dissolved the party" is an event, "the dissolution of the party" an occasion; the codebook of occasions
knows the verbs of each kind, and kinds that may be one happening share a family.
"""

from __future__ import annotations

import re
from functools import cache

from standoff.codebooks import Code, load_codebook
from standoff.records import Event, Occasion

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "er")


def name_family(item: Event | Occasion) -> str:
    """Give the family of an event or occasion: one of the codebook's, or the event's own PLOVER type.

    An event's verb decides if the codebook knows it and allows it for the event's type; else its type does.
    """
    codes = load_codebook("occasions").codes
    if isinstance(item, Occasion):
        return _family(codes[item.kind]) if item.kind in codes else item.kind
    code = find_code(item)
    if code is not None:
        return _family(code)
    return _list_families().get(item.type, item.type)


def find_code(event: Event) -> Code | None:
    """Give the kind of occasion that an event tells of, by the word that it was found by, else by its last known word.

    The last, since an event's passage runs from who did it over what it was to whom.
    """
    forms = _list_forms()
    cue = (event.cue.text.casefold(),) if event.cue else ()
    for word in (*cue, *reversed(_WORD.findall(event.passage.text.casefold()))):
        for code in forms.get(word, ()):
            if event.type in code.extra.get("events", ()):
                return code
    return None


def is_told_by_verb(event: Event, code: Code) -> bool:
    """Tell whether an event's words have a verb of the code: "banned it", not "called for a ban"."""
    words = _WORD.findall(event.passage.text.casefold())
    return any(word in _inflect(verb) for verb in code.extra.get("verbs", ()) for word in words)


def may_be_one(left: str, right: str) -> bool:
    """Tell whether two kinds of occasion may be the same: equal, or one the broader of the other, as "election" is.

    >>> may_be_one("election", "general-election"), may_be_one("local-election", "general-election")
    (True, False)
    """
    codes = load_codebook("occasions").codes
    if left == right:
        return True
    for one, other in ((left, right), (right, left)):
        if one in codes and codes[one].extra.get("broader") == other:
            return True
    families = {_family(codes[kind]) for kind in (left, right) if kind in codes}
    return len(families) == 1 and not any("broader" in codes[kind].extra for kind in (left, right) if kind in codes)


def _family(code: Code) -> str:
    return str(code.extra.get("family", code.key))


@cache
def _list_families() -> dict[str, str]:
    """Give the family of each event type that alone makes up a kind, the first such kind in the codebook's order."""
    kinds = load_codebook("occasions").codes.values()
    alone = [(code.extra["events"][0], _family(code)) for code in kinds if len(code.extra.get("events", ())) == 1]
    return dict(reversed(alone))


@cache
def _inflect(stem: str) -> frozenset[str]:
    """Give what a word may look like with a regular ending, and some forms that no text has."""
    bare = stem.removesuffix("e")
    return frozenset(stem + ending for ending in _ENDINGS) | {bare + "ed", bare + "ing", bare + "er"}


@cache
def _list_forms() -> dict[str, tuple[Code, ...]]:
    """Give the codes that each form of a verb, participle or one-word noun belongs to."""
    forms: dict[str, tuple[Code, ...]] = {}
    for code in load_codebook("occasions").codes.values():
        stems = (*code.extra.get("verbs", ()), *(cue for cue in code.cues if " " not in cue))
        words = frozenset(code.extra.get("participles", ())).union(*map(_inflect, stems))
        for word in sorted(words):
            forms[word] = (*forms.get(word, ()), code)
    return forms
