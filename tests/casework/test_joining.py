"""Two desks work on one case; what both did comes together, and nothing of either is lost."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimdesk.casework import cases, conflicts, joining, parcel, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_out import document, plain
from kimdesk.casework.joining import Joined, Returning, no_scans
from kimdesk.casework.parcel import Parcel, States
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import (
    MEMBERS,
    Attachment,
    Case,
    CaseFile,
    Contact,
    FollowUp,
    Goal,
    Measure,
    Member,
    Person,
    Record,
)
from kimdesk.domain.terms import Phase
from kimdesk.store import conflicts as conflicts_stored
from tests.casework.test_exchange import full_case
from tests.conftest import PASSPHRASE

DAY = date(2026, 11, 30)


class Lent:
    """A case that was lent, and the copy of it at another desk: here another state of the same records."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.file = full_case(desk)
        self.id = self.file.case.id
        self.given = self.packed()

    def packed(self, since: States | None = None) -> Parcel:
        with self.desk.reading() as reader:
            return parcel.read(parcel.packed(reader, self.id, addresses=True, since=since))

    @property
    def base(self) -> States:
        return parcel.states(self.given)

    def comes_back(self, there: Parcel) -> Joined:
        """Join the case here with what came back."""
        coming = Returning(self.base, there, no_scans, "Niederholt", "p" * 32)
        with self.desk.writing() as writer:
            return joining.join(writer, self.desk.catalogue, coming)

    def there(self, *changed: Record, without: tuple[Record, ...] = ()) -> Parcel:
        """Return the case as the colleague sends it back: some records changed or new, some removed."""
        found = dict(self.base) | {(type(each), each.id): replace(each, rev=0) for each in changed}
        for each in without:
            del found[type(each), each.id]
        made = {each.id: ("2026-11-19T10:05:00.000000+00:00", "Anna Winter") for each in changed}
        return replace_states(found, made)

    def one(self, record_type: type[Any]) -> Any:
        return self.now().of(record_type)[0]

    def now(self) -> CaseFile:
        return cases.peek(self.desk, self.id)

    def open(self) -> dict[str, conflicts.TwoVersions]:
        return {each.path: each for each in conflicts.of_case(self.desk, self.id) if not each.decision}


def replace_states(found: States, made: dict[str, tuple[str, str]]) -> Parcel:
    """Return a parcel that holds just these records."""
    values: dict[str, Any] = {
        name: tuple(each for (kind, _), each in found.items() if kind is record_type)
        for record_type, name in MEMBERS.items()
    }
    [case] = [each for (kind, _), each in found.items() if kind is Case]
    file = CaseFile(case=case, **values)  # type: ignore[arg-type]
    taken = [plain(each, Attachment) for each in file.attachments]
    whole = Parcel(document(file, addresses=True), msgspec.to_builtins(taken), made)
    return parcel.read(msgspec.json.encode(whole))


@pytest.fixture
def lent(desk: Desk) -> Lent:
    return Lent(desk)


def test_a_parcel_holds_every_record_of_the_case(lent: Lent) -> None:
    stored = [each for kind in parcel_kinds() for each in lent.file.of(kind)]
    held = lent.base
    assert {(type(each), each.id) for each in stored} == set(held)
    for each in stored:
        assert replace(held[type(each), each.id], rev=each.rev) == each


@pytest.mark.parametrize(
    ("case", "scans"),
    [
        ({"id": "c", "persons": ["client"]}, []),
        ({"id": "c", "persons": {"role": "client"}}, []),
        ({"id": "c", "persons": [{"role": "client", "family_name": ["Osman"]}]}, []),
        ({"id": "c", "file_number": {}}, []),
        ({"id": ""}, []),
        ({"id": 5}, []),
        ({"id": "c"}, [{"sha256": "0", "size": "much"}]),
        ({"id": "c"}, [{"sha256": "0", "size": -1}]),
        ({"id": "c"}, [{"size": 1}]),
    ],
)
def test_a_parcel_is_refused_whose_head_cannot_even_be_told(case: Any, scans: Any) -> None:
    with pytest.raises(ContentError, match="E778"):
        parcel.read(msgspec.json.encode({"case": case, "scans": scans}))


