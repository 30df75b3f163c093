"""One attachment in full: what is said about it, its pages, and what can be done with it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.cage import Stop
from kimdesk.casework import attachments
from kimdesk.casework.scans.looking import contents
from kimdesk.casework.scans.scan import PDF, Content
from kimdesk.casework.wallet import WalletEntry, WalletGroup
from kimdesk.domain.records import Attachment, CaseFile
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.attachments.entries import HEADS, group_word, owner_word
from ui.case.attachments.hand_over import ask_hand_over
from ui.case.attachments.handing_out import HandingOut
from ui.case.attachments.removing import ask_removal
from ui.case.attachments.rows import facts, kind_word
from ui.case.attachments.sheet import SmallSheet
from ui.case.attachments.telling import tell_contents
from ui.case.editing import Editing
from ui.desk.scans import copies
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.papers.viewer import Viewer
from ui.theme import theme

_TOP = Qt.AlignmentFlag.AlignTop
_OF_SCAN = frozenset({"open_scan", "save_scan"})


class PreviewCard(Card):
    """Shows what is said of a paper, and its scan when that is asked for.

    The bytes are held while they are shown, and nowhere but in memory; each look at them is in the audit
    trail. ``viewing`` tells whether they are shown; ``add_scan`` is called with a paper that has none.
    """

    viewing = Signal(bool)

    def __init__(self, editing: Editing, add_scan: Callable[[Attachment], None]) -> None:
        super().__init__()
        self._add_scan = add_scan
        self.setObjectName("scan_preview")
        self._editing = editing
        self._one: Attachment | None = None
        self._data = b""
        self._drawing: Stop | None = None
        self._handing_out = HandingOut(self, editing.context, self)
        self._title = Text("", "strong", wrap=True)
        self._title.setObjectName("scan_title")
        self._badges = FlowBox(6)
        self._facts = QGridLayout()
        spaced(self._facts, 6)
        self._facts.setColumnMinimumWidth(0, theme().px(84))
        self._facts.setColumnStretch(1, 1)
        self._problem = Notice("bad")
        self._problem.setObjectName("scan_problem")
        self._open_copy = self._make_open_copy()
        self._holds = Notice()
        self._holds.setObjectName("scan_holds")
        self._viewer = Viewer()
        self._viewer.wanted.connect(self._draw)
        above = (self._make_head(), self._make_actions(), self._problem, self._open_copy, self._holds)
        for widget in above:
            self.body.addWidget(widget)
        self.body.addWidget(self._viewer)
        self.body.addLayout(self._facts)
        self._logged = Text(say("wallet.every_view_is_logged"), "meta", "text-2", wrap=True)
        self.body.addWidget(self._logged)

    @property
    def shown_id(self) -> str:
        """Return the identity of the attachment that is shown."""
        return self._one.id if self._one else ""

    def show_entry(self, entry: WalletEntry, file: CaseFile, *, view: bool) -> None:
        """Show a paper; with ``view`` its scan too, which stays shown while it is the same paper."""
        one = entry.paper
        if one is None:
            return
        other = one.id != self.shown_id or not one.sha256
        self._one = one
        self._title.setText(one.title or "–")
        self.setAccessibleName(one.title)
        self._owner.setText(owner_word(entry, file, self._editing.today))
        self._sheet.show_kind(self._editing.catalogue.rules.proofs.kind(one.document).drawn)
        self._show_facts(entry, one, file)
        if other:
            self._problem.hide()
            self._close()
        for name, button in self._buttons.items():
            button.setVisible(bool(one.sha256) if name in _OF_SCAN else not one.sha256)
        self._logged.setVisible(bool(one.sha256))
        self._view.setVisible(bool(one.sha256) and not self._data)
        if view and one.sha256 and not self._data:
            self._look(one)

    def forget(self) -> None:
        """Let go of what was shown."""
        self._one = None
        self._close()

    def opened(self, shown: bool) -> None:
        """A copy lies open."""
        self._open_copy.show()
        if not shown:
            self._problem.set(
                "warn",
                say("case.no_program_was_found_kind"),
                say("case.delete_copy_or_save_one"),
            )
            self._problem.show()

    def saved(self) -> None:
        """A copy was saved."""
        self._editing.context.toast(say("case.copy_saved"))

    def refuse(self, explanation: Explanation) -> None:
        """Say what did not go."""
        self._problem.explain(explanation)
        self._problem.show()

    def _close(self) -> None:
        """Let go of the scan."""
        self._data = b""
        self._holds.hide()
        self._viewer.hide()
        self.viewing.emit(False)

    def _look(self, one: Attachment) -> None:
        desk = self._editing.context.desk
        self._editing.context.work.read(
            self,
            lambda: attachments.content(desk, one.id),
            lambda data: self._got(one, data),
            self.refuse,
        )

    def _got(self, one: Attachment, data: bytes) -> None:
        if one.id == self.shown_id:
            self._data = data
            self._view.hide()
            self.viewing.emit(True)
            self._viewer.show()
            self._viewer.begin(f"{one.title}, {kind_word(one.media_type)}")
            if one.media_type == PDF:
                self._editing.context.work.look(
                    self, lambda: contents(data), lambda found: self._tell(one, found), lambda _: None
                )

    def _tell(self, one: Attachment, found: Sequence[Content]) -> None:
        """Say what the PDF holds besides its pages, before it is handed to another program."""
        if one.id == self.shown_id:
            self._holds.setVisible(tell_contents(self._holds, found))

    def _draw(self, page: int, width: int) -> None:
        from ui.papers.render import RenderedPage, render

        one, data = self._one, self._data
        if one is None or not data:
            return

        def drawn(sheet: RenderedPage) -> None:
            if one.id == self.shown_id:
                self._viewer.show_sheet(sheet)

        def refused(explanation: Explanation) -> None:
            if one.id == self.shown_id and explanation.code != "E764":  # another page was asked for
                self.refuse(explanation)

        if self._drawing is not None:
            self._drawing.stop()
        self._drawing = self._editing.context.work.look(
            self, lambda: render(data, one.media_type, page, width), drawn, refused
        )

    def _show_facts(self, entry: WalletEntry, one: Attachment, file: CaseFile) -> None:
        clear(self._badges.flow)
        said = entry.group is not WalletGroup.THERE
        if said:
            icon, tone = HEADS[entry.group]
            shown = tone if tone in ("warn", "bad") else "neutral"
            self._badges.flow.addWidget(Badge(group_word(entry), shown, icon))
        self._badges.setVisible(said)
        clear(self._facts)
        found = facts(self._editing.catalogue, one, file, self._editing.today)
        for row, (name, words) in enumerate(found):
            self._facts.addWidget(Text(name, "table", "text-2"), row, 0, _TOP)
            self._facts.addWidget(Text(words, "table", wrap=True), row, 1, _TOP)

    def _make_head(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 12)
        self._sheet = SmallSheet(86, 112)
        row.addWidget(self._sheet, 0, _TOP)
        words = QVBoxLayout()
        spaced(words, 5)
        self._owner = Text("", "table", "text-2", wrap=True)
        self._view = secondary(say("wallet.view"), "eye", "small")
        self._view.setObjectName("view_scan")
        self._view.clicked.connect(lambda: self._do(self._look))
        for widget in (self._title, self._owner, self._badges):
            words.addWidget(widget)
        words.addWidget(self._view, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        row.addLayout(words, 1)
        return holder

    def _make_open_copy(self) -> Notice:
        notice = Notice("warn", say("case.copy_lies_open_computer"), say("case.deleted_as_soon_as_you"))
        notice.setObjectName("open_copy")
        wipe = secondary(say("case.delete_the_copy_now"), size="small")
        wipe.setObjectName("wipe_copies")
        wipe.clicked.connect(self._wipe)
        notice.add_action(wipe)
        notice.hide()
        return notice

    def _wipe(self) -> None:
        self._open_copy.hide()
        self._editing.context.work.write(self, copies.wipe)

    def _make_actions(self) -> QWidget:
        row = FlowBox(8)
        self._buttons: dict[str, Button] = {}
        hand_over, removal = (
            partial(ask, self, self._editing, self.refuse) for ask in (ask_hand_over, ask_removal)
        )
        for name, icon, word, act in (
            ("add_scan_to", "plus", say("wallet.add_scan_to_it"), self._add_scan),
            ("edit_scan", "pencil-simple", say("common.edit"), self._edit),
            (
                "note_hand_over",
                "handshake",
                say("wallet.note_hand_over"),
                hand_over,
            ),
            (
                "open_scan",
                "arrow-square-out",
                say("case.open_in_another_program"),
                self._handing_out.ask_open,
            ),
            ("save_scan", "download-simple", say("case.save_as"), self._handing_out.ask_save),
            (
                "remove_scan",
                "trash",
                say("case.delete"),
                removal,
            ),
        ):
            button = self._action(name, icon, word, act)
            row.flow.addWidget(button)
            if name in _OF_SCAN or name == "add_scan_to":
                self._buttons[name] = button
        return row

    def _action(self, name: str, icon: str, word: str, act: Callable[[Attachment], None]) -> Button:
        button = quiet(word, icon, "small")
        button.setObjectName(name)
        button.clicked.connect(lambda: self._do(act))
        return button

    def _do(self, act: Callable[[Attachment], None]) -> None:
        if self._one is not None:
            act(self._one)

    def _edit(self, one: Attachment) -> None:
        self._editing.edit(one)
