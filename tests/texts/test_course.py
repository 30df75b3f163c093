"""The course of a case reads as people tell it."""

from datetime import UTC, date, datetime

from kimdesk.casework.contacts import timeline
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Case, CaseFile, Contact, Finding, PhaseEvent, Referral
from kimdesk.domain.terms import ContactStatus, Phase, ReferralState
from kimdesk.texts import course, say

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def told(**records: object) -> list[tuple[str, str]]:
    file = CaseFile(case=Case(opened_on=date(2026, 1, 1)), **records)  # type: ignore[arg-type]
    return [(course.title(SHIPPED, each), course.text(SHIPPED, each)) for each in timeline(file)][:-1]


def test_a_talk_says_how_it_was_held_and_what_comes_next() -> None:
    talk = Contact(held_on=DAY, minutes=45, content="Kita gesucht.", next_steps="Vormerken")
    missed = Contact(held_on=DAY, form="home", status=ContactStatus.NO_SHOW)
    titles = dict(told(contacts=(talk,)))
    assert titles == {"Gespräch im Büro · 45\u00a0Minuten": "Kita gesucht.\nNächste Schritte: Vormerken"}
    [(title, text)] = told(contacts=(missed,))
    assert title.endswith(SHIPPED.label("contact_status", "no_show"))
    assert text == ""


def test_phases_referrals_and_findings_are_told_in_one_line() -> None:
    event = PhaseEvent(phase=Phase.INTAKE, event="skipped", reason="Schon bekannt.", actor="Kim", at=AT)
    referral = Referral(service="jobcenter", sent_on=DAY, answered_on=DAY, state=ReferralState.ACCEPTED)
    finding = Finding(title="Kein Kurs am Vormittag", effects="Mütter warten.", noted_on=DAY)
    assert told(events=(event,)) == [(f"{SHIPPED.label('phase', 'intake')} übersprungen", "Schon bekannt.")]
    accepted = SHIPPED.label("referral_state", "accepted")
    assert {title for title, _ in told(referrals=(referral,))} == {
        "Verweis gesendet: Jobcenter",
        f"Verweis {accepted}: Jobcenter",
    }
    assert told(findings=(finding,)) == [("Strukturbefund: Kein Kurs am Vormittag", "Mütter warten.")]


def test_a_follow_up_says_why() -> None:
    assert (
        say("follow_ups.agreed_in_talk", day=DAY) == "weil das im Gespräch am 02.03.2026 so vereinbart wurde"
    )
    assert say("follow_ups.decided_in_conference", day=DAY) == (
        "weil die Fallkonferenz am 02.03.2026 es so beschlossen hat"
    )
