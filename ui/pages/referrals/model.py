"""The rows of the list for Qt: heads of groups and referrals, fetched part by part while scrolling."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kimdesk.casework.referral_list import ReferralGroup, ReferralLine
from kimdesk.catalogue.catalogue import Catalogue
from ui.kit.rows import ItemRole
from ui.pages.referrals.rows import GroupRow, LineRow, group_row, heads, line_row
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_TEXT = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class ReferralsModel(QAbstractTableModel):
    """One row per referral, one before each group; while the text is large two columns hold all five."""

    def __init__(self, catalogue: Catalogue, fetch: Callable[[], None]) -> None:
        super().__init__()
        self._catalogue, self._fetch = catalogue, fetch
        self._heads = heads()
        self._shown = (0, 3) if theme().stacked else tuple(range(len(self._heads)))
        self._rows: list[GroupRow | ReferralLine] = []
        self._made: dict[int, LineRow] = {}
        self._counts: Mapping[ReferralGroup, int] = {}
        self._more = False
        self._today = date.min

    def replace(
        self, rows: Sequence[ReferralLine], counts: Mapping[ReferralGroup, int], today: date, *, more: bool
    ) -> None:
        """Show another list from its beginning."""
        self.beginResetModel()
        self._counts, self._today, self._more, self._made = counts, today, more, {}
        self._rows = []
        self._rows = list(self._headed(rows))
        self.endResetModel()

    def append(self, rows: Sequence[ReferralLine], *, more: bool) -> None:
        """Show more of the same list."""
        added = self._headed(rows)
        self._more = more
        if added:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(added) - 1)
            self._rows += added
            self.endInsertRows()

    def line(self, row: int) -> ReferralLine | None:
        """Return the referral of a row, None for the head of a group."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, ReferralLine) else None

    def row_of(self, referral_id: str) -> int:
        """Return the row of a referral, that of the first one where it is not there, −1 for none."""
        lines = [(at, each) for at, each in enumerate(self._rows) if isinstance(each, ReferralLine)]
        own = next((at for at, each in lines if each.referral.id == referral_id), -1)
        return own if own >= 0 else lines[0][0] if lines else -1

    def head_rows(self) -> list[int]:
        """Return the rows that are heads of groups."""
        return [at for at, each in enumerate(self._rows) if isinstance(each, GroupRow)]

    def shown(self, row: int) -> GroupRow | LineRow:
        """Return a row as it is painted."""
        found = self._rows[row]
        if isinstance(found, GroupRow):
            return found
        if row not in self._made:
            self._made[row] = line_row(self._catalogue, found, self._today)
        return self._made[row]

    def column(self, section: int) -> int:
        """Return which of the five columns stands in ``section``."""
        return self._shown[section]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows have been fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return five, two while the text is large."""
        return 0 if parent.isValid() else len(self._shown)

    def canFetchMore(self, parent: _Index) -> bool:
        """Return whether the store has more rows."""
        return self._more

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next part; it arrives later."""
        self._more = False
        self._fetch()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the column's word."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[self._shown[section]]
        right = self._shown[section] == len(self._heads) - 1
        if role == Qt.ItemDataRole.TextAlignmentRole and right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only referrals be chosen; arrow keys step over heads."""
        if self.line(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and the screen reader says."""
        row = self.shown(index.row())
        if role == ItemRole.ROW:
            return row
        if isinstance(row, GroupRow):
            return row.spoken() if role in (*_TEXT, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == ItemRole.KEY:
            return row.line.referral.id
        if role in _TEXT:
            return self._spoken(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[self._shown[index.column()]]}: {self._spoken(row, index.column())}"
        return None

    def _spoken(self, row: LineRow, section: int) -> str:
        if len(self._shown) == len(self._heads):
            return row.spoken(section)
        columns = (0, 1, 2) if section == 0 else (3, 4)
        return ", ".join(filter(None, (row.spoken(each) for each in columns)))

    def _headed(self, rows: Sequence[ReferralLine]) -> list[GroupRow | ReferralLine]:
        last = next((each for each in reversed(self._rows) if isinstance(each, ReferralLine)), None)
        before, found = last.group if last else None, list[GroupRow | ReferralLine]()
        for each in rows:
            if each.group is not before:
                found.append(group_row(each.group, self._counts[each.group]))
            before = each.group
            found.append(each)
        return found
