"""Code lists: every word a rule depends on has its German label, and codes mean what they mean elsewhere."""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.fitting import CLOSED
from kimdesk.domain import records, terms
from kimdesk.domain.arrival import StayBand
from kimdesk.domain.errors import ContentError
from kimdesk.forms.codes import CodeList, parse

NAMES = [path.removeprefix("codelists/").removesuffix(".toml") for path in resources.names("codelists")]
GOOD = {
    "name": "colour",
    "title": "Farbe",
    "source": "Test",
    "valid_from": date(2026, 1, 1),
    "code": [{"code": "red", "label": "rot"}, {"code": "blue", "label": "blau"}],
}


def test_every_closed_vocabulary_has_its_list() -> None:
    closed = {
        each for each in vars(terms).values() if isinstance(each, type) and issubclass(each, StrEnum)
    } - {StrEnum} | {StayBand}
    assert set(CLOSED.values()) == closed


@pytest.mark.parametrize("name", CLOSED)
def test_a_closed_vocabulary_is_labelled_exactly(name: str) -> None:
    assert [one.code for one in SHIPPED.code_list(name).codes] == [one.value for one in CLOSED[name]]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_complete_and_set_as_german_is_set(name: str) -> None:
    found = SHIPPED.code_list(name)
    assert found.title
    assert found.source
    for one in found.codes:
        for text in (one.label, one.short, one.note):
            wrong = r"""["'`]|\.\.\.| - | –|§ |(Abs|Art|Nr|Buchst)\. |\bSGB [IVX]|  |^ | $"""
            assert not re.search(wrong, text), text
        assert re.fullmatch(r"-?[A-Za-z0-9_]+", one.code)
    labels = [one.label for one in found.codes]
    assert len(set(labels)) == len(labels)


def test_comments_in_the_records_name_lists_that_exist() -> None:
    rooms = Path(records.__path__[0]).glob("*.py")
    source = "".join(room.read_text(encoding="utf-8") for room in rooms)
    named = set(re.findall(r": (?:str|tuple\[str, \.\.\.\]) = .*  # ([a-z_, ]+)", source))
    lists = {name for comment in named for name in re.split(r", ", comment) if re.fullmatch("[a-z_]+", name)}
    assert {"legal_basis", "sex", "residence_status", "contact_form"} <= lists
    assert lists <= set(NAMES)


@pytest.mark.parametrize(
    ("name", "size"),
    [("access_route", 13), ("life_domain", 12), ("closing_reason", 9), ("finding_kind", 9),
     ("finding_state", 7), ("immediate_need", 5), ("intake_check", 6), ("classification", 4),
     ("access_result", 3), ("information_source", 2), ("conference_identity", 2), ("consent_form", 2),
     ("residence_status", 17), ("domain_scale", 5), ("gas_level", 5)],
)  # fmt: skip
def test_a_list_has_the_entries_the_field_works_with(name: str, size: int) -> None:
    assert len(SHIPPED.code_list(name).codes) == size


def test_nationalities_carry_the_keys_of_destatis() -> None:
    keys = {"000": "Deutschland", "423": "Afghanistan", "475": "Syrien", "166": "Ukraine", "163": "Türkei",
            "438": "Irak", "997": "staatenlos", "998": "ungeklärt", "999": "ohne Angabe"}  # fmt: skip
    found = SHIPPED.code_list("nationality")
    assert {key: found.label(key) for key in keys} == keys
    assert all(re.fullmatch(r"\d{3}", one.code) for one in found.codes)
    assert len(found.codes) >= 60
    assert not found.checked


def test_languages_carry_iso_codes() -> None:
    found = SHIPPED.code_list("language")
    assert {"kmr", "ckb", "prs", "pes", "tir", "ara", "ukr", "rus", "tur", "fra", "eng", "deu"} <= {
        one.code for one in found.codes
    }
    assert all(re.fullmatch(r"[a-z]{3}", one.code) for one in found.codes)
    assert len(found.codes) >= 40


def test_levels_are_shown_with_a_true_minus_and_a_short_word() -> None:
    assert SHIPPED.code_list("gas_level").short("-2") == "−2"
    assert SHIPPED.code_list("life_domain").short("livelihood") == "Existenz"
    assert SHIPPED.label("legal_regime", "sgb2") == "SGB\u00a0II"


def test_a_retired_code_is_still_read_but_no_longer_offered() -> None:
    table = {**GOOD, "code": [{"code": "red", "label": "rot", "valid_until": date(2026, 6, 30)}]}
    found = parse(table, "colour")
    assert found.label("red") == "rot"
    assert [one.code for one in found.offered(date(2026, 6, 30))] == ["red"]
    assert found.offered(date(2026, 7, 1)) == ()


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert SHIPPED.label("sex", "x") == "x"
    assert SHIPPED.label("sex", "") == ""
    assert "x" not in SHIPPED.code_list("sex")
    assert 7 not in SHIPPED.code_list("sex")


@pytest.mark.parametrize(
    "change",
    [
        {"name": "size"},
        {"colour": "red"},
        {"code": []},
        {"code": [{"code": "red", "label": " "}]},
        {"code": [{"code": "red", "label": "rot"}] * 2},
        {"code": [{"code": "red", "label": "rot", "tint": 1}]},
        {"valid_from": "soon"},
    ],
)
def test_a_broken_list_is_refused(change: dict[str, object]) -> None:
    assert isinstance(parse(dict(GOOD), "colour"), CodeList)
    with pytest.raises(ContentError) as refusal:
        parse({**GOOD, **change}, "colour")
    assert refusal.value.code == "E700"


@pytest.mark.parametrize("name", ["weather", "../services/jobcenter", ""])
def test_a_list_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(ContentError):
        SHIPPED.code_list(name)
