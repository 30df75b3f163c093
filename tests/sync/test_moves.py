"""A case is handed over from desk to desk: whole, to that desk alone, by the signed acceptance."""

import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kimdesk.casework import attachments, cases, conflicts, records
from kimdesk.casework.document_out import document
from kimdesk.casework.scans.scan import Scan
from kimdesk.domain import dates
from kimdesk.domain.custody import GRACE, Custody
from kimdesk.domain.errors import BundleError, CaseworkError, KimdeskError
from kimdesk.domain.records import Attachment, CaseFile, Contact, Goal, Member, Person
from kimdesk.domain.terms import CaseStatus, Role
from kimdesk.sync import arrivals
from kimdesk.sync.arrivals import FileKind, Step
from kimdesk.sync.passing import moves
from kimdesk.sync.sealing.envelope import verify_and_open
from kimdesk.sync.trust import cards, colleagues, device
from tests.scan_samples import jpeg
from tests.sync.colleagues_kit import OTHER_AGS, Colleagues
from tests.sync.exchange import enrol, make_desk


def told(file: CaseFile) -> dict[str, object]:
    """Return what a case says, but for what is each desk's own."""
    found = document(file, addresses=True)
    return {name: value for name, value in found.items() if name not in ("file_number", "worker", "ags")}


def test_the_whole_case_arrives_with_its_scans(between: Colleagues) -> None:
    file = between.case()
    scan = attachments.attach(between.desk, file.case.id, jpeg(), title="Ausweis")
    file = between.file(between.desk, file.case.id)
    between.handed_over(file.case.id)
    there = between.file(between.other, file.case.id)
    assert told(there) == told(file)
    assert attachments.content(between.other, scan.id) == attachments.content(between.desk, scan.id)
    assert replace(there.attachments[0], rev=scan.rev) == scan
    assert (there.case.ags, there.case.worker) == (OTHER_AGS, between.other.actor)
    assert there.case.status is CaseStatus.ACTIVE


def test_a_scan_that_an_earlier_version_stored_as_it_came_arrives_made_anew(between: Colleagues) -> None:
    case_id = between.case().case.id
    as_it_came = jpeg() + b"what a camera left behind"
    described = Attachment(case_id=case_id, title="Ausweis")
    with between.desk.writing() as writer:
        old = attachments.write(writer, described, Scan(as_it_came, "image/jpeg"))
    between.handed_over(case_id)
    arrived = attachments.content(between.other, old.id)
    assert arrived == attachments.inspect(as_it_came).data
    assert between.file(between.other, case_id).attachments[0].sha256 == hashlib.sha256(arrived).hexdigest()


def test_who_is_responsible_is_known_at_every_moment(between: Colleagues) -> None:
    case_id = between.case().case.id
    assert between.standing(between.desk, case_id).custody is Custody.OWN
    offer = between.offer(case_id)
    assert between.standing(between.desk, case_id).custody is Custody.OFFERED
    between.save(between.desk, between.file(between.desk, case_id).goals[0], text="noch offen")
    answer = between.accept(between.offer(case_id))  # the same offer once more, with nothing else in it
    assert between.standing(between.other, case_id).custody is Custody.TAKEN_OVER
    assert between.take(answer).step is Step.ACCEPTED
    gone = between.standing(between.desk, case_id)
    assert (gone.custody, gone.read_only) == (Custody.PASSED_ON, True)
    assert gone.passage
    assert (gone.passage.desk_name, gone.passage.basis) == ("Niederholt", "consent")
    with pytest.raises(CaseworkError, match="E864"):
        between.save(between.desk, between.file(between.desk, case_id).goals[0], text="zu spät")
    assert between.file(between.desk, case_id).case.closing_reason == "handed_over"
    assert arrivals.look(between.other, offer).step is Step.OFFER


