"""Scans of the practice town: one page each, which says that it is invented."""

from collections.abc import Iterator
from datetime import date, timedelta

from kimdesk.casework.scans import PDF, Scan
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Attachment, CaseFile
from kimdesk.domain.terms import ItemState
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import words

_MOST = 4


def scans_of(file: CaseFile, today: date) -> Iterator[tuple[Attachment, Scan]]:
    """Yield up to four scans for a case: papers of its referrals that are at hand, and a signed consent."""
    dice = Dice(f"scans/{file.case.id}")
    for attachment in [*_papers(file, today, dice), *_consents(file, dice)][:_MOST]:
        kind = SHIPPED.label("document_kind", attachment.document)
        yield attachment, Scan(page((words().scan.mark, attachment.title, kind)), PDF)


def _papers(file: CaseFile, today: date, dice: Dice) -> Iterator[Attachment]:
    seen: set[str] = set()
    for referral in file.referrals:
        for entry in referral.checklist:
            if entry.state is ItemState.PRESENT and entry.item in SHIPPED.code_list("document_kind"):
                if entry.item not in seen and file.client:
                    yield _paper(file, entry.item, referral.id, today, dice)
                seen.add(entry.item)


def _paper(file: CaseFile, kind: str, about: str, today: date, dice: Dice) -> Attachment:
    label, name = SHIPPED.label("document_kind", kind), full_name(file.client) if file.client else ""
    title = words().scan.title.format(kind=label, name=name)
    days = words().scan.valid_days.get(kind)
    added = file.case.opened_on
    return Attachment(
        id=dice.new_id(added),
        case_id=file.case.id,
        title=title,
        document=kind,
        added_on=added,
        valid_until=today + timedelta(days=days) if days else None,
        original_at="client",
        about=about,
    )


def _consents(file: CaseFile, dice: Dice) -> Iterator[Attachment]:
    for consent in file.consents[:1]:
        if consent.given_on:
            yield Attachment(
                id=dice.new_id(consent.given_on),
                case_id=file.case.id,
                title=words().scan.consent,
                document="consent_form",
                added_on=consent.given_on,
                original_at="file",
                about=consent.id,
            )


def page(lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one sheet of A4 with ``lines`` on it."""
    spoken = (line.encode("cp1252", "replace") for line in lines)
    escaped = (each.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for each in spoken)
    text = b"BT /F 20 Tf 60 740 Td 32 TL " + b" ".join(b"(%b) Tj T*" % each for each in escaped) + b" ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%b endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ending = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + ending
