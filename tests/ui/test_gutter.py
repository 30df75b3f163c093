"""The scroll bar of a page lies in its margin: nothing moves when it comes and goes."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFrame

from ui.kit.scroll import MARGIN, Page
from ui.theme import theme


def _page(height: int) -> tuple[Page, QFrame]:
    page, block = Page("Probe"), QFrame()
    block.setFixedHeight(height)
    page.body.addWidget(block)
    page.resize(600, 400)
    page.show()
    QApplication.processEvents()
    return page, block


def test_what_is_shown_keeps_its_width_with_and_without_a_bar(qapp: QApplication) -> None:
    short, one = _page(50)
    long, other = _page(2000)
    assert long.verticalScrollBar().maximum() > 0 == short.verticalScrollBar().maximum()
    assert one.width() == other.width()
    right = other.mapTo(long, other.rect().topRight()).x() + 1
    assert right == long.width() - theme().px(MARGIN)


def test_no_bar_is_painted_where_all_is_seen(qapp: QApplication) -> None:
    short, _ = _page(50)
    bar = short.verticalScrollBar()
    place = QRect(bar.mapTo(short, QPoint(0, 0)), bar.size())
    shot = short.grab(place).toImage()
    colours = {QColor(shot.pixel(x, y)).name() for x in range(shot.width()) for y in range(shot.height())}
    assert len(colours) == 1
    assert short.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
