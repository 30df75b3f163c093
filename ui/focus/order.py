"""The order of the Tab key: what is seen first comes first, worked out when the key is pressed."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
_WHOLE = (QComboBox, QAbstractSpinBox)  # what is inside belongs to it


def neighbour(widget: QWidget, *, forward: bool) -> QWidget | None:
    """Return what the Tab key leads to from ``widget``, which need not take it itself; None for nothing."""
    seen = [widget.window(), *_inside(widget.window())]
    at = seen.index(widget) if widget in seen else 0
    order = [*seen[at + 1 :], *seen[:at]] if forward else [*reversed(seen[:at]), *reversed(seen[at + 1 :])]
    group = group_of(widget)
    return next((one for one in order if is_stop(one) and (not group or group_of(one) is not group)), None)


def stops(top: QWidget) -> Iterator[QWidget]:
    """Yield what the Tab key comes to inside ``top``, in its order."""
    return filter(is_stop, _inside(top))


def first_field(top: QWidget) -> QWidget | None:
    """Return where somebody begins inside ``top``: its first field, else what Tab comes to first, or None."""
    found = list(stops(top))
    return next(filter(_is_field, found), found[0] if found else None)


def is_stop(widget: QWidget) -> bool:
    """Return whether Tab stops at ``widget``; of several of which one is chosen, it stops at that one."""
    if not widget.isEnabled():
        return False
    if (group := group_of(widget)) is not None and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        buttons = [one for one in group.buttons() if one.isVisible() and one.isEnabled()]
        return widget is (group.checkedButton() or (buttons[0] if buttons else None))
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def keeps_tab(widget: QWidget) -> bool:
    """Return whether ``widget`` has a use of its own for the Tab key."""
    if isinstance(widget, QAbstractItemView):
        return widget.tabKeyNavigation()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly() and not widget.tabChangesFocus()
    return False


def group_of(widget: QWidget) -> QButtonGroup | None:
    """Return the buttons of which ``widget`` is one and exactly one is chosen, or None."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group if group is not None and group.exclusive() else None


def _is_field(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractButton):
        return widget.isCheckable()
    reads = isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and widget.isReadOnly()
    return isinstance(widget, _FIELDS) and not reads


def _inside(top: QWidget) -> Iterator[QWidget]:
    for child in _children(top):
        if not child.isHidden() and not child.isWindow():
            yield child
            if not isinstance(child, _WHOLE):
                yield from _inside(child)


def _children(top: QWidget) -> list[QWidget]:
    """Return the children of ``top`` as they are laid out; those placed by hand follow, as they stand."""
    layout = top.layout()
    laid = list(_laid(layout)) if layout is not None else []
    own = [one for one in top.children() if isinstance(one, QWidget) and one not in laid]
    return [*laid, *sorted(own, key=lambda one: (one.y(), one.x()))]


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for index in _places(layout):
        item = layout.itemAt(index)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid(inner)


def _places(layout: QLayout) -> list[int]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda index: layout.getItemPosition(index)[:2])  # type: ignore[index]  # stub: object
    return places
