"""Scans travel one by one, as large as may be, and come back as what they are; keys may change meanwhile."""

import tracemalloc
from datetime import timedelta
from typing import Any

import pytest

from kimdesk import kreis, sync
from kimdesk.casework import attachments
from kimdesk.casework.desk import Desk
from kimdesk.casework.scans.scan import MOST_BYTES, Scan
from kimdesk.domain import dates
from kimdesk.domain.custody import Custody
from kimdesk.domain.errors import BundleError, ContentError
from kimdesk.domain.records import Attachment
from kimdesk.sync.arrivals import Step
from kimdesk.sync.passing import passage_file, statements
from kimdesk.sync.passing.common import Courier
from kimdesk.sync.passing.statements import Signed
from kimdesk.sync.sealing import limits
from kimdesk.sync.trust import cards, colleagues
from tests.scan_samples import jpeg
from tests.sync.colleagues_kit import Colleagues


def as_it_came(desk: Desk, case_id: str, data: bytes, title: str = "Ausweis") -> Attachment:
    """Store a scan as an earlier version did: as the camera made it."""
    with desk.writing() as writer:
        return attachments.write(writer, Attachment(case_id=case_id, title=title), Scan(data, "image/jpeg"))


def test_one_limit_holds_for_attaching_and_for_travelling() -> None:
    assert limits.BLOB == MOST_BYTES


def test_a_scan_as_large_as_can_be_attached_travels(between: Colleagues) -> None:
    case_id = between.case().case.id
    picture = jpeg()
    old = as_it_came(between.desk, case_id, picture + bytes(MOST_BYTES - len(picture)))
    offer = between.offer(case_id)
    between.accept(offer)
    assert attachments.content(between.other, old.id) == attachments.inspect(picture).data


def test_scans_of_an_arriving_case_do_not_lie_in_memory_together(between: Colleagues) -> None:
    case_id = between.case().case.id
    for number in range(6):
        as_it_came(between.desk, case_id, jpeg(30 + number, 20) + bytes(4_000_000), f"Seite {number}")
    offer = between.offer(case_id)
    tracemalloc.start()
    between.accept(offer)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(between.file(between.other, case_id).attachments) == 6
    assert peak < 4 * 4_000_000


def test_another_file_in_its_place_while_it_is_read_is_refused(between: Colleagues) -> None:
    case_id = between.case().case.id
    as_it_came(between.desk, case_id, jpeg())
    offer, other = between.offer(case_id), between.offer(case_id)
    courier = Courier.of(between.other)
    arrived = courier.read(offer)
    offer.write_bytes(other.read_bytes())
    with pytest.raises(BundleError, match="E103"):
        list(arrived.content.scans())


def test_a_scan_that_is_missing_in_the_file_refuses_the_case(
    between: Colleagues, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = between.case().case.id
    as_it_came(between.desk, case_id, jpeg())
    real = passage_file.write

    def without_scans(file: Any, manifest: Any, document: bytes, _: Any, **who: Any) -> None:
        real(file, manifest, document, {}, **who)

    monkeypatch.setattr(passage_file, "write", without_scans)
    offer = between.offer(case_id)
    monkeypatch.undo()
    with pytest.raises(ContentError, match="E779"):
        between.accept(offer)
    assert not between.here(between.other, case_id)


def test_a_scan_of_an_earlier_version_comes_back_from_a_cover_as_the_one_it_is(between: Colleagues) -> None:
    case_id = between.case().case.id
    data = jpeg() + b"what a camera left behind"
    old = as_it_came(between.desk, case_id, data)
    between.take(between.lend(case_id, dates.today() + timedelta(days=7)), at=between.other)
    between.take(between.back(case_id))
    [scan] = between.file(between.desk, case_id).attachments
    assert (scan.id, scan.sha256) == (old.id, old.sha256)
    assert attachments.content(between.desk, old.id) == data


def new_keys(between: Colleagues, desk: Desk) -> None:
    """Give a desk new keys, as with its next receipt."""
    path = between.home / "new.kimq"
    sync.request(desk, path, new_keys=True)
    sync.accept(desk, kreis.enrol(between.kreis, path.read_bytes()).certificate)


def test_the_giver_gets_new_keys_between_offer_and_acceptance(between: Colleagues) -> None:
    case_id = between.case().case.id
    answer = between.accept(between.offer(case_id))
    new_keys(between, between.desk)
    assert between.take(answer).step is Step.ACCEPTED
    assert between.standing(between.desk, case_id).custody is Custody.PASSED_ON
    known = between.exchange(between.other)
    [result] = known.carry(known.export(now=dates.now()).path, now=dates.now())
    assert result.result == "applied"


@pytest.mark.parametrize("lost", ["offer", "answer"])
def test_an_offer_written_again_with_new_keys_is_the_same_offer(between: Colleagues, lost: str) -> None:
    case_id = between.case().case.id
    first = between.offer(case_id)
    answer = between.accept(first) if lost == "answer" else None
    new_keys(between, between.desk)
    again = between.offer(case_id)
    second = between.accept(again)  # its card lies beside it
    assert between.take(second).step is Step.ACCEPTED
    if answer:
        assert between.take(answer).step is Step.ACCEPTED, "it was answered once, and counts once"
    for desk in (between.desk, between.other):
        known = between.exchange(desk)
        [result] = known.carry(known.export(now=dates.now()).path, now=dates.now())
        assert result.result == "applied"
    assert between.standing(between.other, case_id).custody is Custody.TAKEN_OVER


def test_the_taker_gets_new_keys_after_its_acceptance_was_lost(between: Colleagues) -> None:
    case_id = between.case().case.id
    offer = between.offer(case_id)
    between.accept(offer).unlink()
    new_keys(between, between.other)
    assert between.take(between.accept(offer)).step is Step.ACCEPTED


def test_a_cover_survives_new_keys_on_both_sides(between: Colleagues) -> None:
    case_id = between.case().case.id
    copy = between.lend(case_id, dates.today() + timedelta(days=7))
    new_keys(between, between.desk)
    between.take(copy, at=between.other)
    new_keys(between, between.other)
    with pytest.raises(BundleError, match="E203"):
        between.back(case_id)  # by now it is known that the keys on the card it has count no more
    card = between.home / "card.kimk"
    cards.write(between.desk, card)
    colleagues.meet(between.other, card.read_bytes())
    between.take(between.back(case_id))
    between.take(between.confirm(case_id), at=between.other)
    assert not between.here(between.other, case_id)


def test_words_that_another_has_put_into_our_offer_are_refused(between: Colleagues) -> None:
    """The same words, but not signed with keys of this desk: whoever took it cannot have got it from us."""
    case_id = between.case().case.id
    offer = between.offer(case_id)
    courier = Courier.of(between.other)
    arrived = courier.read(offer)
    forged = statements.offered_anew(arrived.statement.offer, courier.own)
    reply = statements.sign_reply(forged, "accepted", courier.own, made=courier.moment)
    out = between.path("forged")
    with courier.writing(out) as (_, sending):
        sending.send(Signed(forged, reply), arrived.sender)
    with pytest.raises(BundleError, match="E420"):
        between.take(out)
