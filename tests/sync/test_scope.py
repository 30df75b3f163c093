"""What a consent lets out, day by day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.consent import is_standing
from kimdesk.domain.records import Consent
from kimdesk.domain.terms import SharingLevel
from kimdesk.sync.scope import pseudonyms, scope_of

DAY = date(2026, 11, 24)
CONSENT = Consent(
    id="c1", recipient="ki", kinds=("person",), special_categories=("health",), given_on=date(2026, 6, 12)
)


def test_a_consent_to_the_kreis_lets_its_kinds_out() -> None:
    scope = scope_of([CONSENT], DAY)
    assert scope.level is SharingLevel.IDENTIFIED
    assert scope.terms.covers("person")
    assert scope.terms.covers("")
    assert not scope.terms.covers("goals")
    assert scope.terms.allows("health")
    assert not scope.terms.allows("religion")
    assert (scope.terms.why, scope.since) == ("consent", date(2026, 6, 12))


@pytest.mark.parametrize(
    ("consent", "why", "since"),
    [
        (replace(CONSENT, recipient="jobcenter"), "no_consent", None),
        (replace(CONSENT, given_on=None), "no_consent", None),
        (replace(CONSENT, given_on=DAY + timedelta(1)), "no_consent", None),
        (replace(CONSENT, withdrawn_on=DAY), "withdrawn", DAY),
        (replace(CONSENT, valid_until=DAY - timedelta(1)), "expired", DAY - timedelta(1)),
        (
            replace(CONSENT, valid_until=DAY - timedelta(1), withdrawn_on=DAY - timedelta(1)),
            "withdrawn",
            DAY - timedelta(1),
        ),
        (
            replace(CONSENT, valid_until=DAY - timedelta(1), withdrawn_on=DAY - timedelta(2)),
            "expired",
            DAY - timedelta(1),
        ),
        (replace(CONSENT, level=SharingLevel.STATISTICS), "statistics", date(2026, 6, 12)),
    ],
)
def test_without_one_that_stands_nothing_leaves(consent: Consent, why: str, since: date | None) -> None:
    scope = scope_of([consent], DAY)
    assert scope.level is SharingLevel.STATISTICS
    assert not scope.terms.covers("")
    assert (scope.terms.why, scope.since) == (why, since)


def test_the_last_day_still_counts() -> None:
    assert is_standing(replace(CONSENT, valid_until=DAY), DAY)
    assert not is_standing(replace(CONSENT, valid_until=DAY), DAY + timedelta(1))


def test_the_widest_level_counts_with_its_own_kinds_only() -> None:
    pseudonymised = replace(CONSENT, level=SharingLevel.PSEUDONYMISED, kinds=("goals",))
    scope = scope_of([pseudonymised, CONSENT], DAY)
    assert scope.level is SharingLevel.IDENTIFIED
    assert not scope.terms.covers("goals")


def test_a_foreign_municipality_keeps_everything_here() -> None:
    assert scope_of([CONSENT], DAY, foreign=True).terms.why == "foreign"


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "cover"},
        {"kinds": ("person", "goals")},
        {"special_categories": ()},
        {"level": SharingLevel.PSEUDONYMISED},
        {"level": SharingLevel.STATISTICS},
    ],
    ids=str,
)
def test_scopes_under_which_a_record_leaves_differently_are_told_apart(change: dict[str, Any]) -> None:
    before = replace(CONSENT, purpose="reporting")
    assert scope_of([before], DAY).key != scope_of([replace(before, **change)], DAY).key
    assert scope_of([before], DAY).key == scope_of([replace(before, id="c2", language="ara")], DAY).key
    assert scope_of([before], DAY).key != scope_of([before], DAY, hidden_address=True).key


days = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    st.lists(
        st.builds(
            Consent,
            recipient=st.just("ki"),
            level=st.sampled_from(SharingLevel),
            given_on=days,
            valid_until=days,
            withdrawn_on=days,
            kinds=st.sampled_from([(), ("person",), ("goals",)]),
        ),
        max_size=4,
    ),
    st.dates(date(2026, 1, 1), date(2026, 12, 30)),
)
def test_the_scope_stays_as_it_is_until_the_day_it_names(consents: list[Consent], day: date) -> None:
    scope = scope_of(consents, day)
    until = scope.changes_on or day + timedelta(400)
    assert until > day
    for between in (day + timedelta((until - day).days // 2), until - timedelta(1)):
        assert scope_of(consents, between).key == scope.key


def test_a_pseudonym_depends_on_vault_purpose_and_person() -> None:
    def key(purpose: str) -> bytes:
        return purpose.encode()

    one = pseudonyms(key, "reporting")
    assert one("person") == one("person")
    others = {
        one("another"),
        pseudonyms(key, "cover")("person"),
        pseudonyms(lambda _: b"other vault", "x")("person"),
    }
    assert one("person") not in others
    assert len(others) == 3
