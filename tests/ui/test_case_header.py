"""The head of a case: whatever stands in it is seen whole."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.case.header import CaseHeader
from ui.case.heading import BadgeText, Heading
from ui.kit.badge import Badge

BADGES = tuple(
    BadgeText(text, "neutral", "identification-card")
    for text in ("4 Einwilligungen gültig", "Fulfulde, mit Dolmetscher*in", "Duldung bis 11.02.2027")
)
HOUSEHOLD = (
    "Haushalt: Kadiatou Baldé (31), Ousmane Baldé (18), Alpha (8), Fanta (5) · Eschenried, Schützenstraße 44 "
    "· Guinea · seit 09.01.2023 in Deutschland"
)


def test_badges_that_need_a_second_line_are_not_cut_by_a_household_that_needs_one_too(qtbot: QtBot) -> None:
    window, header = QWidget(), CaseHeader()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(header)
    column.addWidget(QWidget(), 1)
    header.show_heading(Heading("Mamadou Baldé", "36 Jahre · ESR-2025-033", BADGES, HOUSEHOLD, ()))
    window.resize(1178, 600)
    window.show()
    QApplication.processEvents()
    line = header._line
    assert line.flow.heightForWidth(line.width()) > line.flow.sizeHint().height()
    for badge in header.findChildren(Badge):
        if badge.isVisible():
            assert badge.geometry().bottom() <= line.height()
    assert header._household.height() >= header._household.heightForWidth(header._household.width())
