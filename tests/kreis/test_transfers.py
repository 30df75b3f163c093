"""A case that was handed over is the new desk's at the Kreis: once, whole, in whatever order bundles come."""

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from kimdesk.casework import records
from kimdesk.domain.records import Case, Consent, Goal, Member
from kimdesk.domain.terms import SharingLevel
from kimdesk.kreis import Result
from kimdesk.kreis.registry import RECORDS, open_registry, transfer
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.taking.sheets import Incoming
from kimdesk.kreis.taking.transfers import passed_on
from kimdesk.sync.trust import cards, colleagues
from tests.sync.colleagues_kit import OTHER_AGS, Colleagues, between, colleagues_template
from tests.sync.exchange import enrol, exchange_template, make_desk

__all__ = ["between", "colleagues_template", "exchange_template"]

KINDS = ("person", "household", "residence", "regimes", "intake", "assessment", "goals", "plan", "referrals",
         "contacts", "follow_ups", "evaluation", "findings")  # fmt: skip


def shared(between: Colleagues, level: SharingLevel = SharingLevel.IDENTIFIED) -> str:
    """Return a case at Eschenried that the Kreis hears of."""
    known = between.exchange(between.desk).case(level=level)
    return known.case.id


def bundle(between: Colleagues, desk: Any) -> Path:
    return between.exchange(desk).export().path


def read_in(between: Colleagues, *paths: Path, home: Any = None) -> list[Result]:
    """Let the Kreis read bundles in; ``home``: the desk that gets the receipts."""
    results = between.exchange(between.desk).carry(*paths)
    for each in results if home is not None else ():
        between.exchange(home).take(each)
    return [each.result for each in results]


def held(between: Colleagues) -> dict[str, dict[str, Any]]:
    """Return every row the registry holds, by kind and identity."""
    found = {}
    with transaction(open_registry(between.kreis)) as connection:
        for kind, table in RECORDS.items():
            for row in connection.execute(select(table)).mappings():
                found[f"{kind}/{row['id']}"] = dict(row)
    return found


def owners(between: Colleagues) -> set[str]:
    return {row["desk_id"] for row in held(between).values()}


def pass_on(between: Colleagues, case_id: str) -> None:
    between.handed_over(case_id)
    goal = between.file(between.other, case_id).goals[0]
    between.save(between.other, goal, text="Neues Ziel")


def test_the_rows_go_over_with_the_bundle_of_the_new_desk(between: Colleagues) -> None:
    case_id = shared(between)
    read_in(between, bundle(between, between.desk), home=between.desk)
    before = held(between)
    pass_on(between, case_id)
    assert read_in(between, bundle(between, between.other)) == [Result.APPLIED]
    after = held(between)
    assert after.keys() == before.keys()  # nothing doubled, nothing lost
    assert owners(between) == {between.id_of(between.other)}
    [goal] = [row for key, row in after.items() if key.startswith("goal/")]
    [case] = [row for key, row in after.items() if key.startswith("case/")]
    assert (goal["text"], case["ags"]) == ("Neues Ziel", OTHER_AGS)
    assert read_in(between, bundle(between, between.desk)) == [Result.APPLIED]
    assert held(between) == after  # what the former desk erases is not its own any more


def test_the_rows_go_over_with_the_bundle_of_the_former_desk(between: Colleagues) -> None:
    case_id = shared(between)
    read_in(between, bundle(between, between.desk), home=between.desk)
    before = held(between)
    pass_on(between, case_id)
    assert read_in(between, bundle(between, between.desk)) == [Result.APPLIED]
    assert held(between).keys() == before.keys()
    assert owners(between) == {between.id_of(between.other)}
    read_in(between, bundle(between, between.other))
    after = held(between)
    assert after.keys() == before.keys()
    assert {row["epoch"] for row in after.values()} == {1}


ORDERS = list(permutations(range(3)))


@pytest.mark.parametrize("order", ORDERS, ids=["".join(map(str, each)) for each in ORDERS])
def test_any_order_of_arrival_comes_to_the_same(between: Colleagues, order: tuple[int, ...]) -> None:
    case_id = shared(between)
    first = bundle(between, between.desk)
    pass_on(between, case_id)
    paths = [first, bundle(between, between.desk), bundle(between, between.other)]
    read_in(between, *(paths[at] for at in order))
    read_in(between, *paths)
    found = held(between)
    assert {row["desk_id"] for row in found.values()} == {between.id_of(between.other)}
    kinds = sorted(key.partition("/")[0] for key in found)
    assert kinds == sorted(["case", "consent", "goal", "member", "person"])
    assert [row["text"] for key, row in found.items() if key.startswith("goal/")] == ["Neues Ziel"]


def test_a_case_under_a_pseudonym_is_not_doubled(between: Colleagues) -> None:
    case_id = shared(between, SharingLevel.PSEUDONYMISED)
    read_in(between, bundle(between, between.desk), home=between.desk)
    number = len(held(between))
    pass_on(between, case_id)
    read_in(between, bundle(between, between.other))
    assert len(held(between)) == number
    assert owners(between) == {between.id_of(between.other)}
    read_in(between, bundle(between, between.desk))
    assert len(held(between)) == number


def test_what_the_new_desk_may_not_tell_goes(between: Colleagues) -> None:
    case_id = shared(between)
    read_in(between, bundle(between, between.desk), home=between.desk)
    between.handed_over(case_id)
    consent = between.file(between.other, case_id).consents[0]
    records.save(between.other, Consent(**{**_values(consent), "withdrawn_on": date(2026, 11, 20)}))
    read_in(between, bundle(between, between.other))
    assert held(between) == {}


