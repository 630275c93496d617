"""Find who an article speaks of: its actors, and every mention of each.

The flow: `find` the names, tell in `names` which are one party's, resolve `descriptions` ("the premier"), add
whom the trained reader has `seen` take part in an event, then `pronouns`. Facts: "actors" and "mentions".
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import write_facts
from standoff.annotate.mentions.coding import code_actor
from standoff.annotate.mentions.descriptions import add_descriptions, name_owners
from standoff.annotate.mentions.find import find_names
from standoff.annotate.mentions.names import add_names
from standoff.annotate.mentions.pronouns import add_pronouns
from standoff.annotate.mentions.register import Register
from standoff.annotate.mentions.seen import add_seen
from standoff.annotate.mentions.words import Words

__all__ = ["MentionsFinder", "code_actor", "find_parties", "make_mentions"]


def find_parties(doc: Doc) -> Register:
    """Give the parties of an article and their mentions, from the parse, the codebooks and the article itself."""
    words = Words(doc)
    register = Register(len(doc))
    add_names(words, find_names(words), register)
    add_descriptions(words, register)
    add_seen(words, register)
    add_pronouns(words, register)
    name_owners(register)
    return register


class MentionsFinder:
    """Write `doc.spans["actors"]` and `doc.spans["mentions"]`."""

    def __call__(self, doc: Doc) -> Doc:
        register = find_parties(doc)
        parties = sorted(
            (p for p in register.parties if p.mentions), key=lambda p: min((m.start, m.end) for m in p.mentions)
        )
        number = {id(party): index for index, party in enumerate(parties)}
        facts = []
        for mention in sorted(register.mentions, key=lambda mention: (mention.start, -mention.end)):
            span = doc[mention.start : mention.end]
            facts.append(mention.to_fact((span.start_char, span.end_char), number[id(mention.party)]))
        write_facts(doc, "actors", [party.to_fact() for party in parties])
        write_facts(doc, "mentions", facts)
        return doc


@Language.factory("standoff_mentions", assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str) -> MentionsFinder:
    """Make the component; it has no settings."""
    return MentionsFinder()
