"""Whom a name or a description means where several could be meant; on disputes that no gold tells of."""

from __future__ import annotations

import pytest

from standoff.annotate.facts import read_facts


def find_meant(nlp, text, words):
    """Give the names of those whom the last place of `words` stands for."""
    doc = nlp(text)
    actors = read_facts(doc, "actors")
    at = doc.text.rindex(words)
    return {
        actors[fact["actor"]]["name"]
        for fact in read_facts(doc, "mentions")
        if fact["start"] <= at < fact["end"] and fact["end"] == at + len(words)
    }


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Harbour pilot Oh Min-jun met Oh Ji-woo. Ms Oh was angry.", "Oh Ji-woo", "Oh Ji-woo"),
        ("Premier Lai Chia-hao resigned. Lai-led talks failed.", "Premier Lai Chia-hao", "Lai Chia-hao"),
        ("Smuggler Rui “the Eel” Prado fled. Prado was seen in Faro.", "Prado", "Rui “the Eel” Prado"),
        ("Editor Laila al-Amri was held. Ms al-Amri denied it.", "Ms al-Amri", "Laila al-Amri"),
        ("Governor Marta Ibarra Solis sold it. Ibarra denied that.", "Ibarra", "Marta Ibarra Solis"),
        ("Peter Voss and Anna Voss own the mill. Ms Voss said it was shut.", "Ms Voss", "Anna Voss"),
        ("President Emil Roth fired his brother, Otto Roth. President Roth smiled.", "President Roth", "Emil Roth"),
        ("Peter Hale and his wife, Joan, farm there. Mrs Hale said it was dry.", "Mrs Hale", "Joan"),
        ("Sisters Anna and Maria Sole own the salt pans. Anna said no.", "Anna", "Anna Sole"),
        ("Ranger Thabo Nkosi shot it. Nkosi said it was ill.", "Ranger Thabo Nkosi", "Thabo Nkosi"),
    ],
)
def test_a_name_finds_its_bearer(reader, text, words, name):
    assert find_meant(reader, text, words) == {name}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Ada Prins bakes for the whole quay. The baker said flour was dear.", "The baker", "Ada Prins"),
        (
            "Omar Vane has led the Herders' League since May. Ines Paz has led the town council. "
            "The league chief said it would not rain.",
            "The league chief",
            "Omar Vane",
        ),
        (
            "Karl Weiss, who commanded the garrison, wept. The commander said it was over.",
            "The commander",
            "Karl Weiss",
        ),
        (
            "The leader of the opposition, Moana Ruatapu, rose. The opposition leader sat down.",
            "The opposition leader",
            "Moana Ruatapu",
        ),
        (
            "Referee Waldo Paz of Bolivia met coach Ivo Novak of Croatia. The Bolivian said no.",
            "The Bolivian",
            "Waldo Paz",
        ),
        ("Bolivia recalled its envoy. The Bolivian said no.", "The Bolivian", "Bolivia"),
        ("A mother of two said no.\n\nAda Ito has waited since May.", "A mother of two", "Ada Ito"),
        ("A mother of two said no.\n\nPremier Ada Ito has waited since May.", "A mother of two", "mother of two"),
        ("Dredging firm Port Solent sued. The firm said it was owed two million.", "The firm", "Port Solent"),
    ],
)
def test_a_description_finds_whom_the_text_has_told_of(reader, text, words, name):
    assert find_meant(reader, text, words) == {name}


def test_a_text_may_break_off_after_a_verb_of_speech(reader):
    assert find_meant(reader, "Minister Okoro said", "Okoro") == {"Okoro"}


def test_a_first_name_in_a_place_makes_no_person(reader):
    assert find_meant(reader, "Nine boats left Marina Reef on Monday.", "Marina Reef") == set()


