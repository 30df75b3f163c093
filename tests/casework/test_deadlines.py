"""A deadline worked out by a rule becomes a follow-up that says why; other facts move it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kimdesk.casework import cases, deadlines, records, today
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.domain.records import Case, FollowUp
from kimdesk.domain.terms import FollowUpKind
from kimdesk.texts import derivation
from kimdesk.texts.effects import effect_words
from tests.casework.seen import seen

EASTER = Facts(dated_on=date(2026, 4, 2), delivery="post")
DAY = date(2026, 4, 27)


def follow_ups(desk: Desk, case: Case) -> tuple[FollowUp, ...]:
    return cases.peek(desk, case.id).follow_ups


def kept_by(desk: Desk, case: Case, rule: str, facts: Facts, **more: Any) -> FollowUp:
    """Work a deadline out and keep it, as the windows do."""
    derived = deadlines.compute(SHIPPED.rules.deadlines, rule, facts)
    reason = derivation.reason(facts, derived.found)
    return deadlines.keep(desk, case.id, derived, reason=reason, **more)


def test_a_deadline_says_when_why_and_how_long(desk: Desk) -> None:
    found = deadlines.compute(SHIPPED.rules.deadlines, "objection_social", EASTER, DAY)
    assert (found.due, found.days_left) == (date(2026, 5, 6), 9)
    assert (
        derivation.reason(found.facts, found.found)
        == "weil der Bescheid vom 02.04.2026 am 06.04.2026 als bekannt gegeben gilt"
    )
    assert found.checked
    assert not deadlines.compute(SHIPPED.rules.deadlines, "lawsuit_admin", EASTER, DAY).checked
    assert deadlines.compute(SHIPPED.rules.deadlines, "child_title", Facts(day=date(2026, 3, 3))).checked


def test_a_kept_deadline_is_due_like_any_other(desk: Desk, case: Case) -> None:
    kept = kept_by(desk, case, "objection_social", EASTER, title="Widerspruch: Jobcenter")
    assert kept.kind is FollowUpKind.DEADLINE
    assert (kept.rule, deadlines.facts_of(kept)) == ("objection_social", EASTER)
    step = today.next_step(SHIPPED, cases.peek(desk, case.id), DAY)
    assert step
    assert seen(step)[0:3:2] == ("Widerspruch: Jobcenter", date(2026, 5, 6))
    assert seen(step).reason == kept.reason
    agenda = today.agenda(desk, date(2026, 5, 6))
    assert [seen(task)[:2] for task in agenda.today] == [("Widerspruch: Jobcenter", kept.reason)]


def test_other_facts_move_the_same_follow_up(desk: Desk, case: Case) -> None:
    first = kept_by(desk, case, "objection_social", EASTER)
    late = replace(EASTER, delivered_on=date(2026, 4, 20))
    again = kept_by(desk, case, "objection_social", late)
    assert [one.id for one in follow_ups(desk, case)] == [first.id]
    assert again.due_on == date(2026, 5, 20)
    assert "erst am 20.04.2026 angekommen" in again.reason


def test_a_deadline_that_is_done_stays(desk: Desk, case: Case) -> None:
    first = kept_by(desk, case, "objection_social", EASTER)
    done = records.save(desk, replace(first, done_on=DAY))
    again = kept_by(desk, case, "objection_social", replace(EASTER, dated_on=DAY))
    assert again == done
    assert follow_ups(desk, case) == (done,)


def test_deadlines_of_two_notices_stand_side_by_side(desk: Desk, case: Case) -> None:
    for agency in ("Jobcenter", "Sozialamt"):
        kept_by(desk, case, "objection_social", EASTER, title=f"Widerspruch: {agency}")
    assert len(follow_ups(desk, case)) == 2


def test_a_given_follow_up_takes_another_rule(desk: Desk, case: Case) -> None:
    plain = records.save(desk, FollowUp(case_id=case.id, title="Frist?", due_on=DAY))
    kept = kept_by(desk, case, "lawsuit_admin", EASTER, title="Klage", follow_up=plain)
    assert (kept.id, kept.rule, kept.title) == (plain.id, "lawsuit_admin", "Klage")
    with pytest.raises(StoreError) as refused:
        kept_by(desk, case, "lawsuit_admin", EASTER, follow_up=plain)
    assert refused.value.code == "E905"


def test_without_a_date_nothing_is_kept(desk: Desk, case: Case) -> None:
    with pytest.raises(CaseworkError) as refused:
        kept_by(desk, case, "objection_social", Facts(delivery="formal"))
    assert refused.value.code == "E890"
    assert follow_ups(desk, case) == ()


@pytest.mark.parametrize(
    ("notice", "rule"),
    [
        ({"kind": "rejected"}, "objection_social"),
        ({"kind": "residence"}, "lawsuit_admin"),
        ({"kind": "residence", "remedy": "lawsuit_asylum"}, "lawsuit_asylum"),
        ({"kind": "rejected", "agency": "BAMF, Außenstelle Bielefeld"}, "lawsuit_asylum"),
        ({"kind": "residence", "agency": "Bundesamt für Migration und Flüchtlinge"}, "lawsuit_asylum"),
        ({"kind": "rejected", "agency": "Kreisausländerbehörde"}, "lawsuit_admin"),
        ({"kind": "rejected", "agency": "ABH Niederholt"}, "lawsuit_admin"),
        ({"kind": "rejected", "agency": "Abholstelle"}, "objection_social"),
        ({"kind": "reclaim", "agency": "Familienkasse NRW West"}, "objection_tax"),
        ({"kind": "reclaim", "agency": "Familienkasse", "remedy": "lawsuit_social"}, "lawsuit_social"),
    ],
)
def test_a_notice_says_which_remedy_is_meant(notice: dict[str, str], rule: str) -> None:
    assert deadlines.notice_rule(SHIPPED.rules.deadlines, notice) == rule


def test_how_long_a_suit_against_the_bamf_has_is_taken_from_the_instruction_alone() -> None:
    rules, served = SHIPPED.rules.deadlines, {"delivered_on": "2026-07-01", "delivery": "formal"}
    for remedy, day in (("lawsuit_asylum", 15), ("lawsuit_asylum_urgent", 8)):
        facts = deadlines.notice_facts(served | {"remedy": remedy})
        found = deadlines.compute(rules, remedy, facts)
        assert (found.due, found.unstated) == (date(2026, 7, day), False)
    assert deadlines.compute(rules, "lawsuit_asylum", deadlines.notice_facts(served)).unstated
    missing = deadlines.notice_facts(served | {"instruction": "missing"})
    assert not deadlines.compute(rules, "lawsuit_asylum", missing).unstated


def test_a_notice_is_called_by_what_is_to_be_done() -> None:
    notice = {"agency": "Jobcenter", "subject": " Miete "}
    assert deadlines.notice_title(SHIPPED.rules.deadlines, notice) == "Widerspruch einlegen: Jobcenter, Miete"
    assert deadlines.notice_title(SHIPPED.rules.deadlines, {}) == "Widerspruch einlegen"


def test_every_remedy_a_notice_offers_is_a_rule() -> None:
    rules = {each.code for each in SHIPPED.rules.deadlines.newest if each.counts_from == "notice"}
    assert {each.code for each in SHIPPED.code_list("remedy").codes} == rules - {"asylum_reasons"}


def test_an_urgent_application_is_due_with_the_appeal_or_before_it(desk: Desk, case: Case) -> None:
    rules = SHIPPED.rules.deadlines
    asylum = Facts(delivered_on=date(2026, 12, 18), delivery="formal", stated="two_weeks")
    derived = deadlines.compute(rules, "lawsuit_asylum", asylum)
    assert (derived.due, derived.urgent_on) == (date(2027, 1, 4), date(2026, 12, 24))
    kept = deadlines.keep_urgent(desk, case.id, derived, title="Eilantrag", reason="weil")
    assert (kept.due_on, kept.kind, kept.rule) == (date(2026, 12, 24), FollowUpKind.DEADLINE, "")
    assert deadlines.keep_urgent(desk, case.id, derived, title="Eilantrag", reason="weil") == kept
    later = deadlines.compute(rules, "lawsuit_asylum", replace(asylum, delivered_on=date(2026, 12, 21)))
    moved = deadlines.keep_urgent(desk, case.id, later, title="Eilantrag", reason="weil")
    assert (moved.id, moved.due_on) == (kept.id, date(2026, 12, 28))
    told = effect_words(later.effect, depends=False, by=later.urgent_on)
    assert "beantragen Sie spätestens am 28.12.2026 beim Verwaltungsgericht" in told.text
    cut = Facts(delivered_on=date(2026, 11, 25), delivery="formal", decision="sgb2_ended")
    social = deadlines.compute(rules, "objection_social", cut)
    assert social.urgent_on == social.due == date(2026, 12, 28)


def test_what_suspends_is_told_of_the_kind_of_decision_first(desk: Desk) -> None:
    rules = SHIPPED.rules.deadlines

    def suspends(code: str, decision: str) -> str:
        served = Facts(delivered_on=date(2026, 11, 25), delivery="formal", decision=decision)
        effect = deadlines.compute(rules, code, served).effect
        return str(effect.suspends) if effect else "?"

    assert [suspends("lawsuit_admin", each) for each in ("title_refused", "removal", "", "sgb2_ended")] == [
        "no", "depends", "?", "?",
    ]  # fmt: skip
    assert [suspends("objection_social", each) for each in ("sgb2_ended", "sgb2_reclaim", "")] == [
        "no",
        "yes",
        "?",
    ]
    assert [suspends("lawsuit_asylum_urgent", each) for each in ("", "removal")] == ["no", "no"]


def test_a_case_keeps_the_version_in_force_when_its_notice_was_served(desk: Desk, case: Case) -> None:
    rules = SHIPPED.rules.deadlines
    for served, due in ((date(2026, 6, 11), date(2027, 6, 11)), (date(2026, 6, 12), date(2026, 9, 14))):
        facts = Facts(delivered_on=served, delivery="formal", instruction="missing")
        kept = kept_by(desk, case, "lawsuit_asylum", facts, title=f"Klage {served}")
        again = deadlines.compute(rules, kept.rule, deadlines.facts_of(kept))
        assert (kept.due_on, again.due, again.versions) == (due, due, 2)
        assert again.rule.holds(served)


def test_a_notice_says_what_it_decides_and_how_long_its_instruction_is() -> None:
    said = {"remedy": "lawsuit_asylum", "stated": "one_week", "decision": "title_refused"}
    facts = deadlines.notice_facts(said)
    assert (facts.stated, facts.decision) == ("one_week", "title_refused")
    assert deadlines.notice_facts({"remedy": "lawsuit_asylum"}).stated == "two_weeks"
    now, before = (SHIPPED.form("coordination", version).section("notices") for version in (2, 1))
    assert now
    assert before
    asked = {one.id: one.choices for one in now.fields}
    assert (asked["stated"], asked["decision"]) == ("stated_period", "decision")
    assert before.field("decision") is None


def test_whether_an_appeal_suspends_follows_from_what_the_notice_decides() -> None:
    letter = {"agency": "Ausländerbehörde", "remedy": "lawsuit_admin", "dated_on": "2026-11-02",
              "delivered_on": "2026-11-05", "delivery": "post", "decision": "title_refused"}  # fmt: skip
    rules = SHIPPED.rules.deadlines
    known = deadlines.compute(rules, "lawsuit_admin", deadlines.notice_facts(letter), DAY)
    assert known.effect is not None
    assert known.effect.suspends == "no"
