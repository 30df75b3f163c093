"""The table: rows of 36, one line each, the chosen one tinted with a bar; cut texts have a tooltip."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from ui.kit.icons import paint_icon, resolve
from ui.kit.rows import ItemRole, is_chosen, is_hovered, paint_bar, paint_line, paint_text
from ui.kit.stepper import paint_phase_bars
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 36
_PAD = 14


class TableDelegate(QStyledItemDelegate):
    """Paints a cell: phase bars or icon, text, trailing icon, as the model's roles say."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return what text and signs need, for fitting columns to contents."""
        words = str(index.data() or "")
        font = theme().font("table_strong" if index.data(ItemRole.STRONG) else "table", words)
        text = QFontMetrics(font).horizontalAdvance(words)
        signs = 69 * (index.data(ItemRole.PHASE) is not None) + 20 * bool(index.data(ItemRole.ICON))
        return QSize(
            text + theme().px(2 * _PAD + signs + 20 * bool(index.data(ItemRole.TRAILING))),
            theme().px(ROW_HEIGHT),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground, contents and line."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        if is_chosen(option) or is_hovered(option):
            painter.fillRect(place, theme().color("tint" if is_chosen(option) else "sunken"))
        if is_chosen(option) and option.rect.left() <= 0:  # the first as it stands, wherever it comes from
            paint_bar(painter, place)
        self.paint_contents(painter, place.adjusted(theme().px(_PAD), 0, -theme().px(4), 0), index)
        if not (_fits(option) and index.row() == index.model().rowCount() - 1):
            paint_line(painter, place)
        painter.restore()

    def paint_contents(self, painter: QPainter, place: QRectF, index: _Index) -> None:
        """Paint what stands in the cell; delegates for special columns replace this."""
        px = theme().px
        tone = index.data(ItemRole.TONE) or "text"
        left = place.left()
        if (phase := index.data(ItemRole.PHASE)) is not None:
            left += paint_phase_bars(painter, place, phase) + px(8)
        if name := index.data(ItemRole.ICON):
            left += _paint_sign(painter, place, left, name, tone if index.data(ItemRole.TONE) else "") + px(6)
        use = "table_strong" if index.data(ItemRole.STRONG) else "table"
        words = QRectF(left, place.top(), place.right() - left, place.height())
        used = paint_text(painter, words, str(index.data() or ""), use, tone)
        if name := index.data(ItemRole.TRAILING):
            _paint_sign(painter, place, left + used + px(6), name, "text-2")

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Show the whole text of a cut cell."""
        wanted = self.sizeHint(option, index).width()
        if event.type() == QEvent.Type.ToolTip and not index.data(Qt.ItemDataRole.ToolTipRole):
            text = str(index.data() or "") if wanted > option.rect.width() else ""
            QToolTip.showText(event.globalPos(), text, view)
            return True
        return super().helpEvent(event, view, option, index)


def _fits(option: QStyleOptionViewItem) -> bool:
    """Return whether the table is as high as its rows: then its frame ends the last one."""
    return isinstance(option.widget, QTableView) and bool(option.widget.property("fit"))


def _paint_sign(painter: QPainter, place: QRectF, left: float, name: str, tone: str) -> float:
    side = theme().px(14)
    shape, filled, own = resolve(name, tone)
    paint_icon(
        painter, QRectF(left, place.center().y() - side / 2, side, side), shape, theme().color(own), filled
    )
    return float(side)


class Table(QTableView):
    """A table over ``model``; ``opened`` carries the index of a row that was double-clicked or entered."""

    opened = Signal(QModelIndex)

    def __init__(self, model: QAbstractItemModel | None = None, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(TableDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(theme().px(ROW_HEIGHT))
        rows.setMinimumSectionSize(theme().px(ROW_HEIGHT))
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setHighlightSections(False)
        heads.setStretchLastSection(True)
        heads.setFixedHeight(theme().px(33))
        if model is not None:
            self.setModel(model)
        self.activated.connect(self.opened)

    def set_widths(self, *widths: int) -> None:
        """Set the columns' widths in pixels at 100 %; the last column takes what is left."""
        for section, width in enumerate(widths):
            self.setColumnWidth(section, theme().px(width))


__all__ = ["ROW_HEIGHT", "ItemRole", "Table", "TableDelegate"]
