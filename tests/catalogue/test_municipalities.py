"""Municipalities by name: all of Nordrhein-Westfalen, and the invented ones of the practice town."""

import pytest

from kimdesk.catalogue.municipalities import key_of, municipalities, municipality_name
from kimdesk.domain.municipality import is_ags

KREISE, CITIES = 31, 22


def test_all_municipalities_of_the_land_are_there_once() -> None:
    found = municipalities()
    assert len(found) == len({one.ags for one in found}) == 396
    assert all(is_ags(one.ags) and one.ags.startswith("05") for one in found)
    assert len({one.kreis for one in found if one.kreis}) == KREISE
    assert len([one for one in found if not one.kreis]) == CITIES


def test_a_municipality_is_called_by_its_name() -> None:
    assert municipality_name("05974044") == "Warstein"
    assert municipality_name("05315000") == "Köln"
    assert municipality_name("05999004") == "Eschenried"
    assert municipality_name("05000000") == "05000000"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Münster", "05515000"),
        ("muenster", "05515000"),
        ("Eschenried", "05999004"),
        ("Gruenwerth", "05999032"),
        ("05515000", "05515000"),
        ("Nirgendwo", "Nirgendwo"),
    ],
)
def test_a_municipality_is_understood_by_name_and_by_key(typed: str, key: str) -> None:
    assert key_of(typed) == key
