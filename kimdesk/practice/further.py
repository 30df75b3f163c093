"""What stands beside the plan: interpreters, deadlines by a rule, disputed entries, where findings arose."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.case_dates import of_phases
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.records import CaseFile, Contact, Dispute, Finding, FollowUp, Goal, Person, ResidenceSpell
from kimdesk.domain.terms import FollowUpKind, Lane, Phase
from kimdesk.practice.library import further, odds, words
from kimdesk.practice.scene import Scene
from kimdesk.practice.text_templates import ObjectionTemplate
from kimdesk.texts import derivation

_CAME = frozenset({"professional", "remote", "volunteer"})
_OBJECTION_SHARE = 0.15
_RENEWAL_SHARE = 0.2
_CALM = timedelta(days=40)
_DISPUTE_SHARE = 0.05
_GERMAN_NAME_SHARE = 0.1
_NO_SHOW_SHARE = 0.05


def with_further(scene: Scene, file: CaseFile) -> CaseFile:
    """Return ``file`` with interpreters, derived deadlines, disputes, and findings tied to their origin."""
    dates = (*(_booked(scene, one) for one in file.follow_ups), *_deadlines(scene, file))
    found = replace(
        file,
        persons=tuple(_named(scene, one) for one in file.persons),
        contacts=tuple(_interpreted(scene, one) for one in file.contacts),
        follow_ups=tuple(sorted(dates, key=lambda one: one.due_on)),
        findings=tuple(_tied(file, one) for one in file.findings),
        goals=tuple(_seen(one) for one in file.goals),
        disputes=tuple(_disputes(scene, file)),
    )
    return replace(found, follow_ups=(*found.follow_ups, *_kept(scene, found)))


def _kept(scene: Scene, file: CaseFile) -> Iterator[FollowUp]:
    """Yield what settles a past deadline of the first talk: it was noted, and kept the day before."""
    for due in of_phases(file):
        if due.rule == "intake_deadline" and due.due_on < scene.until:
            template = further().first_talk
            yield FollowUp(
                id=scene.new_id(scene.started[Phase.INTAKE]),
                case_id=scene.case_id,
                kind=FollowUpKind.DEADLINE,
                title=template.title,
                reason=template.reason,
                due_on=due.due_on,
                done_on=due.due_on - DAY,
            )


def _named(scene: Scene, person: Person) -> Person:
    """Let some have laid down a part of their name that German law does not know (Art. 47 EGBGB)."""
    if (
        not person.family_name.startswith(words().articles)
        or not person.given_names
        or scene.outline.file_number
    ):
        return person
    if not scene.dice.chance(_GERMAN_NAME_SHARE):
        return person
    return replace(person, german_name=f"{person.given_names} {person.family_name[3:]}")


def _interpreted(scene: Scene, contact: Contact) -> Contact:
    if contact.interpreter not in _CAME:
        return contact
    if contact.interpreter == "professional" and scene.dice.chance(_NO_SHOW_SHARE):
        return replace(contact, interpreter="no_show")
    return replace(contact, interpreter_name=scene.interpreter, interpreter_minutes=contact.minutes)


def _booked(scene: Scene, date_: FollowUp) -> FollowUp:
    client = scene.client
    if date_.kind is not FollowUpKind.APPOINTMENT or client is None:
        return date_
    said = _said(date_.place)
    if not scene.interpreted and not said:
        return replace(date_, interpreter="not_needed")
    state = said or scene.dice.pick(odds().booked_before if date_.done_on else odds().booked_next)
    place = date_.place.partition("–")[0].strip() if said else date_.place
    return replace(date_, place=place, language=client.languages[0].language, interpreter=state)


def _said(place: str) -> str:
    """Return what the place of an appointment says about its interpreter already."""
    return next((state for word, state in words().booking.items() if word in place), "")


def _deadlines(scene: Scene, file: CaseFile) -> Iterator[FollowUp]:
    """Yield deadlines worked out by a rule; never in the cast, whose dates are fixed by hand."""
    if scene.outline.file_number or scene.course.closed or not file.members:
        return
    if Phase.COORDINATION in scene.started and scene.dice.chance(_OBJECTION_SHARE):
        yield from _objection(
            scene, scene.dice.pick([*further().objection.values(), further().objection["running"]])
        )
    title = _ending_title(scene, file)
    if title and scene.dice.chance(_RENEWAL_SHARE):
        yield _derived(scene, "title_renewal", Facts(day=title.valid_until), about=title.id)
    started = _benefit_since(scene, file)
    if started and "child" in scene.facts:
        yield _derived(scene, "child_benefit", Facts(day=started))


def _ending_title(scene: Scene, file: CaseFile) -> ResidenceSpell | None:
    """Return the present paper of the client, unless its renewal was applied for or it ends soon."""
    later = scene.today + _CALM
    own = [one for one in file.residence if one.person_id == file.members[0].person_id and not one.expected]
    last = own[-1] if own else None
    ends = last and not last.applied_on and last.status == "permit" and last.valid_until
    return last if ends and ends > later else None


def _benefit_since(scene: Scene, file: CaseFile) -> date | None:
    """Return since when there is SGB II, and with it a right to Kindergeld, if that is recent."""
    paid = any(one.regime == "kindergeld" for one in file.regimes)
    recent = range(15, 120)
    found = (one.starts_on for one in file.regimes if one.lane is Lane.BENEFIT and one.regime == "sgb2")
    days = [day for day in found if day and (scene.today - day).days in recent]
    return None if paid or not days else days[0]


def _objection(scene: Scene, template: ObjectionTemplate) -> Iterator[FollowUp]:
    posted = scene.today - timedelta(days=template.posted)
    if posted < scene.opened:
        return
    facts = Facts(dated_on=posted, posted_on=posted, delivered_on=posted + timedelta(days=2), delivery="post")
    title = words().note["objection"].format(agency=template.agency, subject=template.subject)
    found = _derived(scene, "objection_social", replace(facts, instruction="correct"), title=title)
    yield replace(found, done_on=scene.today - timedelta(days=template.done)) if template.done else found


def _derived(scene: Scene, code: str, facts: Facts, *, title: str = "", about: str = "") -> FollowUp:
    found = SHIPPED.rules.deadlines.derive(code, facts)
    return FollowUp(
        id=scene.new_id(min(found.due, scene.today)),
        case_id=scene.case_id,
        kind=FollowUpKind.DEADLINE,
        title=title or found.rule.title,
        reason=derivation.reason(facts, found),
        due_on=found.due,
        rule=code,
        facts=facts.plain(),
        about=about,
    )


def _tied(file: CaseFile, finding: Finding) -> Finding:
    gap = next((one for one in file.measures if one.gap), None)
    running = [
        one
        for one in file.phases
        if one.started_on and one.started_on <= (finding.noted_on or one.started_on)
    ]
    phase = str(running[-1].phase) if running else str(file.case.phase)
    return replace(finding, phase=phase, about=gap.id if gap else "")


def _seen(goal: Goal) -> Goal:
    return goal if goal.level is None else replace(goal, level_reason=words().gas_reasons[goal.level + 2])


def _disputes(scene: Scene, file: CaseFile) -> Iterator[Dispute]:
    client = file.client
    if client is None or scene.outline.file_number or not scene.dice.chance(_DISPUTE_SHARE):
        return
    template = scene.dice.pick(further().dispute)
    yield Dispute(
        id=scene.new_id(scene.until),
        case_id=scene.case_id,
        record_kind="person",
        record_id=client.id,
        field_name=template.field,
        statement=template.statement,
        noted_on=scene.dice.day(scene.opened, scene.until),
    )
