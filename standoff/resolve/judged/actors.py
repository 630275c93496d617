"""Apply what a person decided about actors: who are one, who are not, who is none, and what is known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from standoff.records import Actor, Judgement, Reading, Suggestion
from standoff.resolve.judged.places import Finder, choose_home, find_mentioned
from standoff.resolve.judged.ties import Ties
from standoff.resolve.judged.verdicts import Verdicts, get_places


class ActorVerdicts:
    """Hold what people said of actors, found again in the readings by the places where these are named."""

    def __init__(self, readings: Sequence[Reading], verdicts: Verdicts) -> None:
        self.verdicts = verdicts
        self.finder = find_mentioned(readings, verdicts.list_places())
        self.ties = Ties()
        for tie in verdicts.ties:
            if tie.kind != "happenings":
                left, right = self.finder.find_all(tie.left), self.finder.find_all(tie.right)
                if tie.says == "same":
                    self.ties.join((*left, *right))
                else:
                    self.ties.part(tie.id, (left, right))
                    self.ties.aside.update(left if tie.kind == "mentions" else ())

    def settle(self, merged: Mapping[str, Actor], members: Mapping[str, Sequence[str]]) -> dict[str, Actor | None]:
        """Give the resolved actors as a person wants them, by the same keys; None for one that is no actor at all.

        An actor is the one that was judged if it has its id, else if it has most of the places that the judgement kept.
        One that was confirmed or corrected keeps the id it had then, although earlier mentions may have been added.
        """
        settled: dict[str, Actor | None] = dict(merged)
        natural = {actor.id: root for root, actor in merged.items()}
        homes = {key: root for root, keys in members.items() for key in keys}
        renamed: set[str] = set()
        for judgement in self.verdicts.list_of("actors"):
            root = natural.get(judgement.entry) or choose_home(self.finder.find_all(get_places(judgement)), homes)
            actor = None if root is None else settled[root] or merged[root]
            if root is None or actor is None:
                continue
            if judgement.verdict == "reject":
                settled[root] = None
                continue
            if judgement.entry not in natural and root not in renamed:
                actor = replace(actor, id=judgement.entry)
                renamed.add(root)
            settled[root] = self._correct(actor, judgement)
        return settled

    def _correct(self, actor: Actor, judgement: Judgement) -> Actor:
        fields = dict(self.verdicts.fields.get(("actors", judgement.entry), {}))
        if "sectors" in fields:
            fields["sectors"] = tuple(fields["sectors"])
        if "name" in fields:
            fields["aliases"] = tuple(sorted({*actor.aliases, actor.name} - {fields["name"]}))
        return replace(actor, **fields)


def drop_suggestions(
    suggestions: Sequence[Suggestion], readings: Sequence[Reading], verdicts: Verdicts
) -> list[Suggestion]:
    """Give the suggestions that no person has answered: neither this one, nor whether the two are one.

    `readings` are resolved. A suggestion's id hangs on its actors', so that it is also known by where these are named.
    """
    if not verdicts:
        return list(suggestions)
    named = find_mentioned(readings, verdicts.list_places())
    answered = {
        ("same-actor", left, right)
        for tie in verdicts.ties
        if tie.kind == "actors" and tie.says == "not-same"
        for left in named.find_all(tie.left)
        for right in named.find_all(tie.right)
    }
    rejected = [item for item in verdicts.list_of("suggestions") if item.verdict == "reject"]
    answered |= {key for judgement in rejected for key in _list_answers(judgement, named)}
    return [
        item
        for item in suggestions
        if not verdicts.rejects("suggestions", item.id)
        and (item.kind, item.left, item.right) not in answered
        and (item.kind != "same-actor" or (item.kind, item.right, item.left) not in answered)
    ]


def _list_answers(judgement: Judgement, named: Finder) -> list[tuple[str, str, str]]:
    kind = str((judgement.fields or {}).get("suggests"))
    left, right = named.find_first(get_places(judgement)), named.find_first(get_places(judgement, "other"))
    return [] if left is None or right is None else [(kind, left, right)]
