"""The letterhead of the desk: who writes, where, what stands at the foot, and a logo."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.forms.editors.long_text import GrowingText
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.settings.head_preview import HeadPreview, ShownHead
from ui.pages.settings.presenter import SettingsPresenter

if TYPE_CHECKING:
    from kimdesk.casework.letterhead import Letterhead


class LetterheadCard(Card):
    """Its fields, a logo, and how the head of a letter looks with them."""

    def __init__(self, presenter: SettingsPresenter, context: Context) -> None:
        super().__init__(say("settings.letterhead"))
        self._presenter, self._context = presenter, context
        self._logo, self._changed = b"", False
        self._name, self._unit = QLineEdit(), QLineEdit()
        self._address, self._foot, self._officer = GrowingText(), GrowingText(), GrowingText()
        self.body.addWidget(Text(say("settings.letterhead_why"), "table", "text-2", wrap=True))
        for name, editor, help_ in (
            ("name", self._name, ""),
            ("unit", self._unit, ""),
            ("address", self._address, say("settings.letterhead_one_per_line")),
            ("foot", self._foot, say("settings.letterhead_foot_help")),
            ("officer", self._officer, say("settings.letterhead_officer_help")),
        ):
            editor.setObjectName(f"letterhead_{name}")
            editor.textChanged.connect(self._typed)
            self.body.addWidget(FieldBox(say(f"settings.letterhead_{name}"), editor, help_))
        self.body.addLayout(self._logo_row())
        self._preview = HeadPreview()
        self._preview.setAccessibleName(say("settings.letterhead_preview"))
        self.body.addWidget(self._preview)
        self._notice = Notice("bad")
        self._notice.setObjectName("letterhead_notice")
        self._notice.hide()
        self.body.addWidget(self._notice)
        save = secondary(say("common.save"), size="small")
        save.setObjectName("save_letterhead")
        save.clicked.connect(self._save)
        self.body.addLayout(_row(save))

    def show_letterhead(self, found: "Letterhead") -> None:
        """Show who writes now; what is being typed stays."""
        if self._changed:
            return
        self._name.setText(found.name)
        self._unit.setText(found.unit)
        self._address.setPlainText("\n".join(found.address))
        self._foot.setPlainText("\n".join(found.foot))
        self._officer.setPlainText("\n".join(found.officer))
        self._take_logo(found.logo)
        self._changed = False

    def _logo_row(self) -> QHBoxLayout:
        choose = secondary(say("settings.letterhead_choose_logo"), "image", size="small")
        choose.setObjectName("letterhead_choose_logo")
        choose.clicked.connect(self._choose)
        self._drop = quiet(say("settings.letterhead_drop_logo"), "trash", size="small")
        self._drop.setObjectName("letterhead_drop_logo")
        self._drop.clicked.connect(lambda: self._take_logo(b""))
        return _row(choose, self._drop)

    def _choose(self) -> None:
        title, files = say("settings.letterhead_choose_logo"), say("settings.letterhead_logo_files")
        name, _ = QFileDialog.getOpenFileName(self, title, "", files)
        if name:
            self._notice.hide()
            self._presenter.read_logo(self, Path(name), self._take_logo, self._refused)

    def _take_logo(self, logo: bytes) -> None:
        self._logo = logo
        self._drop.setVisible(bool(logo))
        self._typed()

    def _typed(self) -> None:
        self._changed = True
        shown = ShownHead(self._name.text(), self._unit.text(), *self._lines(), self._logo)
        self._preview.show_head(shown)

    def _lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        address, foot = (each.toPlainText().splitlines() for each in (self._address, self._foot))
        return tuple(address), tuple(foot)

    def _save(self) -> None:
        from kimdesk.casework.letterhead import Letterhead

        address, foot = self._lines()
        wanted = Letterhead(
            name=self._name.text(), unit=self._unit.text(), address=address, foot=foot, logo=self._logo,
            officer=tuple(self._officer.toPlainText().splitlines()),
        )  # fmt: skip
        self._notice.hide()
        self._presenter.keep_letterhead(self, wanted, self._saved, self._refused)

    def _saved(self, kept: "Letterhead") -> None:
        self._changed = False
        self.show_letterhead(kept)
        self._context.toast(say("settings.saved"))

    def _refused(self, told: Explanation) -> None:
        self._notice.explain(told)
        self._notice.show()


def _row(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 8)
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    return row
