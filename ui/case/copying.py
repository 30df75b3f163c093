"""Phone number and address of a person are copied by one key, and leave the clipboard like the rest.

Of the person whose card has the keyboard, else of the client.
"""

from collections.abc import Callable, Mapping
from typing import Final, Protocol, runtime_checkable

from PySide6.QtWidgets import QApplication, QWidget

from kimdesk.domain.records import CaseFile, Person
from kimdesk.domain.shielding import any_shielded
from kimdesk.texts import say
from ui.program import keys
from ui.program.clipboard import KEPT_S


@runtime_checkable
class OfOnePerson(Protocol):
    """A widget about one person."""

    def copy_of_person(self, what: str) -> str:
        """Copy „phone“ or „address“ of the person; return what to tell the user."""


def offer(page: QWidget, shown: Callable[[], CaseFile | None], tell: Callable[[str], object]) -> None:
    """Bind the keys to ``page``: they copy from the case that is ``shown`` and ``tell`` what was done."""

    def act(what: str) -> None:
        if (file := shown()) is not None:
            card = _around(QApplication.focusWidget())
            tell(card.copy_of_person(what) if card else COPY[what](file, file.client))

    keys.bind(page, "copy_phone", lambda: act("phone"))
    keys.bind(page, "copy_address", lambda: act("address"))


def phone(file: CaseFile, person: Person | None) -> str:
    """Copy the phone number; return what to tell the user: that it was done, or why not."""
    if any_shielded(file.persons):
        return say("case.hidden_not_copied")
    number = person.phone.strip() if person else ""
    return _copied(number, say("case.phone_copied", n=KEPT_S)) if number else say("case.no_phone_to_copy")


def address(file: CaseFile, person: Person | None) -> str:
    """Copy the address in two lines, as it stands on an envelope; return what to tell the user."""
    if any_shielded(file.persons):
        return say("case.hidden_not_copied")
    lines = (person.street, f"{person.postcode} {person.city}") if person else ()
    text = "\n".join(line.strip() for line in lines if line.strip())
    return _copied(text, say("case.address_copied", n=KEPT_S)) if text else say("case.no_address_to_copy")


COPY: Final[Mapping[str, Callable[[CaseFile, Person | None], str]]] = {"phone": phone, "address": address}
"""What can be copied of a person, by name."""


def _around(widget: QWidget | None) -> OfOnePerson | None:
    """Return what is about one person and holds ``widget``."""
    while widget is not None:
        if isinstance(widget, OfOnePerson):
            return widget
        widget = widget.parentWidget()
    return None


def _copied(text: str, told: str) -> str:
    QApplication.clipboard().setText(text)
    return told
