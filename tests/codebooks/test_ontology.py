"""A codebook of event types is checked in full before an article is read; each fault is one sentence."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

from standoff.annotate.events.cues import load_cues
from standoff.codebooks import load_codebook
from standoff.codebooks.ontology import is_plover, load_ontology
from standoff.errors import ConfigError

Write = Callable[[str | bytes], pathlib.Path]
HEAD = 'name = "strike"\nversion = "1"\nsource = "the strike desk"\nlicence = "CC0-1.0"\n'
CODE = """
[codes.LOCKOUT]
definition = "An employer shuts its workers out."
quad = 4
score = -6
cues = ["lock +out", "lockout/n"]
examples = ["The owners locked out the dockers."]
"""
MODE = '\n[codes.LOCKOUT.modes.partial]\ncues = ["lock +out @part"]\n'
GROUPS = '\n[groups]\npart = ["shift", "pit"]\n'


@pytest.fixture
def write(tmp_path: pathlib.Path) -> Write:
    """Give a function that writes a codebook and gives its path."""
    numbers = iter(range(99))

    def write_codebook(text: str | bytes) -> pathlib.Path:
        path = tmp_path / f"strike{next(numbers)}.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_codebook


def _complain(path: pathlib.Path) -> str:
    with pytest.raises(ConfigError) as error:
        load_cues(str(path))
    said = str(error.value)
    assert said.startswith(f"codebook {path}")
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_a_whole_codebook_loads(write: Write) -> None:
    path = write(HEAD + GROUPS + CODE + MODE)
    assert list(load_ontology(path).codes) == ["LOCKOUT"]
    assert {cue.mode for cue in load_cues(str(path)).by_head["lock", "v"]} == {None, "partial"}


def test_a_byte_order_mark_and_windows_line_ends_are_read(write: Write) -> None:
    assert load_ontology(write(b"\xef\xbb\xbf" + (HEAD + CODE).replace("\n", "\r\n").encode())).name == "strike"


def test_the_shipped_codebook_is_held_to_the_same() -> None:
    assert is_plover(load_ontology("plover"))
    assert load_ontology("plover") is load_codebook("plover")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('definition = "An employer shuts its workers out."\n', "", "codes.LOCKOUT has no `definition`"),
        ("An employer shuts its workers out.", " ", "codes.LOCKOUT.definition is empty"),
        ("quad = 4\n", "", "codes.LOCKOUT has no `quad`; give 1 or 2"),
        ("score = -6\n", "", "codes.LOCKOUT has no `score`; give a number from -10"),
        ('examples = ["The owners locked out the dockers."]\n', "", "codes.LOCKOUT has no `examples`"),
        ('["The owners locked out the dockers."]', "[]", "codes.LOCKOUT has no `examples`"),
        ("quad = 4", "quad = 5", "codes.LOCKOUT.quad is 5; give 1 or 2"),
        ("quad = 4", 'quad = "4"', "codes.LOCKOUT.quad is '4'"),
        ("quad = 4", "quad = true", "codes.LOCKOUT.quad is True"),
        ("quad = 4", "quad = [4]", "codes.LOCKOUT.quad is [4]"),
        ("score = -6", "score = -11", "codes.LOCKOUT.score is -11; give a number from -10"),
        ("score = -6", "score = nan", "codes.LOCKOUT.score is nan"),
        ("score = -6", 'score = "low"', "codes.LOCKOUT.score is 'low'"),
        ('["The owners', '[3, "The owners', "codes.LOCKOUT.examples should be a list of strings, but number 1 is 3"),
        ('["The owners', '["", "The owners', "codes.LOCKOUT.examples should be a list of texts, but number 1 is ''"),
        ('["The owners locked out the dockers."]', '"The owners"', "codes.LOCKOUT.examples should be a list"),
        ("quad = 4", "quad = 4\nquad = 3", "codes.LOCKOUT.quad stands twice (line 9); keep one of the two"),
        ("quad = 4", 'quad = 4\nnot_exmaples = ["x"]', "codes.LOCKOUT.not_exmaples is not known; the fields"),
        ("quad = 4", 'quad = 4\nplover = "LOCK"', "codes.LOCKOUT.plover is 'LOCK'; give one of AGREE, CONSULT"),
        ("quad = 4", 'quad = 4\nverbal = "no"', "codes.LOCKOUT.verbal is 'no'; give true or false"),
        ("quad = 4", 'quad = 4\njoint = "meet"', "codes.LOCKOUT.joint should be a list of texts"),
        ("quad = 4", 'quad = 4\nmodes = ["partial"]', "codes.LOCKOUT.modes should be tables"),
        ("quad = 4", "quad = 4\nmodes = {partial = {}}", "codes.LOCKOUT.modes.partial has no `cues`"),
        ("quad = 4", "quad = 4\nmodes = {a = {cues = [1]}}", "codes.LOCKOUT.modes.a.cues should be a list of texts"),
        ("quad = 4", "quad = 4\nmodes = {a = {cues = [], score = 99}}", "codes.LOCKOUT.modes.a.score is 99"),
        ("quad = 4", "quad = 4\nmodes = {a = {cues = []}, A = {cues = []}}", "codes.LOCKOUT.modes.a and codes.LOCKOUT"),
        ("[codes.LOCKOUT]", '[codes."LOCK OUT"]', "codes.'LOCK OUT' is no name for a code"),
        ("lockout/n", "lockout/x", "codes.LOCKOUT.cues: the cue 'lockout/x' should begin with a word"),
        ("lockout/n", "@talks", "codes.LOCKOUT.cues: the cue '@talks' should begin with a word"),
        ("lockout/n", "lock|/n", "codes.LOCKOUT.cues: the cue 'lock|/n' should begin with a word"),
        ("lockout/n", "shut @gates", "codes.LOCKOUT.cues: the cue 'shut @gates' names the group '@gates'; add it"),
        ("lockout/n", "shut !", "codes.LOCKOUT.cues: the cue 'shut !' has '!' where a word should stand"),
        ("lockout/n", " ", "codes.LOCKOUT.cues should be a list of texts, but number 2 is ' '"),
    ],
)
def test_a_fault_is_named_by_file_and_key(write: Write, was: str, becomes: str, says: str) -> None:
    assert was in CODE
    assert says in _complain(write(HEAD + CODE.replace(was, becomes)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        ("# only a remark\n", "it is empty"),
        (b"\x7fELF\x00\xff\xfe\x80", "it holds no UTF-8 text"),
        ("[[", "it is not valid TOML"),
        ("a = " + "[" * 9000, "nested too deeply"),
        (CODE, "`name` is missing at the top"),
        (HEAD, "there is no [codes.…] table"),
        (HEAD + "[codes]\n", "there is no [codes.…] table"),
        (HEAD + "[codes]\nLOCKOUT = 4\n", "codes.LOCKOUT has no `definition`"),
        (HEAD + "grups = 1\n" + CODE, "`grups` at the top is not known"),
        (HEAD + "groups = 1\n" + CODE, "[groups] should be a table"),
        (HEAD + CODE + CODE, "codes.LOCKOUT stands twice (line 13); give it one table"),
        (HEAD + CODE + CODE.replace("LOCKOUT", "Lockout"), "codes.LOCKOUT and codes.Lockout differ only in case"),
        (HEAD + CODE + MODE + MODE, "codes.LOCKOUT.modes.partial stands twice"),
        (
            HEAD + CODE + CODE.replace("LOCKOUT", "SHUT"),
            "the cue 'lock +out' stands in codes.LOCKOUT and in",
        ),
    ],
)
def test_a_file_that_is_no_codebook_is_refused(write: Write, text: str | bytes, says: str) -> None:
    assert says in _complain(write(text))


def test_a_path_without_a_file_is_refused(tmp_path: pathlib.Path) -> None:
    assert "No such file" in _complain(tmp_path / "none.toml")
    assert "it is a folder or a device; give the path of a TOML file" in _complain(tmp_path)
    with pytest.raises(ConfigError, match="codebook nosuch: No such file or directory; give the path"):
        load_ontology("nosuch")


def test_a_codebook_of_something_else_is_no_ontology() -> None:
    with pytest.raises(ConfigError, match="is not known"):
        load_ontology("issues")


def test_a_codebook_is_plover_only_if_each_type_is_named_once(write: Write) -> None:
    named = [CODE.replace("LOCKOUT", f"X-{type_}") for type_ in load_codebook("plover").codes]
    coded = [
        text.replace("quad", f'plover = "{type_}"\nquad').replace('"lock +out", "lockout/n"', "")
        for type_, text in zip(load_codebook("plover").codes, named, strict=True)
    ]
    assert is_plover(load_ontology(write(HEAD + "".join(coded))))
    assert not is_plover(load_ontology(write(HEAD + "".join(coded[1:]))))
    twice = [*coded, coded[0].replace("X-", "Y-")]
    assert not is_plover(load_ontology(write(HEAD + "".join(twice))))
