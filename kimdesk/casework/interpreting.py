"""The interpreter ledger: asked for, booked, came or not, for how long, in which language.

An appointment and the talk of the same case on the same day are one occasion; what the talk says counts.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain import media
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.records import Contact, FollowUp, RecordRef
from kimdesk.store import interpreting as stored

_OUTCOME = {
    "professional": "came", "remote": "came", "volunteer": "came", "acquaintance": "lay",
    "no_show": "no_show", "unavailable": "unavailable",
}  # fmt: skip
_OPEN = frozenset({"needed", "requested", "booked"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One talk or appointment and how it stood with interpreting.

    ``state``: needed, requested, booked, cancelled, came, lay (by relatives), no_show, unavailable.
    ``ref`` is that talk or appointment.
    """

    day: date
    case_id: str
    file_number: str
    language: str
    state: str
    minutes: int
    title: str
    ref: RecordRef

    @property
    def failed(self) -> bool:
        """Return whether the talk failed, or would have, for lack of language."""
        return self.state in ("no_show", "unavailable")


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """What one language took in a period; ``language`` is "" where none was noted."""

    language: str
    wanted: int
    booked: int
    came: int
    lay: int
    no_show: int
    unavailable: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """All occasions of a period, the latest first, and their sums per language, the largest first."""

    occasions: tuple[Occasion, ...]
    languages: tuple[LanguageRow, ...]

    @property
    def total(self) -> LanguageRow:
        """Return the sums over all languages."""
        return _sum("", self.occasions)

    def unsettled(self, today: date) -> tuple[Occasion, ...]:
        """Return the booked appointments up to ``today`` of which nobody said whether somebody came."""
        return tuple(each for each in self.occasions if each.state == "booked" and each.day <= today)


def ledger(desk: Desk, first: date, last: date) -> Ledger:
    """Return the ledger from ``first`` to ``last``."""
    with desk.reading() as reader:
        talks = stored.talks(reader.connection, first, last)
        appointments = stored.appointments(reader.connection, first, last)
    held = {(talk.case_id, talk.held_on) for talk, _ in talks}
    occasions = [_of_talk(desk.catalogue, *each) for each in talks]
    occasions += [
        _of_appointment(*each) for each in appointments if (each[0].case_id, each[0].due_on) not in held
    ]
    newest = tuple(sorted(occasions, key=lambda each: (each.day, each.ref.id), reverse=True))
    languages = {each.language for each in newest}
    rows = [_sum(one, [each for each in newest if each.language == one]) for one in languages]
    return Ledger(newest, tuple(sorted(rows, key=lambda row: (-row.wanted, row.language))))


def settle(desk: Desk, follow_up_id: str, *, came: bool) -> FollowUp | None:
    """Note whether the booked interpreter of an appointment came; None when it is gone."""
    with desk.writing() as writer:
        found = writer.get(FollowUp, follow_up_id)
        if found is None:
            return None
        return writer.put(replace(found, interpreter="came" if came else "no_show"))


def write_csv(
    desk: Desk,
    found: Ledger,
    path: Path,
    heads: Sequence[str],
    cells: Callable[[Occasion], Iterable[str]],
) -> int:
    """Write the occasions of ``found`` to ``path`` as CSV, one line each; return how many.

    ``cells`` puts one into words, without names. Raises StoreError E920 to E923 when the folder refuses;
    then nothing is left behind.
    """
    text = io.StringIO()
    lines = [[_harmless(cell) for cell in cells(each)] for each in found.occasions]
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([heads, *lines])
    with desk.writing() as writer:
        writer.record("list_exported", "contact", "")
        media.write(path, text.getvalue().encode("utf-8-sig"))
    return len(lines)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _of_talk(catalogue: Catalogue, talk: Contact, number: str) -> Occasion:
    return Occasion(
        day=talk.held_on,
        case_id=talk.case_id,
        file_number=number,
        language=talk.language,
        state=_OUTCOME.get(talk.interpreter, "lay"),
        minutes=talk.interpreter_minutes or 0,
        title=catalogue.label("contact_form", talk.form),
        ref=ref_of(talk),
    )


def _of_appointment(each: FollowUp, number: str) -> Occasion:
    return Occasion(
        day=each.due_on,
        case_id=each.case_id,
        file_number=number,
        language=each.language,
        state=each.interpreter,
        minutes=0,
        title=each.title,
        ref=ref_of(each),
    )


def _sum(language: str, occasions: Iterable[Occasion]) -> LanguageRow:
    every = tuple(occasions)

    def count(*states: str) -> int:
        return sum(1 for each in every if each.state in states)

    return LanguageRow(
        language=language,
        wanted=len(every),
        booked=count("booked", "came", "no_show"),
        came=count("came"),
        lay=count("lay"),
        no_show=count("no_show"),
        unavailable=count("unavailable"),
        minutes=sum(each.minutes for each in every),
    )
