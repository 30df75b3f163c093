"""Adding and editing the records of the case that is shown."""

from collections.abc import Callable, Mapping
from datetime import date
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import kind_of, type_of
from kimdesk.domain.records import CaseFile, Record, RecordRef
from kimdesk.domain.shielding import concealed
from kimdesk.texts import say
from ui.case.blank import blank, find
from ui.case.openers import opener
from ui.case.reading_only import ReadingOnly
from ui.case.sources import CaseSources
from ui.desk.context import Context
from ui.forms.record_dialog import RecordDialog
from ui.places import Place, place_of

if TYPE_CHECKING:
    from kimdesk.casework.changes import Change
    from kimdesk.sync.finding_answers import KreisAnswer


class Editing:
    """Adds and edits the records of one shown case; it ends when another case is shown.

    ``file`` is the case as it was read last, ``answers`` what the Kreis says to its findings; ``go`` leads to
    a place of the page. ``read_only``: records are opened to be read, and nothing is added.
    """

    def __init__(
        self,
        page: QWidget,
        context: Context,
        file: CaseFile,
        go: Callable[[Place], None],
        refresh: Callable[[], None],
    ) -> None:
        self.page, self.context, self.file, self.go, self.refresh = page, context, file, go, refresh
        self.read_only = False
        self.answers: Mapping[str, KreisAnswer] = {}
        self._dialogs: list[RecordDialog[Record]] = []

    @property
    def today(self) -> date:
        """Return the worker's calendar day."""
        return date.today()  # noqa: DTZ011 - the worker's calendar day

    @property
    def catalogue(self) -> Catalogue:
        """Return what the desk works with."""
        return self.context.catalogue

    def sources(self, own_id: str = "") -> CaseSources:
        """Return what forms may choose from; ``own_id`` is left out."""
        places = self.context.desk.municipalities
        return CaseSources(self.catalogue, self.file, places, self.today, own_id, self.answers)

    def open(self, kind: str, key: str = "") -> None:
        """Add a record of ``kind``, or edit the one with ``key`` (of the case itself without one)."""
        special, key = opener(kind), self.file.case.id if kind == "case" else key
        if self.read_only and not (key or special.reads):
            return
        if special.add and not key:
            resolve_name(special.add)(self)
        elif special.edit and key:
            resolve_name(special.edit)(self, key)
        elif record := (
            find(type_of(kind), key, self.file) if key else blank(type_of(kind), self.file, self.today)
        ):
            self.edit(record)

    def edit(
        self,
        record: Record,
        question: str = "",
        then: Callable[[Record], None] | None = None,
        *,
        save: Callable[[Any], Record] | None = None,
        draft: str = "",
    ) -> RecordDialog[Record]:
        """Open the dialog for ``record``; ``then`` is told what was saved.

        ``save`` puts it into the store (usually ``records.save``); ``draft`` names the draft of a new one,
        which is usually kept for the case.
        """
        special = opener(kind_of(type(record)))
        dialog: RecordDialog[Record] = resolve_name(special.dialog)(
            self.page,
            self.context,
            record,
            self.sources(record.id),
            save=save,
            question=question,
            case_id=draft or self.file.case.id,
            concealed=concealed(record, self.file.persons),
        )
        dialog.saved.connect(lambda saved: self._saved(saved, then))
        dialog.removed.connect(self._removed)
        dialog.finished.connect(lambda _: self._forget(dialog))
        for extra in special.extras:
            resolve_name(extra)(dialog, record, self)
        if self.read_only:
            dialog.accept_button.hide()
            ReadingOnly(dialog, active=True)
        self._dialogs.append(dialog)
        dialog.open()
        return dialog

    def show(self, ref: RecordRef) -> None:
        """Go to where a record of the case stands, or a phase."""
        self.go(place_of(self.file.case.id, ref))

    def here(self) -> RecordRef | None:
        """Return which record is being edited, without an identity while it is new; None for none."""
        if not self._dialogs or not opener(self._dialogs[-1].kind).again:
            return None
        return RecordRef(self._dialogs[-1].kind, self._dialogs[-1].record_id)

    def saved(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say that something was saved; ``undo`` takes it back. The page reads what was changed by itself."""
        self.context.toast(words, undo)

    def changed(self, words: str, change: "Change", undone: Callable[[], None] = lambda: None) -> None:
        """Say what was changed, if anything, with the way back; ``undone`` is told of that."""
        from kimdesk.casework import changes

        def undo() -> None:
            undone()
            desk = self.context.desk
            self.context.work.write(self.page, lambda: changes.undo(desk, change))

        if change.parts:
            self.saved(words, undo)

    def _saved(self, record: Record, then: Callable[[Record], None] | None) -> None:
        if then:
            then(record)

    def _removed(self, record: Record) -> None:
        from kimdesk.casework.changes import Change

        words = say(
            "common.removed_what", what=self.context.catalogue.label("record_kind", kind_of(type(record)))
        )
        self.changed(words, Change(((record, None),)))

    def _forget(self, dialog: RecordDialog[Record]) -> None:
        if dialog in self._dialogs:
            self._dialogs.remove(dialog)
            dialog.deleteLater()
