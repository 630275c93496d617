"""Tell how sure an actor's country is: said of it in words, or only guessed from the article it stands in."""

from __future__ import annotations

import re
from functools import cache

from standoff.codebooks import load_codebook
from standoff.records import Actor


def says_country(actor: Actor) -> bool:
    """Tell whether the actor's name, its aliases or its titles name its country; else the country was inferred.

    An inferred country is that of the article, or of whatever the actor belongs to: it never keeps two actors apart.
    """
    if actor.country is None:
        return False
    if actor.kind == "country" or any(role.country == actor.country for role in actor.roles):
        return True
    texts = (actor.name, *actor.aliases, *(role.title for role in actor.roles))
    return any(actor.country in list_countries(text) for text in texts)


@cache
def list_countries(text: str) -> frozenset[str]:
    """Give the countries whose name or people stands in a text.

    >>> sorted(list_countries("Peru's Chilean guests"))
    ['CHL', 'PER']
    """
    words = re.findall(r"\w+", text.casefold())
    spread = f" {' '.join(words)} "
    return frozenset(alpha for word in words for form, alpha in _find_forms().get(word, ()) if f" {form} " in spread)


@cache
def _find_forms() -> dict[str, tuple[tuple[str, str], ...]]:
    """Give the names and demonyms of countries by their first word, with the country of each."""
    forms: dict[str, tuple[tuple[str, str], ...]] = {}
    for alpha, code in load_codebook("countries").codes.items():
        for name in (code.definition, *code.extra.get("demonyms", ()), *code.extra.get("names", ())):
            words = re.findall(r"\w+", name.casefold())
            for form in (words, [*words[:-1], words[-1] + "s"]):
                forms[form[0]] = (*forms.get(form[0], ()), (" ".join(form), alpha))
    return forms


def drop_countries(text: str) -> tuple[str, ...]:
    """Give the small words of a text without articles and without the countries and peoples that it names.

    >>> drop_countries("the Peruvian foreign minister")
    ('foreign', 'minister')
    """
    words = [word for word in re.findall(r"\w+", text.casefold()) if word not in ("the", "of", "a", "an", "s")]
    return tuple(word for word in words if not list_countries(word))
