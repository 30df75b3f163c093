"""Adding scans: each file is looked into first, then described, then put into the vault."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.casework import attachments
from kimdesk.casework.attachments import Scan, Twin, Usage
from kimdesk.domain.records import Attachment
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from kimdesk.texts.scans import removed
from ui.case.attachments.telling import tell
from ui.case.attachments.waiting import Looking
from ui.case.editing import Editing
from ui.kit.state import Notice

_ENDINGS = "*.pdf *.jpg *.jpeg *.png *.heic *.heif *.tif *.tiff *.webp *.gif"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a new scan is for: the record it belongs to, its kind and name where they are known, whose it is.

    ``item``: the line of the checklist ``about``; ``paper``: one that is entered already and has no scan yet.
    """

    about: str = ""
    document: str = ""
    title: str = ""
    person_id: str = ""
    household: bool = False
    item: str = ""
    paper: Attachment | None = None


def _described(purpose: Purpose, path: Path, case_id: str) -> Attachment:
    return Attachment(
        case_id=case_id,
        title=purpose.title or path.stem,
        document=purpose.document,
        about=purpose.about,
        person_id=purpose.person_id,
        household=purpose.household,
        item=purpose.item,
    )


class ScanAdder:
    """Asks for files and adds them one after the other; ``notice`` says what did not go.

    ``added`` hears of each that was put into the vault.
    """

    def __init__(
        self, parent: QWidget, editing: Editing, notice: Notice, added: Callable[[Attachment], None]
    ) -> None:
        self._parent, self._editing, self._notice, self._added = parent, editing, notice, added
        self._waiting: list[tuple[Path, Purpose]] = []
        self._busy = False
        self._looking = Looking(parent, notice, self._stop)

    def choose(self, purpose: Purpose | None = None) -> None:
        """Let the user choose files, and add them for ``purpose``."""
        kinds = f"{say('case.scans_and_photos')} ({_ENDINGS})"
        names, _ = QFileDialog.getOpenFileNames(
            self._parent, say("case.add_a_scan"), "", f"{kinds};;{say('case.all_files')} (*)"
        )
        self.add([Path(name) for name in names], purpose)

    def add(self, paths: Sequence[Path], purpose: Purpose | None = None) -> None:
        """Add the files at ``paths`` for ``purpose``."""
        self._waiting += [(path, purpose or Purpose()) for path in paths]
        if paths and not self._busy:
            self._notice.hide()
            self._next()

    def _next(self) -> None:
        self._busy = bool(self._waiting)
        if not self._waiting:
            return
        path, purpose = self._waiting.pop(0)
        self._looking.look(
            self._editing.context.work,
            self._parent,
            path.name,
            lambda: attachments.looked_into(path),
            lambda scan: self._compare(scan, path, purpose),
            lambda explanation: self._refuse(path, explanation),
        )

    def _stop(self) -> None:
        """Leave it at what was added so far."""
        self._waiting.clear()
        self._busy = False

    def _compare(self, scan: Scan, path: Path, purpose: Purpose) -> None:
        """Find out whether it is there already."""
        desk, case_id = self._editing.context.desk, self._editing.file.case.id
        self._editing.context.work.read(
            self._parent,
            lambda: (attachments.twins(desk, scan), attachments.lookalikes(desk, scan, case_id)),
            lambda found: self._describe(scan, found, path, purpose),
            lambda explanation: self._refuse(path, explanation),
        )

    def _describe(
        self, scan: Scan, found: tuple[tuple[Twin, ...], tuple[Twin, ...]], path: Path, purpose: Purpose
    ) -> None:
        file, desk = self._editing.file, self._editing.context.desk
        if file is None:
            return
        new = purpose.paper or _described(purpose, path, file.case.id)
        new = replace(new, added_on=self._editing.today)
        dialog = self._editing.edit(
            new,
            then=lambda saved: self._put(scan, saved),
            save=lambda described: attachments.put(desk, described, scan),
            draft=f"{file.case.id}:{scan.sha256[:16]}",
        )
        tell(dialog, scan, *found, file.case.id)
        dialog.accepted.connect(self._next)
        dialog.rejected.connect(self._stop)

    def _put(self, scan: Scan, saved: object) -> None:
        assert isinstance(saved, Attachment)  # noqa: S101 - what was described above
        if gone := removed(scan):
            self._notice.set("ok", "", f"„{saved.title}“: {gone}")
            self._notice.show()
        self._added(saved)
        desk = self._editing.context.desk
        self._editing.context.work.read(self._parent, lambda: attachments.usage(desk), self._weigh)

    def _weigh(self, usage: Usage) -> None:
        if usage.is_much:
            self._notice.set(
                "warn",
                say("case.scans_vault_have_more_than"),
                say("case.everything_still_works_but_backups"),
            )
            self._notice.show()

    def _refuse(self, path: Path, explanation: Explanation) -> None:
        self._notice.explain(replace(explanation, message=f"„{path.name}“: {explanation.message}"))
        self._notice.show()
        self._next()