def test_both_the_former_and_the_latter_count_out_a_pair(reader):
    text = "Chief Obi Okoro and Chief Uche Eze claim the stool. {} said it was his."
    assert find_meant(reader, text.format("The former"), "The former") == {"Obi Okoro"}
    assert find_meant(reader, text.format("The latter"), "The latter") == {"Uche Eze"}
    assert find_meant(reader, text.format("Both"), "Both") == {"Obi Okoro", "Uche Eze"}
    assert find_meant(reader, "Chief Obi Okoro claims the stool. The latter said it was his.", "The latter") == set()


def test_one_of_several_who_speaks_is_somebody(reader):
    text = "Nine clerks resigned. One of the clerks said it was late. Another said he was tired. Another left."
    assert find_meant(reader, text, "One of the clerks") == {"one of the clerks"}
    assert find_meant(reader, text.replace(" Another left.", ""), "Another") == {"another"}
    assert find_meant(reader, text, "Another") == set()


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Pilot Oh Min-jun said he was late. Clerk Oh Ji-woo said she was not. Ms Oh left.", "Ms Oh", "Oh Ji-woo"),
        (
            "Teacher Olga Lysenko and miner Yuri Hrab met. The mother of two said it was late.",
            "The mother of two",
            "Olga Lysenko",
        ),
        (
            "Race director Marc Frey of Switzerland objected. The Swiss official left.",
            "The Swiss official",
            "Marc Frey",
        ),
        ("Parish priest Father Luka Bosnic rang the bells. The priest left.", "The priest", "Luka Bosnic"),
        ("A nurse said it was late. A second nurse said it was not.", "A second nurse", "second nurse"),
        ("Rufus and Opal Tindle were told to go. Mrs Tindle wept. Mr Tindle said no.", "Mr Tindle", "Rufus Tindle"),
        ("She was nine when the mill burned. Today Ada Prins, 41, owns it.", "She", "Ada Prins"),
        ("The magazine Novi Vjesnik printed it. The paper said it was real.", "The paper", "Novi Vjesnik"),
        (
            "The Norwegian seal hunters' association said it was unjust.",
            "The Norwegian seal hunters' association",
            None,
        ),
    ],
)
def test_more_than_one_sentence_tells_who_is_meant(reader, text, words, name):
    found = find_meant(reader, text, words)
    assert len(found) == 1
    assert name is None or found == {name}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The port operator, Puerto Norte, sacked them. Puerto Norte denied it.", "Puerto Norte", "Puerto Norte"),
        ("The port operator, Puerto Norte, sacked them.", "The port operator", "Puerto Norte"),
        (
            "Kenya's teachers' union went back to work. The doctors' union rejected the offer.",
            "The doctors' union",
            "doctors' union",
        ),
        (
            "Labour Minister Tomas Arrieta of Chile met them. Bolivia's trade minister said no.",
            "Bolivia's trade minister",
            "Bolivia's trade minister",
        ),
        (
            "Guyana asked the International Court of Justice to stop the vote. Nobody doubted the court.",
            "the court",
            "International Court of Justice",
        ),
        (
            "Guyana and Venezuela are at odds. Guyana's army is alert. "
            "In Caracas on Wednesday police broke up a rally.",
            "police",
            "Police of Venezuela",
        ),
        ("Togolese tenants occupied a mill; private guards shot two of them.", "them", "Togolese tenants"),
        ("Thai and Lao envoys met. The Thai envoys left.", "The Thai envoys", "Thai envoys"),
        ("Nurses at two Dutch clinics walked out. The Danish nurses sent tea.", "Nurses", "nurses"),
        ("Thai soldiers fled. Soldiers at a Lao post fired. The Lao soldiers left.", "Soldiers", "Lao soldiers"),
        (
            "Togo's foreign minister, Ama Tetteh, left. Ghana says no. Its foreign minister will fly home.",
            "Its foreign minister",
            "foreign minister of Ghana",
        ),
        (
            "Togo is calm. The United Nations peacekeeping force said its patrol had been stoned.",
            "The United Nations peacekeeping force",
            "peacekeeping force of United Nations",
        ),
    ],
)
def test_a_body_or_a_people_is_told_from_others_like_it(reader, text, words, name):
    assert find_meant(reader, text, words) == {name}
