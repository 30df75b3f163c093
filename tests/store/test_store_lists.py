"""Lists of cases page through everything once, in the order they promise."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, Engine

from kimdesk.domain.dates import today
from kimdesk.domain.records import Case, Consent, Contact, FollowUp, Member, Person, RegimeSpell
from kimdesk.domain.terms import CaseStatus, Phase
from kimdesk.store.changes import acknowledge, head
from kimdesk.store.lists import CaseQuery, Cursor, ListedCase, count, page
from kimdesk.store.work import Writer, reading, writing

DAY = date(2026, 3, 2)


def put_case(writer: Writer, name: str, **facts: object) -> Case:
    case = writer.put(Case(**{"opened_on": DAY, **facts}))  # type: ignore[arg-type]
    person = writer.put(Person(family_name=name))
    writer.put(Member(case_id=case.id, person_id=person.id))
    return case


def every(engine: Engine, query: CaseQuery, limit: int = 3) -> list[ListedCase]:
    rows: list[ListedCase] = []
    after: Cursor | None = None
    with reading(engine) as reader:
        while True:
            some, after = page(reader.connection, query, after, limit)
            assert len(some) <= limit
            rows += some
            if after is None:
                assert len(rows) == count(reader.connection, query)
                return rows


def listed(engine: Engine, query: CaseQuery, limit: int = 3) -> list[str]:
    return [row.name for row in every(engine, query, limit)]


def test_equal_names_are_listed_once_each(engine: Engine) -> None:
    with writing(engine, "Kim") as writer:
        wanted = {put_case(writer, "Osman").id for _ in range(10)}
    rows = [row.case_id for row in every(engine, CaseQuery())]
    assert len(rows) == 10
    assert set(rows) == wanted


def test_names_are_in_the_order_of_din_5007_2(engine: Engine) -> None:
    with writing(engine, "Kim") as writer:
        for name in ("Ozan", "Öztürk", "Müller", "Muzaffar", "Mueller", "Abel"):
            put_case(writer, name)
    found = listed(engine, CaseQuery())
    assert found[:1] + found[3:] == ["Abel", "Muzaffar", "Öztürk", "Ozan"]
    assert set(found[1:3]) == {"Müller", "Mueller"}


def test_the_earliest_date_comes_first_and_none_last(engine: Engine) -> None:
    with writing(engine, "Kim") as writer:
        put_case(writer, "Ohne")
        for days, name in ((9, "Spät"), (1, "Bald"), (-3, "Überfällig")):
            case = put_case(writer, name)
            writer.put(FollowUp(case_id=case.id, due_on=DAY + timedelta(days=days), title="Anruf"))
    query = CaseQuery(order="due")
    assert listed(engine, query, 1) == ["Überfällig", "Bald", "Spät", "Ohne"]
    assert listed(engine, replace(query, due_until=DAY + timedelta(days=1))) == ["Überfällig", "Bald"]


def test_the_next_date_moves_on_when_one_is_done(engine: Engine) -> None:
    day = today()
    ends = day + timedelta(days=30)
    with writing(engine, "Kim") as writer:
        case = put_case(writer, "Osman")
        first = writer.put(FollowUp(case_id=case.id, due_on=day, title="Anruf"))
        writer.put(Consent(case_id=case.id, given_on=DAY, valid_until=ends))
    assert every(engine, CaseQuery())[0].next_due == day.isoformat()
    with writing(engine, "Kim") as writer:
        writer.put(replace(first, done_on=day))
    row = every(engine, CaseQuery())[0]
    assert (row.next_due, row.next_rule) == (ends.isoformat(), "consent_ends")


def test_filters_leave_what_they_say(engine: Engine) -> None:
    with writing(engine, "Kim") as writer:
        silent = put_case(writer, "Anders", ags="05999002", worker="Miriam Kessler")
        put_case(writer, "Weiter", phase=Phase.EVALUATION)
        put_case(writer, "Zu", status=CaseStatus.CLOSED)
        case = put_case(writer, "Müller")
        person = writer.of_case(Person, case.id)[0]
        writer.put(RegimeSpell(case_id=case.id, person_id=person.id, regime="asylblg_basic", starts_on=DAY))
        writer.put(
            RegimeSpell(case_id=case.id, person_id=person.id, regime="sgb2", starts_on=DAY, expected=True)
        )
        writer.put(Contact(case_id=case.id, held_on=DAY))
        writer.put(Contact(case_id=silent.id, held_on=DAY - timedelta(days=1)))
    expected = {
        CaseQuery(): ["Anders", "Müller", "Weiter"],
        CaseQuery(status=""): ["Anders", "Müller", "Weiter", "Zu"],
        CaseQuery(status="closed"): ["Zu"],
        CaseQuery(ags="05999002"): ["Anders"],
        CaseQuery(phase=Phase.EVALUATION): ["Weiter"],
        CaseQuery(regime="asylblg_basic"): ["Müller"],
        CaseQuery(text="mue"): ["Müller"],
        CaseQuery(quiet_since=DAY): ["Anders"],
        CaseQuery(worker="Miriam Kessler"): ["Anders"],
        CaseQuery(worker=""): ["Müller", "Weiter"],
    }
    for query, names in expected.items():
        assert listed(engine, query) == names
    assert listed(engine, CaseQuery(order="worker"))[-1] == "Anders"


def test_the_last_changed_comes_first_over_all_states(engine: Engine) -> None:
    with writing(engine, "Kim") as writer:
        for number in range(7):
            put_case(writer, f"Name {number}", status=[CaseStatus.ACTIVE, CaseStatus.CLOSED][number % 2])
    rows = every(engine, CaseQuery(order="updated", status=""), 2)
    assert [(row.updated, row.case_id) for row in rows] == sorted(
        ((row.updated, row.case_id) for row in rows), reverse=True
    )
    assert len(rows) == 7


def test_unsent_is_what_changed_since_the_last_receipt(engine: Engine) -> None:
    with writing(engine, "Kim") as writer:
        put_case(writer, "Alt")
        case = put_case(writer, "Neu")
    with writing(engine, "Kim") as writer:
        acknowledge(writer, head(writer))
    assert listed(engine, CaseQuery(unsent=True)) == []
    with writing(engine, "Kim") as writer:
        writer.put(Contact(case_id=case.id, held_on=DAY))
    assert listed(engine, CaseQuery(unsent=True)) == ["Neu"]
    with writing(engine, "Kim") as writer:
        acknowledge(writer, 1)
    assert listed(engine, CaseQuery(unsent=True)) == ["Alt", "Neu"], "the Kreis says that it lost something"


def test_a_page_is_read_in_its_order_from_one_place(engine: Engine) -> None:
    from kimdesk.store.lists import _page

    with engine.connect() as connection:
        values = {"status_": "active", "key_": "a", "case_id_": "b"}
        query = (
            f"EXPLAIN QUERY PLAN {_page('name', ('status',), True, 50, False).ready_for(engine.dialect).text}"
        )
        plan = " ".join(row[3] for row in connection.exec_driver_sql(query, values))
    assert "USING PRIMARY KEY" in plan
    assert "TEMP B-TREE" not in plan


def test_the_day_is_found_in_its_order_and_what_is_counted_reads_no_rows(engine: Engine) -> None:
    from kimdesk.store import changes, derived, dues
    from kimdesk.store.sql import Statement

    def plan(connection: Connection, statement: Statement) -> str:
        ready = statement.ready_for(engine.dialect)
        values = ready.named(("2026-11-30",) * len(ready.names))
        rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {ready.text}", values)
        return " ".join(row[3] for row in rows)

    with engine.connect() as connection:
        day = plan(connection, dues._SHOWN)
        waiting = plan(connection, dues._count_waiting(("deadline",), ("no_answer",), 2000))
        unsent = plan(connection, changes._UNSENT_CASES)
        outdated = plan(connection, derived._COUNT)
    assert "due_in_order" in day
    assert "TEMP B-TREE" not in day
    assert "COVERING INDEX due_by_since" in waiting
    assert "COVERING INDEX case_row_by_change" in unsent
    assert "change_removed_case" in unsent
    assert "case_row_by_derived" in outdated