def test_a_refusal_comes_with_its_reason(between: Colleagues) -> None:
    case_id = between.case().case.id
    offer = between.offer(case_id)
    with pytest.raises(CaseworkError, match="E851"):
        between.refuse(offer, " ")
    answer = between.refuse(offer, "Die Familie zieht doch nicht um.")
    said = between.take(answer)
    assert (said.step, said.reason) == (Step.REFUSED, "Die Familie zieht doch nicht um.")
    assert between.standing(between.desk, case_id).custody is Custody.OWN
    with pytest.raises(CaseworkError, match="E853"):
        between.file(between.other, case_id)
    with pytest.raises(BundleError, match="E429"):  # what was refused is not accepted any more
        between.accept(offer)


def test_files_that_come_twice_or_are_lost_do_no_harm(between: Colleagues) -> None:
    case_id = between.case().case.id
    first, again = between.offer(case_id), between.offer(case_id)
    assert first.read_bytes() != again.read_bytes()
    lost = between.accept(first)
    lost.unlink()
    answer = between.accept(again)
    before = between.file(between.other, case_id)
    for _ in range(2):
        assert between.take(answer).step is Step.ACCEPTED
        between.accept(first)
    assert between.file(between.other, case_id) == before
    assert between.standing(between.desk, case_id).custody is Custody.PASSED_ON


def test_new_keys_on_either_side_strand_nothing(between: Colleagues) -> None:
    """The answer was once refused as forged, for good, and the offer as one for another desk."""
    case_id = between.case().case.id
    offer = between.offer(case_id)
    between.accept(offer).unlink()
    between.new_keys(between.other)
    assert between.take(between.accept(offer)).step is Step.ACCEPTED
    assert between.standing(between.desk, case_id).custody is Custody.PASSED_ON


def test_what_is_added_arrives_after_the_giver_got_new_keys(between: Colleagues) -> None:
    case_id = between.case().case.id
    answer = between.accept(between.offer(case_id))
    records.save(between.desk, Contact(case_id=case_id, held_on=dates.today(), content="Nachtrag"))
    between.take(answer)
    between.new_keys(between.desk)
    out = between.path()
    moves.add(between.desk, case_id, out)
    assert between.take(out, between.other).step is Step.ADDED
    assert [each.content for each in between.file(between.other, case_id).contacts][-1:] == ["Nachtrag"]


def test_two_offers_to_two_desks_are_impossible(between: Colleagues, tmp_path: Path) -> None:
    third = make_desk(tmp_path / "third", "Oberau", municipalities=("05999003",))
    enrol(third, between.kreis, tmp_path)
    cards.write(third, tmp_path / "third.kimk")
    colleagues.meet(between.desk, (tmp_path / "third.kimk").read_bytes())
    case_id = between.case().case.id
    offer = between.offer(case_id)
    with pytest.raises(BundleError, match="E423"):
        between.offer(case_id, to=third)
    moves.withdraw(between.desk, case_id, between.path())
    with pytest.raises(BundleError, match="E423"):  # the first one may have accepted before it heard
        between.offer(case_id, to=third)
    later = dates.now() + moves.TERM + GRACE + timedelta(days=2)
    between.offer(case_id, to=third, now=later)
    third.close()
    with pytest.raises(BundleError, match="E425"):
        between.accept(offer, now=later)


def test_an_acceptance_on_its_way_counts_though_the_offer_was_withdrawn(between: Colleagues) -> None:
    case_id = between.case().case.id
    answer = between.accept(between.offer(case_id))
    out = between.path()
    moves.withdraw(between.desk, case_id, out)
    assert between.standing(between.desk, case_id).custody is Custody.OWN
    between.take(answer)
    assert between.standing(between.desk, case_id).custody is Custody.PASSED_ON
    between.take(out, between.other)
    assert between.standing(between.other, case_id).custody is Custody.TAKEN_OVER


