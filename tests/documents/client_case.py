"""A case with everything in it that papers for the client tell or keep back, and one that has nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kimdesk.casework import cases, records, referrals
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    Case,
    Consent,
    Contact,
    FollowUp,
    Goal,
    LanguageSkill,
    Measure,
    Member,
    Person,
    PhaseEntry,
    PlanStep,
    Referral,
)
from kimdesk.domain.terms import FollowUpKind, ItemState, MeasureState, Phase, Role, SharingLevel
from kimdesk.vault import Strength

DAY = date(2026, 11, 30)
PASSPHRASE = "anker birke dampf eimer falke garten"
SECRETS = ("Tarig", "0171 22", "Mühlenweg", "Hamid", "Weber", "Notiz", "PTBS", "Frauenhaus", "verprügelt")
"""What stands in the case and on no paper for the client."""


@dataclass(frozen=True, slots=True)
class ClientCase:
    """The desk, and the identities of what papers are about, in a full case and in an empty one."""

    desk: Desk
    case: str
    consent: str
    referral: str
    empty_case: str
    empty_consent: str

    def about(self, name: str, *, empty: bool = False) -> str:
        """Return the record that the paper ``name`` is about; there is no referral without a checklist."""
        if name == "client-checklist":
            return self.referral
        if name == "consent":
            return self.empty_consent if empty else self.consent
        return self.empty_case if empty else self.case


@contextmanager
def client_case(folder: Path) -> Iterator[ClientCase]:
    """Yield the desk with both cases."""
    made, _ = Desk.create(
        folder / "vault", PASSPHRASE, name="Gemeinde Eschenried", user="Miriam Kessler",
        municipalities=("05554004",), strength=Strength.INTERACTIVE,
    )  # fmt: skip
    with made as desk:
        case = _people(desk)
        consent = records.save(desk, _consent(desk, case))
        referral = _referral(desk, case)
        _plan(desk, case)
        _answers(desk, case)
        anonymous = cases.open_new(desk, None)
        silent = records.save(desk, Consent(case_id=anonymous.id))
        yield ClientCase(desk, case.id, consent.id, referral.id, anonymous.id, silent.id)


def _people(desk: Desk) -> Case:
    client = Person(
        family_name="Osman", given_names="Amna", birth_date=PartialDate(1992, 3, 14), phone="0171 22",
        street="Mühlenweg 4", languages=(LanguageSkill("ara"), LanguageSkill("eng")),
    )  # fmt: skip
    case = cases.open_new(desk, client)
    child = Person(family_name="Osman", given_names="Lina", birth_date=PartialDate(2021, 5, 1))
    husband = Person(family_name="Osman", given_names="Tarig", birth_date=PartialDate(1988), protected=True)
    for person, role in ((child, Role.CHILD), (husband, Role.PARTNER)):
        kept = records.save(desk, person)
        records.save(desk, Member(case_id=case.id, person_id=kept.id, role=role))
    records.save(
        desk,
        Contact(case_id=case.id, held_on=date(2026, 11, 3), content="Ziele", interpreter_name="Frau Hamid"),
    )
    return records.save(desk, replace(case, ags="05554004"))


def _consent(desk: Desk, case: Case) -> Consent:
    kinds = (*desk.catalogue.service("jobcenter").information_kinds, "assessment")
    return Consent(
        case_id=case.id, recipient="jobcenter", purpose="benefits", kinds=kinds, given_on=date(2026, 10, 1),
        valid_until=date(2027, 9, 30), level=SharingLevel.IDENTIFIED, interpreter="Frau Hamid",
        necessity="Ohne Angaben kann das Jobcenter nicht rechnen.", special_categories=("health",),
        refusal_consequences="Sie legen die Papiere selbst vor.",
    )  # fmt: skip


def _referral(desk: Desk, case: Case) -> Referral:
    found = referrals.prepare(desk, case.id, "jobcenter", agency="", purpose="benefits")
    for number, state in enumerate((ItemState.PRESENT, ItemState.REQUESTED)):
        item = found.checklist[number].item
        found = referrals.set_item(desk, found, item, state, note="Notiz: Ehemann hat sie verprügelt")
    records.save(desk, FollowUp(
        case_id=case.id, kind=FollowUpKind.APPOINTMENT, title="Termin", due_on=date(2026, 12, 3),
        time="09:30", place="Rathaus, Zimmer 12", about=found.id,
    ))  # fmt: skip
    return found


def _plan(desk: Desk, case: Case) -> None:
    speaking = records.save(desk, Goal(
        case_id=case.id, number=1, text="Ich spreche selbst mit dem Kinderarzt.", life_domain="health",
        due_on=date(2027, 6, 30), baseline="Tarig übersetzt alles.", by_client="Jeden Tag üben",
        gas_0="Ich spreche mit Hilfe.", interpreter="Frau Hamid", priority=1,
    ))  # fmt: skip
    nursery = records.save(desk, Goal(case_id=case.id, number=2, text="Lina hat einen Kita-Platz."))
    waiting = records.save(desk, Measure(
        case_id=case.id, goal_id=nursery.id, title="Kita-Platz für Lina", agency="Jugendamt", regime="sgb8",
        agency_person="Frau Weber", starts_on=date(2026, 10, 1), due_on=date(2027, 8, 1), note="Notiz",
        state=MeasureState.APPLIED,
        steps=(
            PlanStep(text="Anmeldung abgeben", by="client", due_on=date(2026, 12, 10)),
            PlanStep(text="Beim Träger nachfragen", by="case_manager", done_on=date(2026, 11, 3)),
        ),
    ))  # fmt: skip
    records.save(desk, Measure(
        case_id=case.id, goal_id=speaking.id, title="Integrationskurs", agency="Volkshochschule",
        starts_on=date(2027, 3, 1), due_on=date(2027, 11, 1), requires=(waiting.id,),
        fallback="Kurs mit Kinderbetreuung",
    ))  # fmt: skip
    records.save(desk, Measure(case_id=case.id, title="Antrag stellen", agency="Jobcenter", due_on=DAY))
    records.save(desk, Measure(case_id=case.id, title="Führerschein"))


def _answers(desk: Desk, case: Case) -> None:
    def answer(phase: Phase, answers: dict[str, object], number: int = 1) -> None:
        records.save(desk, PhaseEntry(
            case_id=case.id, phase=phase, round=number, answers=answers, started_on=date(2026, 11, 2),
        ))  # fmt: skip

    review = {"review_on": "2027-02-24"}
    said = {"agreed_on": "2026-11-24", "version": 2, "interpreter": "professional", **review}
    answer(Phase.GOAL_AGREEMENT, {"agreement": said})
    answer(Phase.SUPPORT_PLAN, {"agreement": {"planned_on": "2026-11-24", **review}})
    answer(Phase.ASSESSMENT, {"domains": {"language": {"scale": 0}, "work": {"scale": 2}}})
    answer(Phase.ASSESSMENT, {"domains": {
        "language": {
            "scale": 1, "resources": ["lernt schnell"], "need": "Kursplatz", "view_client": "Ich will es.",
        },
        "work": {"scale": 2, "view_professional": "Notiz"},
        "health": {"scale": 1, "need": "Therapie wegen PTBS", "resources": ["Frauenhaus"]},
        "safety": {"scale": 1, "need": "Frauenhaus"},
        "family": {"not_discussed": True},
    }}, 2)  # fmt: skip
