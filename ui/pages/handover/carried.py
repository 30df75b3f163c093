"""What was in a package that was written: case by case, each record as it left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.carried import CarriedWords
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.sync import CarriedRecord

WIDTH = 640
AT_ONCE = 8
"""How many records are shown before somebody asks for more."""


@dataclass(frozen=True, slots=True)
class KeptPackage:
    """A package of which it is known what it carried; ``words`` say its number and day."""

    epoch: int
    seq: int
    words: str


@dataclass(frozen=True, slots=True)
class OpenedPackage:
    """What a package carried; ``names`` of the cases by their identity."""

    records: "Sequence[CarriedRecord]"
    names: dict[str, str]


Read = Callable[[KeptPackage, Callable[[OpenedPackage], None]], None]


class CarriedDialog(Dialog):
    """Asks which package, the last one first, and shows it; ``read`` gets one and who is told of it."""

    def __init__(
        self, parent: QWidget, packages: Sequence[KeptPackage], read: Read, catalogue: "Catalogue"
    ) -> None:
        super().__init__(parent, say("handover.what_was_in_package"), accept=say("common.close"))
        self.setObjectName("carried_dialog")
        self.widen(WIDTH)
        self.reject_button.hide()
        self._packages, self._read, self._words = packages, read, CarriedWords(catalogue)
        self._waiting: Iterator[CarriedRecord] = iter(())
        self._names: dict[str, str] = {}
        self._left, self._case = 0, ""
        self._choice = DropDown()
        self._choice.setObjectName("carried_package")
        self._choice.addItems([each.words for each in packages])
        self._choice.currentIndexChanged.connect(self._ask)
        box = FieldBox(say("handover.package"), self._choice)
        box.setVisible(bool(packages))
        self.body.addWidget(box)
        self._rows = QVBoxLayout()
        spaced(self._rows, 6)
        self.body.addLayout(self._rows)
        self._more = quiet("", size="inline")
        self._more.setObjectName("more_carried")
        self._more.clicked.connect(self._show_more)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more.hide()
        if packages:
            self._ask(0)
        else:
            self.add_text(say("handover.nothing_kept_of_packages"))

    def _ask(self, number: int) -> None:
        self._read(self._packages[number], self._show)

    def _show(self, found: OpenedPackage) -> None:
        clear(self._rows)
        self._names, self._case = found.names, ""
        self._waiting, self._left = iter(found.records), len(found.records)
        if not found.records:
            self._rows.addWidget(Text(say("handover.nothing"), "body", "text-2", wrap=True))
        self._show_more()

    def _show_more(self) -> None:
        for each, _ in zip(self._waiting, range(min(AT_ONCE, self._left)), strict=False):
            self._add(each)
            self._left -= 1
        self._more.setVisible(self._left > 0)
        self._more.setText(say("handover.n_more_records", n=self._left))
        self.fit()

    def _add(self, each: "CarriedRecord") -> None:
        if each.case_id and each.case_id != self._case:
            self._case = each.case_id
            name = self._names.get(each.case_id) or say("common.without_name")
            self._rows.addWidget(Text(name, "section", wrap=True))
        self._rows.addWidget(Text(self._words.title(each), "strong", wrap=True))
        for one in self._words.fields(each):
            self._rows.addWidget(Text(f"{one.label}: {one.value}", "table", "text-2", wrap=True))
        self._rows.addWidget(rule())


class FiguresDialog(Dialog):
    """Shows the figures that would leave, number by number, and which of them are hidden."""

    def __init__(self, parent: QWidget, figures: "CarriedRecord", catalogue: "Catalogue") -> None:
        super().__init__(parent, say("handover.figures_one_by_one"), accept=say("common.close"))
        self.setObjectName("figures_dialog")
        self.widen(WIDTH)
        self.reject_button.hide()
        self.add_text(say("handover.why_figures_are_hidden"))
        for each in CarriedWords(catalogue).fields(figures):
            self.body.addWidget(Text(f"{each.label}: {each.value}", "table", wrap=True))
