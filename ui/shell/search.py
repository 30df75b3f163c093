"""Search as typed: pages and cases below the search field; before that the cases opened last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.texts import say
from kimdesk.texts.bidi import apart
from ui import focus
from ui.desk.context import Context
from ui.kit.base import spaced
from ui.kit.icons import paint_icon
from ui.kit.rows import MIDDLE_RIGHT, is_chosen, paint_text
from ui.pages import PageSpec
from ui.places import NEW_CASE, Place
from ui.program import keys
from ui.shell.top_bar import TopBar
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.looking_up import Found

_PAUSE_MS = 120
_MOST = 8
_ROW = 40
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the results: where it leads, what it is called, what else tells it apart."""

    place: Place | None
    title: str
    note: str
    icon: str


class Search:
    """Finds cases while the user types, and opens the one chosen."""

    def __init__(self, context: Context, bar: TopBar, window: QWidget, pages: Sequence[PageSpec]) -> None:
        self._context = context
        self._bar = bar
        self._pages = pages
        self._can_begin = context.desk.role == "desk"
        self.popup = Results(window, self._open)
        self._timer = QTimer(bar)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look)
        bar.search.textChanged.connect(self._typed)
        bar.search.returnPressed.connect(self._enter)
        bar.search.stepped.connect(self.popup.step)
        bar.search.left.connect(self.popup.hide)
        keys.bind(bar, "search", self.begin)
        bar.search.asked.connect(self._offer_recent)
        bar.resized.connect(self._place)

    def begin(self) -> None:
        """Bring the keyboard to the search field, and offer the cases opened last."""
        focus.begin(self._bar.search)
        if not self._bar.search.text():
            self._offer_recent()

    def _typed(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.popup.hide()

    def _look(self) -> None:
        from kimdesk.casework.looking_up import look_up

        text = self._bar.search.text().strip()
        desk = self._context.desk
        self._context.work.read(
            self.popup, lambda: look_up(desk, text, _MOST), lambda found: self._show(text, found)
        )

    def _show(self, text: str, found: Sequence["Found"]) -> None:
        if text != self._bar.search.text().strip():
            return  # the answer to an older question
        word = text.casefold()
        pages = [
            page for page in self._pages if not page.under and say(page.title).casefold().startswith(word)
        ]
        hits = [Hit(Place(page.key), say(page.title), say("shell.page"), page.icon) for page in pages]
        hits += map(_hit, found)
        if not hits:
            words = say("shell.try_part_name_or_file")
            hits.append(Hit(None, say("shell.nothing_found"), words, "info"))
        if self._can_begin:
            words = say("shell.new_case_search_first")
            hits.append(Hit(Place("cases", key=NEW_CASE), say("cases.new_case"), words, "plus"))
        self._place()
        self.popup.show_hits(hits)

    def _offer_recent(self) -> None:
        """Offer the cases opened last, while nothing is typed; once offered they stay as they are."""
        from kimdesk.casework.looking_up import recent

        if self._can_begin and not self.popup.isVisible():
            desk = self._context.desk
            self._context.work.read(self.popup, lambda: recent(desk, _MOST), self._show_recent)

    def _show_recent(self, found: Sequence["Found"]) -> None:
        if found and not self._bar.search.text() and _has_keyboard(self._bar.search):
            self._place()
            self.popup.show_hits([_hit(each) for each in found])

    def _enter(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._look()
        self.popup.open_current()

    def _open(self, place: Place) -> None:
        self.popup.hide()
        self._bar.search.clear()
        self._context.navigate(place)

    def _place(self) -> None:
        if (window := self.popup.parentWidget()) is not None:
            place = self._bar.below_search(window)
            self.popup.setGeometry(place.x(), place.y(), place.width(), self.popup.height())


class Results(QFrame):
    """The lines below the search field."""

    def __init__(self, window: QWidget, opened: Callable[[Place], None]) -> None:
        super().__init__(window)
        self.setObjectName("search_popup")
        self._opened = opened
        self.list = QListWidget()
        self.list.setObjectName("search_results")
        self.list.setAccessibleName(say("shell.search_results"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self.open_current())
        column = QVBoxLayout(self)
        spaced(column, 0, (4, 4, 4, 4))
        column.addWidget(self.list)
        self.hide()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show ``hits``."""
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.title}, {hit.note}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, hit)
        self.list.setCurrentRow(0)
        self.setFixedHeight(self.list.count() * theme().px(_ROW) + theme().px(10))
        self.show()
        self.raise_()

    def step(self, step: int) -> None:
        """Move up or down."""
        self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))

    def open_current(self) -> None:
        """Open the line that is lit."""
        if not self.isVisible():
            return
        hit = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        if hit.place:
            self._opened(hit.place)


def _has_keyboard(field: QWidget) -> bool:
    """Return whether ``field`` has the keyboard whenever its window has it."""
    return field.window().focusWidget() is field


def _hit(found: "Found") -> Hit:
    """Return the line of a case: its name, and what tells it from others of that name."""
    row = found.row
    told = (
        say("shell.born_year", year=found.birth_year) if found.birth_year else "",
        municipality_name(found.ags) if found.ags else "",
        row.file_number,
        say(f"shell.found_in_{found.why}"),
    )
    note = apart(" · ").join(part for part in told if part)
    return Hit(Place("case", row.id), row.name or say("common.without_name"), note, "folder-user")


class _HitDelegate(QStyledItemDelegate):
    """Paints icon, name and note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 40 per line."""
        return QSize(theme().px(100), theme().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme().px
        place = QRectF(option.rect)
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        if is_chosen(option) and hit.place:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("tint"))
            painter.drawRoundedRect(place, px(6), px(6))
        sign = QRectF(place.left() + px(10), place.center().y() - px(9), px(18), px(18))
        paint_icon(painter, sign, hit.icon, theme().color("text-2"))
        words = place.adjusted(px(38), 0, -px(10), 0)
        used = paint_text(painter, words, hit.title, "medium")
        paint_text(painter, words.adjusted(used + px(12), 0, 0, 0), hit.note, "meta", "text-2", MIDDLE_RIGHT)
        painter.restore()
