"""A checklist in words: what, for whom, why or why not, how it stands, since when. No widgets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.casework.checklists import ChecklistLine, case_lines
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.services import Item, Service
from kimdesk.domain.errors import ContentError
from kimdesk.domain.needs.judging import MissingFact
from kimdesk.domain.records import CaseFile, ChecklistEntry, Referral
from kimdesk.domain.terms import ItemState
from kimdesk.texts import dates, needs, say

UNCLEAR = "unclear"
TONES = {
    ItemState.MISSING: "bad",
    UNCLEAR: "warn",
    ItemState.REQUESTED: "warn",
    ItemState.PRESENT: "ok",
    ItemState.NOT_NEEDED: "text-2",
}
"""How each state is coloured, in the order in which documents are shown."""
_RANK = tuple(TONES)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One document: its code, name and for whom, why it is needed, how it stands, and date.

    ``sign`` is its state, or „unclear“; ``lacking`` are facts that would tell more, each in words; ``paper``
    is the bare name, ``hint`` what the catalogue adds: amounts, that it can follow later.
    """

    code: str
    title: str
    reason: str
    state: ItemState
    word: str
    note: str
    sign: str = ""
    lacking: tuple[tuple[str, MissingFact], ...] = ()
    paper: str = ""
    hint: str = ""

    def spoken(self) -> str:
        """Return the row as a screen reader should say it."""
        return ", ".join(part for part in (self.title, self.word, self.note, self.reason, self.hint) if part)


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


def checklist(
    catalogue: Catalogue, referral: Referral, file: CaseFile, day: date, order: tuple[str, ...] = ()
) -> list[ChecklistRow]:
    """Return the rows of ``referral`` in the case ``file``: as ``order`` names them, else as they press."""
    return rows_of(catalogue, case_lines(catalogue, referral, file, day), file, order)


def rows_of(
    catalogue: Catalogue, lines: Sequence[ChecklistLine], file: CaseFile, order: tuple[str, ...] = ()
) -> list[ChecklistRow]:
    """Return ``lines`` as rows: in ``order`` where it names them, else what is missing first."""
    rows = [_row(catalogue, line, file) for line in lines]
    places = {code: number for number, code in enumerate(order)}
    if places:
        return sorted(rows, key=lambda row: places.get(row.code, len(places)))
    return sorted(rows, key=lambda row: _RANK.index(row.sign))


def counts(catalogue: Catalogue, rows: Sequence[ChecklistRow]) -> list[tuple[str, str]]:
    """Return „6 vorhanden“, „1 fehlt“, „2 zu klären“ … for what occurs, each with its sign."""
    number = Counter(row.sign for row in rows)
    shown = (ItemState.PRESENT, ItemState.REQUESTED, ItemState.MISSING, UNCLEAR, ItemState.NOT_NEEDED)
    return [(sign, f"{number[sign]} {sign_word(catalogue, sign)}") for sign in shown if number[sign]]


def sign_of(line: ChecklistLine) -> str:
    """Return how ``line`` stands: its state, or „unclear“ while nobody can say whether it is needed."""
    return UNCLEAR if line.unclear else line.entry.state


def sign_word(catalogue: Catalogue, sign: str) -> str:
    """Return what a sign says."""
    return say("case.to_be_clarified") if sign == UNCLEAR else catalogue.label("item_state", sign)


def lacking_of(
    catalogue: Catalogue, line: ChecklistLine, file: CaseFile
) -> tuple[tuple[str, MissingFact], ...]:
    """Return the facts that would tell more of ``line``, each in words."""
    return tuple((needs.missing_word(catalogue, one, file), one) for one in needs.wanted(line))


def _row(catalogue: Catalogue, line: ChecklistLine, file: CaseFile) -> ChecklistRow:
    entry, sign = line.entry, sign_of(line)
    return ChecklistRow(
        entry.item,
        needs.title(line, file),
        _reason(catalogue, line, file),
        entry.state,
        sign_word(catalogue, sign),
        _note(entry),
        sign,
        lacking_of(catalogue, line, file),
        line.paper.label if line.paper else entry.item,
        line.paper.note if isinstance(line.paper, Item) else "",
    )


def _reason(catalogue: Catalogue, line: ChecklistLine, file: CaseFile) -> str:
    why = needs.reason(catalogue, line, file)
    if isinstance(line.paper, Item) and not line.paper.checked:
        why = f"{why} · {say('case.unchecked')}"
    return f"{why}\u00a0– {line.entry.note}" if line.entry.note else why


def _note(entry: ChecklistEntry) -> str:
    if entry.valid_until:
        return say("case.valid_until_day", day=dates.full(entry.valid_until))
    if entry.since is None or entry.state is ItemState.NOT_NEEDED:
        return ""
    return say("common.since_day", day=dates.full(entry.since))
