"""The checklist of a referral in words: what, why, how it stands, since when. Plain values, no widgets."""

from collections import Counter
from dataclasses import dataclass

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.services import Item, Service
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import ChecklistEntry, Referral
from kimdesk.domain.terms import ItemState
from kimdesk.texts import dates, say

TONES = {
    ItemState.MISSING: "bad",
    ItemState.REQUESTED: "warn",
    ItemState.PRESENT: "ok",
    ItemState.NOT_NEEDED: "text-2",
}
_RANK = tuple(TONES)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One document: its code, name, why it is needed, state and date."""

    code: str
    title: str
    reason: str
    state: ItemState
    word: str
    note: str

    def spoken(self) -> str:
        """Return the row as a screen reader should say it."""
        return ", ".join(part for part in (self.title, self.word, self.note, self.reason) if part)


def known_service(catalogue: Catalogue, referral: Referral) -> Service | None:
    """Return the service in the version of the referral, None when the catalogue no longer has it."""
    try:
        return catalogue.service(referral.service, referral.service_version)
    except ContentError:
        return None


def standing(sheet: Service) -> str:
    """Return where the facts of ``sheet`` come from, and whether somebody compared them („ungeprüft“)."""
    words = say("local_office.source", source=sheet.source)
    return words if sheet.checked or say("case.unchecked") in words else f"{words} · {say('case.unchecked')}"


def checklist(catalogue: Catalogue, referral: Referral, order: tuple[str, ...] = ()) -> list[ChecklistRow]:
    """Return the rows: in ``order`` where it names them, else what is missing first."""
    sheet = known_service(catalogue, referral)
    rows = [_row(catalogue, entry, sheet.item(entry.item) if sheet else None) for entry in referral.checklist]
    places = {code: number for number, code in enumerate(order)}
    if places:
        return sorted(rows, key=lambda row: places.get(row.code, len(places)))
    return sorted(rows, key=lambda row: _RANK.index(row.state))


def counts(catalogue: Catalogue, referral: Referral) -> list[tuple[ItemState, str]]:
    """Return „6 vorhanden“, „1 fehlt“ … for the states that occur."""
    number = Counter(entry.state for entry in referral.checklist)
    shown = (ItemState.PRESENT, ItemState.REQUESTED, ItemState.MISSING, ItemState.NOT_NEEDED)
    return [
        (state, f"{number[state]} {catalogue.label('item_state', state)}") for state in shown if number[state]
    ]


def _row(catalogue: Catalogue, entry: ChecklistEntry, item: Item | None) -> ChecklistRow:
    title = item.label if item else entry.item
    return ChecklistRow(
        entry.item,
        title,
        _reason(entry, item),
        entry.state,
        catalogue.label("item_state", entry.state),
        _note(entry),
    )


def _reason(entry: ChecklistEntry, item: Item | None) -> str:
    if item is None or item.mandatory:
        why = say("common.always_needed")
    elif entry.state in (ItemState.MISSING, ItemState.NOT_NEEDED):
        why = say("common.if_condition", condition=item.condition)
    else:
        why = say("case.because_condition", condition=item.condition)
    if item and item.per_person:
        why = say("case.why_for_each_person", why=why)
    return f"{why}\u00a0– {entry.note}" if entry.note else why


def _note(entry: ChecklistEntry) -> str:
    if entry.valid_until:
        return say("case.valid_until_day", day=dates.full(entry.valid_until))
    if entry.since is None or entry.state is ItemState.NOT_NEEDED:
        return ""
    return say("common.since_day", day=dates.full(entry.since))
