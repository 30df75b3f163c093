"""Wording a free letter: title, to whom, subject, text with facts from a list; beside it as it is printed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kimdesk.catalogue.templates import About, Template
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from kimdesk.texts.template import in_codes, in_words, names
from ui import focus
from ui.desk.context import Context
from ui.forms.drafts import Body, DraftKeeper
from ui.kit.buttons import secondary
from ui.kit.context_menu import MenuLine, show_menu
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.scroll import Columns, column
from ui.pages.templates.example import ExamplePage
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.cage import Stop

_WIDTH, _PREVIEW, _TEXT_HIGH = 1120, 440, 250
_PAUSE_MS = 500


class LetterTemplateDialog(Dialog):
    """Asks for one template; ``saved`` gets it as it is kept. What is typed and not saved stays a draft."""

    def __init__(
        self, parent: QWidget, context: Context, template: Template, saved: Callable[[Template], None]
    ) -> None:
        question = say("template.new" if not template.code else "template.edit_it")
        super().__init__(parent, question, accept=say("common.save"))
        self.setObjectName("template_dialog")
        self.widen(_WIDTH)
        self._context, self._template, self._saved = context, template, saved
        self._looking: Stop | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._title, self._subject = QLineEdit(template.title), QLineEdit()
        self._about, self._text = DropDown(), QPlainTextEdit()
        self._example = ExamplePage()
        self.body.addWidget(Columns([(self._fields(), 0), (self._example, _PREVIEW)]))
        self._show(template)
        self._draft = DraftKeeper(context, f"template:{template.code}", self._draft_body, self)
        self._watch()
        self._draft.load(self._take_draft)

    def arrange(self) -> None:
        """Let the letter be seen whole."""
        self._example.be_high(self.room_inside())
        self._look()

    def accept(self) -> None:
        """Keep it; the dialog stays when that is refused."""
        self.set_busy(True)
        desk, wanted = self._context.desk, self.wanted()

        def keep() -> Template:
            from kimdesk.casework import templates

            return templates.keep(desk, wanted)

        self._context.work.write(self, keep, self._kept, self._refused)

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._draft.flush()

    def done(self, result: int) -> None:
        """Close; what is typed and not saved stays a draft."""
        self._draft.flush()
        if self._looking is not None:
            self._looking.stop()
        super().done(result)

    def wanted(self) -> Template:
        """Return the template as it is typed."""
        about: About = self._about.currentData()
        return msgspec.structs.replace(
            self._template,
            title=self._title.text(),
            about=about,
            subject=in_codes(self._subject.text(), about),
            body=in_codes(self._text.toPlainText(), about),
        )

    def _fields(self) -> QWidget:
        for code in ("client", "referral"):
            self._about.addItem(say(f"template.to_{code}"), code)
        for name, widget in (
            ("template_title", self._title), ("template_about", self._about),
            ("template_subject", self._subject), ("template_text", self._text),
        ):  # fmt: skip
            widget.setObjectName(name)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(theme().px(_TEXT_HIGH))
        insert = secondary(say("template.insert"), "plus", size="small")
        insert.setObjectName("template_insert")
        insert.clicked.connect(lambda: self._offer(insert))
        text = FieldBox(say("template.text"), self._text, say("template.text_help"), required=True)
        text.add_action(insert)
        return column(
            FieldBox(say("template.title"), self._title, required=True),
            FieldBox(say("template.about"), self._about),
            FieldBox(say("template.subject"), self._subject, required=True),
            text,
        )

    def _show(self, template: Template) -> None:
        self._title.setText(template.title)
        self._about.setCurrentIndex(max(0, self._about.findData(template.about)))
        self._subject.setText(in_words(template.subject, template.about))
        self._text.setPlainText(in_words(template.body, template.about).strip())

    def _watch(self) -> None:
        for signal in (
            self._title.textChanged, self._subject.textChanged, self._text.textChanged,
            self._about.currentIndexChanged,
        ):  # fmt: skip
            signal.connect(lambda *_: self._touched())

    def _touched(self) -> None:
        self._draft.touch()
        self._pause.start()

    def _offer(self, button: QWidget) -> None:
        """Offer what can be put in where the text is edited, with an example of each."""
        lines = [
            MenuLine(
                f"fact_{code}",
                say("template.line_of_fact", name=name, example=_example(code)),
                self._put(name),
            )
            for code, name in names(self._about.currentData()).items()
        ]
        show_menu(
            button,
            "facts_menu",
            say("template.insert"),
            lines,
            button.mapToGlobal(button.rect().bottomLeft()),
        )

    def _put(self, name: str) -> Callable[[], None]:
        def put() -> None:
            self._text.insertPlainText(f"{{{name}}}")
            focus.begin(self._text)

        return put

    def _look(self) -> None:
        """Draw the letter as it is worded now; what cannot be written yet says why."""
        from kimdesk.documents.letters import free
        from kimdesk.documents.papers import PaperWish

        desk, wanted = self._context.desk, self.wanted()
        made = lambda: free.example(desk, wanted, PaperWish())  # noqa: E731
        self._context.work.read(self, made, self._draw, self._example.show_problem)

    def _draw(self, data: bytes) -> None:
        from kimdesk.casework.scans.scan import PDF
        from ui.papers.render import render

        width = self._example.picture_width()
        self._looking = self._context.work.look(
            self, lambda: render(data, PDF, 0, width), self._example.show_sheet, lambda _: None
        )

    def _kept(self, template: Template) -> None:
        self._draft.discard()
        super().accept()
        self._saved(template)

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)

    def _draft_body(self) -> Body:
        body: dict[str, Any] = msgspec.to_builtins(self.wanted())
        return body

    def _take_draft(self, body: Body | None) -> None:
        if body:
            self._show(msgspec.convert(body, Template))


def _example(code: str) -> str:
    return say(f"template.example_{code}")
