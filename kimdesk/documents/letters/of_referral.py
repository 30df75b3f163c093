"""What a referral tells a letter: who comes to which office, with which papers, under which consent."""

from datetime import date

from kimdesk.casework.case_file import read_file
from kimdesk.casework.checklists import case_lines
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known as known_record
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.services import Service
from kimdesk.documents.letter import Block, LetterList, LetterTable
from kimdesk.documents.letters import offices
from kimdesk.documents.letters.known import NO_CLIENT, LetterFacts, common
from kimdesk.documents.papers import PaperWish
from kimdesk.domain import consent as consent_rule
from kimdesk.domain import slip_codes
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.household import housemates
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Consent, Person, Referral
from kimdesk.domain.terms import ItemState, Lane, Role, StepKind
from kimdesk.store.work import Reader
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import isolated

_FAMILY = frozenset({Role.CLIENT, Role.PARTNER, Role.CHILD})
_HOUSEHOLD = "household"  # information_kind of services that look at all of a household
_LATELY = 92  # days


def known(desk: Desk, reader: Reader, record_id: str, wish: PaperWish) -> LetterFacts:
    """Return what the referral tells on the day of ``wish``.

    Raises StoreError E909 when there is no such referral, CaseworkError E843 when its case has no client.
    """
    referral = known_record(reader, Referral, record_id)
    file = read_file(reader, referral.case_id)
    client = file.client
    if client is None:
        raise CaseworkError(NO_CLIENT)
    service = desk.catalogue.service(referral.service, referral.service_version)
    consent = consent_rule.fitting(
        file.consents, service.code, referral.purpose, wish.today, service.information_kinds
    )
    office = offices.of_service(
        reader, desk.catalogue, file, service, referral.agency, referral.agency_person
    )
    persons = _applicants(file, service, client, wish.today)
    return LetterFacts(
        file=file,
        facts={
            **common(desk, client, wish.today),
            "office": office.name, "office_sign": office.sign,
            "offer": service.offer, "service": service.name,
            "month_begins": dates.full(wish.today.replace(day=1)),
            "answer_by": _answer_by(referral, wish.today),
            **desk.catalogue.rules.procedures.laws(service.code),
            **_consent(consent),
            **_ended(desk.catalogue, file, client, wish.today),
        },
        truths=_truths(referral, service, consent, persons).union(
            desk.catalogue.rules.procedures.truths(service.code)
        ),
        parts=_parts(desk.catalogue, file, referral, persons, wish.today),
        to=office.lines,
        person=client,
        covered=consent is not None or bool(referral.override_reason),
        their_sign=office.sign,
        slip=slip_codes.shown(referral.slip_code),
    )  # fmt: skip


def _answer_by(referral: Referral, day: date) -> str:
    """Return by when an answer is asked for; a day that has passed asks for nothing."""
    due = referral.answer_due_on
    return dates.full(due) if due and due >= day else ""


def _consent(consent: Consent | None) -> dict[str, str]:
    given, until = (consent.given_on, consent.valid_until) if consent else (None, None)
    return {
        "consent_on": dates.full(given) if given else "",
        "consent_until": dates.full(until) if until else "",
    }


def _truths(
    referral: Referral, service: Service, consent: Consent | None, persons: list[Person]
) -> frozenset[str]:
    said = {
        "warm": referral.warm,
        "family": len(persons) > 1,
        "mutual": consent is not None and consent.mutual,
        "sgb2": service.regime == "sgb2",
        "wohngeld": service.regime == "wohngeld",
    }
    return frozenset(name for name, holds in said.items() if holds)


def _ended(catalogue: Catalogue, file: CaseFile, client: Person, day: date) -> dict[str, str]:
    """Return which benefit of the client has ended lately, as far as one and only one did."""
    over = [
        (one, one.ends_on)
        for one in file.regimes
        if one.person_id == client.id and one.lane is Lane.BENEFIT and not one.expected
        and one.ends_on and 0 <= (day - one.ends_on).days <= _LATELY
    ]  # fmt: skip
    if len(over) != 1:
        return {}
    [(spell, last)] = over
    return {"ended_benefit": catalogue.benefit_label(spell.regime, last), "ended_on": dates.full(last)}


def _applicants(file: CaseFile, service: Service, client: Person, day: date) -> list[Person]:
    """Return for whom it is: the client, and partner and children where the office looks at a household."""
    if _HOUSEHOLD not in service.information_kinds:
        return [client]
    roles = {one.person_id: one.role for one in file.members}
    return [client, *(one for one in housemates(file, day) if roles.get(one.id) in _FAMILY)]


def _parts(
    catalogue: Catalogue, file: CaseFile, referral: Referral, persons: list[Person], day: date
) -> dict[str, Block]:
    found: dict[str, Block] = {"persons": _table(catalogue, file, persons)}
    if papers := _papers(catalogue, file, referral, day):
        found["papers"] = papers
    return found


def _table(catalogue: Catalogue, file: CaseFile, persons: list[Person]) -> LetterTable:
    roles = {one.person_id: one.role for one in file.members}
    heads = (say("letter.person_name"), say("letter.person_born"), say("letter.person_role"))
    rows = (
        (
            isolated(full_name(one)),
            dates.partial(one.birth_date) if one.birth_date else say("letter.birth_not_recorded"),
            say("letter.applicant") if one is persons[0] else catalogue.label("role", roles[one.id]),
        )
        for one in persons
    )
    return LetterTable(heads, tuple(rows))


def _papers(catalogue: Catalogue, file: CaseFile, referral: Referral, day: date) -> Block | None:
    """Return what is enclosed and what follows.

    Nothing is said of what is not needed, of what nobody can say yet whether it is, and of papers on health.
    """
    by_state: dict[bool, list[str]] = {True: [], False: []}
    went = _went(referral)
    for line in case_lines(catalogue, referral, file, day):
        code = line.entry.item
        there = line.entry.state is ItemState.PRESENT if went is None else code in went
        unsaid = line.entry.state is ItemState.NOT_NEEDED or (line.unclear and not there)
        if unsaid or code in catalogue.rules.procedures.on_health:
            continue
        label = line.paper.label if line.paper else catalogue.item_labels.get(code, code)
        by_state[there].append(label)
    lists = [
        LetterList(say(f"letter.papers_{key}"), tuple(by_state[there]))
        for key, there in (("enclosed", True), ("following", False))
        if by_state[there]
    ]
    if not lists:
        return None
    return (lists[0], lists[1]) if len(lists) > 1 else lists[0]


def _went(referral: Referral) -> tuple[str, ...] | None:
    """Return the papers that went along when the referral was sent, None while it was not."""
    sent = [step.papers for step in referral.course if step.kind is StepKind.SENT]
    return sent[-1] if sent else None
