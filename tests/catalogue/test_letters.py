"""Letters as data: what one can say is closed, an older version stays readable, the day chooses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import pytest

from kimdesk.catalogue import letters
from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.fitting import demand_fitting
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.catalogue.letter_kinds import KINDS
from kimdesk.domain.errors import ContentError

BASE: Mapping[str, Any] = {
    "code": "probe", "version": 1, "about": "referral", "basis": "own", "title": "Probe",
    "source": "Eigener Vorschlag",
    "valid_from": date(2026, 1, 1), "subject": ["{offer}"], "block": [{"text": "Guten Tag,"}],
    "signature": [{"who": "client"}],
}  # fmt: skip


def _told(**change: Any) -> set[tuple[str, str, str]]:
    letter = msgspec.convert({**BASE, **change}, letters.LetterText)
    return {tuple(each) for each in letters.complaints(letter)}  # type: ignore[misc]


def test_what_fits_has_no_complaint() -> None:
    assert _told() == set()
    assert letters.parse(BASE, "probe").offered(date(2026, 11, 30))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"about": "secret"}, ("about", "about", "secret")),
        ({"subject": []}, ("empty", "subject", "")),
        ({"subject": ["{born}"]}, ("unguarded", "subject", "born")),
        ({"subject": ["{offer}", "{phone}"]}, ("unknown_fact", "subject", "phone")),
        ({"block": [{"text": "{phone}"}]}, ("unknown_fact", "block 1", "phone")),
        ({"block": [{"text": "geboren am {born}"}]}, ("unguarded", "block 1", "born")),
        ({"block": [{"text": "{client!r}"}]}, ("braces", "block 1", "")),
        ({"block": [{"text": "{client:>99999999}"}]}, ("braces", "block 1", "")),
        ({"block": [{"text": "{client.__class__}"}]}, ("braces", "block 1", "")),
        ({"block": [{"text": "ein { allein"}]}, ("braces", "block 1", "")),
        ({"block": [{"text": "x", "when": ["ill"]}]}, ("unknown_condition", "block 1", "ill")),
        ({"block": [{"text": "x", "unless": ["ill"]}]}, ("unknown_condition", "block 1", "ill")),
        ({"block": [{"part": "diagnoses"}]}, ("unknown_part", "block 1", "diagnoses")),
        ({"block": [{"text": "  "}]}, ("empty", "block 1", "")),
        ({"block": [{"text": "x", "part": "papers"}]}, ("empty", "block 1", "")),
        ({"block": [{"text": "x", "source": "§ 1 SGB I"}]}, ("undated", "block 1", "")),
        ({"needs": ["luck"]}, ("unknown_fact", "needs", "luck")),
        ({"signature": []}, ("unsigned", "signature", "")),
        ({"basis": "nobody"}, ("names_client", "signature", "")),
        (
            {"basis": "nobody", "signature": [], "block": [{"text": "{client}"}]},
            ("names_client", "block 1", "client"),
        ),
    ],
)
def test_what_a_letter_cannot_say_is_told_with_its_place(
    change: dict[str, Any], told: tuple[str, str, str]
) -> None:
    assert told in _told(**change)
    if change != {"subject": []}:
        with pytest.raises(ContentError, match="E700"):
            letters.parse({**BASE, **change}, "probe")


def test_a_fact_that_may_be_missing_is_free_where_it_is_sure() -> None:
    assert _told(block=[{"text": "{born}", "when": ["born"]}]) == set()
    assert _told(needs=["forwarding"], subject=["{forwarding}"]) == set()
    assert _told(subject=["{offer}", "{born}"]) == set()


def test_no_letter_can_name_an_assessment_or_what_tells_of_health() -> None:
    facts = {name for kind in KINDS.values() for name in (*kind.facts, *kind.conditions)}
    telling = (
        "level",
        "light",
        "scale",
        "diagnos",
        "health",
        "screening",
        "assess",
        "phone",
        "email",
        "note",
    )
    assert not [name for name in facts if any(word in name for word in telling)]


def _layer(documents: dict[str, dict[str, Any]]) -> Layer:
    return Layer(
        name="Kreis", origin=Origin.KREIS, version=1, valid_from=date(2026, 1, 1), documents=documents
    )


def test_the_day_chooses_the_version_and_an_old_one_stays_readable() -> None:
    old = {**BASE, "title": "Alt", "valid_until": date(2026, 6, 30)}
    new = {**BASE, "title": "Neu", "version": 2, "valid_from": date(2026, 7, 1)}
    catalogue = Catalogue((_layer({"letters/probe@1.toml": old, "letters/probe.toml": new}),))
    assert catalogue.letters.find("probe", on=date(2026, 6, 30)).title == "Alt"
    assert catalogue.letters.find("probe", on=date(2026, 7, 1)).title == "Neu"
    assert catalogue.letters.find("probe", 1).title == "Alt"
    for code, version in (("nothing", None), ("probe", 3)):
        with pytest.raises(ContentError, match="E700"):
            catalogue.letters.find(code, version)


def test_a_pack_words_a_letter_anew_and_a_broken_one_is_refused_whole() -> None:
    objection = dict(SHIPPED.stack.table("letters/objection.toml"))
    changed = {**objection, "version": 2, "title": "Einspruch nach Kreisart"}
    whole = demand_fitting((), _layer({"letters/objection.toml": changed}))
    assert whole.letters.find("objection").title == "Einspruch nach Kreisart"
    broken = {**changed, "block": [{"text": "{diagnosis}"}]}
    with pytest.raises(ContentError, match="E741"):
        demand_fitting((), _layer({"letters/objection.toml": broken}))
    with pytest.raises(ContentError, match="E741"):
        demand_fitting((), _layer({"letters/other.toml": changed}))


def test_a_sentence_of_the_law_is_written_only_while_it_holds() -> None:
    [block] = letters.parse({**BASE, "block": [{
        "text": "x", "code": "x", "title": "X", "source": "§ 1", "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 6, 30),
    }]}, "probe").blocks  # fmt: skip
    assert block.holds(date(2026, 6, 30))
    assert not block.holds(date(2026, 7, 1))
    assert not block.holds(date(2025, 12, 31))


def test_every_letter_that_names_a_paragraph_says_where_it_stands() -> None:
    for letter in SHIPPED.letters.every():
        for block in letter.blocks:
            if "§" in block.text or "DSGVO" in block.text:
                assert block.source, (letter.code, block.text)
