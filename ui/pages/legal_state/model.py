"""The contents for Qt: what each is, where it belongs, its source and its check."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.legal_state import Reliance, Stated, Time
from kimdesk.texts import dates, say
from ui.kit.rows import ItemRole

_Index = QModelIndex | QPersistentModelIndex
_FICTION = "fiction."
_SIGNS = {"checked": ("present", ""), "own": ("info", "text-2"), "to_do": ("warning", "warn")}


class ContentModel(QAbstractTableModel):
    """Contents, one a row."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._shown: list[Stated] = []
        self._heads = tuple(
            say(f"legal_state.head_{name}")
            for name in ("content", "check", "state", "area", "holds", "source")
        )

    def show(self, contents: list[Stated]) -> None:
        """Show other contents."""
        self.beginResetModel()
        self._shown = contents
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return six."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the column's word."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and the screen reader says."""
        one, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[column]}: {self._text(one, column)}"
        if role == ItemRole.STRONG:
            return column == 0
        if column == 1 and role in {ItemRole.ICON, ItemRole.TONE}:
            icon, tone = _SIGNS["to_do" if one.to_do else _sign_of(one)]
            return icon if role == ItemRole.ICON else tone or None
        return None

    def _text(self, one: Stated, column: int) -> str:
        match column:
            case 0:
                return title_of(one, self._catalogue)
            case 1:
                return check_of(one)
            case 2:
                return dates.full(one.state) if one.state else say("legal_state.no_state")
            case 3:
                return area_of(one)
            case 4:
                return _holds(one)
            case _:
                return one.source


def title_of(one: Stated, catalogue: Catalogue) -> str:
    """Return what a content is called; the ways a letter arrives have no title of their own."""
    if one.title:
        return one.title
    law, _, delivery = one.code.removeprefix(_FICTION).partition(" ")
    if one.code.startswith(_FICTION):
        return say("legal_state.delivery", delivery=catalogue.label("delivery", delivery), law=law.upper())
    return one.code


def area_of(one: Stated) -> str:
    """Return the word of the kind of content."""
    return say(f"legal_state.area_{one.group.replace('/', '_')}")


def check_of(one: Stated) -> str:
    """Return in a word or two how far it can be relied on."""
    if one.hides:
        return say("legal_state.hides", day=one.hides)
    if one.time in {Time.REPLACED, Time.PASSED, Time.COMING}:
        return say(f"legal_state.time_{one.time}")
    if one.time is Time.OLD and one.reliance is Reliance.CHECKED:
        return say("legal_state.time_old")
    return say(f"legal_state.reliance_{one.reliance}")


def _holds(one: Stated) -> str:
    if one.valid_from and one.valid_until:
        return say("legal_state.from_until", first=one.valid_from, last=one.valid_until)
    if one.valid_from:
        return say("legal_state.from_day", first=one.valid_from)
    if one.valid_until:
        return say("legal_state.until_day", last=one.valid_until)
    return say("legal_state.always")


def _sign_of(one: Stated) -> str:
    return "checked" if one.reliance is Reliance.CHECKED and one.time is Time.IN_FORCE else "own"
