"""What a consent lets out, day by day."""

import base64
import hmac
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.consent import is_standing
from kimdesk.domain.records import Consent
from kimdesk.domain.terms import SharingLevel
from kimdesk.sync.leaving.scope import pseudonyms, scope_of

DAY = date(2026, 11, 24)
CONSENT = Consent(
    id="c1",
    recipient="ki",
    purpose="reporting",
    kinds=("person",),
    special_categories=("health",),
    given_on=date(2026, 6, 12),
)


def test_a_consent_to_the_kreis_lets_its_kinds_out() -> None:
    scope = scope_of([CONSENT], DAY)
    assert scope.level is SharingLevel.IDENTIFIED
    assert scope.terms.refusal(["person"], "name") == ""
    assert scope.terms.refusal([""], "case") == ""
    assert scope.terms.refusal(["goals"], "plan") == "no_kind"
    assert scope.terms.refusal(["person"], "name", ["health"]) == ""
    assert scope.terms.refusal(["person"], "name", ["religion"]) == "special"
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
    assert scope.terms.refusal([""]) == why
    assert (scope.terms.why, scope.since) == (why, since)


def test_the_last_day_still_counts() -> None:
    assert is_standing(replace(CONSENT, valid_until=DAY), DAY)
    assert not is_standing(replace(CONSENT, valid_until=DAY), DAY + timedelta(1))


def test_the_widest_level_counts_with_its_own_kinds_only() -> None:
    pseudonymised = replace(CONSENT, level=SharingLevel.PSEUDONYMISED, kinds=("goals",))
    scope = scope_of([pseudonymised, CONSENT], DAY)
    assert scope.level is SharingLevel.IDENTIFIED
    assert scope.terms.refusal(["goals"], "plan") == "no_kind"


def test_consents_of_one_level_are_taken_together_and_the_oldest_says_what_for() -> None:
    newer = replace(
        CONSENT,
        id="c0",
        kinds=("goals",),
        special_categories=("religion",),
        given_on=date(2026, 7, 1),
    )
    for consents in ([CONSENT, newer], [newer, CONSENT]):
        scope = scope_of(consents, DAY)
        assert scope.terms.refusal(["person"], "name", ["health"]) == ""
        assert scope.terms.refusal(["goals"], "plan", ["religion"]) == ""
        assert scope.terms.refusal(["goals"], "plan", ["health"]) == "special", "each for what it names"
        assert (scope.purpose, scope.since) == ("reporting", date(2026, 7, 1))


def test_of_two_given_on_one_day_the_purpose_is_always_the_same() -> None:
    one, other = CONSENT, replace(CONSENT, id="c2", purpose="school")
    assert scope_of([one, other], DAY).purpose == scope_of([other, one], DAY).purpose == "reporting"


def test_what_counts_no_more_is_told_by_its_newest_end() -> None:
    def told(*consents: Consent) -> tuple[str, date | None]:
        scope = scope_of(consents, DAY)
        return scope.terms.why, scope.since

    early, late = DAY - timedelta(9), DAY - timedelta(2)
    withdrawn, expired = replace(CONSENT, withdrawn_on=early), replace(CONSENT, valid_until=early)
    assert told(withdrawn, replace(withdrawn, withdrawn_on=late)) == ("withdrawn", late)
    assert told(expired, replace(expired, valid_until=late)) == ("expired", late)
    assert told(withdrawn, replace(expired, valid_until=late)) == ("expired", late)
    assert told(replace(withdrawn, withdrawn_on=late), expired) == ("withdrawn", late)
    assert told(withdrawn, expired) == ("withdrawn", early)
    assert told(replace(CONSENT, given_on=None, valid_until=early)) == ("no_consent", None)
    assert told(replace(CONSENT, given_on=None, withdrawn_on=DAY + timedelta(1))) == ("no_consent", None)
    assert told(replace(expired, recipient="jobcenter"), replace(withdrawn, recipient="mbe")) == (
        "no_consent",
        None,
    )


def test_the_next_day_on_which_the_calendar_changes_the_scope_is_named() -> None:
    ending = replace(CONSENT, valid_until=DAY + timedelta(9))
    coming = replace(CONSENT, id="c2", given_on=DAY + timedelta(4), valid_until=None)
    assert scope_of([ending], DAY).changes_on == DAY + timedelta(10)
    assert scope_of([ending, coming], DAY).changes_on == DAY + timedelta(4)
    assert scope_of([coming], DAY).changes_on == DAY + timedelta(4)
    assert scope_of([ending, coming], DAY, stays="foreign").changes_on == DAY + timedelta(4)
    assert scope_of([CONSENT], DAY).changes_on is None
    assert scope_of([replace(ending, recipient="jobcenter")], DAY).changes_on is None


def test_a_foreign_municipality_keeps_everything_here() -> None:
    scope = scope_of([CONSENT], DAY, stays="foreign")
    assert (scope.level, scope.terms.why, scope.since) == (SharingLevel.STATISTICS, "foreign", None)
    assert (scope.purpose, scope.key) == ("", "statistics")
    assert scope.terms.refusal([""]) == "foreign"
    assert scope.terms.refusal(["person"], "name", ["health"]) == "foreign"


def test_what_is_no_special_category_needs_no_mention() -> None:
    terms = scope_of([CONSENT], DAY).terms
    assert terms.refusal(["person"], "name") == ""
    assert terms.refusal(["person"], "name", [""]) == "special"


def test_a_shielded_is_a_term_of_its_own() -> None:
    assert scope_of([CONSENT], DAY, shielded=True).terms.shielded
    assert not scope_of([CONSENT], DAY).terms.shielded


def test_the_key_of_a_scope_is_the_same_whatever_the_order_of_its_consents() -> None:
    other = replace(CONSENT, id="c2", kinds=("goals",), special_categories=("religion",))
    key = scope_of([CONSENT, other], DAY, shielded=True).key
    assert key == scope_of([other, CONSENT], DAY, shielded=True).key
    assert (
        key
        == "identified|reporting:goals,person:goals/religion,person/health|shielded|reporting|2026-06-12||"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "school"},
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
    assert scope_of([before], DAY).key != scope_of([before], DAY, shielded=True).key


days = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    st.lists(
        st.builds(
            Consent,
            recipient=st.just("ki"),
            purpose=st.sampled_from(["reporting", "school", "cover"]),
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
    assert all(re.fullmatch("P[a-z2-7]{24}", each) for each in (one("person"), *others))


def test_a_pseudonym_is_made_with_a_key_for_its_purpose_alone() -> None:
    asked: list[str] = []

    def key(purpose: str) -> bytes:
        asked.append(purpose)
        return b"key"

    digest = hmac.new(b"key", "Müller".encode(), "sha256").digest()[:15]
    assert pseudonyms(key, "reporting")("Müller") == "P" + base64.b32encode(digest).decode().lower()
    assert asked == ["pseudonym:reporting"]
