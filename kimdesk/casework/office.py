"""Settings of the desk that shape its work: how file numbers look (DOMAIN §2: ``{OE}-{JJJJ}-{lfd}``)."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case
from kimdesk.store.folding import sort_key
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader, Writer

TEMPLATE = "{OE}-{JJJJ}-{lfd}"
"""The usual file number: office, year, running number within the year."""

BAD_TEMPLATE = "E858"
LONGEST = 40
"""What a template and a short name may have, in characters: a file number has to fit on a folder's spine."""

_TEMPLATE_KEY, _OFFICE_KEY, _LAST_KEY = "file_number_template", "office_code", "file_number"
_NUMBER, _YEARS = "{lfd}", ("{JJJJ}", "{JJ}")
_PLACES = ("{OE}", *_YEARS, _NUMBER)
_CODE_LENGTH, _DIGITS = 3, 3
_table = RECORD_TABLES[Case]
_TAKEN = Statement(select(_table.c.id).where(_table.c.file_number == bindparam("number_")))


@dataclass(frozen=True, slots=True)
class FileNumbers:
    """How cases are numbered: ``template`` with its places, ``office`` for ``{OE}``."""

    template: str
    office: str

    def number(self, running: int, year: int) -> str:
        """Return the file number that is the ``running`` one (from 1) of ``year``."""
        values = (self.office, f"{year:04}", f"{year % 100:02}", f"{running:0{_DIGITS}}")
        filled = dict(zip(_PLACES, values, strict=True))
        return re.sub(r"\{\w+\}", lambda place: filled[place[0]], self.template)

    @property
    def yearly(self) -> bool:
        """Return whether the running number begins anew each year: only where the year can be read."""
        return any(year in self.template for year in _YEARS)


def checked(template: str, office: str) -> FileNumbers:
    """Return both without outer blanks. Raises CaseworkError E858 when they number nothing sensibly:

    without ``{lfd}``, with a place nobody knows, with braces that are none, too long, or ``{OE}`` of nothing.
    """
    wanted = FileNumbers(" ".join(template.split()), " ".join(office.split()))
    rest = re.sub("|".join(map(re.escape, _PLACES)), "", wanted.template)
    if _NUMBER not in wanted.template or "{" in rest or "}" in rest:
        raise CaseworkError(BAD_TEMPLATE)
    if max(len(wanted.template), len(wanted.office)) > LONGEST or set("{}") & set(wanted.office):
        raise CaseworkError(BAD_TEMPLATE)
    if "{OE}" in wanted.template and not wanted.office:
        raise CaseworkError(BAD_TEMPLATE)
    return wanted


def file_numbers(desk: Desk) -> FileNumbers:
    """Return how the desk numbers its cases."""
    with desk.reading() as reader:
        return _kept(reader, desk.name)


def next_free(desk: Desk, wanted: FileNumbers, day: date | None = None) -> str:
    """Return the number a case opened on ``day`` (today when None) would get with ``wanted``."""
    with desk.reading() as reader:
        return _free(reader, wanted, (day or today()).year)[0]


def set_file_numbers(desk: Desk, template: str, office: str) -> FileNumbers:
    """Number cases by ``template`` from now on, with ``office`` for ``{OE}``; older numbers stay.

    Raises CaseworkError E858 as ``checked``.
    """
    wanted = checked(template, office)
    with desk.writing() as writer:
        set_setting(writer, _TEMPLATE_KEY, wanted.template)
        set_setting(writer, _OFFICE_KEY, wanted.office)
        writer.record("file_numbers_set", "vault", _TEMPLATE_KEY)
    return wanted


def next_file_number(
    writer: Writer, desk_name: str, day: date, promised: Container[str] = frozenset()
) -> str:
    """Take the next file number of the year of ``day`` that no case has, and none that is ``promised``."""
    wanted = _kept(writer, desk_name)
    number, running = _free(writer, wanted, day.year, promised)
    set_setting(writer, _counter(wanted, day.year), str(running))
    return number


def _free(
    reader: Reader, wanted: FileNumbers, year: int, promised: Container[str] = frozenset()
) -> tuple[str, int]:
    running = int(get_setting(reader, _counter(wanted, year)) or 0) + 1
    while (number := wanted.number(running, year)) in promised or _TAKEN.first(reader.connection, number):
        running += 1
    return number, running


def _counter(wanted: FileNumbers, year: int) -> str:
    return f"{_LAST_KEY}:{year}" if wanted.yearly else _LAST_KEY


def _kept(reader: Reader, desk_name: str) -> FileNumbers:
    template = get_setting(reader, _TEMPLATE_KEY) or TEMPLATE
    return FileNumbers(template, get_setting(reader, _OFFICE_KEY) or _short(desk_name))


def _short(name: str) -> str:
    """Return a short name: the initials of several words, else the first three letters."""
    words = [word for word in sort_key(name).split() if not word.isdigit()]
    letters = "".join(word[0] for word in words) if len(words) >= _CODE_LENGTH else "".join(words[-1:])
    return letters[:_CODE_LENGTH].upper() or "KIM"
