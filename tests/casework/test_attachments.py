"""Scans and photos: only what is one goes in, it says nothing but what it shows, and comes out as it was."""

import os
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pi_heif import open_heif
from PIL import Image

from kimdesk.casework import attachments, cases, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.scans.scan import MOST_BYTES
from kimdesk.casework.today import agenda, next_step
from kimdesk.casework.upkeep import history
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import CaseworkError, KimdeskError, StoreError
from kimdesk.domain.records import Attachment, Case, HandOver
from kimdesk.store import attachments as store
from tests.casework.seen import seen
from tests.pdfs import large as large_pdf
from tests.scan_samples import SAMPLES, SECRET, jpeg, pdf, photo_heic, png

TODAY = date(2026, 11, 24)


def refusal(source: Path | bytes) -> str:
    with pytest.raises(KimdeskError) as refused:
        attachments.inspect(source)
    return refused.value.code


def actions(desk: Desk, case: Case) -> list[str]:
    return [entry.action for entry in history(desk, case.id) if entry.kind == "attachment"]


@pytest.mark.parametrize("media_type", SAMPLES)
def test_a_scan_comes_out_as_it_went_in(desk: Desk, case: Case, media_type: str) -> None:
    scan = attachments.inspect(SAMPLES[media_type]())
    kept = attachments.attach(desk, case.id, scan, title="Pass", document="passport", original_at="client")
    assert (kept.media_type, kept.size, kept.title) == (media_type, len(scan.data), "Pass")
    assert attachments.content(desk, kept.id) == scan.data
    assert cases.peek(desk, case.id).attachments == (kept,)
    assert attachments.verify(desk) == ()


def test_a_large_scan_goes_in_in_pieces_and_comes_out_whole(desk: Desk, case: Case) -> None:
    large = large_pdf(os.urandom(3 * store.PIECE))
    kept = attachments.attach(desk, case.id, large, title="Akte")
    assert attachments.content(desk, kept.id) == large
    assert attachments.usage(desk).bytes == len(large)
    assert not attachments.usage(desk).is_much


@pytest.mark.parametrize("media_type", [kind for kind in SAMPLES if kind != "application/pdf"])
def test_a_photo_does_not_tell_where_it_was_taken(media_type: str) -> None:
    assert SECRET in SAMPLES[media_type]()
    scan = attachments.inspect(SAMPLES[media_type]())
    assert SECRET not in scan.data
    assert b"51.9607" not in scan.data
    assert not scan.place_left


def test_a_cleaned_photo_keeps_every_pixel_and_stands_upright() -> None:
    before, after = jpeg(orientation=6), attachments.inspect(jpeg(orientation=6)).data
    pixels = [Image.open(BytesIO(each)).tobytes() for each in (before, after)]
    assert pixels[0] == pixels[1]
    assert Image.open(BytesIO(after)).getexif() == {0x0112: 6}
    drawn = [Image.open(BytesIO(each)).tobytes() for each in (png(), attachments.inspect(png()).data)]
    assert drawn[0] == drawn[1]
    photos = [open_heif(each) for each in (photo_heic(), attachments.inspect(photo_heic()).data)]
    assert photos[0].data == photos[1].data


def test_the_kind_is_seen_by_content_whatever_the_name(tmp_path: Path) -> None:
    (tmp_path / "bild.jpg").write_bytes(pdf())
    (tmp_path / "brief.pdf").write_bytes(b"MZ" + bytes(100))
    assert attachments.inspect(tmp_path / "bild.jpg").media_type == "application/pdf"
    assert refusal(tmp_path / "brief.pdf") == "E871"
    assert refusal(b"") == "E871"
    assert refusal(b"<svg onload='alert(1)'/>") == "E871"


