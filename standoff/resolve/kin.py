"""Tell who is described as somebody's relative: kin share a surname, and are two."""

from __future__ import annotations

from standoff.codebooks import load_codebook
from standoff.records import Actor
from standoff.resolve.origins import drop_countries


def is_kin(actor: Actor) -> bool:
    """Tell whether an actor's names or titles say whose son or wife it is: the surname then says little of who it is.

    >>> is_kin(Actor(id="a", name="Mrs Ito", kind="person", aliases=("the minister's wife",)))
    True
    """
    kin = frozenset(load_codebook("identities").settings["kin"])
    texts = (actor.name, *actor.aliases, *(role.title for role in actor.roles))
    return any(kin & set(drop_countries(text)) for text in texts)
