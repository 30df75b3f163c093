"""Reading a form strictly: its shape, then whether it makes sense, then the code lists it chooses from."""

from collections.abc import Callable, Mapping
from typing import Any

from kimdesk.domain.errors import ContentError
from kimdesk.forms.check import complaints, lists_named
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import FormDefinition, FormSheet
from kimdesk.forms.shape import shaped

FindList = Callable[[str], CodeList]


def parse(table: Mapping[str, Any], name: str, find_list: FindList) -> FormDefinition:
    """Return the form that ``table`` describes; ``find_list`` raises ContentError for an unknown code list.

    Raises ContentError E700 when it is broken.
    """
    sheet = shaped(table, FormSheet, name)
    lists = _lists(sheet, find_list)
    place = "form" if sheet.name != name else next(complaints(sheet, lists), "")
    if place:
        raise ContentError("E700", name=name, place=place)
    facts = {field: getattr(sheet, field) for field in sheet.__struct_fields__}
    return FormDefinition(**facts, lists=lists)


def _lists(sheet: FormSheet, find_list: FindList) -> dict[str, CodeList]:
    found = {}
    for name in lists_named(sheet):
        try:
            found[name] = find_list(name)
        except ContentError:
            continue  # a complaint
    return found
