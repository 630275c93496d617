"""Write drafted issues as a codebook (TOML) that can be read with at once, and edited."""

from __future__ import annotations

import json
import os
import pathlib
import re
from collections.abc import Iterator, Sequence

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.records import IssueDraft, Stance, Topic
from standoff.writing import replace_file

STANCES: tuple[Stance, ...] = ("for", "against", "conditional", "neutral")
SHOWN = 4  # passages that stand beside a shipped issue, which has examples of its own
HEAD = """\
# Drafted by `standoff issues suggest`. Each table is a suggestion: rename it, say in `definition` what
# counts, strike what does not belong, and let `standoff check` read the examples again.

name = {name}
version = "draft"
source = "Drafted from the reports' own words by standoff issues suggest."
licence = "your own"
"""


def write_issues(drafts: Sequence[IssueDraft], path: str | os.PathLike[str]) -> None:
    """Write a codebook of the drafts to `path`, with where each sentence stands beside it.

    Raises ConfigError where there is nothing to write: a codebook needs at least one issue.
    """
    target = pathlib.Path(path)
    if not drafts:
        raise ConfigError(
            f"no issue was found that two take a stance on, so {target} was not written; give more articles."
        )
    text = format_issues(drafts, name=target.stem)
    with replace_file(target) as place:
        place.write_text(text, encoding="utf-8", newline="\n")


def format_issues(drafts: Sequence[IssueDraft], *, name: str = "issues") -> str:
    """Give a codebook of the drafts as TOML text."""
    tables = [HEAD.format(name=_quote(name))]
    tables += ["\n".join(_format_draft(draft)) + "\n" for draft in drafts]
    return "\n".join(tables)


def _format_draft(draft: IssueDraft) -> Iterator[str]:
    """Yield the lines of one issue's table."""
    key = draft.key if re.fullmatch(r"[A-Za-z0-9_-]+", draft.key) else _quote(draft.key)
    reports = f"{draft.origins} independent {'report' if draft.origins == 1 else 'reports'}"
    yield f"# {f'The shipped issue {draft.shipped}' if draft.shipped else 'DRAFT'}: {reports}."
    for stance in STANCES:
        holders = draft.list_holders(stance)
        if holders:
            yield _comment(f"{stance}: {', '.join(holders)}")
    yield f"[codes.{key}]"
    if draft.shipped:
        yield from _format_shipped(draft.shipped)
        for topic in draft.examples[:SHOWN]:
            yield _comment(f"{_place(topic)}: {topic.stance}: {topic.sentence.text}")
        return
    yield f"definition = {_quote(draft.definition)}"
    for field, cues in (
        ("cues", draft.cues),
        ("for_cues", draft.for_cues),
        ("against_cues", draft.against_cues),
    ):
        if cues:
            yield f"{field} = {_quote(list(cues))}"
    yield from _format_passages("examples", draft.examples)
    yield f"stances = {_quote([topic.stance for topic in draft.examples])}"
    yield from _format_passages("not_examples", draft.not_examples)


def _format_passages(field: str, topics: Sequence[Topic]) -> Iterator[str]:
    """Yield a list of sentences, each under a comment that says where it stands."""
    yield f"{field} = ["
    for topic in topics:
        yield "  " + _comment(_place(topic) + (f": {topic.holder}" if topic.holder else ""))
        yield f"  {_quote(' '.join(topic.sentence.text.split()))},"
    yield "]"


def _format_shipped(key: str) -> Iterator[str]:
    """Yield the fields of a shipped issue as they are."""
    code = load_codebook("issues").codes[key]
    fields = {"definition": code.definition, "cues": list(code.cues), **code.extra}
    fields |= {"examples": list(code.examples), "not_examples": list(code.not_examples)}
    yield from (f"{field} = {_quote(value)}" for field, value in fields.items())


def _place(topic: Topic) -> str:
    """Say where a sentence stands: its article, and its characters."""
    sentence = topic.sentence
    return f"{topic.source} {sentence.start}–{sentence.end}"


def _comment(text: str) -> str:
    """Make a comment of one line; TOML admits no control characters there."""
    return "# " + " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _quote(value: object) -> str:
    """Write a string, a truth value or a list of strings as TOML, which agrees with JSON in all but DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
