"""A file number behind an Arabic name stays in its order on the screen."""

from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication

from kimdesk.texts import say

NAME, NUMBER = "أمينة عثمان", "2026-0417"


def reading_order(text: str) -> str:
    """Return the digits of ``text`` from left to right as Qt draws them."""
    layout = QTextLayout(text)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()

    def left(at: int) -> float:
        ends: list[float] = [line.cursorToX(each)[0] for each in (at, at + 1)]  # type: ignore[index]
        return min(ends)

    return "".join(
        text[at] for at in sorted((at for at, each in enumerate(text) if each in NUMBER), key=left)
    )


def test_a_number_behind_an_arabic_name_is_not_turned_round(qapp: QApplication) -> None:
    del qapp
    assert reading_order(say("dates.at_time", day=NAME, time=NUMBER)) == NUMBER
    assert reading_order(f"{NAME},\u00a0{NUMBER}") != NUMBER
