"""Opening the dialogs of a case: one place that knows how each kind of record is added and edited."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, Finding, Record
from ui.case.blank import blank, of_kind
from ui.case.deadline.offer import offer
from ui.case.findings.opening import offer_finding, open_finding
from ui.case.sources import CaseSources
from ui.desk.context import Context
from ui.forms.record_dialog import RecordDialog
from ui.forms.words import add_word
from ui.people.address import concealed, offer_address
from ui.text import tr

if TYPE_CHECKING:
    from kimdesk.casework.changes import Change

_ELSEWHERE = {"member", "person", "referral"}
_REOPENED = {
    *("case", "person", "goal", "measure", "consent", "contact"),
    *("follow_up", "finding", "regime_spell", "residence_spell"),
}


class Editing:
    """Adds and edits the records of the case on the page; ``go`` leads to other places of the page."""

    def __init__(
        self, page: QWidget, context: Context, go: Callable[[str], None], refresh: Callable[[], None]
    ) -> None:
        self.page, self.context, self.go, self.refresh = page, context, go, refresh
        self.file: CaseFile | None = None
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
        assert self.file is not None  # noqa: S101 - dialogs are opened from a shown case only
        return CaseSources(self.file, self.context.desk.municipalities, self.today, own_id)

    def open(self, kind: str, key: str = "") -> None:
        """Add a record of ``kind``, or edit the one with ``key``."""
        if self.file is None:
            return
        if kind == "case":
            self.edit(self.file.case)
        elif kind == "referral" and key:
            self.go(f"referral:{key}")
        elif kind == "finding" and not key:
            open_finding(self)
        elif kind in _ELSEWHERE and not key:
            self._add_elsewhere(kind)
        else:
            record = of_kind(kind, key, self.file) if key else blank(kind, self.file, self.today)
            if record is not None:
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
        assert self.file is not None  # noqa: S101 - dialogs are opened from a shown case only
        dialog: RecordDialog[Record] = _dialog_for(record)(
            self.page,
            self.context,
            record,
            self.sources(record.id),
            save=save,
            question=question,
            case_id=draft or self.file.case.id,
            concealed=concealed(record, self.file),
        )
        offer_address(dialog, self.context)
        dialog.saved.connect(lambda saved: self._saved(saved, then))
        dialog.removed.connect(self._removed)
        dialog.finished.connect(lambda _: self._forget(dialog))
        offer(dialog, record, self)
        offer_finding(dialog, record, self)
        self._dialogs.append(dialog)
        dialog.open()
        return dialog

    def here(self) -> str:
        """Return which record is being edited ("goal:<id>", "goal:" for a new one), empty for none."""
        if not self._dialogs:
            return ""
        kind, key = self._dialogs[-1].kind, self._dialogs[-1].record_id
        return f"{kind}:{key}" if kind in _REOPENED and (key or kind not in _ELSEWHERE) else ""

    def flush(self) -> None:
        """Keep what is typed in open dialogs."""
        for dialog in self.page.findChildren(QDialog):
            flush = getattr(dialog, "flush", None)
            if callable(flush):
                flush()

    def _add_elsewhere(self, kind: str) -> None:
        if kind == "referral":
            from ui.case.referrals.new import NewReferralDialog

            NewReferralDialog(self).open()
        else:
            from ui.people.add import AddPersonDialog

            AddPersonDialog(self).open()

    def saved(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say that something was saved and show it; ``undo`` takes it back."""
        self.context.toast(words, undo)
        self.refresh()

    def changed(self, words: str, change: "Change", undone: Callable[[], None] = lambda: None) -> None:
        """Say what was changed, if anything, and show it, with the way back; ``undone`` is told of that."""
        from kimdesk.casework import changes

        def undo() -> None:
            undone()
            desk = self.context.desk
            self.context.work.write(self.page, lambda: changes.undo(desk, change), lambda _: self.refresh())

        if change.parts:
            self.saved(words, undo)

    def _saved(self, record: Record, then: Callable[[Record], None] | None) -> None:
        self.refresh()
        if then:
            then(record)

    def _removed(self, record: Record) -> None:
        from kimdesk.casework.changes import Change
        from kimdesk.forms.records import RECORDS

        name = next(name for name, kind in RECORDS.items() if kind is type(record))
        self.changed(tr("Removed: {what}", what=add_word(name)), Change(((record, None),)))

    def _forget(self, dialog: RecordDialog[Record]) -> None:
        if dialog in self._dialogs:
            self._dialogs.remove(dialog)
            dialog.deleteLater()


def _dialog_for(record: Record) -> Any:
    """Return the class of the dialog for ``record``: a finding is looked through for names."""
    if isinstance(record, Finding):
        from ui.case.findings.dialog import FindingDialog

        return FindingDialog
    return RecordDialog
