"""Tell which person bears a name: a full name, a surname that two share, a first name alone, a misspelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.annotate.mentions.find import Name, is_misspelling
from standoff.annotate.mentions.lexicon import Tag, guess_gender, load_words
from standoff.annotate.mentions.register import Party
from standoff.annotate.mentions.words import Words

OWN = {"he": "male", "she": "female"}


class People:
    """Hold the persons named so far, those with longer names first, by the parts of their names."""

    def __init__(self, words: Words, names: Sequence[Name]) -> None:
        self.words = words
        self.starts = {name.start: name for name in names if name.kind == "person"}
        self.parts: dict[str, list[Party]] = {}
        self.inner: dict[str, list[Party]] = {}
        self.content: dict[Party, list[str]] = {}
        self.places: dict[Party, list[Name]] = {}

    def add_person(self, name: Name, content: list[str], party: Party) -> None:
        """Put a person on record under first and last name; in "Ada and Ken Mori" Ada bears the name of Mori too."""
        self.content[party] = content
        self.places[party] = [name]
        party.hint = guess_gender(content[0]) or self._hear_pronoun(name)
        if len(content) > 1:
            for part in dict.fromkeys((content[0], content[-1])):
                self.parts.setdefault(part, []).append(party)
            for part in content[1:-1]:
                if part not in load_words("names", "particles"):
                    self.inner.setdefault(part, []).append(party)
        elif party.hint is not None and (after := self._find_namesake(name)) is not None:
            self._share_name(party, name, after)

    def _hear_pronoun(self, name: Name) -> str | None:
        """Give the gender of the pronoun that a name's own speech begins with: "Ito said she would wait"."""
        said = self.words.lower[name.end + 1 : name.end + 3]
        if not said or said[0] not in (*OWN, "that"):
            return None
        verb = self.words.doc[name.end]
        if verb.pos_ != "VERB" or verb.lemma_ not in load_words("names", "speech"):
            return None
        return next((OWN[word] for word in said if word in OWN), None)

    def _find_namesake(self, name: Name) -> Name | None:
        """Give the full name after "and" whose surname the first name before it shares."""
        after = self.starts.get(name.end + 1)
        joined = self.words.lower[name.end : name.end + 1] == ["and"]
        return after if joined and after is not None and after.end - after.start > 1 else None

    def _share_name(self, party: Party, name: Name, after: Name) -> None:
        """Let somebody bear the surname of the full name after "and", too."""
        first, family = self.words.texts[name.start], self.words.texts[after.end - 1]
        party.names[f"{first} {family}"] += 1
        for part in (first.lower(), family.lower()):
            self.parts.setdefault(part, []).append(party)

    def find_person(self, name: Name, content: list[str], same: Party | None) -> Party | None:
        """Give the person whose name this is, whole (`same`) or in part or misspelt, if any was named."""
        if len(content) > 1:
            found = same or self._find_part(content)
        elif content[0] in self.parts:
            found = self._choose_bearer(name, self.parts[content[0]])
        else:
            inner = self.inner.get(content[0], [])
            found = same or (self._choose_bearer(name, inner) if inner else self._find_misspelt(content[0]))
        if found is not None:
            self.places[found].append(name)
            found.hint = found.hint or self._hear_pronoun(name)
        return found

    def _find_part(self, content: list[str]) -> Party | None:
        """Give who has this name among others ("Fernandez Ochoa"), or one that is a letter off."""
        alike: list[Party] = [*self.parts.get(content[-1], []), *self.parts.get(content[0], [])]
        alike += [*self.inner.get(content[-1], []), *self.inner.get(content[0], [])]
        for party in alike:
            parts = self.content[party]
            ends = content[-1] == parts[-1] or content[0] in parts[:1] or content == parts[1 : 1 + len(content)]
            if ends and set(content) < set(parts):
                return party
            differing = [pair for pair in zip(parts, content, strict=False) if pair[0] != pair[1]]
            if len(parts) == len(content) and len(differing) == 1 and is_misspelling(*differing[0]):
                return party
        return None

    def _find_misspelt(self, part: str) -> Party | None:
        near = [other for other in self.parts if abs(len(other) - len(part)) < 2 and is_misspelling(part, other)]
        return self.parts[near[0]][0] if len(near) == 1 and len(self.parts[near[0]]) == 1 else None

    def _choose_bearer(self, name: Name, bearers: list[Party]) -> Party | None:
        """Give who of those that bear a name is meant: whom "Mr" or "Mrs" fits, who has the title before it, or who was
        named last. Where "Mrs" fits nobody, she is the wife whom the article names by her first name alone, or new."""
        titles = list(self._list_titles(name))
        gender = next((tag.entry.gender for tag in titles if tag.entry.gender), None)
        if gender is not None:
            fitting = [party for party in bearers if self._find_gender(party) in (None, gender)]
            if not fitting:
                return self._find_spouse(gender, bearers)
            bearers = [party for party in fitting if self._find_gender(party) == gender] or fitting
        heads = {tag.text for tag in titles if not tag.entry.code.extra.get("honorific")}
        titled = [
            party
            for party in bearers
            if heads & {tag.text for place in self.places[party] for tag in self._list_titles(place)}
        ]
        return max(titled or bearers, key=lambda party: self._find_latest(party, name.start))

    def _find_latest(self, party: Party, before: int) -> int:
        return max((place.start for place in self.places[party] if place.start < before), default=-1)

    def _find_gender(self, party: Party) -> str | None:
        """Give a person's gender by "Mr", "Ms" or a title anywhere, else by the first name."""
        told = (tag.entry.gender for place in self.places[party] for tag in self._list_titles(place))
        return next((gender for gender in told if gender), party.hint)

    def _list_titles(self, name: Name) -> Iterator[Tag]:
        """Yield the titles just before a name, nearest first, a comma after the relative's word aside."""
        at = name.start - 1
        if at > 0 and self.words.texts[at] == "," and self.words.is_title(at - 1):
            tag = self.words.tag_at[at - 1]
            at -= 1 if tag is not None and tag.entry.code.key == "civilian" else 0
        while at >= 0 and self.words.is_title(at):
            tag = self.words.tag_at[at]
            assert tag is not None
            yield tag
            at = tag.start - 1

    def _find_spouse(self, gender: str, bearers: list[Party]) -> Party | None:
        """Give who is named by the first name alone: before "and" and the name of one of `bearers` ("Rufus and Opal
        Tindall"), or as the relative of one whose sentence it is."""
        for party, places in self.places.items():
            start, after = places[0].start, self._find_namesake(places[0])
            shared = after is not None and any(after in self.places[bearer] for bearer in bearers)
            if after is not None and shared and len(self.content[party]) == 1 and party.hint in (None, gender):
                self._share_name(party, places[0], after)
                return party
            kin = [tag for tag in self._list_titles(places[0]) if tag.entry.code.key == "civilian"]
            if len(self.content[party]) > 1 or not kin or kin[0].entry.gender not in (None, gender):
                continue
            sent = self.words.doc[start].sent
            if any(sent.start <= place.start < start for bearer in bearers for place in self.places[bearer]):
                family = self.content[bearers[0]][-1]
                self.parts.setdefault(family, []).append(party)
                return party
        return None


def split_person(words: Sequence[str]) -> list[str]:
    """Give the parts of a person's name: marks around a nickname dropped, and a given name with a hyphen as one.

    >>> split_person(["kim", "dae", "-", "sik"]), split_person(["al", "-", "rubaie"])
    (['kim', 'dae-sik'], ['al', 'rubaie'])
    """
    parts: list[str] = []
    joined = False
    for word in words:
        if word == "-":
            joined = bool(parts) and parts[-1] not in load_words("names", "particles")
        elif word[:1].isalnum():
            parts += [] if joined else [word]
            parts[-1] += f"-{word}" if joined else ""
            joined = False
    return parts or list(words)
