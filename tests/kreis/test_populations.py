"""Indicators that count the same things are found, whatever they are called."""

from datetime import date

from kimdesk.indicators.definitions import indicator, indicators
from kimdesk.kreis.steering.populations import HAVING, LACKING, population, together

DAY = date(2026, 12, 1)


def name(code: str, part: str = "") -> str:
    return population(indicator(code, DAY), DAY, part)


def test_the_same_cases_have_one_name() -> None:
    assert name("help_plan_share") == name("no_other_access") == name("active_cases") == "active_cases@1"
    assert name("help_plan_share", HAVING) == "help_plan_share@1.having"


def test_who_has_a_property_can_be_an_indicator_of_its_own() -> None:
    assert name("referrals_accepted", HAVING) == name("days_to_acceptance")
    assert name("referrals_accepted", LACKING) == name("referrals_rejected")
    assert name("regime_changes_with_gap", HAVING) == name("days_without_benefit")


def test_hours_of_contacts_are_no_contacts() -> None:
    assert name("contact_hours") != name("contacts_held") == name("interpreted_contacts")


def test_what_is_counted_in_common_is_protected_together() -> None:
    groups = together(DAY)
    assert groups.keys() == {each.code for each in indicators(DAY)}
    assert {"active_cases", "new_cases", "closed_cases", "case_duration", "help_plan_share"} <= groups[
        "new_cases"
    ]
    assert groups["titles_ending"] == {"titles_ending"}
    for one in indicators(DAY):
        for other in indicators(DAY):
            if name(one.code) == name(other.code):
                assert groups[one.code] == groups[other.code]
