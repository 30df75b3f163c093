"""Telephone numbers that dial, and offices as visiting cards for other programs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.casework.local_offices import LocalOffice
from kimdesk.documents.visiting_card import tel, visiting_card
from kimdesk.domain import media
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.platform.schemes import handles


def dials(number: str) -> bool:
    """Return whether ``number`` can be dialled here: it is one, and the system has a program for it."""
    return bool(tel(number)) and handles("tel")


def call(number: str, tell: Callable[[str], object]) -> None:
    """Hand ``number`` to the program that dials; ``tell`` hears when there is none."""
    if not QDesktopServices.openUrl(QUrl(tel(number))):
        tell(say("calendar.call_failed"))


def ask_card(
    context: Context,
    owner: QWidget,
    name: str,
    office: LocalOffice,
    key: str,
    refused: Callable[[Explanation], object],
) -> None:
    """Ask where the visiting card of an office goes, and write it; nobody of a case stands on it."""
    path, _ = QFileDialog.getSaveFileName(owner, say("case.where_to"), f"{name}.vcf", "vCard (*.vcf)")
    if path:
        context.work.write(
            owner,
            lambda: media.write(Path(path), visiting_card(name, office, key)),
            lambda _: context.toast(say("calendar.card_saved")),
            refused,
        )
