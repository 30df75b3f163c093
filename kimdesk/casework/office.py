"""Settings of the desk that shape its work: how file numbers look."""

from datetime import date

from kimdesk.casework.desk import Desk
from kimdesk.store.folding import sort_key
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader, Writer

TEMPLATE = "{OE}-{JJJJ}-{lfd}"
"""The usual file number: office, year, running number within the year."""

_TEMPLATE_KEY, _OFFICE_KEY, _LAST_KEY = "file_number_template", "office_code", "file_number"
_PLACES = ("{OE}", "{JJJJ}", "{JJ}", "{lfd}")
_CODE_LENGTH, _DIGITS = 3, 3


def file_number_template(desk: Desk) -> tuple[str, str]:
    """Return the template of file numbers and the short name of the office ({OE})."""
    with desk.reading() as reader:
        return _template(reader), _office(reader, desk.name)


def set_file_number_template(desk: Desk, template: str, office: str) -> None:
    """Number cases by ``template`` from now on; ``{OE}`` is ``office``, ``{lfd}`` must be in it.

    Raises ValueError for a template without ``{lfd}``.
    """
    if "{lfd}" not in template:
        raise ValueError("a file number needs {lfd}")
    with desk.writing() as writer:
        set_setting(writer, _TEMPLATE_KEY, template)
        set_setting(writer, _OFFICE_KEY, office)


def next_file_number(writer: Writer, desk_name: str, day: date) -> str:
    """Take the next file number of the year of ``day``."""
    counter = f"{_LAST_KEY}:{day.year}"
    number = int(get_setting(writer, counter) or 0) + 1
    set_setting(writer, counter, str(number))
    values = (_office(writer, desk_name), f"{day.year:04}", f"{day.year % 100:02}", f"{number:0{_DIGITS}}")
    found = _template(writer)
    for place, value in zip(_PLACES, values, strict=True):
        found = found.replace(place, value)
    return found


def _template(reader: Reader) -> str:
    return get_setting(reader, _TEMPLATE_KEY) or TEMPLATE


def _office(reader: Reader, desk_name: str) -> str:
    return get_setting(reader, _OFFICE_KEY) or _short(desk_name)


def _short(name: str) -> str:
    """Return a short name: the initials of several words, else the first three letters."""
    words = [word for word in sort_key(name).split() if not word.isdigit()]
    letters = "".join(word[0] for word in words) if len(words) >= _CODE_LENGTH else "".join(words[-1:])
    return letters[:_CODE_LENGTH].upper() or "KIM"
