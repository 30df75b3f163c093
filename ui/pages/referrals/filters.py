"""The filters of the list: which part of it, whose office, whose cases."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QWidget

from kimdesk.casework.referral_list import ReferralGroup
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import restyle, spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.drop_down import DropDown
from ui.theme import theme

_LETTERS = 15


class ReferralFilters(QWidget):
    """Chips with counts, two lists; ``changed`` carries what to ask the store, ``export`` the wish for it."""

    changed = Signal(dict)
    export = Signal()

    def __init__(self, catalogue: Catalogue, worker: str) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._words = {None: say("referrals.all")} | {
            group: say(f"referrals.group_{group}") for group in ReferralGroup
        }
        self._chips = {group: _chip(group, word) for group, word in self._words.items()}
        self._chips[None].setChecked(True)
        chips = QButtonGroup(self)
        for group, chip in self._chips.items():
            chips.addButton(chip)
            chip.clicked.connect(lambda _=False, group=group: self.changed.emit({"group": group}))
        self._office = _box("filter_office", say("referrals.office"))
        self._office.addItem(say("referrals.all_offices"), "")
        self._office.currentIndexChanged.connect(lambda _: self._choose(self._office, "office"))
        self._worker = _box("filter_worker", say("referrals.whose"))
        self._worker.addItem(say("referrals.every_case"), "")
        self._worker.addItem(say("referrals.my_cases"), worker)
        self._worker.currentIndexChanged.connect(lambda _: self._choose(self._worker, "worker"))
        self._export = quiet(say("referrals.print_list"), "export", size="small")
        self._export.setObjectName("export_referrals")
        self._export.clicked.connect(self.export)
        self._lay_out()

    def show_counts(self, counts: Mapping[ReferralGroup, int]) -> None:
        """Show how many referrals each part has."""
        for group, word in self._words.items():
            number = counts[group] if group else sum(counts.values())
            self._chips[group].setText(f"{word}\u2002{number}")

    def show_offices(self, offices: Sequence[str]) -> None:
        """Offer ``offices``; the chosen one stays."""
        chosen = self._office.currentData()
        names = {each: self._catalogue.service_name(each) for each in offices}
        with QSignalBlocker(self._office):
            self._office.clear()
            self._office.addItem(say("referrals.all_offices"), "")
            for code in sorted(
                {*names, *([chosen] if chosen else [])}, key=lambda each: names.get(each, each)
            ):
                self._office.addItem(names.get(code, code), code)
            self._office.setCurrentIndex(max(self._office.findData(chosen), 0))

    def reset(self) -> None:
        """Take all filters away."""
        self._chips[None].setChecked(True)
        with QSignalBlocker(self._office), QSignalBlocker(self._worker):
            self._office.setCurrentIndex(0)
            self._worker.setCurrentIndex(0)
        for box in (self._office, self._worker):
            restyle(box, state="")
        self.changed.emit({"group": None, "office": "", "worker": ""})

    def _choose(self, box: DropDown, name: str) -> None:
        restyle(box, state="on" if box.currentIndex() else "")
        self.changed.emit({name: box.currentData()})

    def _lay_out(self) -> None:
        way = QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight
        whole = QBoxLayout(way, self)
        spaced(whole, 6 if theme().stacked else 8)
        first = QHBoxLayout()
        spaced(first, 4)
        for chip in self._chips.values():
            first.addWidget(chip)
        first.addStretch(1)
        rest = FlowBox(gap=6) if theme().stacked else QWidget()
        row = rest.flow if isinstance(rest, FlowBox) else QHBoxLayout(rest)
        if isinstance(row, QHBoxLayout):
            spaced(row, 8)
        for each in (self._office, self._worker, self._export):
            row.addWidget(each)
        whole.addLayout(first, 1)
        whole.addWidget(rest)
        if theme().stacked:
            first.addWidget(_opener(rest))


def _opener(rest: QWidget) -> Button:
    """Return a button that shows and hides what else filters while the text is large."""
    button = secondary(say("common.filters"), "funnel-simple", "small")
    button.setObjectName("more_filters")
    button.setCheckable(True)
    button.toggled.connect(rest.setVisible)
    rest.hide()
    return button


def _chip(group: ReferralGroup | None, word: str) -> Button:
    chip = Button(word, "chip", size="small")
    chip.setObjectName(f"group_{group or 'all'}")
    chip.setCheckable(True)
    return chip


def _box(object_name: str, name: str) -> DropDown:
    box = DropDown()
    box.setObjectName(object_name)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LETTERS)
    return box
