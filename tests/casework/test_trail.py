"""The audit trail in words: each action has a label and a group, and filters find what they should."""

import ast
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from kimdesk.casework import cases, records, trail
from kimdesk.casework.desk import Desk
from kimdesk.casework.trail import Checked, Filter
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import Case, Goal, Person
from kimdesk.domain.terms import Role

KIMDESK = Path(__file__).parents[2] / "kimdesk"
WRITERS = {"record", "_record", "_noted", "_reopened"}
ALWAYS = {"created", "changed", "removed"}


def actions_in_use() -> set[str]:
    """Return every action that stands as a literal where an entry is written."""
    found = set(ALWAYS)
    for path in KIMDESK.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in WRITERS:
                found |= {each.value for each in node.args[:3] if _is_action(each)}  # type: ignore[attr-defined]
    about = {"vault", "bundle", "device_key", "certificate", "desk_card", "kreis_keys", "kreis"}
    return found - set(KINDS) - about


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _is_action(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def test_every_action_that_is_written_can_be_read() -> None:
    known = {one.code for one in SHIPPED.code_list("audit_action").codes}
    assert {"opened", "backed_up", "user_added", "exported"} <= actions_in_use()
    assert actions_in_use() - known == set()
    assert [one.code for one in SHIPPED.code_list("record_kind").codes] == list(KINDS)


def test_every_action_is_in_exactly_one_group() -> None:
    grouped = Counter(action for group in SHIPPED.rules.audit_groups for action in group.actions)
    assert actions_in_use() - set(grouped) == set()
    assert {action for action, times in grouped.items() if times > 1} == set()
    assert set(grouped) <= {one.code for one in SHIPPED.code_list("audit_action").codes}


def test_the_trail_of_a_case_tells_of_its_people_too(desk: Desk, case: Case) -> None:
    other = cases.open_new(desk, Person(family_name="Haddad"))
    found = trail.page(desk, Filter(case_id=case.id)).lines
    assert {line.kind for line in found} >= {"case", "person", "member", "phase_entry"}
    assert {line.file_number for line in found} == {case.file_number}
    assert trail.page(desk, Filter(file_number=other.file_number)).lines[-1].words == "Fall angelegt"
    assert trail.page(desk, Filter(file_number="XXX-1")).lines == ()


def test_pages_meet_without_gap_or_overlap(desk: Desk, case: Case) -> None:
    for number in range(25):
        records.save(desk, Goal(case_id=case.id, number=number))
    whole = [line.seq for line in trail.page(desk, Filter(), limit=1000).lines]
    pieces: list[int] = []
    before = None
    while True:
        page = trail.page(desk, Filter(), before, limit=7)
        pieces += [line.seq for line in page.lines]
        if page.next is None:
            break
        before = page.next
    assert pieces == whole == sorted(whole, reverse=True)


def test_both_days_of_a_period_are_part_of_it(desk: Desk, case: Case) -> None:
    today = date.today()  # noqa: DTZ011 - the clerk's day
    day = timedelta(days=1)
    assert trail.page(desk, Filter(first=today, last=today)).lines
    assert not trail.page(desk, Filter(first=today + day)).lines
    assert not trail.page(desk, Filter(last=today - day)).lines


def test_the_chain_is_followed_in_stretches(desk: Desk, case: Case, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(trail, "_STRETCH", 2)
    checked, steps = Checked(), 0
    while not checked.finished:
        checked, steps = trail.check_on(desk, checked), steps + 1
    assert checked.broken is None
    assert steps >= 3
    assert checked.seq == trail.page(desk, Filter(), limit=1).lines[0].seq


def test_a_person_removed_from_a_case_stays_in_the_trail(desk: Desk, case: Case) -> None:
    from kimdesk.casework import people

    child = people.add_person(desk, case.id, Person(family_name="Osman"), Role.CHILD)
    records.remove(desk, child)
    assert any(line.kind == "person" for line in trail.page(desk, Filter()).lines)
