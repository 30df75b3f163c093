"""The household of the pictures of the tab „Perspektive“: parents, a child, a nephew (SCREENING.md P1, P9).

Their days are those of the picture, whatever today is: who looks at lights chooses the day as well.
"""

from datetime import date

from kimdesk.casework import cases, people, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Achievement, Case, LanguageSkill, Person, ResidenceSpell, Standing
from kimdesk.domain.terms import Role

DAY = date(2026, 11, 30)
GUINEA = "261"


def balde(desk: Desk) -> Case:
    """Enter the household; the client is Mamadou."""
    case = cases.open_new(desk, _person("Mamadou", date(1990, 6, 3)), opened_on=date(2025, 4, 14))
    client = cases.peek(desk, case.id).client
    assert client is not None
    wife = people.add_person(desk, case.id, _person("Kadiatou", date(1995, 2, 17)), Role.PARTNER).person_id
    child = people.add_person(desk, case.id, _person("Fanta", date(2021, 5, 20)), Role.CHILD).person_id
    nephew = people.add_person(desk, case.id, _person("Ousmane", date(2008, 5, 14)), Role.RELATIVE).person_id
    for person in (client.id, wife, child):
        _papers(desk, case.id, person, date(2023, 1, 9), date(2025, 2, 12))
    _papers(desk, case.id, nephew, date(2022, 9, 5), date(2025, 3, 10))
    _achieved(desk, case.id, client.id, nephew)
    for person in (client.id, wife):
        standing = Standing(case_id=case.id, person_id=person, identity_clarified_on=date(2023, 7, 1),
                            identity_paper="passport", flat="yes")  # fmt: skip
        records.save(desk, standing)
    return case


def _person(given: str, born: date) -> Person:
    return Person(
        family_name="Baldé",
        given_names=given,
        birth_date=PartialDate(born.year, born.month, born.day),
        arrived_on=PartialDate(2023, 1, 9) if given != "Ousmane" else PartialDate(2022, 9, 5),
        nationalities=(GUINEA,),
        languages=(LanguageSkill("fra", "B2"),),
    )


def _papers(desk: Desk, case_id: str, person: str, first: date, tolerated: date) -> None:
    spells = (
        ("asylum_permission", first, date.fromordinal(tolerated.toordinal() - 1)),
        ("toleration_60a", tolerated, date(2027, 2, 11)),
    )
    for status, begins, ends in spells:
        spell = ResidenceSpell(case_id=case_id, person_id=person, status=status, valid_from=begins,
                               valid_until=ends)  # fmt: skip
        records.save(desk, spell)


def _achieved(desk: Desk, case_id: str, client: str, nephew: str) -> None:
    seen = date(2026, 11, 12)
    known = (
        Achievement(case_id=case_id, person_id=client, kind="german_certificate", level="A2",
                    title="telc A2", achieved_on=date(2025, 6, 14), proof="certificate", seen_on=seen),
        Achievement(case_id=case_id, person_id=client, kind="job", title="Lagerhelfer", weekly_hours=30,
                    starts_on=date(2025, 9, 1), insured="yes", proof="payslips", seen_on=seen),
        Achievement(case_id=case_id, person_id=client, kind="voluntary_work", title="Freiwillige Feuerwehr",
                    starts_on=date(2025, 3, 1)),
        Achievement(case_id=case_id, person_id=nephew, kind="school", title="Gesamtschule Eschenried",
                    starts_on=date(2022, 11, 7), proof="certificate", seen_on=seen),
        Achievement(case_id=case_id, person_id=nephew, kind="training", level="qualified",
                    title="Anlagenmechaniker", starts_on=date(2027, 8, 1), registered_on=date(2026, 11, 5),
                    proof="contract", seen_on=seen),
    )  # fmt: skip
    for one in known:
        records.save(desk, one)
