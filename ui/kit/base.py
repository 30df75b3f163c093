"""What several widgets of the kit share."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme import theme


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic ``properties`` and, if one changed, let the style sheet look again."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return  # polishing from Python is costly the first time, too costly for the first window
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def rule(vertical: bool = False) -> QFrame:
    """Return a dividing line of one pixel."""
    line = QFrame()
    line.setObjectName("rule_down" if vertical else "rule")
    return line


def spaced(layout: QLayout, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
    """Set ``spacing`` and ``margins`` (left, top, right, bottom) of ``layout``, given at 100 %."""
    px = theme().px
    layout.setSpacing(px(spacing))
    layout.setContentsMargins(*(px(margin) for margin in margins))


def at_top(widget: QWidget) -> QVBoxLayout:
    """Return a column that keeps ``widget`` at its top."""
    column = QVBoxLayout()
    column.addWidget(widget)
    column.addStretch(1)
    return column


def centered(widget: QWidget) -> QHBoxLayout:
    """Return a row that keeps ``widget`` in its middle."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row


def clear(layout: QLayout) -> None:
    """Remove everything from ``layout``; its widgets die."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
