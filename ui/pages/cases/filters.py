"""The filters above the list of cases: ready-made views, words, phase, regime, municipality, order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from kimdesk.casework.case_views import OwnView
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.terms import Phase
from kimdesk.texts import say
from kimdesk.texts.derivation import spoken
from ui.forms.flow import FlowBox
from ui.kit.base import restyle, spaced
from ui.kit.buttons import Button, secondary
from ui.kit.drop_down import DropDown
from ui.kit.icons import paint_icon
from ui.pages.cases.whose import WhoseCases
from ui.theme import theme

TYPING_PAUSE = 120  # milliseconds


class Views(QWidget):
    """The ready-made views as chips with counts; one list while the text is large.

    ``chosen`` carries the name of a view.
    """

    chosen = Signal(str)

    def __init__(self, spans: Spans, today: date) -> None:
        super().__init__()
        soon, silence = (spoken(spans.length(name, today)) for name in (SpanName.DUE_SOON, SpanName.SILENCE))
        self._words = {
            "active": say("cases.active"),
            "due": say("cases.due_within_span", span=soon),
            "unsent": say("cases.unsent"),
            "quiet": say("cases.no_contact_for_span", span=silence),
            "closed": say("cases.closed"),
        }
        row = QHBoxLayout(self)
        spaced(row, 4)
        self._chips: dict[str, Button] = {}
        self._box = DropDown()
        self._box.setObjectName("view")
        self._box.setAccessibleName(say("cases.view"))
        group = QButtonGroup(self)
        for name, word in self._words.items():
            self._chips[name] = _chip(f"view_{name}", word)
            group.addButton(self._chips[name])
            self._box.addItem(word, name)
        self._chips["active"].setChecked(True)
        for shown in [self._box] if theme().stacked else self._chips.values():
            row.addWidget(shown)
        row.addStretch(1)
        group.buttonClicked.connect(
            lambda button: self.chosen.emit(button.objectName().removeprefix("view_"))
        )
        self._box.activated.connect(lambda _: self.chosen.emit(self._box.currentData()))

    def light(self, name: str) -> None:
        """Show the view ``name`` as chosen."""
        self._chips[name].setChecked(True)
        self._box.setCurrentIndex(self._box.findData(name))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many cases each view has."""
        for name, word in self._words.items():
            self._chips[name].setText(f"{word}\u2002{counts[name]}")
            self._box.setItemText(self._box.findData(name), f"{word} ({counts[name]})")


