"""What sounds alike: German words however they are bent, put together or spelled, and what is coded."""

from dataclasses import replace

import msgspec
import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.kreis.steering.alike import Proposal, Sounding, proposals

RULES = SHIPPED.rules.findings.alike
NONE: frozenset[tuple[str, str]] = frozenset()
CODED = {"kind": "service_gap", "life_domain": "language"}
COURSE = Sounding(
    "a", "a", "Kein Vormittagskurs mit Kinderbetreuung", agencies="Volkshochschule, Jugendamt", **CODED
)
BANK = Sounding(
    "z", "z", "Bank verlangt zum Konto einen Pass", kind="access_barrier", life_domain="livelihood"
)


def beside(title: str, **values: str) -> tuple[Proposal, ...]:
    """Return what is proposed for the course when a finding with ``title`` comes."""
    other = replace(Sounding("b", "b", title, **CODED), **values)
    return proposals([COURSE, BANK, other], NONE, RULES).get("a", ())


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Kurs am Vormittag, aber niemand für die Kinder", {"Kurs", "Vormittag", "Kinder"}),
        ("Betreuung nur nachmittags, der Kurs ist um neun", {"Betreuung", "Kurs"}),
        ("KEINE VORMITTAGSKURSE MIT KINDERBETREUUNG", {"VORMITTAGSKURSE", "KINDERBETREUUNG"}),
    ],
)
def test_bent_words_and_parts_of_compounds_are_heard_and_marked(title: str, words: set[str]) -> None:
    [found] = beside(title)
    assert set(found.words) == words
    assert {(each.why, each.what) for each in found.reasons} == set(CODED.items())


def test_umlauts_are_heard_however_they_are_written() -> None:
    found = [
        Sounding(each, each, f"{word} fehlen am Ort") for each, word in (("a", "Ärzte"), ("b", "Aerzte"))
    ]
    assert set(proposals(found, NONE, RULES)) == {"a", "b"}


def test_the_same_office_counts_and_is_named_as_it_is_written() -> None:
    [found] = beside("Kurs ohne Betreuung", agencies="VHS; volkshochschule")
    assert ("agency", "volkshochschule") in found.reasons
    assert found.score > beside("Kurs ohne Betreuung")[0].score


def test_other_matters_and_words_that_say_nothing_are_no_reason() -> None:
    assert beside("Schulplatz erst nach zehn Wochen", life_domain="childcare", kind="duration") == ()
    assert beside("Kein und mit der die das") == ()
    assert beside("", agencies="Volkshochschule") == ()


def test_good_practice_is_never_taken_for_a_gap() -> None:
    assert beside(COURSE.title, kind="good_practice") == ()


def test_a_bundle_is_heard_by_its_own_words_and_by_those_of_its_findings() -> None:
    inside = replace(COURSE, id="member", card="bundle")
    said = Sounding("bundle bundle", "bundle", "Frauen kommen nicht in den Kurs")
    new = Sounding("b", "b", "Vormittagskurs, aber keine Kinderbetreuung", **CODED)
    found = proposals([inside, said, new], NONE, RULES)
    assert {card: [each.finding for each in all_] for card, all_ in found.items()} == {"bundle": ["b"]}


def test_what_is_left_apart_stays_apart_wherever_it_went() -> None:
    inside = replace(COURSE, id="member", card="bundle")
    new = Sounding("b", "b", COURSE.title, **CODED)
    assert proposals([inside, new], frozenset({("b", "member")}), RULES) == {}


def test_of_many_the_most_alike_are_proposed_and_only_so_many() -> None:
    many = [Sounding(f"n{at:02}", f"n{at:02}", f"{COURSE.title} {at}", **CODED) for at in range(30)]
    found = proposals([COURSE, *many], NONE, RULES)
    assert {len(all_) for all_ in found.values()} == {RULES.most}
    assert all(each.score >= RULES.least for all_ in found.values() for each in all_)


def test_five_thousand_findings_are_compared_with_what_stands_near() -> None:
    words = ("Kurs", "Bank", "Pass", "Arzt", "Kita", "Amt", "Wohnung", "Schule", "Termin", "Bescheid")
    found = [
        Sounding(
            str(at), str(at), " ".join(words[(at // step) % 10] for step in (1, 10, 100)) + f" Ort{at // 7}"
        )
        for at in range(5000)
    ]
    made = proposals(found, NONE, msgspec.structs.replace(RULES, most=1))
    assert 0 < sum(map(len, made.values())) <= len(found)
