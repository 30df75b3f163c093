"""Scans of the practice town: one page each, which says that it is invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

from kimdesk.casework.scans.scan import PDF, Scan
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Attachment, CaseFile, HandOver
from kimdesk.domain.terms import ItemState
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import words

_MOST = 4
_OF_ALL = frozenset(
    {"registration", "lease", "benefit_decision", "asylblg_end", "bamf_decision", "family_documents"}
)
_LETTERS, _LINE = 20, 32  # points
_WRITES = "cp1252"  # what the letters of every PDF reader can write


def scans_of(file: CaseFile, today: date) -> Iterator[tuple[Attachment, Scan]]:
    """Yield up to four scans for a case: papers of its referrals that are at hand, and a signed consent."""
    dice = Dice(f"scans/{file.case.id}")
    papers = sorted(_papers(file, today, dice), key=lambda one: one.valid_until is None)  # what ends first
    for attachment in [*papers, *_consents(file, dice)][:_MOST]:
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
    label = SHIPPED.label("document_kind", kind)
    title = words().scan.title.format(kind=label)
    days = words().scan.valid_days.get(kind)
    added, personal = file.case.opened_on, kind not in _OF_ALL
    return Attachment(
        id=dice.new_id(added),
        case_id=file.case.id,
        title=title,
        document=kind,
        person_id=file.client.id if personal and file.client else "",
        household=not personal,
        added_on=added,
        valid_until=today + timedelta(days=days) if days else None,
        original_at="client",
        handed=_handed(file, about),
        about=about,
    )


def _handed(file: CaseFile, referral_id: str) -> tuple[HandOver, ...]:
    """Return that a copy went along with the referral it was scanned for, once that was sent."""
    sent = (one for one in file.referrals if one.id == referral_id and one.sent_on)
    return tuple(HandOver(one.agency, one.service, one.sent_on) for one in sent)


def _consents(file: CaseFile, dice: Dice) -> Iterator[Attachment]:
    for consent in file.consents[:1]:
        if consent.given_on:
            yield Attachment(
                id=dice.new_id(consent.given_on),
                case_id=file.case.id,
                title=words().scan.consent,
                document="consent_form",
                person_id=file.client.id if file.client else "",
                added_on=consent.given_on,
                original_at="file",
                about=consent.id,
            )


def page(lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one sheet of A4 with ``lines`` on it, the same bytes for the same lines."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    sheet = Canvas(made, pagesize=A4, invariant=1)
    sheet.setFontSize(_LETTERS)
    for number, line in enumerate(lines):
        known = line.encode(_WRITES, "replace").decode(_WRITES)
        sheet.drawString(60, 740 - number * _LINE, known)
    sheet.save()
    return made.getvalue()