def parcel_kinds() -> list[type[Record]]:
    return list(RECORD_TYPES)


def test_what_only_the_colleague_did_is_taken(lent: Lent) -> None:
    goal, contact = lent.one(Goal), lent.one(Contact)
    new = Contact(id="new-contact", case_id=lent.id, held_on=DAY, content="Anruf der Schule")
    back = lent.there(replace(goal, text="Wohnung mit drei Zimmern"), new, without=(contact,))
    assert lent.comes_back(back) == Joined(3, 0)
    assert lent.one(Goal).text == "Wohnung mit drei Zimmern"
    assert [each.content for each in lent.now().contacts] == ["Anruf der Schule"]


def test_what_only_the_owner_did_stays(lent: Lent) -> None:
    records.save(lent.desk, replace(lent.one(Goal), text="Haus"))
    records.remove(lent.desk, lent.one(FollowUp))
    assert lent.comes_back(lent.there()) == Joined(0, 0)
    assert lent.one(Goal).text == "Haus"
    assert not lent.now().follow_ups


def test_different_fields_of_one_record_are_joined_without_asking(lent: Lent) -> None:
    goal = lent.one(Goal)
    records.save(lent.desk, replace(goal, indicator="Mietvertrag"))
    assert lent.comes_back(lent.there(replace(goal, text="Haus"))) == Joined(1, 0)
    assert (lent.one(Goal).text, lent.one(Goal).indicator) == ("Haus", "Mietvertrag")


def test_the_same_field_is_asked_about_with_both_values_the_one_before_person_and_time(lent: Lent) -> None:
    goal = lent.one(Goal)
    records.save(lent.desk, replace(goal, text="Haus", indicator="Mietvertrag"))
    assert lent.comes_back(lent.there(replace(goal, text="Zimmer", baseline="Heim"))) == Joined(1, 1)
    assert (lent.one(Goal).text, lent.one(Goal).baseline) == ("Haus", "Heim")
    [one] = lent.open().values()
    assert (one.path, one.source, one.passage) == ("text", "Niederholt", "p" * 32)
    assert one.base
    assert [getattr(each, "text", "") for each in (one.base, one.mine, one.theirs)] == [
        "Wohnung", "Haus", "Zimmer",
    ]  # fmt: skip
    assert (one.mine_made.by, one.theirs_made.by) == (lent.desk.actor, "Anna Winter")
    assert one.theirs_made.at
    assert one.theirs_made.at.day == 19
    assert one.worded


def test_a_decision_changes_its_field_alone_and_can_be_taken_back(lent: Lent) -> None:
    goal = lent.one(Goal)
    records.save(lent.desk, replace(goal, text="Haus", indicator="Mietvertrag"))
    lent.comes_back(lent.there(replace(goal, text="Zimmer", indicator="Schlüssel")))
    text, indicator = lent.open()["text"], lent.open()["indicator"]
    conflicts.decide(lent.desk, text.id, take=True)
    records.save(lent.desk, replace(lent.one(Goal), by_client="Suche"))
    assert (lent.one(Goal).text, lent.one(Goal).indicator) == ("Zimmer", "Mietvertrag")
    conflicts.reopen(lent.desk, text.id)
    assert (lent.one(Goal).text, lent.one(Goal).by_client) == ("Haus", "Suche")
    assert set(lent.open()) == {"text", "indicator"}
    conflicts.decide(lent.desk, text.id, take=False, own="Haus oder Zimmer")
    assert lent.one(Goal).text == "Haus oder Zimmer"
    conflicts.reopen(lent.desk, text.id)
    assert lent.one(Goal).text == "Haus"
    assert conflicts.decide_all(lent.desk, [text.id, indicator.id], take=True) == 2
    assert (lent.one(Goal).text, lent.one(Goal).indicator) == ("Zimmer", "Schlüssel")
    with pytest.raises(CaseworkError, match="E863"):
        conflicts.decide(lent.desk, text.id, take=False)


