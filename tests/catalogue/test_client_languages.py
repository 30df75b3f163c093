"""The languages that clients read: twelve, each whole, marked until read, found by speech and tag."""

import re
from collections import Counter

import pytest
from msgspec.structs import asdict

from kimdesk.catalogue import item_words
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.client_words import GERMAN, ClientWords, by_tag, fitting, words_for

KNOWN = SHIPPED.client_words
TAGS = {
    "deu": "de", "ara": "ar", "prs": "prs", "pes": "fa", "kmr": "kmr", "ckb": "ckb",
    "ukr": "uk", "rus": "ru", "tur": "tr", "eng": "en", "fra": "fr", "tir": "ti",
}  # fmt: skip
RIGHT_TO_LEFT = {"ara", "prs", "pes", "ckb"}
SCRIPTS = {  # a sign of the language: a file that was copied and never translated lacks it
    "deu": "ä", "ara": "ة", "prs": "ن", "pes": "گ", "kmr": "ê", "ckb": "ۆ",
    "ukr": "і", "rus": "ы", "tur": "ı", "eng": "w", "fra": "é", "tir": "እ",
}  # fmt: skip


def texts_of(one: ClientWords) -> dict[str, str]:
    return asdict(one.words)


def fields_of(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_there_are_twelve_with_the_tags_that_pdf_and_command_line_use() -> None:
    assert {code: one.tag for code, one in KNOWN.items()} == TAGS


@pytest.mark.parametrize("code", sorted(TAGS))
def test_each_is_whole_and_says_whether_somebody_has_read_it(code: str) -> None:
    one, german = KNOWN[code], KNOWN[GERMAN]
    assert one.direction == ("rtl" if code in RIGHT_TO_LEFT else "ltr")
    assert one.checked == (code == GERMAN)
    assert one.checked or "ungeprüft" in one.source
    told = texts_of(one)
    assert {key: fields_of(text) for key, text in told.items()} == {
        key: fields_of(text) for key, text in texts_of(german).items()
    }
    assert all(text.strip() == text != "" for text in told.values())
    assert fields_of(one.day) == ["day", "month", "weekday"]
    for row in (one.weekdays, one.months, one.levels):
        assert len(set(row)) == len(row)
    assert SCRIPTS[code] in " ".join((*told.values(), *one.weekdays, *one.months))


def test_no_language_is_a_copy_of_another() -> None:
    for key in ("greeting", "no_appointments", "aid", "steps"):
        said = Counter(texts_of(one)[key] for one in KNOWN.values())
        assert max(said.values()) == 1, key


def test_every_spoken_language_is_a_code_and_is_served_once() -> None:
    codes = {each.code for each in SHIPPED.code_list("language").codes}
    served = Counter(code for one in KNOWN.values() for code in one.spoken)
    assert set(served) <= codes
    assert set(served.values()) == {1}
    found = [words_for(KNOWN.values(), (code,)) for code in ("apc", "haz", "pes", "kmr", "ckb")]
    assert [one and one.language for one in found] == ["ara", "prs", "pes", "kmr", "ckb"]


def test_a_person_is_offered_what_she_speaks_in_her_order() -> None:
    found = fitting(KNOWN.values(), ("zza", "kmr", "apc", "deu", "ara"))
    assert [one.language for one in found] == ["kmr", "ara", "deu"]
    assert words_for(KNOWN.values(), ("deu", "zza")) is None


def test_a_language_is_found_by_its_tag() -> None:
    assert {tag: one.language for tag in TAGS.values() if (one := by_tag(KNOWN.values(), tag))} == {
        tag: code for code, tag in TAGS.items()
    }
    assert by_tag(KNOWN.values(), "xx") is None


def test_what_checklists_ask_for_is_said_in_every_language_by_labels_that_exist() -> None:
    found = item_words.known(SHIPPED.stack)
    assert set(found) == set(TAGS) - {GERMAN}
    services = {each.name.partition("@")[0] for each in SHIPPED.stack.folder("services")}
    asked = {item.label for code in services for one in SHIPPED.versions(code) for item in one.items}
    for code, one in found.items():
        german_alone = sorted(asked - one.labels.keys())
        assert not german_alone, (code, german_alone)
        assert one.labels.keys() == asked, code
        assert all(text.strip() == text != "" for text in one.labels.values())
        assert not one.checked


def test_an_item_of_another_label_stands_in_german_alone() -> None:
    assert KNOWN["eng"].item("Meldebescheinigung") == "Registration certificate (address)"
    assert KNOWN["eng"].item("Meldebescheinigung von Eschenried") == ""
    assert KNOWN[GERMAN].item("Meldebescheinigung") == ""
