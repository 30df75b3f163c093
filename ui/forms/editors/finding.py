"""Finding a choice by what is typed: its label, its synonyms and endonyms, in any script, without accents."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
)

from kimdesk.store.folding import fold
from ui.forms.sources import Option


class Finder:
    """Knows the words of ``options`` by their places in the list."""

    def __init__(self, options: Iterable[Option]) -> None:
        self._terms = [tuple(map(fold, (option.label, *option.also))) for option in options]

    def containing(self, text: str) -> list[int]:
        """Return the places whose words contain ``text``, those that begin with it first."""
        wanted = fold(text)
        found = [place for place, terms in enumerate(self._terms) if any(wanted in term for term in terms)]
        return sorted(found, key=lambda place: not any(one.startswith(wanted) for one in self._terms[place]))

    def meant(self, text: str) -> list[int]:
        """Return the places ``text`` can mean: those it names; else those with a word that begins so."""
        wanted = fold(text)
        if not wanted:
            return []
        named = [place for place, terms in enumerate(self._terms) if wanted in terms]
        return named or [place for place, terms in enumerate(self._terms) if _begins(wanted, terms)]


def _begins(wanted: str, terms: Iterable[str]) -> bool:
    return any(f" {wanted}" in f" {term}" for term in terms)


class Hits(QSortFilterProxyModel):
    """The rows of a list that were found, in the order they were found."""

    def __init__(self, source: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(parent)
        self._ranks: dict[int, int] = {}
        self.setSourceModel(source)
        self.sort(0)

    def show_rows(self, rows: Iterable[int]) -> None:
        """Show the source's ``rows``."""
        self._ranks = {row: rank for rank, row in enumerate(rows)}
        self.invalidate()

    def filterAcceptsRow(self, row: int, _: QModelIndex | QPersistentModelIndex) -> bool:
        """Return whether ``row`` was found."""
        return row in self._ranks

    def lessThan(
        self, left: QModelIndex | QPersistentModelIndex, right: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Return whether ``left`` was found before ``right``."""
        return self._ranks.get(left.row(), 0) < self._ranks.get(right.row(), 0)
