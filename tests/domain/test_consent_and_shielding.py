"""Two rules that decide what may be passed on, over all cases there are."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.consent import is_standing, turns
from kimdesk.domain.records import Consent, Person
from kimdesk.domain.shielding import MARKS, any_shielded, is_shielded

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