def _values(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_a_case_that_comes_back_is_told_of_by_its_first_desk_again(between: Colleagues) -> None:
    case_id = shared(between)
    read_in(between, bundle(between, between.desk), home=between.desk)
    number = len(held(between))
    pass_on(between, case_id)
    read_in(between, bundle(between, between.other), home=between.other)
    read_in(between, bundle(between, between.desk), home=between.desk)
    answer = between.accept(between.offer(case_id, by=between.other), at=between.desk)
    between.take(answer, between.other)
    home = bundle(between, between.desk)
    read_in(between, home, bundle(between, between.other), home=None)
    found = held(between)
    assert {row["desk_id"] for row in found.values()} == {between.id_of(between.desk)}
    assert len(found) == number
    assert [row["text"] for key, row in found.items() if key.startswith("goal/")] == ["Neues Ziel"]


def test_a_person_of_another_case_stays_with_the_former_desk(between: Colleagues) -> None:
    known = between.exchange(between.desk)
    one, two = known.case(), known.case("Haddad")
    known.put(Member(case_id=two.case.id, person_id=one.person.id))
    read_in(between, bundle(between, between.desk), home=between.desk)
    between.handed_over(one.case.id)
    read_in(between, bundle(between, between.other), bundle(between, between.desk))
    persons = {key: row["desk_id"] for key, row in held(between).items() if key.startswith("person/")}
    assert persons.pop(f"person/{one.person.id}") == between.id_of(between.desk)
    assert persons.pop(f"person/{two.person.id}") == between.id_of(between.desk)
    assert set(persons.values()) == {between.id_of(between.other)}


def test_a_person_told_of_without_a_member_goes_over_too(between: Colleagues) -> None:
    """A consent may open the person alone: then no member says at the Kreis whose case she is in."""
    case_id = shared(between)
    read_in(between, bundle(between, between.desk), home=between.desk)
    with transaction(open_registry(between.kreis)) as connection:
        connection.execute(delete(RECORDS["member"]))
    before = {key for key in held(between) if key.startswith("person/")}
    pass_on(between, case_id)
    assert read_in(between, bundle(between, between.other)) == [Result.APPLIED]
    after = {key: row["desk_id"] for key, row in held(between).items() if key.startswith("person/")}
    assert after == dict.fromkeys(before, between.id_of(between.other))


def test_nobody_gets_a_person_of_another_case_by_naming_her(between: Colleagues) -> None:
    case_id, kept = shared(between), shared(between)
    read_in(between, bundle(between, between.desk), home=between.desk)
    pass_on(between, case_id)
    read_in(between, bundle(between, between.other))
    with transaction(open_registry(between.kreis)) as connection:
        member = RECORDS["member"]
        named = connection.execute(select(member.c.person_id).where(member.c.case_id == kept)).scalars().all()
        row = Incoming("person", "identified", ("id",), (named[0],))
        passed = passed_on(connection, between.id_of(between.other))
        assert passed.without(connection, {"person": {named[0]: row}}) == {"person": {}}
    assert held(between)[f"person/{named[0]}"]["desk_id"] == between.id_of(between.desk)


def test_a_proof_goes_until_it_is_received_and_no_more_then(between: Colleagues) -> None:
    case_id = shared(between)
    pass_on(between, case_id)
    lost = bundle(between, between.other)
    lost.unlink()
    read_in(between, bundle(between, between.other), home=between.other)
    with transaction(open_registry(between.kreis)) as connection:
        assert len(connection.execute(select(transfer)).all()) == 1
    records.save(between.other, Goal(case_id=case_id, text="Weiter"))
    size = bundle(between, between.other).stat().st_size
    assert size < 30_000


def test_two_desks_that_agree_do_not_get_the_case_of_a_third(between: Colleagues, tmp_path: Path) -> None:
    """Their proof is signed well, but the desk that gives never had the case."""
    case_id = shared(between)
    read_in(between, bundle(between, between.desk), home=between.desk)
    before = held(between)
    third = make_desk(tmp_path / "third", "Oberau", municipalities=("05999003",))
    enrol(third, between.kreis, tmp_path)
    for giver, taker in ((third, between.other), (between.other, third)):
        cards.write(giver, tmp_path / "card.kimk")
        colleagues.meet(taker, (tmp_path / "card.kimk").read_bytes())
    with between.other.writing() as writer:
        writer.put(Case(id=case_id, ags=OTHER_AGS, opened_on=date(2026, 6, 1), file_number="X-1"))
        writer.put(Consent(case_id=case_id, recipient="ki", level=SharingLevel.IDENTIFIED, kinds=KINDS,
                           given_on=date(2026, 6, 12), purpose="reporting"))  # fmt: skip
    answer = between.accept(between.offer(case_id, by=between.other, to=third), at=third)
    between.take(answer, between.other)
    read_in(between, bundle(between, third), bundle(between, between.other))
    third.close()
    assert held(between) == before
    with transaction(open_registry(between.kreis)) as connection:
        assert connection.execute(select(transfer.c.state)).scalars().all() == ["waiting"]


def test_a_copy_for_a_cover_is_never_told_of(between: Colleagues) -> None:
    case_id = shared(between)
    between.take(between.lend(case_id, date(2027, 6, 1)), between.other)
    records.save(between.other, Goal(case_id=case_id, text="in der Vertretung"))
    read_in(between, bundle(between, between.other))
    assert held(between) == {}
    with between.other.reading() as reader:
        assert reader.get(Case, case_id)
    assert not [row for row in _figures(between) if any((row.get("case_status") or {}).values())]


def _figures(between: Colleagues) -> Iterator[dict[str, Any]]:
    from kimdesk.catalogue.catalogue import SHIPPED
    from kimdesk.sync.leaving import statistics

    with between.other.reading() as reader:
        yield {name: statistics._draw(reader.connection, SHIPPED, name) for name in ("case_status",)}