@pytest.mark.parametrize("media_type", SAMPLES)
def test_half_a_file_is_refused(media_type: str) -> None:
    whole = SAMPLES[media_type]()
    codes = {refusal(whole[: len(whole) * part // 8]) for part in range(6)}
    assert codes <= {"E871", "E872"}


def test_a_file_that_lies_about_its_kind_is_refused() -> None:
    for start in (b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic"):
        assert refusal(start + os.urandom(500)) == "E872"


def test_what_is_too_large_is_refused_without_reading_on(tmp_path: Path) -> None:
    with (tmp_path / "film").open("wb") as film:
        film.truncate(40 * MOST_BYTES)
    assert refusal(tmp_path / "film") == "E870"


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_drawn() -> None:
    bomb = bytearray(png())
    bomb[16:24] = (60_000).to_bytes(4) * 2
    assert refusal(bytes(bomb)) == "E873"


def test_a_second_smaller_size_does_not_hide_the_first() -> None:
    """The picture is drawn in the size before its data; one that was said again behind it counted."""
    whole = jpeg()
    frame = next(at for at in range(2, len(whole)) if whole[at] == 0xFF and whole[at + 1] in (0xC0, 0xC2))
    small = whole[frame : frame + 2 + int.from_bytes(whole[frame + 2 : frame + 4])]
    large = small[:5] + (12_000).to_bytes(2) * 2 + small[9:]
    assert refusal(whole.replace(small, large)[:-2] + small + whole[-2:]) == "E873"


def test_a_stick_that_is_gone_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "stick" / "scan.pdf") == "E940"
    assert refusal(tmp_path) == "E940"


def test_a_pdf_with_a_password_is_kept_unseen(desk: Desk, case: Case) -> None:
    scan = attachments.inspect(pdf("geheim", password="anker"))
    assert scan.pages == 0
    kept = attachments.attach(desk, case.id, scan, title="Bescheid")
    assert attachments.content(desk, kept.id) == scan.data


def test_a_refused_case_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(CaseworkError, match="E853"):
        attachments.attach(desk, "01900000-0000-7000-8000-000000000000", pdf(), title="Pass")
    assert attachments.usage(desk).bytes == 0


def test_whoever_looks_or_takes_a_copy_is_noted(desk: Desk, case: Case) -> None:
    kept = attachments.attach(desk, case.id, pdf(), title="Pass")
    attachments.content(desk, kept.id)
    attachments.content(desk, kept.id, "opened_outside")
    attachments.content(desk, kept.id, "copied_out")
    attachments.remove(desk, kept, "duplicate")
    assert actions(desk, case) == ["removed", "copied_out", "opened_outside", "viewed", "created"]


def test_a_changed_scan_is_never_handed_out(desk: Desk, case: Case) -> None:
    kept = attachments.attach(desk, case.id, pdf(), title="Pass")
    other = attachments.attach(desk, case.id, png(), title="Foto")
    with desk.vault.connection() as database:
        database.execute(
            "UPDATE attachment_piece SET body = zeroblob(10) WHERE attachment_id = ?", (kept.id,)
        )
    with pytest.raises(CaseworkError, match="E874"):
        attachments.content(desk, kept.id)
    assert attachments.verify(desk) == (kept.id,)
    assert attachments.content(desk, other.id)


def test_its_description_changes_and_its_bytes_stay(desk: Desk, case: Case) -> None:
    kept = attachments.attach(desk, case.id, pdf(), title="Pass")
    named = records.save(desk, replace(kept, title="Pass Amna", original_with="Jobcenter"))
    assert attachments.content(desk, named.id) == pdf()
    with pytest.raises(StoreError, match="E905"):
        attachments.remove(desk, kept, "duplicate")


def test_removing_needs_a_reason_and_takes_the_bytes(desk: Desk, case: Case) -> None:
    kept = attachments.attach(desk, case.id, pdf(), title="Pass")
    with pytest.raises(CaseworkError, match="E851"):
        attachments.remove(desk, kept, " ")
    attachments.remove(desk, kept, "wrong_file")
    with pytest.raises(StoreError, match="E909"):
        attachments.content(desk, kept.id)
    with desk.vault.connection() as database:
        assert database.execute("SELECT count(*) FROM attachment_piece").fetchone() == (0,)


def test_erasing_the_case_takes_them_along(desk: Desk, case: Case) -> None:
    attachments.attach(desk, case.id, pdf(), title="Pass")
    cases.erase(desk, case.id)
    with desk.vault.connection() as database:
        assert database.execute("SELECT count(*) FROM attachment_piece").fetchone() == (0,)
    assert attachments.usage(desk).bytes == 0


def test_a_paper_that_runs_out_is_a_date_of_the_case(desk: Desk, case: Case) -> None:
    ends = TODAY + timedelta(days=20)
    attachments.attach(desk, case.id, pdf(), title="Pass Amna", document="passport", valid_until=ends)
    [task] = agenda(desk, TODAY).expiring
    assert (seen(task).title, seen(task).due) == ("Neue Unterlage besorgen: Pass Amna", ends)
    assert task.due.ref.kind == "attachment"
    step = next_step(SHIPPED, cases.peek(desk, case.id), TODAY)
    assert step
    assert seen(step).action == "open_attachment"


def test_a_newer_scan_of_the_same_paper_ends_the_reminder(desk: Desk, case: Case) -> None:
    for days in (20, 900):
        until = TODAY + timedelta(days=days)
        attachments.attach(desk, case.id, pdf(), title="Pass Amna", document="passport", valid_until=until)
    assert agenda(desk, TODAY).expiring == ()


def test_scans_are_found_by_their_names(desk: Desk, case: Case) -> None:
    attachments.attach(desk, case.id, pdf(), title="Geburtsurkunde Yusuf", handed=(HandOver("Standesamt"),))
    assert [row.id for row in cases.find(desk, "geburtsurkunde")] == [case.id]


def test_more_than_two_gigabytes_are_much() -> None:
    assert attachments.Usage(attachments.SOFT_CAP + 1).is_much
    assert not attachments.Usage(attachments.SOFT_CAP).is_much


def test_a_record_without_bytes_is_not_taken_for_an_empty_scan(desk: Desk, case: Case) -> None:
    bare = records.save(desk, Attachment(case_id=case.id, title="Pass"))
    with pytest.raises(CaseworkError, match="E874"):
        attachments.content(desk, bare.id)
