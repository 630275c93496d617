"""Tell from a description taken apart what its actor is: the PLOVER sectors, and what in it says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from standoff.annotate.mentions.lexicon import Tag, load_words
from standoff.annotate.mentions.segments import PLACES, WORLD, Description, Segment

ADDED = frozenset({"MIL", "JUD", "LEG", "MED", "COP", "JRN"})  # what a post adds to the body of states that it is in
ARMED = frozenset({"REB", "UAF", "PRM"})
MEEK = frozenset({"AGR", "CVL", "LAB", "REF", "EDU", "REL"})  # sectors of people who are not armed, unless it is said
APART = frozenset({"AGR", "CVL", "REF", "REL", "BUS", "OPP", "PTY"})  # people of a body of states who are no part of it
STAFF = frozenset({"office", "members", "academic", "official", "officials", "scholars", "agency", "executive"})
DELEGATES = frozenset({"envoy", "minister", "official", "officials"})
LOOSE = frozenset({"agency", "association", "organisation"})  # nouns whose "of" says who they are of
SILENT = frozenset({"watchers", "source", "world"})
INSIDE = frozenset({"of", "at", "for", "with", "from"})
OUTSIDE = frozenset({"near", "outside", "against", "during", "on", "under", "over"})
SPEAKERS = frozenset({"leader", "leaders", "leadership", "delegation", "delegations"})  # of a country: its government
STATES = ("officials", "legislators", "jurists", "members")  # collectives whose "former" members held an office


class Coded(NamedTuple):
    """The sectors of a description, the body or the head noun that they come from, and the phrase that holds it."""

    sectors: tuple[str, ...] = ()
    body: Tag | None = None
    head: Tag | None = None
    segment: Segment | None = None


def code_sectors(described: Description) -> Coded:
    """Give the sectors of a description, that of its head first: OPP, GOV and MIL may stand second."""
    coded = _add_sides(described, _find_sectors(described))
    if set(coded.sectors[:1]) & load_words("descriptions", "state") and _is_former(described, coded):
        return coded._replace(sectors=("ELI",))
    return coded


def _find_sectors(described: Description) -> Coded:
    """Give the sectors of the first phrase that shows any, or what a bare place, rank or head of state shows."""
    waiting: Coded | None = None
    for segment, behind in _order_segments(described):
        coded = _code_segment(described, segment)
        if coded is None or (segment.turn in OUTSIDE and segment.start):
            continue
        if segment.start and _is_host(described, coded, segment):
            return Coded(("GOV",), None, None, segment)
        if behind is not None:
            inner = _code_in_body(described, segment, coded, behind)
            if inner is not None:
                return inner
        if waiting is not None:
            return waiting if coded.sectors[:1] in ((), ("GOV",)) else coded
        if behind is None or behind.turn != "of" or not _is_loose(coded):
            return coded
        waiting = coded
    return waiting or _code_rest(described)


def _is_host(described: Description, coded: Coded, segment: Segment) -> bool:
    """Tell whether a body of states is only where a country's delegate is sent: "Kenya's delegate to the AU"."""
    sent = any(tag.kind in PLACES and tag.start < segment.start for tag in described.tags)
    return sent and coded.body is not None and coded.body.entry.country == "IGO" and segment.turn in ("to", "at", "in")


def _order_segments(described: Description) -> Iterator[tuple[Segment, Segment | None]]:
    """Yield each phrase with the one after it; the office that an officer holds comes before the rank of his name."""
    pairs = list(zip(described.segments, [*described.segments[1:], None], strict=True))
    first = described.segments[0].heads if described.segments else []
    comma = next((at for at, segment in enumerate(described.segments) if segment.turn == ","), 0)
    if comma and first and first[-1].entry.code.key == "officer":
        pairs = [*pairs[comma:], *pairs[:comma]]
    yield from pairs


