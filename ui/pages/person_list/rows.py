"""The rows of a list for Qt: taken in or not, who it is, and what is to be said about each."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.domain.naming import list_name
from kimdesk.forms.codes import CodeList
from kimdesk.texts import dates, say
from ui.kit.rows import ItemRole
from ui.pages.person_list.presenter import Looked

_Index = QModelIndex | QPersistentModelIndex
TAKE, NAME, BORN, NATIONALITY, NOTE, NUMBER = range(6)


class RowsModel(QAbstractTableModel):
    """One line per row of the list."""

    def __init__(self, nationalities: CodeList) -> None:
        super().__init__()
        self._nationalities = nationalities
        self.looked = Looked()
        self._heads = (
            say("person_list.take_in"),
            say("common.name"),
            say("common.date_of_birth"),
            say("common.nationality"),
            say("person_list.remark"),
            say("person_list.row"),
        )

    def show(self, looked: Looked) -> None:
        """Show other rows; the same ones keep their place."""
        if len(looked.rows) == len(self.looked.rows) and looked.rows == self.looked.rows:
            self.looked = looked
            last = self.index(self.rowCount() - 1, NOTE)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.looked = looked
        self.endResetModel()

    def number(self, index: _Index) -> int:
        """Return the number of the row at ``index``."""
        return self.looked.rows[index.row()].number

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows the list has."""
        return 0 if parent.isValid() else len(self.looked.rows)

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
        cell = self._cell(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {cell[Qt.ItemDataRole.DisplayRole]}"
        return cell.get(role)

    def _cell(self, place: int, column: int) -> dict[int, object]:
        row, text = self.looked.rows[place], Qt.ItemDataRole.DisplayRole
        match column:
            case 0:
                return self._state(place)
            case 1:
                return {text: list_name(row.person) or "–", ItemRole.STRONG: True}
            case 2:
                return {text: dates.partial(row.person.birth_date) if row.person.birth_date else "–"}
            case 3:
                labels = [self._nationalities.label(each) for each in row.person.nationalities]
                return {text: ", ".join(labels) or "–"}
            case 4:
                return self._note(place)
            case _:
                return {text: str(row.number), ItemRole.TONE: "text-3"}

    def _state(self, place: int) -> dict[int, object]:
        row, text = self.looked.rows[place], Qt.ItemDataRole.DisplayRole
        if row.fatal:
            return {text: say("person_list.not_possible"), ItemRole.ICON: "missing", ItemRole.TONE: "bad"}
        if row.number in self.looked.wanted:
            return {text: say("person_list.yes"), ItemRole.ICON: "present", ItemRole.TONE: "ok"}
        return {text: say("person_list.no"), ItemRole.ICON: "not_needed", ItemRole.TONE: "text-2"}

    def _note(self, place: int) -> dict[int, object]:
        row = self.looked.rows[place]
        words = [each.text for each in row.troubles]
        if known := self.looked.known.get(row.number):
            words.insert(0, say("person_list.perhaps_known_name", name=list_name(known.person)))
        tone: dict[int, object] = {ItemRole.TONE: "warn", ItemRole.ICON: "warning"} if words else {}
        return {Qt.ItemDataRole.DisplayRole: " ".join(words), **tone}
