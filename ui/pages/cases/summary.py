"""The chosen case in short, beside the list: next step first, then household, phase, goals and contacts."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.catalogue.codes import code_list
from kimdesk.domain.dates import age_on
from kimdesk.domain.records import CaseFile, Contact
from kimdesk.domain.terms import Role
from ui import dates
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.text import Text
from ui.pages.cases.presenter import Summary
from ui.text import tr


class CaseSummary(Card):
    """A card with the chosen case; ``opened`` carries the target to go to."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._content = QVBoxLayout()
        spaced(self._content, 10)
        self.body.addLayout(self._content)
        self.body.addStretch(1)
        self._target = ""
        row = QHBoxLayout()
        spaced(row, 8)
        for name, button, sub in (
            ("open_case", primary(tr("Open case")), ""),
            ("note_contact", secondary(tr("Contact"), "note-pencil"), "/contacts"),
        ):
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, sub=sub: self.opened.emit(self._target + sub))
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_summary(self, summary: Summary) -> None:
        """Show ``summary``."""
        self._target = f"case:{summary.file.case.id}"
        clear(self._content)
        self._content.addWidget(_head(summary.file))
        if summary.step is not None:
            card = Card(tone="tint")
            card.body.addWidget(Text(tr("Next step"), "label", "accent"))
            card.body.addWidget(Text(summary.step.title, "strong", wrap=True))
            card.body.addWidget(Text(summary.step.reason, "table", "text-2", wrap=True))
            self._content.addWidget(card)
        for title, text in _facts(summary.file):
            self._content.addWidget(_fact(title, text))


def _head(file: CaseFile) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 2)
    client = file.client
    name = f"{client.given_names} {client.family_name}".strip() if client else tr("without name")
    column.addWidget(Text(name, "section", wrap=True))
    today = date.today()  # noqa: DTZ011 - the worker's calendar day
    age = f"{age_on(client.birth_date, today)} {tr('years')}\u2002·\u2002" if client and client.birth_date else ""
    column.addWidget(Text(f"{age}{file.case.file_number}", "table", "text-2"))
    return holder


def _facts(file: CaseFile) -> list[tuple[str, str]]:
    others = {member.person_id for member in file.members if member.role is not Role.CLIENT}
    household = ", ".join(person.given_names for person in file.persons if person.id in others)
    phase = f"{file.case.phase.number} {tr('of')} 7 · {code_list('phase').label(file.case.phase)}"
    held = max(file.contacts, key=lambda contact: contact.held_on, default=None)
    goals = tr("{n} agreed", n=len(file.goals)) if file.goals else tr("none yet")
    return [
        (tr("Household"), household or tr("lives alone")),
        (tr("Phase"), phase),
        (tr("Goals"), goals),
        (tr("Last contact"), _contact(held) if held else tr("none yet")),
    ]


def _contact(contact: Contact) -> str:
    today = date.today()  # noqa: DTZ011 - the worker's calendar day
    words = [dates.short(contact.held_on, today), code_list("contact_form").label(contact.form)]
    if contact.minutes:
        words.append(f"{contact.minutes} {tr('minutes')}")
    return " · ".join(words)


def _fact(title: str, text: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 0)
    column.addWidget(Text(title, "meta", "text-2"))
    column.addWidget(Text(text, "table", wrap=True))
    return holder