class Filters(QWidget):
    """One row of filters; ``changed`` carries what to ask the store differently."""

    changed = Signal(dict)

    def __init__(self, catalogue: Catalogue, municipalities: Sequence[str]) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.text = self._text_field()
        self._opener: Button | None = None
        self.order = _box("order", say("cases.order"))
        for order, key in (("due", "date"), ("name", "name"), ("updated", "change"), ("number", "number"),
                           ("phase", "phase"), ("regime", "regime"), ("municipality", "municipality"),
                           ("contact", "contact"), ("worker", "worker")):  # fmt: skip
            self.order.addItem(say(f"cases.by_{key}"), order)
        self.order.activated.connect(
            lambda _: self.changed.emit({"order": self.order.currentData(), "backwards": False})
        )
        self._boxes = [self._phase(), self._regime()]
        if len(municipalities) > 1:
            self._boxes.append(self._municipality(municipalities))
        self.whose = WhoseCases()
        self.whose.picked.connect(lambda name: self.changed.emit({"worker": name}))
        row = QHBoxLayout(self)
        spaced(row, 8)
        if theme().stacked:
            self._flow = self._flowing()
            row.addWidget(self._flow)
            self.hide()
            return
        for widget in (self.text, *self._boxes, self.whose):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.order)

    def opener(self) -> Button:
        """Return a button that shows and hides the row while the text is large."""
        button = secondary(say("common.filters"), "funnel-simple")
        button.setObjectName("more_filters")
        button.setCheckable(True)
        button.toggled.connect(self.setVisible)
        self._opener = button
        return button

    def offer(self, offered: bool) -> None:
        """Show what filters, while the text is large as far as it is unfolded; or all of it nowhere."""
        if self._opener is None:
            self.setVisible(offered)
            return
        for widget in (self.text, self._opener):
            widget.setVisible(offered)
        self.setVisible(offered and self._opener.isChecked())

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` behind the filters that are shown and hidden while the text is large."""
        self._flow.flow.addWidget(widget)

    def reset(self) -> None:
        """Take all filters away."""
        self.text.clear()
        for box in (*self._boxes, self.whose):
            box.setCurrentIndex(0)

    def show_view(self, view: OwnView) -> None:
        """Show the filters of ``view`` without asking for them again."""
        wanted: dict[str, Any] = {
            "phase": view.phase,
            "regime": view.regime,
            "ags": view.ags,
            "worker": view.worker,
        }
        for widget in (self.text, self.order, *self._boxes):
            widget.blockSignals(True)
        self.text.setText(view.text)
        self.order.setCurrentIndex(self.order.findData(view.order))
        for box in self._boxes:
            value = wanted[box.objectName().removeprefix("filter_")]
            box.setCurrentIndex(max(box.findData(value), 0))
            restyle(box, state="on" if box.currentIndex() else "")
        for widget in (self.text, self.order, *self._boxes):
            widget.blockSignals(False)
        self.whose.show_choice(view.worker)

    def _flowing(self) -> FlowBox:
        box = FlowBox(gap=6)
        for widget in (*self._boxes, self.whose, self.order):
            box.flow.addWidget(widget)
        return box

    def _text_field(self) -> QLineEdit:
        field = _LensField()
        field.setObjectName("filter_text")
        field.setAccessibleName(say("cases.filter_this_list"))
        field.setPlaceholderText(say("cases.filter_this_list"))
        field.setClearButtonEnabled(True)
        field.setFixedWidth(theme().px(204))
        pause = QTimer(self)
        pause.setSingleShot(True)
        pause.setInterval(TYPING_PAUSE)
        pause.timeout.connect(lambda: self.changed.emit({"text": field.text().strip()}))
        field.textChanged.connect(lambda _: pause.start())
        return field

    def _phase(self) -> DropDown:
        entries = [(self._catalogue.code_list("phase").label(phase), phase) for phase in Phase]
        return self._choice("phase", say("cases.phase"), say("cases.all_phases"), entries, None)

    def _regime(self) -> DropDown:
        found = self._catalogue.code_list("legal_regime")
        entries = [(found.short(code.code), code.code) for code in found.codes]
        return self._choice("regime", say("cases.regime"), say("cases.all_regimes"), entries, "")

    def _municipality(self, municipalities: Sequence[str]) -> DropDown:
        entries = [(municipality_name(ags), ags) for ags in municipalities]
        return self._choice("ags", say("cases.municipality"), say("cases.all_municipalities"), entries, "")

    def _choice(
        self, field: str, name: str, everything: str, entries: Sequence[tuple[str, Any]], none: Any
    ) -> DropDown:
        box = _box(f"filter_{field}", name)
        for word, value in ((everything, none), *entries):
            box.addItem(word, value)

        def chosen(index: int) -> None:
            restyle(box, state="on" if index else "")
            self.changed.emit({field: box.itemData(index)})

        box.currentIndexChanged.connect(chosen)
        return box


class _LensField(QLineEdit):
    """A line with a lens."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextMargins(theme().px(18), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and the lens."""
        super().paintEvent(event)
        side = theme().px(14)
        place = QRectF(theme().px(10), (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), place, "magnifying-glass", theme().color("text-2"))


def _box(object_name: str, name: str) -> DropDown:
    box = DropDown()
    box.setObjectName(object_name)
    box.setAccessibleName(name)
    return box


def _chip(object_name: str, word: str) -> Button:
    chip = Button(word, "chip", size="small")
    chip.setObjectName(object_name)
    chip.setCheckable(True)
    return chip
