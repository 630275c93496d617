"""Coding an actor by its name and description, and scoring that on a file."""

from __future__ import annotations

import json

import pytest

from standoff.annotate.mentions import code_actor
from standoff.errors import SourceError
from standoff.evaluate.actors import evaluate_actors

CASES = [
    ("Rebels from Chad", "TCD", ["REB"]),
    ("UN Security Council", "IGO", ["IGO"]),
    ("French Foreign Minister", "FRA", ["GOV"]),
    ("Prime Minister of Japan", "JPN", ["GOV"]),
    ("the Nigerian army", "NGA", ["MIL"]),
    ("Egyptian riot police", "EGY", ["COP"]),
    ("Supreme Court of Kenya", "KEN", ["JUD"]),
    ("Colombian Senate", "COL", ["LEG"]),
    ("South Korean lawmakers", "KOR", ["LEG"]),
    ("North Korean leader", "PRK", ["GOV"]),
    ("US Secretary of State", "USA", ["GOV"]),
    ("members of the Bolivian parliament", "BOL", ["LEG"]),
    ("Amnesty International", "NGO", ["NGO"]),
    ("European Union", "IGO", ["IGO"]),
    ("NATO", "IGO", ["IGO", "MIL"]),
    ("African Union mediators", "IGO", ["IGO"]),
    ("Sudanese protesters", "SDN", ["CVL"]),
    ("students in Chile", "CHL", ["EDU"]),
    ("Iranian opposition leader", "IRN", ["PTY", "OPP"]),
    ("the ruling party of Angola", "AGO", ["PTY", "GOV"]),
    ("Zimbabwean opposition", "ZWE", ["OPP"]),
    ("coal miners in South Africa", "ZAF", ["LAB"]),
    ("Indian farmers", "IND", ["AGR"]),
    ("Mexican drug cartel", "MEX", ["CRM"]),
    ("Israeli settlers", "ISR", ["CVL"]),
    ("Palestinian militants", "PSE", ["UAF"]),
    ("Taliban", "AFG", ["REB"]),
    ("Hezbollah fighters", "LBN", ["REB"]),
    ("Turkish journalists", "TUR", ["JRN"]),
    ("Reuters", "GBR", ["JRN"]),
    ("Archbishop of Lima", "PER", ["REL"]),
    ("Syrian refugees", "SYR", ["REF"]),
    ("doctors from Cuba", "CUB", ["MED"]),
    ("Doctors Without Borders", "NGO", ["NGO", "MED"]),
    ("World Bank", "IGO", ["IGO", "BUS"]),
    ("Chinese businessman", "CHN", ["BUS"]),
    ("the Philippine president", "PHL", ["GOV"]),
    ("General Abdel Fattah, army chief of Egypt", "EGY", ["MIL"]),
    ("residents of Aleppo", "SYR", ["CVL"]),
    ("Mayor of Lagos", "NGA", ["GOV"]),
    ("a spokesman for the Taliban", "AFG", ["REB"]),
    ("government supporters in Haiti", "HTI", ["CVL"]),
    ("Spanish Constitutional Court", "ESP", ["JUD"]),
    ("Ukrainian soldiers", "UKR", ["MIL"]),
    ("Russia", "RUS", ["GOV"]),
    ("Cambodians", "KHM", ["CVL"]),
    ("police in Dhaka", "BGD", ["COP"]),
    ("Peruvian Congress", "PER", ["LEG"]),
    ("Moroccan Ministry of Justice", "MAR", ["GOV"]),
    ("Embassy of Canada in Tunis", "CAN", ["GOV"]),
    ("trade union leaders in Greece", "GRC", ["LAB"]),
    ("UN Human Rights Council", "IGO", ["IGO"]),
    ("ECOWAS", "IGO", ["IGO"]),
    ("Transparency International Kenya", "KEN", ["NGO"]),
    ("Brazilian university professor", "BRA", ["EDU"]),
    ("Polish intelligence agency", "POL", ["SPY"]),
    ("separatists in eastern Ukraine", "UKR", ["REB"]),
    ("the international community", "IGO", []),
    ("foreign observers", None, []),
    ("Ada Ito", None, []),
    ("Democratic Republic of the Congo", "COD", ["GOV"]),
    ("Papua New Guinean minister", "PNG", ["GOV"]),
    ("Malian junta", "MLI", ["GOV"]),
    ("Somali pirates", "SOM", ["CRM"]),
    ("human rights activists in Vietnam", "VNM", ["CVL"]),
    ("International Criminal Court", "IGO", ["IGO", "JUD"]),
]


@pytest.mark.parametrize(("text", "country", "sectors"), CASES, ids=[case[0] for case in CASES])
def test_codes_country_and_sectors(text, country, sectors):
    assert code_actor(text) == (country, sectors)


@pytest.mark.parametrize("text", ["", " ", "?", "of", "the", "’s", "🙂", "a" * 5000, "of " * 500])
def test_codes_anything_without_failing(text):
    assert code_actor(text) == (None, [])


def test_scores_a_file_and_writes_predictions(tmp_path):
    rows = [
        {"text": "Rebels from Chad", "country": "TCD", "sectors": ["REB"]},
        {"text": "UN Security Council", "country": "INT", "sectors": ["IGO"]},
        {"text": "Kenyan police", "country": "KEN", "sectors": ["MIL"]},
        {"text": "Ada Ito", "country": None, "sectors": []},
    ]
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    scores = evaluate_actors(gold, predictions=out)
    assert scores == {"country": 100.0, "sector": 75.0, "sectors": 75.0, "both": 75.0, "lines": 4.0}
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in found] == [row["text"] for row in rows]
    assert found[2] == {"text": "Kenyan police", "country": "KEN", "sectors": ["COP"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [('{"text": "a"}\n{oops', "line 2 is not JSON"), ('{"name": "a"}', "line 1 has no `text`"), ("\n", "has no lines")],
)
def test_says_which_line_is_wrong(tmp_path, text, says):
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=says):
        evaluate_actors(path)


def test_says_that_a_file_is_missing(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        evaluate_actors(tmp_path / "none.jsonl")