def test_answers_of_a_form_are_joined_question_by_question(lent: Lent) -> None:
    entry = next(each for each in lent.now().phases if each.phase is Phase.ACCESS)
    section = next(iter(entry.answers))
    answers = dict(entry.answers[section])
    texts = [name for name, value in answers.items() if isinstance(value, str)]
    mine = {**entry.answers, section: {**answers, texts[0]: "hier", "hinzu": "hier neu"}}
    theirs = {**entry.answers, section: {**answers, texts[0]: "dort"}}
    with lent.desk.writing() as writer:
        writer.put(replace(entry, answers=mine))
    found = lent.comes_back(lent.there(replace(entry, answers=theirs)))
    if found.open:  # only the question both answered is asked about
        assert set(lent.open()) == {f"answers.{section}.{texts[0]}"}
    kept = next(each for each in lent.now().phases if each.id == entry.id)
    assert kept.answers[section]["hinzu"] == "hier neu"


def test_a_record_removed_here_and_changed_there_is_asked_about(lent: Lent) -> None:
    contact = lent.one(Contact)
    records.remove(lent.desk, contact)
    lent.comes_back(lent.there(replace(contact, content="Neues")))
    [one] = lent.open().values()
    assert one.gone == "here"
    assert not lent.now().contacts
    conflicts.decide(lent.desk, one.id, take=True)
    assert lent.one(Contact).content == "Neues"
    conflicts.reopen(lent.desk, one.id)
    assert not lent.now().contacts
    assert lent.open()


def test_a_record_removed_there_and_changed_here_is_asked_about(lent: Lent) -> None:
    contact = lent.one(Contact)
    changed = records.save(lent.desk, replace(contact, content="Neues"))
    lent.comes_back(lent.there(without=(contact,)))
    [one] = lent.open().values()
    assert one.gone == "there"
    assert lent.one(Contact) == changed
    conflicts.decide(lent.desk, one.id, take=True)
    assert not lent.now().contacts
    conflicts.reopen(lent.desk, one.id)
    assert lent.one(Contact).content == "Neues"


def test_what_the_other_side_built_upon_does_not_go(lent: Lent) -> None:
    goal, [measure, *_] = lent.one(Goal), lent.now().measures
    assert measure.goal_id == goal.id
    later = Measure(id="later", case_id=lent.id, goal_id=goal.id, title="Umzug")
    records.save(lent.desk, replace(measure, goal_id=""))
    records.remove(lent.desk, goal)
    lent.comes_back(lent.there(later))
    assert lent.one(Goal).text == goal.text
    assert next(each for each in lent.now().measures if each.id == "later").goal_id == goal.id


def test_measures_never_wait_for_each_other_in_a_circle(lent: Lent) -> None:
    first, second = lent.now().measures
    waits, waited = (first, second) if first.requires else (second, first)
    records.save(lent.desk, replace(waits, requires=()))
    records.save(lent.desk, replace(waited, requires=(waits.id,)))
    third = replace(waits, note="dort")
    lent.comes_back(lent.there(third))
    fresh = Measure(id="fresh", case_id=lent.id, title="Neu", requires=(waited.id,))
    lent.comes_back(lent.there(fresh))
    assert {each.id for each in lent.now().measures} == {first.id, second.id, "fresh"}


def test_a_withdrawal_of_either_side_stands(lent: Lent) -> None:
    consent = lent.now().consents[0]
    records.save(lent.desk, replace(consent, withdrawn_on=DAY))
    lent.comes_back(lent.there(replace(consent, valid_until=date(2027, 5, 1))))
    assert next(each for each in lent.now().consents if each.id == consent.id).withdrawn_on == DAY


def test_a_person_never_goes_with_her_membership(lent: Lent) -> None:
    member = next(each for each in lent.now().members if each.relation == "Tochter")
    lent.comes_back(lent.there(without=(member,)))
    assert member.id not in {each.id for each in lent.now().members}
    assert records.get(lent.desk, Person, member.person_id).given_names == "Lina"


