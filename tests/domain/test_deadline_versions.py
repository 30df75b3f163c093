"""A rule changed twice: the day that counts chooses the version, and all that is said is of that one."""

from dataclasses import replace
from datetime import date

import pytest

from kimdesk.domain.law.deadline_rule import NOTICE, Counting, Derivation, Facts, Fiction, Rule
from kimdesk.domain.law.derivation import derive
from kimdesk.domain.law.periods import Length, Unit
from kimdesk.texts import derivation

OLD = Rule(
    code="objection",
    label="alt",
    title="Alter Widerspruch",
    group="appeal",
    counts_from=NOTICE,
    law="old_post",
    counting=Counting.EVENT,
    length=Length(2, Unit.WEEKS),
    source="§ 1 alt",
    valid_until=date(2024, 12, 31),
)
MIDDLE = replace(
    OLD,
    law="new_post",
    title="Widerspruch einlegen",
    length=Length(1, Unit.MONTHS),
    source="§ 1 mittel",
    valid_from=date(2025, 1, 1),
    valid_until=date(2025, 12, 31),
)
NEW = replace(
    MIDDLE,
    title="Neuer Widerspruch",
    length=Length(3, Unit.MONTHS),
    source="§ 1 neu",
    valid_from=date(2026, 1, 1),
    valid_until=None,
)
VERSIONS = (OLD, MIDDLE, NEW)
FICTIONS = (
    Fiction(law="old_post", delivery="post", days=3, source="drei"),
    Fiction(law="new_post", delivery="post", days=4, source="vier"),
)


def worked_out(facts: Facts, versions: tuple[Rule, ...] = VERSIONS) -> Derivation:
    return derive(versions, facts, FICTIONS, lambda _: "")


@pytest.mark.parametrize(
    ("facts", "version"),
    [
        (Facts(delivered_on=date(2024, 12, 31), delivery="formal"), OLD),
        (Facts(delivered_on=date(2025, 1, 1), delivery="formal"), MIDDLE),
        (Facts(delivered_on=date(2025, 12, 31), delivery="formal"), MIDDLE),
        (Facts(delivered_on=date(2026, 1, 1), delivery="formal"), NEW),
        (Facts(posted_on=date(2024, 12, 20), delivery="post"), OLD),
        (Facts(posted_on=date(2025, 6, 2), delivery="post"), MIDDLE),
        (Facts(dated_on=date(2025, 6, 2), delivery="post"), MIDDLE),
        (Facts(posted_on=date(2025, 12, 29), delivery="post"), NEW),
        (Facts(dated_on=date(2025, 12, 29), delivery="post"), NEW),
        (Facts(posted_on=date(2025, 12, 27), delivered_on=date(2026, 1, 9), delivery="post"), NEW),
    ],
)
def test_the_day_that_counts_chooses_the_version(facts: Facts, version: Rule) -> None:
    """A letter posted on 29.12.2025 is presumed known on 02.01.2026: the law of 2026 decides."""
    found = worked_out(facts)
    assert found.rule == version
    assert version.holds(found.counted_from)
    assert version.source in {step.source for step in found.steps}
    assert {step.facts["length"] for step in found.steps if step.code == "ends"} == {version.length}


def test_each_version_presumes_a_letter_known_by_its_own_law() -> None:
    assert worked_out(Facts(posted_on=date(2024, 12, 28), delivery="post")).counted_from == date(2024, 12, 31)
    assert worked_out(Facts(posted_on=date(2024, 12, 29), delivery="post")).rule == MIDDLE


def test_a_day_before_and_after_all_versions_takes_the_newest() -> None:
    ended = (replace(OLD, valid_from=date(2020, 1, 1)), MIDDLE, replace(NEW, valid_until=date(2027, 1, 1)))
    for day in (date(2019, 1, 1), date(2028, 1, 1)):
        assert worked_out(Facts(delivered_on=day, delivery="formal"), ended).rule == ended[-1]


def test_the_reason_is_that_of_the_version_applied() -> None:
    event = replace(OLD, counts_from="event", law="", reason="weil früher am {day}")
    later = replace(event, reason="weil heute am {day}", valid_from=date(2025, 1, 1), valid_until=None)
    facts = Facts(day=date(2024, 5, 6))
    found = worked_out(facts, (event, later))
    assert derivation.reason(facts, found) == "weil früher am 06.05.2024"
