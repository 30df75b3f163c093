"""Two rules that decide what may be passed on, over all cases there are."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.consent import fitting, is_standing, turns
from kimdesk.domain.records import Consent, Goal, Person, Record
from kimdesk.domain.shielding import MARKS, SHIELDED, any_shielded, concealed, is_shielded

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]
DAY = st.sampled_from(DAYS)
CONSENTS = st.builds(
    Consent, given_on=st.none() | DAY, withdrawn_on=st.none() | DAY, valid_until=st.none() | DAY
)


@given(CONSENTS, DAY)
def test_a_consent_stands_from_its_day_to_its_last_or_the_day_before_its_withdrawal(
    consent: Consent, on: date
) -> None:
    ends = [consent.withdrawn_on - timedelta(days=1)] if consent.withdrawn_on else []
    ends += [consent.valid_until] if consent.valid_until else []
    stands = consent.given_on is not None and consent.given_on <= on <= min(ends, default=date.max)
    assert is_standing(consent, on) is stands


@given(CONSENTS)
def test_only_on_its_turns_does_a_consent_begin_or_cease_to_stand(consent: Consent) -> None:
    for before, after in pairwise(DAYS):
        assert is_standing(consent, before) == is_standing(consent, after) or after in turns(consent)


def test_each_mark_alone_shields_a_household() -> None:
    plain = Person(family_name="Osman")
    assert not is_shielded(plain)
    for mark in MARKS:
        marked = replace(plain, **dict[str, Any]({mark: True}))
        assert is_shielded(marked)
        assert any_shielded([plain, marked])
    assert not any_shielded([plain, plain])


REPORT = Consent(recipient="ki", purpose="reporting", kinds=("income", "health"), given_on=FIRST)
NARROW = replace(REPORT, kinds=("income",), valid_until=None)


@pytest.mark.parametrize("shuffled", list(permutations([1, 9, 3])))
def test_of_several_consents_that_fit_the_one_that_lasts_longest_counts(shuffled: tuple[int, ...]) -> None:
    ending = [replace(REPORT, valid_until=FIRST + timedelta(days=days)) for days in shuffled]
    longest = replace(REPORT, valid_until=FIRST + timedelta(days=9))
    assert fitting(ending, "ki", "reporting", FIRST) == longest
    assert fitting([*ending, NARROW], "ki", "reporting", FIRST, ["health"]) == longest
    assert fitting([*ending, REPORT, *ending], "ki", "reporting", FIRST, ["health"]) == REPORT


@pytest.mark.parametrize(
    ("recipient", "purpose", "on"),
    [("mbe", "reporting", FIRST), ("ki", "referral", FIRST), ("ki", "reporting", FIRST - timedelta(days=1))],
)
def test_a_consent_fits_one_recipient_one_purpose_and_its_days(
    recipient: str, purpose: str, on: date
) -> None:
    assert fitting([REPORT], "ki", "reporting", FIRST) == REPORT
    assert fitting([REPORT], recipient, purpose, on) is None


@pytest.mark.parametrize(
    ("record", "household", "hidden"),
    [
        (Person(city="Ahlen", protected=True), [], True),
        (Person(email="a@example.org"), [Person(address_blocked=True)], True),
        (Person(city="Ahlen"), [Person(city="Ahlen")], False),
        (Person(protected=True), [], False),
        (Goal(), [Person(protected=True)], False),
    ],
)
def test_a_form_hides_how_to_reach_somebody_when_one_of_the_case_is_shielded(
    record: Record, household: list[Person], hidden: bool
) -> None:
    assert concealed(record, household) == (SHIELDED if hidden else ())