def test_an_offer_that_was_withdrawn_is_not_accepted(between: Colleagues) -> None:
    case_id = between.case().case.id
    offer, out = between.offer(case_id), between.path()
    moves.withdraw(between.desk, case_id, out, reason="ein Irrtum")
    assert between.take(out, between.other).reason == "ein Irrtum"
    with pytest.raises(BundleError, match="E426"):
        between.accept(offer)
    between.take(between.refuse(offer))  # so that another desk may be asked at once
    assert between.standing(between.desk, case_id).custody is Custody.OWN


def test_what_was_changed_after_the_offer_is_added(between: Colleagues) -> None:
    case_id = between.case().case.id
    answer = between.accept(between.offer(case_id))
    goal = between.file(between.desk, case_id).goals[0]
    between.save(between.desk, goal, text="Haus")
    between.save(between.other, replace(between.file(between.other, case_id).goals[0], indicator="Vertrag"))
    records.save(between.desk, Contact(case_id=case_id, held_on=dates.today(), content="Nachtrag"))
    between.take(answer)
    out = between.path()
    moves.add(between.desk, case_id, out)
    assert between.take(out, between.other).open == 0
    there = between.file(between.other, case_id)
    assert (there.goals[0].text, there.goals[0].indicator) == ("Haus", "Vertrag")
    assert "Nachtrag" in [each.content for each in there.contacts]
    before = there
    between.take(out, between.other)
    assert between.file(between.other, case_id) == before


def test_nothing_to_add_when_nothing_was_changed(between: Colleagues) -> None:
    case_id = between.case().case.id
    between.handed_over(case_id)
    with pytest.raises(BundleError, match="E421"):
        moves.add(between.desk, case_id, between.path())


def test_a_case_comes_back_and_is_open_again(between: Colleagues) -> None:
    file = between.case()
    between.handed_over(file.case.id)
    there = between.file(between.other, file.case.id)
    between.save(between.other, there.goals[0], text="Umgezogen")
    answer = between.accept(between.offer(file.case.id, by=between.other), at=between.desk)
    between.take(answer, between.other)
    here = between.file(between.desk, file.case.id)
    assert here.goals[0].text == "Umgezogen"
    assert (here.case.file_number, here.case.status) == (file.case.file_number, CaseStatus.ACTIVE)
    assert between.standing(between.desk, file.case.id).custody is Custody.TAKEN_OVER
    assert between.standing(between.other, file.case.id).custody is Custody.PASSED_ON
    assert not conflicts.of_case(between.desk, file.case.id)


def test_a_case_that_came_back_before_anybody_told_the_kreis_is_whole_there(between: Colleagues) -> None:
    """What had not changed meanwhile was not sent again, and dropped at the Kreis as not brought along."""
    exchange = between.exchange(between.desk)
    case_id = exchange.case().case.id
    exchange.round()
    before = exchange.rows_held()
    between.handed_over(case_id)
    between.take(between.accept(between.offer(case_id, by=between.other), at=between.desk), between.other)
    exchange.round()
    assert exchange.rows_held() == before


def test_a_person_of_two_cases_goes_under_another_identity_and_is_known_again(between: Colleagues) -> None:
    file = between.case()
    lina = next(each for each in file.persons if each.given_names == "Lina")
    other = cases.open_new(between.desk, Person(family_name="Osman", given_names="Tarig"))
    records.save(between.desk, Member(case_id=other.id, person_id=lina.id, role=Role.CHILD))
    between.handed_over(file.case.id)
    there = {each.given_names: each.id for each in between.file(between.other, file.case.id).persons}
    assert there["Lina"] != lina.id
    records.save(between.desk, replace(records.get(between.desk, Person, lina.id), phone="0171 5"))
    answer = between.accept(between.offer(file.case.id, by=between.other), at=between.desk)
    between.take(answer, between.other)
    here = {each.given_names: each.id for each in between.file(between.desk, file.case.id).persons}
    assert here == {each.given_names: each.id for each in file.persons}


