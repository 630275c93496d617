"""Read the forms by which an owner settles an issue or an actor, and fill them with what is settled."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from standoff.codebooks import find_codebook
from standoff.resolve.differences import Changed, Named, tell_differences
from standoff.store.kept.settings import Setting
from standoff.workflow.kept import ISSUES
from standoff.workflow.previews import Preview
from standoff.workflow.settings import STANCES, Proof, SettingError

ISSUE_LISTS = ("cues", "for_cues", "against_cues", "not_examples")
ACTOR_LISTS = ("aliases", "same", "not_same")
ISSUE_FIELDS = ("definition", "cues", "for_cues", "against_cues", "examples", "not_examples")
ACTOR_FIELDS = ("kind", "country", "sectors", *ACTOR_LISTS)
SHOWN = 40  # lines of a preview under one heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Show what would go, come or change of one kind: the first lines of it, and how many there are."""

    kind: str
    gone: tuple[Named, ...]
    new: tuple[Named, ...]
    changed: tuple[Changed, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Show what a setting would do: in a sentence, how much of the dispute was looked at, and what differs there."""

    sentence: str
    reach: str
    expected: str | None
    groups: tuple[Group, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Show the form of one issue or actor: what stands in its fields, what is wrong there, and what it would do.

    `version` is that of the settings which the form was filled from. `seen` signs what `effect` is of: only that can be
    saved. `kept` are fields that the form does not show, and that stay as they are.
    """

    name: str
    new: bool
    values: Mapping[str, str]
    version: int
    faults: Mapping[str, str] = field(default_factory=dict)
    effect: Effect | None = None
    seen: str = ""
    removing: bool = False
    kept: tuple[str, ...] = ()


def fill_issue(table: Mapping[str, Any]) -> dict[str, str]:
    """Give an issue as a form shows it: a line for each cue, and for each example with its stance before it."""
    pairs = zip(table.get("stances", ()), table.get("examples", ()), strict=False)
    values = {name: "\n".join(table.get(name, ())) for name in ISSUE_LISTS}
    examples = "\n".join(f"{stance}: {text}" for stance, text in pairs)
    return {**values, "definition": table.get("definition", ""), "examples": examples}


def read_issue(values: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields of an issue from a form. Raises SettingError for an example that does not say its stance."""
    fields: dict[str, Any] = {name: _split_lines(values.get(name, "")) for name in ISSUE_LISTS}
    fields["definition"] = read_name(values.get("definition", ""))
    stances, examples = [], []
    for number, line in enumerate(_split_lines(values.get("examples", "")), start=1):
        stance, colon, text = line.partition(":")
        if not colon or stance.strip() not in STANCES or not text.strip():
            known = ", ".join(f"“{stance}:”" for stance in STANCES)
            raise SettingError(f"line {number} should begin with its stance, one of {known}.", "examples")
        stances.append(stance.strip())
        examples.append(text.strip())
    return {**fields, "stances": stances, "examples": examples}


def fill_actor(table: Mapping[str, Any]) -> dict[str, str]:
    """Give an actor's pin as a form shows it: a line for each name, sectors in one."""
    values = {name: "\n".join(table.get(name, ())) for name in ACTOR_LISTS}
    single = {name: str(table.get(name, "")) for name in ("kind", "country")}
    return {**values, **single, "sectors": " ".join(table.get("sectors", ()))}


def read_actor(values: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields of an actor's pin from a form."""
    fields: dict[str, Any] = {name: _split_lines(values.get(name, "")) for name in ACTOR_LISTS}
    return {
        "kind": values.get("kind", "").strip(),
        "country": values.get("country", "").strip().upper(),
        "sectors": values.get("sectors", "").upper().split(),
        **fields,
    }


def read_name(text: str) -> str:
    """Give a text as one line of what can be printed."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def read_version(text: str) -> int | None:
    """Give the number of a version, or None for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def _split_lines(text: str) -> list[str]:
    lines = (read_name(line) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def sign_text(text: str) -> str:
    """Give what is the same only for the same text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def tell_fault(error: SettingError, name: str) -> dict[str, str]:
    """Give what is wrong by the field that it stands beside, without saying again which that is."""
    sentence = str(error)
    for place in (f"codes.{name}.{error.field} ", f"{name}.{error.field} "):
        if sentence.startswith(place):
            sentence = f"This {sentence.removeprefix(place)}"
    return {error.field or "": sentence[:1].upper() + sentence[1:]}


def show_effect(preview: Preview, proofs: tuple[Proof, ...] = ()) -> Effect:
    """Give a preview in words."""
    reach = f"Looked at {_count(preview.looked, 'report')}"
    if preview.looked == preview.of:
        reach += ", all there are."
    elif preview.looked == preview.concerned:
        reach += f", all that it concerns of {preview.of}."
    else:
        reach += f" of the {preview.concerned} that it concerns; the dispute has {preview.of}."
    expected = "; ".join(
        f"{kind}: {', '.join(f'about {count} {word}' for word, count in told.items() if count)}"
        for kind, told in preview.estimated.items()
        if any(told.values())
    )
    groups = tuple(
        Group(
            kind=item.kind,
            gone=item.gone[:SHOWN],
            new=item.new[:SHOWN],
            changed=item.changed[:SHOWN],
            counts={"gone": len(item.gone), "new": len(item.new), "changed": len(item.changed)},
        )
        for item in preview.differences
    )
    return Effect(
        sentence=tell_differences(preview.differences),
        reach=reach,
        expected=f"To be expected in all that it concerns: {expected}." if expected else None,
        groups=groups,
        proofs=proofs,
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else what + 's'}"


def tell_change(before: Setting | None, after: Setting) -> str:
    """Say what a version of a setting changed: which issues or actors it added, changed and took out."""
    if not after.value:
        return "went back to those that ship" if after.key == ISSUES else "took all of them out"
    old, new = (_list_tables(after.key, None if item is None else item.value) for item in (before, after))
    parts = [
        f"{word} {', '.join(names)}"
        for word, names in (
            ("added", sorted(new.keys() - old.keys())),
            ("changed", sorted(key for key in old.keys() & new.keys() if old[key] != new[key])),
            ("took out", sorted(old.keys() - new.keys())),
        )
        if names
    ]
    return "; ".join(parts) or "changed nothing"


def _list_tables(key: str, text: str | None) -> dict[str, Any]:
    """Give a setting's tables by their names; where no issues are set, those that ship."""
    if key == ISSUES and not text:
        text = find_codebook(ISSUES).read_text(encoding="utf-8")
    data = tomllib.loads(text or "")
    return dict(data.get("codes", {})) if key == ISSUES else data


def pair_versions(history: Iterable[Setting]) -> Iterator[tuple[Setting, Setting | None]]:
    """Yield each version of a setting with the one before it."""
    known = {(item.key, item.version): item for item in history}
    for item in known.values():
        yield item, known.get((item.key, item.version - 1))
