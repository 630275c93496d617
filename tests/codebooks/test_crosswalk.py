"""The crosswalk between CAMEO and PLOVER: whole both ways, and back to the type one started from."""

from __future__ import annotations

import pytest

from standoff.codebooks import load_codebook
from standoff.codebooks.crosswalk import class_code, rate_code, to_cameo, to_plover
from standoff.codebooks.ratings import fold_ahead
from standoff.errors import ConfigError

CAMEO, PLOVER = load_codebook("cameo"), load_codebook("plover")
CONTEXTS = load_codebook("contexts").codes
PAIRS = [(key, mode) for key, code in PLOVER.codes.items() for mode in (None, *code.extra.get("modes", ()))]
ROOTS = [f"{root:02}" for root in range(3, 21)]


@pytest.mark.parametrize("code", CAMEO.codes)
def test_every_code_becomes_a_type_mode_and_contexts_that_plover_has(code: str) -> None:
    coded = to_plover(code)
    assert coded is not None
    assert coded.mode is None or coded.mode in PLOVER.codes[coded.type].extra["modes"]
    assert set(coded.context) <= set(CONTEXTS)
    assert -10 <= rate_code(code) <= 10


@pytest.mark.parametrize("code", CAMEO.codes)
def test_from_a_code_to_plover_and_back_and_there_again_keeps_the_type(code: str) -> None:
    coded = to_plover(code)
    assert coded is not None
    back = to_cameo(*coded)
    assert back is not None
    again = to_plover(back)
    assert again is not None
    assert again.type == coded.type


@pytest.mark.parametrize(("type_", "mode"), PAIRS)
def test_every_type_and_mode_has_a_code_that_leads_back_to_the_type(type_: str, mode: str | None) -> None:
    for context in ((), *((each,) for each in CONTEXTS)):
        code = to_cameo(type_, mode, context)
        assert code is not None
        coded = to_plover(code)
        assert coded is not None
        assert coded.type == type_, (mode, context, code)


@pytest.mark.parametrize(("type_", "mode"), PAIRS)
def test_what_is_still_to_come_crosses_as_the_type_that_it_counts_as(type_: str, mode: str | None) -> None:
    code = to_cameo(type_, mode, status="future")
    assert code is not None
    coded = to_plover(code)
    assert coded is not None
    assert coded.type == fold_ahead(PLOVER, type_, mode, "future")[0]


def test_the_way_back_names_only_modes_and_contexts_that_there_are() -> None:
    for type_, codes in CAMEO.settings["back"].items():
        modes = {"-", *PLOVER.codes[type_].extra.get("modes", ())}
        for key, code in codes.items():
            mode, _, context = key.partition(" ")
            assert mode in modes, (type_, key)
            assert not context or context in CONTEXTS, (type_, key)
            assert code in CAMEO.codes
    assert set(CAMEO.settings["back"]) == set(PLOVER.codes)
    assert CAMEO.settings["ahead"].keys() == PLOVER.settings["ahead"].keys()


def test_every_root_has_codes_and_a_quad() -> None:
    assert {code[:2] for code in CAMEO.codes} == set(ROOTS)
    assert [class_code(root) for root in ROOTS] == [1] * 3 + [2] * 3 + [3] * 5 + [4] * 7


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("045", "CONSULT", "third-party"),
        ("116", "SANCTION", "convict"),
        ("163", "SANCTION", "discontinue"),
        ("055", "CONCEDE", None),
        ("1722", "COERCE", "ban"),
        ("175", "ASSAULT", "crowd-control"),
        ("0813", "RETREAT", None),
    ],
)
def test_where_table_and_manual_disagree_the_manual_stands(code: str, type_: str, mode: str | None) -> None:
    coded = to_plover(code)
    assert coded is not None
    assert coded[:2] == (type_, mode)


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (("REJECT", "meet", ()), "125"),
        (("ASSAULT", "drone", ()), "195"),
        (("AID", None, ("technology", "economic", "military")), "071"),
        (("ACCUSE", "allege", ("human_rights",)), "1122"),
        (("COERCE", "cyber", ("cyber",)), "170"),
        (("RETREAT", "resign", ()), "08"),
    ],
)
def test_an_event_gets_the_most_exact_code_that_is_sure(
    event: tuple[str, str | None, tuple[str, ...]], code: str
) -> None:
    assert to_cameo(*event) == code


def test_statements_and_appeals_have_no_type_and_an_unknown_code_or_type_is_said_to_be_one() -> None:
    assert to_plover("010") is None
    assert to_plover("0251") is None
    assert to_cameo("DAM") is None
    with pytest.raises(ConfigError, match="“36” is not a CAMEO code"):
        to_plover("36")
