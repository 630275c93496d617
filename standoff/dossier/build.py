"""Put a record on one page: the sections, the style, the script and the policy that admits nothing else."""

from __future__ import annotations

import hashlib
import pathlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from standoff.dossier.accounts import present_accounts
from standoff.dossier.catalogue import Catalogue
from standoff.dossier.chronicle import anchor_deeds, present_dyads, present_timeline
from standoff.dossier.disagreements import present_clashes
from standoff.dossier.people import present_kinships, present_people, present_voices
from standoff.dossier.reading import present_reports
from standoff.dossier.stances import Grid, present_grid, present_turns
from standoff.dossier.words import list_names, make_key, say_code, say_dates
from standoff.records import Record, count_kinds
from standoff.writing import replace_file

if TYPE_CHECKING:
    import os

    import jinja2

HERE = pathlib.Path(__file__).parent
UNCOUNTED = frozenset({"failures", "suggestions"})  # kinds that are told of in words
FEW_ARTICLES = 3  # articles that stand unfolded at the end of the page


def write_dossier(record: Record, path: str | os.PathLike[str], *, title: str | None = None) -> pathlib.Path:
    """Write a record's dossier to `path` (UTF-8) and give that path."""
    page = build_dossier(record, title=title)
    with replace_file(path) as place:
        place.write_text(page, encoding="utf-8", newline="\n")
    return pathlib.Path(path)


def build_dossier(record: Record, *, title: str | None = None) -> str:
    """Give a record as one HTML page that needs nothing else: no network, no second file, no script to be read.

    Without a `title`, the page is named after the most prominent actors. The same record gives the same bytes. The
    page's own policy lets no script or style run but those it was made with, whatever the articles hold.

    >>> "<title>Nothing was read</title>" in build_dossier(Record())
    True
    """
    style, script = _read_part("style.css"), _read_part("page.js")
    page = _load_template().render(
        **_present_record(record, title),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
    )
    return page.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _present_record(record: Record, title: str | None) -> dict[str, Any]:
    """Give all that the template shows, in words and in order."""
    from standoff.dossier.course import draw_course
    from standoff.dossier.multiples import draw_multiples
    from standoff.dossier.pictures import draw_timeline

    catalogue = Catalogue(record)
    grid = present_grid(catalogue)
    timeline = present_timeline(catalogue)
    dyads = present_dyads(catalogue)
    issues = _list_issues(record)
    voices = present_voices(catalogue, issues)
    main, others = present_people(catalogue, voices)
    return {
        "title": title or _derive_title(catalogue),
        "subject": list_names([word for _, word in grid.issues[:4]]),
        "span": _span_articles(catalogue),
        "counts": {kind: count for kind, count in count_kinds(record).items() if kind not in UNCOUNTED},
        "origins": catalogue.count_origins(catalogue.by_id),
        "made_by": tuple(_describe_makers(record.made_by)),
        "failures": record.failures,
        "main": main,
        "others": others,
        "actors": [(number, actor.name) for number, actor in enumerate(catalogue.actors, start=1)],
        "timeline": timeline,
        "picture": draw_timeline(timeline, catalogue.articles),
        "voices": voices,
        "accounts": present_accounts(catalogue, issues),
        "kinships": present_kinships(catalogue),
        "grid": grid,
        "course": draw_course(grid),
        "issues": _name_issues(record, grid),
        "turns": present_turns(catalogue),
        "dyads": dyads,
        "multiples": draw_multiples(catalogue, anchor_deeds(dyads)),
        "clashes": present_clashes(catalogue),
        "reports": present_reports(catalogue),
        "few": len(record.articles) <= FEW_ARTICLES,
    }


def _derive_title(catalogue: Catalogue) -> str:
    """Name a page after its three most prominent actors that have a name of their own."""
    names = [actor.name for actor in catalogue.actors if actor.kind != "group"][:3]
    return list_names(names, empty="Nothing was read" if not catalogue.articles else "A dispute without named actors")


def _span_articles(catalogue: Catalogue) -> str:
    """Say from when to when the articles were written, as far as they can be dated."""
    firsts = [day for article in catalogue.articles if (day := article.published or article.earliest)]
    lasts = [day for article in catalogue.articles if (day := article.published or article.latest)]
    return say_dates(min(firsts, default=None), max(lasts, default=None)) if firsts or lasts else ""


def _list_issues(record: Record) -> dict[str, tuple[str, ...]]:
    """Give, for each attribution that a position rests on, the issues it speaks to."""
    issues: dict[str, tuple[str, ...]] = {}
    for position in record.positions:
        if position.basis:
            known = issues.get(position.basis, ())
            issues[position.basis] = tuple(dict.fromkeys((*known, make_key(position.issue))))
    return issues


def _name_issues(record: Record, grid: Grid) -> list[tuple[str, str]]:
    """Give the issues that the page can be filtered by."""
    extra = {make_key(item.issue): say_code("issues", item.issue) for item in record.conflicts if item.issue}
    return sorted({**extra, **dict(grid.issues)}.items(), key=lambda issue: (issue[1], issue[0]))


def _describe_makers(made_by: Mapping[str, Any]) -> Iterator[str]:
    """Yield what made the record: a name with its version, or a kind with all the names and versions of it."""
    for key, value in made_by.items():
        if isinstance(value, Mapping):
            yield f"{key}: {', '.join(f'{name} {version}' for name, version in value.items())}"
        else:
            yield f"{key} {value}"


@cache
def _load_template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")


@cache
def _read_part(name: str) -> str:
    """Read the style or the script as it will stand between its tags."""
    return (HERE / name).read_text(encoding="utf-8")


def _hash(part: str) -> str:
    """Give the hash by which a content security policy admits an inline part."""
    return f"sha256-{b64encode(hashlib.sha256(part.encode()).digest()).decode()}"
