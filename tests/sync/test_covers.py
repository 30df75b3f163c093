"""A colleague covers: the copy comes back with its changes, both go on working, nothing is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kimdesk.casework import attachments, cases, conflicts, records
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.custody import Custody
from kimdesk.domain.errors import BundleError, CaseworkError, KimdeskError
from kimdesk.domain.records import Attachment, Consent, Contact, FollowUp, Person
from kimdesk.sync import arrivals
from kimdesk.sync.arrivals import Step
from kimdesk.sync.passing import covers, moves
from tests.scan_samples import jpeg, png
from tests.sync.colleagues_kit import Colleagues

TODAY = dates.today()
LATER = TODAY + timedelta(days=10)


def covered(between: Colleagues) -> str:
    """Return a case that Niederholt covers."""
    case_id = between.case().case.id
    between.take(between.lend(case_id, LATER), between.other)
    return case_id


def test_a_copy_is_worked_on_and_comes_back_with_its_changes(between: Colleagues) -> None:
    case_id = covered(between)
    copy = between.standing(between.other, case_id)
    assert (copy.custody, copy.read_only) == (Custody.COVERING, False)
    assert copy.passage
    assert (copy.passage.until, copy.passage.desk_name) == (LATER, "Eschenried")
    assert between.standing(between.desk, case_id).custody is Custody.LENT
    records.save(between.other, Contact(case_id=case_id, held_on=TODAY, content="Anruf der Schule"))
    scan = attachments.attach(between.other, case_id, jpeg(), title="Zeugnis")
    records.save(between.desk, FollowUp(case_id=case_id, due_on=TODAY, title="hier weiter"))
    told = between.take(between.back(case_id))
    assert (told.step, told.open) == (Step.RETURNED, 0)
    here = between.file(between.desk, case_id)
    assert "Anruf der Schule" in [each.content for each in here.contacts]
    assert "hier weiter" in [each.title for each in here.follow_ups]
    assert attachments.content(between.desk, scan.id)
    assert between.standing(between.desk, case_id).custody is Custody.OWN


def test_a_paper_without_a_scan_comes_back_with_the_one_it_got(between: Colleagues) -> None:
    case_id = between.case().case.id
    asked = Attachment(case_id=case_id, title="Steuer-ID", document="tax_id", applied_on=TODAY)
    both = [records.save(between.desk, replace(asked, title=each)) for each in ("Steuer-ID", "Diplom")]
    between.take(between.lend(case_id, LATER), between.other)
    for one in both:
        [copy] = [each for each in between.file(between.other, case_id).attachments if each.id == one.id]
        attachments.put(between.other, copy, attachments.inspect(png()))
    attachments.put(between.desk, both[1], attachments.inspect(jpeg()))  # here too, another one
    between.take(between.back(case_id))
    here = between.file(between.desk, case_id).attachments
    assert sorted((one.title, one.media_type) for one in here) == [
        ("Diplom", "image/jpeg"),
        ("Diplom", "image/png"),
        ("Steuer-ID", "image/png"),
    ]
    assert attachments.verify(between.desk) == ()


def odd(desk: Desk, case_id: str) -> FollowUp:
    """Store what no door lets in today, as an earlier version or a wrong clock may have."""
    with desk.writing() as writer:
        consent = Consent(case_id=case_id, recipient="school", given_on=TODAY, withdrawn_on=date(2020, 1, 1))
        writer.put(consent)
        writer.put(Contact(case_id=case_id, held_on=TODAY))
        return writer.put(FollowUp(case_id=case_id, due_on=TODAY, title="Brief"))


def test_what_a_desk_has_stored_passes_however_odd_it_is(between: Colleagues) -> None:
    """A rule that came later, or days under a wrong clock, must not keep a case from passing on."""
    case_id = between.case().case.id
    odd(between.desk, case_id)
    between.take(between.lend(case_id, LATER), between.other)
    assert date(2020, 1, 1) in [one.withdrawn_on for one in between.file(between.other, case_id).consents]
    added = odd(between.other, case_id)
    assert between.take(between.back(case_id)).step is Step.RETURNED
    file = between.file(between.desk, case_id)
    assert added.id in [each.id for each in file.follow_ups]
    assert len([one for one in file.consents if one.withdrawn_on == date(2020, 1, 1)]) == 2


def test_where_both_contradict_a_person_decides(between: Colleagues) -> None:
    case_id = covered(between)
    for desk, words in ((between.desk, "Haus"), (between.other, "Zimmer")):
        between.save(desk, between.file(desk, case_id).goals[0], text=words)
    told = between.take(between.back(case_id))
    assert told.open == 1
    assert between.file(between.desk, case_id).goals[0].text == "Haus"
    [one] = conflicts.of_case(between.desk, case_id)
    assert (one.path, one.source, one.theirs_made.by) == ("text", "Niederholt", between.other.actor)
    with pytest.raises(BundleError, match="E435"):  # the other version would stay behind
        between.offer(case_id)
    conflicts.decide(between.desk, one.id, take=True)
    assert between.file(between.desk, case_id).goals[0].text == "Zimmer"
    assert between.offer(case_id).exists()


def test_a_return_that_comes_twice_changes_nothing(between: Colleagues) -> None:
    case_id = covered(between)
    between.save(between.other, between.file(between.other, case_id).goals[0], text="Zimmer")
    first, again = between.back(case_id), between.back(case_id)
    between.take(first)
    between.save(between.desk, between.file(between.desk, case_id).goals[0], text="Haus")
    before = between.file(between.desk, case_id)
    for path in (first, again):
        assert between.take(path).open == 0
    assert between.file(between.desk, case_id) == before


def test_the_copy_is_read_only_once_given_back_and_goes_when_that_is_confirmed(between: Colleagues) -> None:
    case_id = covered(between)
    client = between.file(between.other, case_id).client
    owned = between.file(between.desk, case_id).client
    back = between.back(case_id)
    with pytest.raises(CaseworkError, match="E866"):
        records.save(between.other, Contact(case_id=case_id, held_on=TODAY, content="zu spät"))
    with pytest.raises(BundleError, match="E421"):  # nothing has come back yet
        between.confirm(case_id)
    between.take(back)
    word = between.confirm(case_id)
    for _ in range(2):
        assert between.take(word, between.other).step is Step.CONFIRMED
    with pytest.raises(CaseworkError, match="E853"):
        between.file(between.other, case_id)
    assert client
    with pytest.raises(KimdeskError, match="E909"):
        records.get(between.other, Person, client.id)
    assert owned
    assert between.file(between.desk, case_id).client == owned


def test_a_copy_comes_back_and_goes_whatever_keys_were_replaced(between: Colleagues) -> None:
    case_id = between.case().case.id
    between.take(between.lend(case_id, dates.today() + timedelta(days=5)), between.other)
    goal = between.file(between.other, case_id).goals[0]
    between.save(between.other, goal, text="in der Vertretung")
    between.back(case_id).unlink()
    between.new_keys(between.other)
    between.take(between.back(case_id))
    assert between.file(between.desk, case_id).goals[0].text == "in der Vertretung"
    between.new_keys(between.desk)
    between.take(between.confirm(case_id), between.other)
    assert not between.here(between.other, case_id)


def test_the_cover_ends_by_the_calendar_and_can_still_be_given_back(between: Colleagues) -> None:
    case_id = between.case().case.id
    past = dates.now() - timedelta(days=20)
    path = between.lend(case_id, (past + timedelta(days=5)).date(), now=past)
    between.take(path, between.other, now=past + timedelta(days=1))
    assert between.standing(between.other, case_id).overdue
    with pytest.raises(CaseworkError, match="E865"):
        records.save(between.other, Contact(case_id=case_id, held_on=TODAY, content="zu spät"))
    assert between.take(between.back(case_id)).step is Step.RETURNED


def test_a_copy_that_is_too_late_is_not_taken(between: Colleagues) -> None:
    path = between.lend(between.case().case.id, LATER)
    with pytest.raises(BundleError, match="E434"):
        between.take(path, between.other, now=dates.now() + timedelta(days=11))


def test_one_desk_at_a_time_covers_and_a_lost_one_is_waited_for_no_longer(between: Colleagues) -> None:
    case_id = between.case().case.id
    path = between.lend(case_id, LATER)
    between.take(path, between.other)
    assert between.lend(case_id, LATER).exists()  # the same copy once more
    with pytest.raises(BundleError, match="E424"):
        between.offer(case_id)
    covers.recall(between.desk, case_id, "Der Rechner ist verloren.")
    assert between.standing(between.desk, case_id).custody is Custody.OWN
    between.save(between.other, between.file(between.other, case_id).goals[0], text="doch da")
    assert between.take(between.back(case_id)).step is Step.RETURNED  # should it turn up all the same
    assert between.file(between.desk, case_id).goals[0].text == "doch da"


def test_covers_come_back_in_any_order(between: Colleagues) -> None:
    case_id = covered(between)
    between.save(between.other, between.file(between.other, case_id).goals[0], text="erste")
    first = between.back(case_id)
    covers.recall(between.desk, case_id, "")
    records.save(between.desk, Contact(case_id=case_id, held_on=TODAY, content="dazwischen"))
    between.take(first)
    between.take(between.confirm(case_id), between.other)
    between.take(between.lend(case_id, LATER), between.other)  # the same case, covered a second time
    records.save(between.other, Contact(case_id=case_id, held_on=TODAY, content="zweite"))
    between.take(between.back(case_id))
    here = between.file(between.desk, case_id)
    assert here.goals[0].text == "erste"
    assert {"dazwischen", "zweite"} <= {each.content for each in here.contacts}
    between.take(first)  # and the first once more
    assert between.file(between.desk, case_id) == here


def test_a_case_that_is_covered_may_be_handed_to_who_covers(between: Colleagues) -> None:
    case_id = covered(between)
    records.save(between.other, Contact(case_id=case_id, held_on=TODAY, content="in der Vertretung"))
    covers.recall(between.desk, case_id, "Der Fall zieht um.")
    records.save(between.desk, Contact(case_id=case_id, held_on=TODAY, content="zuletzt hier"))
    between.take(between.accept(between.offer(case_id)))
    there = between.file(between.other, case_id)
    assert {"in der Vertretung", "zuletzt hier"} <= {each.content for each in there.contacts}
    assert between.standing(between.other, case_id).custody is Custody.TAKEN_OVER


def test_a_file_number_taken_there_does_not_come_back(between: Colleagues) -> None:
    file = between.case()
    taken = cases.open_new(between.other, Person(family_name="Anders"))
    cases.save_case(between.other, replace(taken, file_number=file.case.file_number))
    between.take(between.lend(file.case.id, LATER), between.other)
    assert between.file(between.other, file.case.id).case.file_number != file.case.file_number
    assert between.take(between.back(file.case.id)).open == 0
    assert between.file(between.desk, file.case.id).case.file_number == file.case.file_number


def test_addresses_of_somebody_protected_stay_at_home_and_are_not_lost(between: Colleagues) -> None:
    file = between.case()
    client = file.client
    assert client
    between.save(between.desk, client, protected=True)
    between.take(between.lend(file.case.id, LATER), between.other)
    copy = between.file(between.other, file.case.id).client
    assert copy
    assert (copy.street, copy.protected) == ("", True)
    between.save(between.other, copy, call_name="Ami")
    assert between.take(between.back(file.case.id)).open == 0
    home = between.file(between.desk, file.case.id).client
    assert home
    assert (home.street, home.call_name) == (client.street, "Ami")


def test_a_scan_removed_at_home_stays_removed(between: Colleagues) -> None:
    case_id = between.case().case.id
    scan = attachments.attach(between.desk, case_id, png(), title="Ausweis")
    between.take(between.lend(case_id, LATER), between.other)
    there = between.file(between.other, case_id).attachments[0]
    between.save(between.other, there, title="Reisepass")
    attachments.remove(between.desk, scan, "wrong")
    between.take(between.back(case_id))
    assert not between.file(between.desk, case_id).attachments


def test_a_copy_is_neither_offered_nor_lent_on(between: Colleagues) -> None:
    case_id = covered(between)
    with pytest.raises(BundleError, match="E422"):
        between.offer(case_id, by=between.other)
    with pytest.raises(BundleError, match="E422"):
        covers.lend(
            between.other, case_id, between.id_of(between.desk), between.path(), until=LATER, basis="consent"
        )
    with pytest.raises(BundleError, match="E421"):
        moves.withdraw(between.other, case_id, between.path())


def test_a_copy_of_a_case_that_is_here_is_not_taken(between: Colleagues) -> None:
    case_id = between.case().case.id
    between.handed_over(case_id)
    out = between.path()
    covers.lend(between.other, case_id, between.id_of(between.desk), out, until=LATER, basis="consent")
    with pytest.raises(BundleError, match="E427"):
        arrivals.take(between.desk, out)