_TEXTS = {
    Goal: ("text", "indicator", "by_client"),
    Measure: ("title", "note", "fallback"),
    Contact: ("content", "next_steps"),
    FollowUp: ("title", "reason"),
    Person: ("birth_place", "street", "call_name"),
    Member: ("relation",),
}
_EDITS = st.lists(
    st.tuples(
        st.sampled_from(list(_TEXTS)), st.integers(0, 2), st.sampled_from(["a", "b", "c", None, "new"])
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def one_desk(desk_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lent]:
    folder = tmp_path_factory.mktemp("joined") / "desk"
    shutil.copytree(desk_template, folder)
    with Desk.unlock(folder, PASSPHRASE) as desk:
        yield Lent(desk)


def edited(states: States, edits: list[tuple[type[Record], int, str | None]], side: str) -> States:
    """Return the states after a desk made ``edits``: a text of a record changed, or it removed or added."""
    found = dict(states)
    for record_type, which, value in edits:
        keys = sorted(key for key in found if key[0] is record_type)
        if value == "new" and record_type is FollowUp:
            new = FollowUp(id=f"new-{which}", case_id=case_of(found)[0], due_on=DAY, title=side)
            found[FollowUp, new.id] = new
        elif not keys:
            continue
        elif value is None:
            if record_type in (Contact, FollowUp):
                del found[keys[which % len(keys)]]
        else:
            key = keys[which % len(keys)]
            name = _TEXTS[record_type][which % len(_TEXTS[record_type])]
            found[key] = replace(found[key], **{name: f"{side}{value}"})  # type: ignore[arg-type]
    return found


def case_of(states: States) -> list[str]:
    return [key[1] for key in states if key[0] is Case]


def texts(record: Record | None) -> dict[str, Any]:
    names = _TEXTS.get(type(record), ()) if record else ()
    return {name: getattr(record, name) for name in names}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(_EDITS, _EDITS)
def test_nothing_of_either_desk_is_lost_whatever_they_do(one_desk: Lent, here: Any, there: Any) -> None:
    base = dict(one_desk.base)
    mine, theirs = edited(base, here, "h"), edited(base, there, "d")

    with suppress(_UndoneError), one_desk.desk.writing() as writer:
        apply(writer, base, mine)
        coming = Returning(one_desk.base, replace_states(theirs, {}), no_scans, "Niederholt", "")
        joining.join(writer, one_desk.desk.catalogue, coming)
        told = {(each.record_id, each.path): each for each in kept(writer, one_desk.id)}
        for key in base.keys() | mine.keys() | theirs.keys():
            check_one(writer.get(*key), base.get(key), mine.get(key), theirs.get(key), told, key[1])
        again = joining.join(writer, one_desk.desk.catalogue, coming)
        assert len(kept(writer, one_desk.id)) == len(told)  # a file that is read twice changes nothing
        assert again.taken == 0
        raise _UndoneError


class _UndoneError(Exception):
    """Undoes what an example did."""


def apply(writer: Any, base: States, mine: States) -> None:
    for key, each in mine.items():
        if each != base.get(key):
            stored = writer.get(*key)
            writer.put(replace(each, rev=stored.rev if stored else 0))
    for key in base.keys() - mine.keys():
        writer.remove(writer.get(*key))


def kept(writer: Any, case_id: str) -> Any:
    return conflicts_stored.of_case(writer.connection, case_id)


def check_one(now: Any, base: Any, mine: Any, theirs: Any, told: Any, record_id: str) -> None:
    """Each value a side has given stands in the record, or in what is to be decided about it."""
    asked = {path: one for (identity, path), one in told.items() if identity == record_id}
    for side in (mine, theirs):
        for name, value in texts(side).items():
            if base is not None and value == getattr(base, name):
                continue
            stands = now is not None and getattr(now, name) == value
            noted = any(value in one.mine + one.theirs for one in asked.values())
            assert stands or noted, (name, value, now, asked)
    if mine is None and base is not None and theirs == base:
        assert now is None or isinstance(base, Person | Case | Member)
