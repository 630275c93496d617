"""Put a verb of an article into the present tense, as headlines have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from standoff.codebooks import load_codebook

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_CLOSED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprtv]$")  # "stop" makes "stopped"


def find_lemma(form: str) -> str | None:
    """Give the verb that a form is of, if a codebook has the verb.

    >>> find_lemma("Stopped"), find_lemma("met"), find_lemma("river")
    ('stop', 'meet', None)
    """
    return _list_forms().get(form.casefold())


def put_in_present(lemma: str, *, plural: bool) -> str:
    """Give a verb as it stands after one subject or after several.

    >>> put_in_present("deny", plural=False), put_in_present("reach", plural=False), put_in_present("vote", plural=True)
    ('denies', 'reaches', 'vote')
    """
    if plural:
        return lemma
    if _CONSONANT_Y.search(lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if _SIBILANT.search(lemma) or lemma in ("go", "veto", "undergo") else "s")


@cache
def _list_forms() -> dict[str, str]:
    """Give the verb of each form; the irregular ones stand in the codebook of occasions."""
    forms: dict[str, str] = {}
    for verb in sorted(set(_list_verbs()), key=lambda verb: (len(verb), verb)):
        for form in _inflect(verb):
            forms.setdefault(form, verb)
    for entry in load_codebook("occasions").settings["irregular_verbs"]:
        verb, *irregular = entry.split()
        forms.update(dict.fromkeys((*irregular, *_inflect(verb)), verb))
    return forms


def _list_verbs() -> Iterator[str]:
    """Yield the verbs by which the codebooks know events, occasions and statements."""
    for code in load_codebook("plover").codes.values():
        yield from _read_heads(code.cues)
        for mode in (code.extra.get("modes") or {}).values():
            yield from _read_heads(mode.get("cues", ()))
    for code in load_codebook("occasions").codes.values():
        yield from code.extra.get("verbs", ())
    yield from load_codebook("plover").settings.get("grammar", {}).get("light", ())
    for code in load_codebook("cues").codes.values():
        if not code.key.endswith(("-noun", "-adjective")):
            yield from (cue for cue in code.cues if " " not in cue)


def _read_heads(cues: object) -> Iterator[str]:
    """Yield the verbs that the cues of PLOVER's codebook begin with."""
    for cue in cues if isinstance(cues, list | tuple) else ():
        head = str(cue).split()[0]
        if not head.endswith(("/n", "/a")):
            yield from head.removesuffix("/p").split("|")


def _inflect(verb: str) -> Iterator[str]:
    yield from (verb, put_in_present(verb, plural=False))
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing")
    elif _CONSONANT_Y.search(verb):
        yield from (verb[:-1] + "ied", verb + "ing")
    else:
        yield from (verb + "ed", verb + "ing")
        if _CLOSED.search(verb):
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")
