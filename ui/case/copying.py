"""Phone number and address of the client are copied by one key, and leave the clipboard like the rest."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from kimdesk.domain.records import CaseFile
from kimdesk.domain.shielding import any_shielded
from kimdesk.texts import say
from ui.program import keys
from ui.program.clipboard import KEPT_S


def offer(page: QWidget, shown: Callable[[], CaseFile | None], tell: Callable[[str], object]) -> None:
    """Bind the keys to ``page``: they copy from the case that is ``shown`` and ``tell`` what was done."""

    def act(copy: Callable[[CaseFile], str]) -> None:
        if (file := shown()) is not None:
            tell(copy(file))

    keys.bind(page, "copy_phone", lambda: act(phone))
    keys.bind(page, "copy_address", lambda: act(address))


def phone(file: CaseFile) -> str:
    """Copy the phone number; return what to tell the user: that it was done, or why not."""
    if any_shielded(file.persons):
        return say("case.hidden_not_copied")
    number = file.client.phone.strip() if file.client else ""
    return _copied(number, say("case.phone_copied", n=KEPT_S)) if number else say("case.no_phone_to_copy")


def address(file: CaseFile) -> str:
    """Copy the address in two lines, as it stands on an envelope; return what to tell the user."""
    if any_shielded(file.persons):
        return say("case.hidden_not_copied")
    client = file.client
    lines = (client.street, f"{client.postcode} {client.city}") if client else ()
    text = "\n".join(line.strip() for line in lines if line.strip())
    return _copied(text, say("case.address_copied", n=KEPT_S)) if text else say("case.no_address_to_copy")


def _copied(text: str, told: str) -> str:
    QApplication.clipboard().setText(text)
    return told
