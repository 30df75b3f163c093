"""Who is responsible for a service where the client lives, with the place to note it once for the desk."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kimdesk.casework import local_offices
from kimdesk.casework.local_offices import LocalOffice, Responsibility
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.texts import offices, say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.case.editing import Editing
from ui.forms.editors.long_text import GrowingText
from ui.forms.flow import FlowBox
from ui.kit.base import clear
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.papers.calling import ask_card, call, dials


class OfficeCard(Card):
    """Says who is responsible for the shown service; ``changed`` is told of what was noted."""

    shown = Signal(str)  # the name the desk noted, "" for none

    def __init__(self, editing: Editing, changed: Callable[[LocalOffice], None] = lambda _: None) -> None:
        super().__init__()
        self.setObjectName("office_card")
        self._editing, self._changed = editing, changed
        self._service, self._version = "", 0
        self._found: Responsibility | None = None

    def show_service(self, service: str, version: int) -> None:
        """Show who it is for ``service`` where the case is."""
        self._service, self._version = service, version
        desk, place = self._editing.context.desk, self._place
        self._editing.context.work.read(
            self,
            lambda: local_offices.responsible_for(desk, service, place, version),
            lambda found: self._show(service, found),
            lambda _: self.hide(),
        )

    @property
    def _place(self) -> str:
        return self._editing.file.case.ags

    def _show(self, service: str, found: Responsibility) -> None:
        if service != self._service:
            return
        self._found = found
        clear(self.body)
        self.set_tone("warn" if found.to_ask and not found.noted else "surface")
        for words, use, tone in self._lines(found):
            self.body.addWidget(Text(words, use, tone, wrap=True))
        word = say("local_office.change") if found.noted else say("local_office.note")
        note = secondary(word, "pencil-simple", "small")
        note.setObjectName("note_office")
        note.clicked.connect(self._ask)
        acts = FlowBox(8)
        for button in (note, *self._reaching(service, found)):
            acts.flow.addWidget(button)
        self.body.addWidget(acts)
        self.setAccessibleName(offices.who(found))
        self.show()
        self.shown.emit(found.name)

    def _lines(self, found: Responsibility) -> list[tuple[str, str, str]]:
        lines = [(offices.who(found), "strong", "text"), (offices.reached(found), "table", "text")]
        lines.append((offices.kind(found), "table", "text-2"))
        if found.by_law and not found.noted and not found.by_law.checked:
            lines.append((say("local_office.unchecked_rule"), "meta", "text-2"))
            self.setToolTip(say("local_office.source", source=found.by_law.source))
        return [line for line in lines if line[0]]

    def _reaching(self, service: str, found: Responsibility) -> Iterator[Button]:
        """Yield the ways to an office that the desk noted: calling it, and its visiting card."""
        if (office := found.noted) is None:
            return
        context, name = self._editing.context, office.name or self._editing.catalogue.service_name(service)
        if dials(office.phone):
            ring = quiet(say("calendar.call"), "phone", "small")
            ring.setObjectName("call_office")
            ring.setAccessibleName(f"{say('calendar.call')}: {name}, {office.phone}")
            ring.clicked.connect(lambda _: call(office.phone, context.toast))
            yield ring
        card = quiet(say("calendar.card"), "identification-card", "small")
        card.setObjectName("office_as_card")
        card.setAccessibleName(f"{say('calendar.card')}: {name}")
        key = f"{service}:{self._place}"
        card.clicked.connect(lambda _: ask_card(context, self, name, office, key, self._refuse))
        yield card

    def _refuse(self, explanation: Explanation) -> None:
        notice = Notice("bad")
        notice.setObjectName("office_problem")
        notice.explain(explanation)
        self.body.addWidget(notice)

    def _ask(self) -> None:
        noted = self._found.noted if self._found else None
        OfficeDialog(self, self._editing, self._service, noted or LocalOffice(), self._noted).open()

    def _noted(self, office: LocalOffice) -> None:
        self._editing.saved(say("local_office.forgotten") if office.is_blank else say("local_office.saved"))
        self.show_service(self._service, self._version)
        self._changed(office)


class OfficeDialog(Dialog):
    """Name, address and telephone of an office; ``done`` is told what is kept."""

    def __init__(
        self,
        parent: QWidget,
        editing: Editing,
        service: str,
        office: LocalOffice,
        done: Callable[[LocalOffice], None],
    ) -> None:
        name = editing.catalogue.service_name(service)
        super().__init__(parent, say("local_office.ask", service=name), accept=say("common.save"))
        self.setObjectName("office_dialog")
        self._editing, self._service, self._done = editing, service, done
        self._name, self._phone = QLineEdit(office.name), QLineEdit(office.phone)
        self._address = GrowingText(2)
        self._address.setPlainText(office.address)
        self.add_text(_scope(editing.file.case.ags))
        self._add("name", say("local_office.name"), self._name)
        self._add("address", say("local_office.address"), self._address)
        self._add("phone", say("local_office.phone"), self._phone)
        focus.go(self._name)

    def _add(self, key: str, label: str, editor: QWidget) -> None:
        editor.setObjectName(f"office_{key}")
        editor.setAccessibleName(label)
        self.body.addWidget(FieldBox(label, editor))

    def accept(self) -> None:
        """Keep what is typed for all cases of the place."""
        desk, place, service = self._editing.context.desk, self._editing.file.case.ags, self._service
        office = LocalOffice(
            name=self._name.text(), address=self._address.toPlainText(), phone=self._phone.text()
        )
        self._editing.context.work.write(
            self,
            lambda: local_offices.note_office(desk, service, place, office),
            self._kept,
            self.set_problem,
        )

    def _kept(self, office: LocalOffice) -> None:
        super().accept()
        self._done(office)


def _scope(place: str) -> str:
    if not place:
        return say("local_office.for_desk")
    return say("local_office.for_place", place=municipality_name(place))
