"""Attachments in words: what they prove, where the original is, how long they are valid. Plain values."""

from collections.abc import Iterable, Sequence
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Attachment, CaseFile
from kimdesk.texts import dates, numbers, say
from kimdesk.texts.bidi import apart
from ui.case.about import about_word
from ui.case.cards import joined
from ui.kit.listing import TaskRow

_ANY = "other"


def ordered(catalogue: Catalogue, attachments: Iterable[Attachment], today: date) -> list[Attachment]:
    """Return the attachments, first those that expired or will soon, then the newest."""
    newest = sorted(attachments, key=lambda one: (one.added_on or date.min, one.id), reverse=True)
    return sorted(newest, key=lambda one: not is_ending(catalogue, one, today))


def is_ending(catalogue: Catalogue, one: Attachment, today: date) -> bool:
    """Return whether it has expired or will soon."""
    first = catalogue.rules.agenda.windows["document_ends"].first
    return one.valid_until is not None and first(one.valid_until) <= today


def row(catalogue: Catalogue, one: Attachment, today: date) -> TaskRow:
    """Return one attachment as a row of the list."""
    what = catalogue.label("document_kind", one.document)
    last = one.handed[-1].to if one.handed else ""
    handed = say("case.handed_to_who", who=last) if last else ""
    until = say("common.until_day", day=dates.full(one.valid_until)) if one.valid_until else ""
    text, tone = validity(catalogue, one, today)
    icon = {"bad": "overdue", "warn": "expiring"}.get(tone, icon_of(one))
    return TaskRow(
        icon,
        tone or "text-2",
        one.title or "–",
        "",
        joined(what, handed),
        until,
        text,
        one.id,
        tone or "text-2",
    )


def icon_of(one: Attachment) -> str:
    """Return the sign of its kind."""
    return "file-pdf" if one.media_type.endswith("pdf") else "image"


def validity(catalogue: Catalogue, one: Attachment, today: date) -> tuple[str, str]:
    """Return „abgelaufen“, „läuft ab“ or nothing, and its tone."""
    if one.valid_until and one.valid_until < today:
        return say("case.has_expired"), "bad"
    return (say("case.expires_soon"), "warn") if is_ending(catalogue, one, today) else ("", "")


def kind_word(media_type: str) -> str:
    """Return what kind of file it is („PDF“, „Foto (HEIC)“)."""
    name = media_type.rpartition("/")[2].upper()
    return name if name == "PDF" else say("case.picture_kind", kind=name)


def facts(catalogue: Catalogue, one: Attachment, file: CaseFile) -> list[tuple[str, str]]:
    """Return what is said about it as pairs of words."""
    size = joined(kind_word(one.media_type), numbers.size(one.size))
    pairs = (
        (say("case.proves"), catalogue.label("document_kind", one.document)),
        (say("case.original"), catalogue.label("original_place", one.original_at)),
        (say("case.valid_until"), dates.full(one.valid_until) if one.valid_until else ""),
        (say("case.handed_to"), apart(", ").join(each.to for each in one.handed)),
        (say("case.belongs_to"), about_word(catalogue, one.about, file)),
        (say("case.annotation"), one.note),
        (say("case.added_on"), joined(dates.full(one.added_on), size)),
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
