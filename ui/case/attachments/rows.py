"""Attachments in words: what they prove, where the original is, how long they are valid. Plain values."""

from collections.abc import Sequence
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Attachment, CaseFile
from kimdesk.texts import dates, numbers, say
from ui.case.about import about_word
from ui.case.attachments.entries import handed_word, original_word
from ui.case.cards import joined

_ANY = "other"


def icon_of(one: Attachment) -> str:
    """Return the sign of its kind."""
    return "file-pdf" if one.media_type.endswith("pdf") else "image"


def kind_word(media_type: str) -> str:
    """Return what kind of file it is („PDF“, „Foto (HEIC)“)."""
    name = media_type.rpartition("/")[2].upper()
    return name if name == "PDF" else say("case.picture_kind", kind=name)


def facts(catalogue: Catalogue, one: Attachment, file: CaseFile, today: date) -> list[tuple[str, str]]:
    """Return what is said about it as pairs of words."""
    size = joined(kind_word(one.media_type), numbers.size(one.size)) if one.sha256 else ""
    since = say("common.since_day", day=dates.full(one.original_since)) if one.original_since else ""
    pairs = (
        (say("case.proves"), catalogue.label("document_kind", one.document)),
        (say("case.original"), joined(original_word(catalogue, one), since)),
        (say("wallet.applied"), dates.full(one.applied_on) if one.applied_on else ""),
        (say("wallet.issued"), dates.full(one.issued_on) if one.issued_on else ""),
        (say("case.valid_until"), dates.full(one.valid_until) if one.valid_until else ""),
        *((say("wallet.handed"), joined(each.to, handed_word(each, today))) for each in one.handed),
        (say("case.belongs_to"), about_word(catalogue, one.about, file)),
        (say("case.annotation"), one.note),
        (say("case.added_on"), joined(dates.full(one.added_on), size) if one.sha256 else ""),
    )
    return [(name, text) for name, text in pairs if text]


def proving(item: str, title: str, referral_id: str, attachments: Sequence[Attachment]) -> list[Attachment]:
    """Return the attachments that are the paper ``item`` of a checklist.

    Those of the same kind, whatever they were scanned for; and, for a paper that is no kind of its own, those
    of this referral that bear its name.
    """
    return [
        one
        for one in attachments
        if (one.document == item and item != _ANY)
        or (one.about == referral_id and one.title.casefold() == title.casefold())
    ]
