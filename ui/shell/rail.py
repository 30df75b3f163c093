"""The rail: the pages with icon, word and count; below, who works here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kimdesk.texts import say
from ui.kit.base import rule, spaced
from ui.kit.icons import paint_icon
from ui.kit.logo import LogoMark
from ui.kit.rows import MIDDLE_RIGHT, is_chosen, is_hovered, paint_text
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages import PageSpec
from ui.theme import theme

WIDTH = 188
ICONS_ONLY = 42  # at 100 %; shown only when the text is large
_Index = QModelIndex | QPersistentModelIndex
_BY_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page in the rail and what waits there."""

    key: str
    title: str
    icon: str
    count: int = 0


class _Entries(QAbstractListModel):
    """The pages as rows."""

    def __init__(self, parent: QWidget, entries: list[_Entry]) -> None:
        super().__init__(parent)
        self.entries = entries

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many pages there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the entry, or its words."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.title} {entry.count}" if entry.count else entry.title
        if role == Qt.ItemDataRole.ToolTipRole and theme().stacked:
            return entry.title
        return None

    def set_count(self, key: str, count: int) -> None:
        """Show ``count`` at the page ``key``."""
        for row, entry in enumerate(self.entries):
            if entry.key == key:
                self.entries[row] = replace(entry, count=count)
                self.dataChanged.emit(self.index(row), self.index(row))


class _EntryDelegate(QStyledItemDelegate):
    """Paints icon, word and count; the active page on a surface with an accent bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 38 per entry: 36 and a gap."""
        return QSize(theme().px(100), theme().px(38 if not theme().stacked else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one entry."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme().px
        entry: _Entry = index.data(Qt.ItemDataRole.UserRole)
        place = QRectF(option.rect).adjusted(0.5, px(1) + 0.5, -0.5, -px(1) - 0.5)
        active = is_chosen(option)
        self._ground(painter, place, active, is_hovered(option), self._has_keyboard(option) and active)
        ink = "accent" if active else "text-2"
        side = px(18)
        left = place.center().x() - side / 2 if theme().stacked else place.left() + px(10)
        sign = QRectF(left, place.center().y() - side / 2, side, side)
        paint_icon(
            painter, sign, entry.icon, theme().color(ink), filled=active and entry.icon != "folder-user"
        )
        if not theme().stacked:
            words = place.adjusted(px(38), 0, -px(10), 0)
            paint_text(painter, words, entry.title, "strong" if active else "body", ink)
            if entry.count:
                paint_text(painter, words, str(entry.count), "meta", ink, MIDDLE_RIGHT)
        painter.restore()

    def _has_keyboard(self, option: QStyleOptionViewItem) -> bool:
        return isinstance(option.widget, _PageList) and option.widget.keyboard

    def _ground(self, painter: QPainter, place: QRectF, active: bool, hovered: bool, keyboard: bool) -> None:
        look, radius = theme(), theme().px(8)
        if active:
            painter.setPen(QPen(look.color("accent" if keyboard else "line"), 2 if keyboard else 1))
            painter.setBrush(look.color("surface"))
            painter.drawRoundedRect(place, radius, radius)
            bar = QRectF(place.left(), place.center().y() - look.px(9), look.px(3), look.px(18))
            painter.fillRect(bar, look.color("accent"))
        elif hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunken"))
            painter.drawRoundedRect(place, radius, radius)


class _PageList(QListView):
    """The list of pages; it shows its focus only to someone who works with the keyboard."""

    keyboard = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note how the focus came."""
        self.keyboard = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget it."""
        self.keyboard = False
        super().focusOutEvent(event)


class Rail(QFrame):
    """The way between pages; ``chosen`` carries a page key."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], user: str, place: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(theme().px(ICONS_ONLY if theme().stacked else WIDTH))
        entries = [_Entry(page.key, say(page.title), page.icon) for page in pages if not page.under]
        self._entries = _Entries(self, entries)
        column = QVBoxLayout(self)
        side = 4 if theme().stacked else 8
        spaced(column, 8, (side, 12, side, 12))
        column.addLayout(self._name())
        column.addWidget(self._list(), 1)
        if not theme().stacked:
            column.addWidget(rule())
            column.addLayout(self._user(user, place))

    def light(self, key: str) -> None:
        """Show the page ``key`` as the active one."""
        model = self._entries
        row = next((row for row, entry in enumerate(model.entries) if entry.key == key), None)
        if row is None:
            self.list.clearSelection()
            return
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(model.index(row), flag)

    def set_count(self, key: str, count: int) -> None:
        """Show how much waits on the page ``key``; 0 shows nothing."""
        self._entries.set_count(key, count)

    def keys(self) -> list[str]:
        """Return the page keys from top to bottom."""
        return [entry.key for entry in self._entries.entries]

    def _name(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 10, (0 if theme().stacked else 8, 2, 0, 6))
        row.addWidget(LogoMark(24 if theme().stacked else 26))
        if not theme().stacked:
            row.addWidget(Text("KIMdesk", "next_step"))
            row.addStretch(1)
        return row

    def _list(self) -> QListView:
        self.list = _PageList()
        self.list.setObjectName("rail_pages")
        self.list.setAccessibleName(say("shell.pages"))
        self.list.setModel(self._entries)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        return self.list

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._entries.entries[index.row()].key)

    def _user(self, user: str, place: str) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8, (8, 2, 0, 0))
        row.addWidget(Sign("user-circle", "text-2"))
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(Text(user, "medium"))
        words.addWidget(Text(place, "meta", "text-2"))
        row.addLayout(words, 1)
        return row
