from datetime import date
from kimdesk.casework import cases, records, exchange, disputes
from kimdesk.casework.document_out import document
from kimdesk.domain.records import *
from kimdesk.domain.terms import *
from kimdesk.domain import regime_dates, deadlines
from tests.casework.conftest import *
def person_of(desk, case): return cases.peek(desk, case.id).client
def test_forever(desk):
    c = cases.open_new(desk, Person(family_name="A")); p = person_of(desk, c)
    records.save(desk, RegimeSpell(case_id=c.id, person_id=p.id, regime="sgb2", starts_on=date(2025,1,1), ends_on=date(9999,12,31)))
    records.save(desk, RegimeSpell(case_id=c.id, person_id=p.id, regime="sgb12", starts_on=date(2026,1,1)))
def test_forever_contact(desk):
    c = cases.open_new(desk, Person(family_name="A"))
    records.save(desk, Contact(case_id=c.id, held_on=date(9999,12,31)))
def test_forever_title(desk):
    c = cases.open_new(desk, Person(family_name="A")); p = person_of(desk, c)
    records.save(desk, ResidenceSpell(case_id=c.id, person_id=p.id, status="permit", valid_from=date(2025,1,1), valid_until=date(9999,12,31)))
    records.save(desk, ResidenceSpell(case_id=c.id, person_id=p.id, status="permit", valid_from=date(9999,1,1), residence_rule="x"))
def test_forever_ends(desk):
    c = cases.open_new(desk, Person(family_name="A")); p = person_of(desk, c)
    for lane in Lane:
        records.save(desk, RegimeSpell(case_id=c.id, person_id=p.id, lane=lane, regime="asylblg_basic", starts_on=date(9999,1,1), ends_on=date(9999,12,31)))
def test_title_alarm(desk):
    c = cases.open_new(desk, Person(family_name="A")); p = person_of(desk, c)
    records.save(desk, ResidenceSpell(case_id=c.id, person_id=p.id, status="none", valid_from=date(2020,1,1)))
    records.save(desk, ResidenceSpell(case_id=c.id, person_id=p.id, status="permit", valid_from=date(2024,1,1), valid_until=date(2026,12,31)))
    assert "residence_title_ends" in [d.rule for d in deadlines.of_file(cases.peek(desk, c.id))]
def test_title_alarm2(desk):
    c = cases.open_new(desk, Person(family_name="A")); p = person_of(desk, c)
    records.save(desk, ResidenceSpell(case_id=c.id, person_id=p.id, status="asylum_process", valid_from=date(2020,1,1)))
    records.save(desk, ResidenceSpell(case_id=c.id, person_id=p.id, status="permit", valid_from=date(2024,1,1), valid_until=date(2026,12,31)))
    assert "residence_title_ends" in [d.rule for d in deadlines.of_file(cases.peek(desk, c.id))]
def test_dispute_doc(desk):
    c = cases.open_new(desk, Person(family_name="A", street="Geheimweg 1", protected=True)); p = person_of(desk, c)
    disputes.note(desk, c.id, "person", p.id, "street", "Ich wohne Geheimweg 2")
    assert "Geheimweg" not in str(document(cases.peek(desk, c.id)))
