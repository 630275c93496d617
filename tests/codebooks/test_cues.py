"""Hold every code of the cue codebook to its examples, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from standoff.annotate.attributions.lexicon import load_lexicon
from standoff.annotate.facts import read_facts
from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.records import Act

if TYPE_CHECKING:
    import pathlib

    from spacy.language import Language

CODES = load_codebook("cues").codes
FORMS = {"clause", "quotation", "infinitive", "gerund", "object", "predicate", "as", "sentence"}
PREPOSITIONS = {"of", "about", "to", "on", "for", "against", "over", "at", "with"}


@pytest.mark.parametrize(
    ("key", "example"), [(key, example) for key, code in CODES.items() for example in code.examples]
)
def test_an_example_is_attributed_by_a_cue_of_its_code(nlp: Language, key: str, example: str) -> None:
    doc = nlp(example)
    facts = read_facts(doc, "attributions")
    cues = [doc.char_span(*fact["cue"], alignment_mode="expand") for fact in facts if fact["cue"]]
    lemmas = {word for cue in cues for token in cue for word in (token.lemma_.lower(), token.lower_)}
    words = {word for cue in CODES[key].cues for word in cue.split()}
    assert lemmas & words, [cue.text for cue in cues]
    assert CODES[key].extra["act"] in {fact["act"] for fact in facts}


@pytest.mark.parametrize(
    ("key", "example"), [(key, example) for key, code in CODES.items() for example in code.not_examples]
)
def test_what_is_no_example_is_not_attributed(nlp: Language, key: str, example: str) -> None:
    assert read_facts(nlp(example), "attributions") == []


@pytest.mark.parametrize("key", CODES)
def test_a_code_is_whole(key: str) -> None:
    code = CODES[key]
    assert code.extra["act"] in get_args(Act)
    assert set(code.extra["takes"]) <= FORMS | PREPOSITIONS
    assert 0 < code.extra["trust"] <= 1
    assert len(set(code.cues)) == len(code.cues)
    assert code.examples
    assert code.not_examples


def test_an_unknown_part_of_speech_is_refused(tmp_path: pathlib.Path) -> None:
    book = tmp_path / "own.toml"
    book.write_text(
        'name = "own"\nversion = "1"\nsource = "us"\nlicence = "MIT"\n'
        '[codes.say]\ndefinition = "Says."\nact = "say"\npos = "adverb"\ntakes = ["clause"]\n',
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match="adverb"):
        load_lexicon(str(book))