def _code_segment(described: Description, segment: Segment) -> Coded | None:
    """Give what one phrase shows by its last noun, or by the nearest before it that has a sector."""
    heads, bodies = segment.heads, segment.bodies
    if bodies:
        body = bodies[-1]
        if not heads or body.start > heads[-1].start:
            return Coded(body.entry.sectors, body, None, segment)
        return _join_body(body, heads[-1], segment)
    if not heads:
        return None
    last = heads[-1]
    if last.entry.code.key in SILENT:
        return Coded((), None, last, segment)
    chosen = next((tag for tag in reversed(heads) if tag.entry.sectors), None)
    if chosen is None:
        return None
    sectors = chosen.entry.sectors
    uniforms = [tag for tag in heads if tag.kind == "organisation" and tag.entry.sectors[:1] in (("MIL",), ("COP",))]
    people = heads[-2] if len(heads) > 1 else None
    if sectors == ("LAB",) and uniforms and chosen.kind != "organisation":
        sectors = uniforms[-1].entry.sectors
    elif chosen.text in ("coalition", "alliance") and _is_led_by_state(described, chosen):
        sectors = ("MIL",)
    elif last.kind == "organisation" and sectors == ("PTY",) and people is not None and _is_outlaw(last, people):
        sectors = people.entry.sectors
    elif last.entry.code.key in ("association", "organisation") and people is not None and people.entry.plural:
        sectors = people.entry.sectors or sectors
    elif set(sectors) & MEEK and described.lower[max(segment.start, chosen.start - 2) : chosen.start].count("armed"):
        sectors = ("UAF",)
    elif last.kind == "organisation" and _is_of_states(described, segment, last):
        sectors = ("IGO", *(sector for sector in sectors if sector in ADDED))
    return Coded(sectors, None, chosen, segment)


def _is_outlaw(last: Tag, people: Tag) -> bool:
    """Tell whether a noun before "alliance" or "front" makes it one of arms or crime: "gang alliance"."""
    return not last.text.endswith("party") and bool(set(people.entry.sectors) & {*ARMED, "CRM"})


def _is_led_by_state(described: Description, head: Tag) -> bool:
    """Tell whether a country leads what is named: the "Saudi-led coalition" fights, a party's one governs."""
    led = described.lower[head.start - 2 : head.start] == ["-", "led"]
    return led and any(tag.kind in PLACES and tag.end == head.start - 2 for tag in described.tags)


def _is_of_states(described: Description, segment: Segment, last: Tag) -> bool:
    """Tell whether an organisation's name is one of a body of states: "International Criminal Tribunal"."""
    names = [word for word in described.words[segment.start : last.end] if word[:1].isupper() and word != "The"]
    opens = bool(names) and names[0] in load_words("descriptions", "continents")
    places = any(tag.kind in PLACES for tag in segment.tags)
    return opens and not places and described.lower[last.end - 1] in load_words("descriptions", "assemblies")


def _join_body(body: Tag, last: Tag, segment: Segment) -> Coded:
    """Give the sectors of somebody in a body: its own, with what the post adds, or the post's if it is none of it."""
    own, sectors, key = body.entry.sectors, last.entry.sectors, last.entry.code.key
    if body.entry.country in WORLD and not ARMED & set(own):
        sent = any(tag.kind in PLACES and tag.start < body.start for tag in segment.tags)
        if sent and key in DELEGATES:
            return Coded(sectors, None, last, segment)
        if body.entry.country == "IGO" and set(sectors[:1]) & APART:
            return Coded(sectors, body, last, segment)
        minister = key in ("minister", "head-of-government") or last.text.endswith("ministers")
        added = [sector for sector in sectors if sector in ADDED or (sector == "GOV" and minister)]
        return Coded((*own, *(sector for sector in added if sector not in own)), body, last, segment)
    armed = own[0] in ARMED and ARMED | {"MIL", "OPP", "PTY"} >= set(sectors)
    party = own[:1] == ("PTY",) and (sectors == ("LAB",) or "activist" in last.text)
    if armed or party or key in STAFF or not sectors:
        return Coded(own, body, last, segment)
    return Coded(sectors, body, last, segment)


def _code_in_body(described: Description, segment: Segment, coded: Coded, behind: Segment) -> Coded | None:
    """Give the sectors of a post in a body of the world that the next phrase names: "judges at the World Court"."""
    body = behind.bodies[-1] if behind.bodies else None
    if body is None or behind.heads or body.entry.country not in WORLD or coded.body is not None or coded.head is None:
        return None
    placed = any(tag.kind in PLACES for tag in segment.tags)
    apart = set(coded.sectors[:1]) & (APART | ARMED | {"CRM"}) or coded.head.kind == "organisation"
    if behind.turn not in INSIDE or placed or apart:
        return None
    return _join_body(body, coded.head, behind)


