"""A step that needs a reason: one sentence, kept with the step."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from kimdesk.texts import say
from ui import focus
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.long_text import GrowingText
from ui.forms.sources import Option
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox


class ReasonDialog(Dialog):
    """Asks ``question`` and for a reason; ``act`` is called with it. ``options`` makes it a choice."""

    def __init__(
        self, parent: QWidget, question: str, text: str, *, accept: str, act: Callable[[str], None],
        options: Sequence[Option] = (), needed: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(parent, question, accept=accept)
        self.setObjectName("reason_dialog")
        self._act, self._needed = act, needed
        if text:
            self.add_text(text)
        self._editor = CodeCombo(tuple(options)) if options else GrowingText(2)
        self._editor.setObjectName("reason")
        label = say("case.reason") if needed else say("case.remark_optional")
        self._box = FieldBox(label, self._editor, required=needed)
        self._editor.setAccessibleName(label)
        self.body.addWidget(self._box)
        focus.go(self._editor)

    def accept(self) -> None:
        """Hand the reason on; an empty one is asked for again."""
        reason = self.reason()
        if self._needed and not reason:
            self._box.set_error(say("case.say_one_sentence_why"))
            focus.go(self._editor)
            return
        super().accept()
        self._act(reason)

    def fill(self, text: str) -> None:
        """Begin with ``text``."""
        if isinstance(self._editor, GrowingText):
            self._editor.setPlainText(text)

    def reason(self) -> str:
        """Return what was typed or chosen."""
        if isinstance(self._editor, CodeCombo):
            return self._editor.code() or ""
        return self._editor.toPlainText().strip()