def test_addresses_of_somebody_protected_go_along_only_when_that_is_said(between: Colleagues) -> None:
    file = between.case()
    client = file.client
    assert client
    between.save(between.desk, client, protected=True)
    offer = between.offer(file.case.id)
    answer = between.accept(offer)
    there = between.file(between.other, file.case.id).client
    assert there
    assert (there.protected, there.street) == (True, "")
    between.take(answer)
    assert between.file(between.desk, file.case.id).client.street == client.street  # type: ignore[union-attr]


def test_addresses_go_along_when_that_is_said(between: Colleagues) -> None:
    file = between.case()
    client = file.client
    assert client
    between.save(between.desk, client, protected=True)
    between.accept(between.offer(file.case.id, addresses=True))
    there = between.file(between.other, file.case.id).client
    assert there
    assert (there.protected, there.street) == (True, client.street)


def test_only_that_desk_can_open_the_file(between: Colleagues, tmp_path: Path) -> None:
    offer = between.offer(between.case().case.id)
    assert arrivals.kind_of(offer) is FileKind.HANDOVER
    with pytest.raises(BundleError, match="E301"):
        between.take(offer, between.desk)
    giver = colleagues.of_desk(between.other, between.id_of(between.desk)).identity
    with pytest.raises(BundleError, match="E301"):
        verify_and_open(
            offer, recipient=device.identity(between.kreis), senders=lambda _: giver, kind="handover"
        )


def test_a_stranger_is_met_by_the_card_beside_the_file(between: Colleagues, tmp_path: Path) -> None:
    third = make_desk(tmp_path / "third", "Oberau", municipalities=("05999003",))
    enrol(third, between.kreis, tmp_path)
    cards.write(third, tmp_path / "third.kimk")
    colleagues.meet(between.desk, (tmp_path / "third.kimk").read_bytes())
    offer = between.offer(between.case().case.id, to=third)
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(offer, alone / offer.name)
    with pytest.raises(BundleError, match="E220"):
        arrivals.look(third, alone / offer.name)
    assert arrivals.look(third, offer).desk_name == "Eschenried"
    assert [each.name for each in colleagues.known(third)] == ["Eschenried"]
    third.close()


def test_a_file_number_that_is_taken_there_is_given_anew(between: Colleagues) -> None:
    file = between.case()
    taken = cases.open_new(between.other, Person(family_name="Anders"))
    cases.save_case(between.other, replace(taken, file_number=file.case.file_number))
    between.handed_over(file.case.id)
    number = between.file(between.other, file.case.id).case.file_number
    assert number
    assert number != file.case.file_number


def test_every_bit_and_every_cut_is_refused(between: Colleagues) -> None:
    data = between.offer(between.case().case.id).read_bytes()
    target = between.home / "stick" / "changed.kimh"
    for at in (*range(0, 400, 7), *range(400, len(data), max(1, len(data) // 60))):
        target.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(KimdeskError):
            arrivals.look(between.other, target)
        target.write_bytes(data[:at])
        with pytest.raises(KimdeskError):
            arrivals.look(between.other, target)


def test_an_unknown_basis_is_refused(between: Colleagues) -> None:
    case_id = between.case().case.id
    with pytest.raises(KimdeskError, match="E713"):
        between.offer(case_id, basis="weil")
    assert between.standing(between.desk, case_id).custody is Custody.OWN
    assert not list((between.home / "stick").glob("*.kimh"))


def test_a_removed_scan_stops_the_same_offer_from_being_written_again(between: Colleagues) -> None:
    case_id = between.case().case.id
    scan: Attachment = attachments.attach(between.desk, case_id, jpeg(), title="Ausweis")
    between.offer(case_id)
    attachments.remove(between.desk, scan, "wrong")
    with pytest.raises(CaseworkError, match="E868"):
        between.offer(case_id)
    assert isinstance(between.file(between.desk, case_id).goals[0], Goal)
