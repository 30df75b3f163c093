"""Values beside one another keep their direction, and rooms that join names join them so."""

import re
from pathlib import Path

import pytest

import kimdesk
from kimdesk.texts.bidi import FIRST_STRONG, POP, apart, isolated

ROOT = Path(kimdesk.__file__).parents[1]
ROOMS = (
    "kimdesk/texts/preview.py",
    "kimdesk/texts/field_words.py",
    "kimdesk/texts/course.py",
    "kimdesk/texts/remarks.py",
    "ui/case/heading.py",
    "ui/case/cards.py",
    "ui/pages/cases/summary.py",
    "ui/pages/handover/arriving.py",
    "ui/pages/handover/between.py",
    "ui/pages/handover/summary.py",
    "ui/shell/search.py",
    "ui/forms/display.py",
    "ui/pages/today/rows.py",
    "ui/plan/warnings.py",
    "ui/case/findings/dialog.py",
)


def test_a_date_beside_an_arabic_name_stays_on_its_side() -> None:
    name = "آمنة عثمان"
    assert apart(", ").join(["26.05.1968", name]) == f"26.05.1968, {FIRST_STRONG}{name}{POP}"
    assert apart(" · ").join(["Osman, Amna", "ESR-2026-017"]) == "Osman, Amna · ESR-2026-017"
    assert isolated("Şahin") == "Şahin"


@pytest.mark.parametrize("path", ROOMS)
def test_names_are_joined_in_their_direction(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.findall(r'"(?:, | · |; )"\.join\(', text) == []