def _code_rest(described: Description) -> Coded:
    """Give what a description without a sector of its own shows: a head of state, a bare place, a rank.

    The leader of a people without a state is no government, an armed group's friends are armed, and a
    people's kin are people.
    """
    places = [tag for tag in described.tags if tag.kind in PLACES]
    stateless = bool(places) and "kind" in places[0].entry.code.extra and not _is_breakaway(places[0])
    for segment in described.segments:
        for head in reversed(segment.heads):
            speaks = head.text in SPEAKERS or head.text.startswith("spokes")
            if head.entry.code.extra.get("state") or (speaks and places):
                return Coded(("CVL",) if stateless and speaks else ("GOV",), None, head, segment)
    if any(ARMED & set(tag.entry.sectors) for tag in described.friends):
        return Coded(("UAF",))
    if any(tag.entry.plural and tag.kind == "demonym" for tag in described.friends):
        return Coded(("CVL",))
    heads = any(segment.heads for segment in described.segments)
    if places and not heads and len(places) == len(described.tags):
        said = sum(tag.end - tag.start for tag in places) + sum(word in ("the", "and", ",") for word in described.lower)
        if len(described.words) <= said:
            return Coded(("CVL",) if places[0].entry.plural else ("GOV",))
    if _is_people(described):
        return Coded(("CVL",))
    ranks = [tag for tag in described.tags if tag.entry.code.extra.get("honorific") and tag.entry.sectors]
    return Coded(ranks[0].entry.sectors, None, ranks[0]) if ranks else Coded()


def _is_people(described: Description) -> bool:
    """Tell whether a description is of people all the same: by a trade, as a country's, or by how its word ends.

    Civilians are the manual's code for those who fit no other.
    """
    first = described.segments[0] if described.segments else None
    if first is None or first.end == 0:
        return False
    noun = described.words[first.end - 1]
    endings = (*load_words("collectives", "endings"), "men", "women")
    named = noun[:1].isupper() or noun in load_words("collectives", "things") or first.bodies
    trade = bool(first.heads) and first.heads[-1].entry.code.key == "trade"
    people = bool(first.tags) and first.tags[-1].kind == "demonym" and first.tags[-1].entry.plural
    return trade or people or (not named and not first.heads and noun.endswith(endings))


def _is_breakaway(place: Tag) -> bool:
    return place.text in load_words("descriptions", "breakaway")


def _add_sides(described: Description, coded: Coded) -> Coded:
    """Add which side a party or a politician is on, and that a defence ministry is of the forces too."""
    words, found = set(described.lower), set(coded.sectors)
    sides: list[str] = []
    if words & {"opposition", "dissident"} and not found & (ARMED | {"IGO"}) and not _is_silent(coded):
        sides.append("OPP")
    if "PTY" in found and words & {"ruling", "governing"}:
        sides.append("GOV")
    if coded.sectors == ("GOV",) and coded.head is not None and coded.segment is not None:
        phrase = described.lower[coded.segment.start : coded.segment.end]
        office = coded.head.entry.code.key in ("minister", "executive") or "ministry" in coded.head.text
        sides += ["MIL"] if office and {"defence", "defense"} & set(phrase) else []
    own = coded.sectors or (("PTY",) if sides == ["OPP"] else ())
    return coded._replace(sectors=(*own, *(side for side in sides if side not in own)))


def _is_silent(coded: Coded) -> bool:
    return coded.head is not None and coded.head.entry.code.key in SILENT


def _is_former(described: Description, coded: Coded) -> bool:
    """Tell whether the holder of an office holds it no longer: "former", "ousted" or "late" stands before the title.

    The rank and file were never the state's elite, and "former" before a country that is no more is the country's.
    """
    for segment in described.segments:
        if coded.segment is None or segment.start > coded.segment.start:
            return False
        last = segment.heads[-1] if segment.heads else None
        if last is None or (last.kind != "role" and last.entry.code.key not in STATES):
            continue
        if last.text in load_words("descriptions", "rank_and_file"):
            continue
        owned = [at for at in range(segment.start, last.start) if described.words[at] == "'s"]
        before = described.lower[(owned[-1] + 1 if owned else segment.start) : last.start]
        gone = before[-1:] == ["yugoslav"] or before[-1:] == ["soviet"]
        if not gone and set(before) & load_words("descriptions", "former"):
            return True
    return False


def _is_loose(coded: Coded) -> bool:
    """Tell whether a noun is only a body or a number of those who follow: "council of bishops", "crowd of farmers"."""
    if coded.head is None or coded.body is not None:
        return False
    counted = coded.head.text in load_words("collectives", "counts")
    return counted or (coded.head.entry.code.key in LOOSE and coded.sectors[:1] != ("IGO",))
