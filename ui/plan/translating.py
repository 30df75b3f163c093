"""The dialog in which an interpreter says the plan in the client's language."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kimdesk.casework import translations
from kimdesk.casework.changes import Change
from kimdesk.casework.translations import GermanText, Rendering
from kimdesk.catalogue.client_words import GERMAN, ClientWords, fitting
from kimdesk.domain.errors import KimdeskError
from kimdesk.domain.records import RecordRef, Translation
from kimdesk.domain.translated_lines import assigned
from kimdesk.domain.translations import is_of
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation, explain
from ui import focus
from ui.case.editing import Editing
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.editors.long_text import GrowingText
from ui.forms.sources import Option
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.dialog import Dialog
from ui.kit.text import Text
from ui.theme import theme

_WIDTH = 960
_NUMBER = 26


def ask(editing: Editing, key: str = "") -> None:
    """Translate what the case says to its client, beginning with the goal ``key``."""
    if not editing.read_only:
        TranslatingDialog(editing, key).open()


class TranslatingDialog(Dialog):
    """German at the left, the other language beside it; who translated and on which day."""

    def __init__(self, editing: Editing, key: str = "") -> None:
        super().__init__(editing.page, say("translating.question"), accept=say("common.save"))
        self.setObjectName("translate_plan")
        self._editing = editing
        self._known = editing.catalogue.client_words
        self._said = translations.said_to_client(editing.file, editing.today)
        self._typed: dict[str, list[str]] = {}
        self.widen(_WIDTH)
        self._head()
        self.add_text(say("translating.hint"))
        self._rows = [_Row(number, one) for number, one in enumerate(self._said, 1)]
        for row in self._rows:
            self.body.addWidget(row)
        if not self._rows:
            self.add_text(say("translating.nothing"))
        self._ways.setVisible(bool(self._rows))
        self._language = str(self.language.code())
        self._show_language()
        self.language.picked.connect(self._change_language)
        self._draft = DraftKeeper(editing.context, f"translating:{editing.file.case.id}", self._body, self)
        for row in self._rows:
            row.field.textChanged.connect(self._draft.touch)
        self._draft.load(self._take_draft)
        wanted = RecordRef("goal", key)
        focus.begin(next((row.field for row in self._rows if row.said.ref == wanted), self.language))

    def take(self, text: str) -> None:
        """Put the lines of ``text`` into the fields; lines that belong nowhere are refused."""
        try:
            found = assigned(text, len(self._rows))
        except KimdeskError as error:
            self.set_problem(explain(error))
            return
        self.set_problem(None)
        for row, words in zip(self._rows, found, strict=True):
            if words:
                row.field.setPlainText(words)

    def read_file(self, path: Path) -> None:
        """Take the text of a file."""
        read = lambda: translations.read_text(path)  # noqa: E731 - runs elsewhere
        self._editing.context.work.look(self, read, self.take, self.set_problem)

    def accept(self) -> None:
        """Keep every language in which something was written."""
        self._remember()
        wordings = [each for code in self._typed for each in self._wordings(code)]
        by, on = self.by.text(), self._on()
        if on is None:
            self.day.show_state(True)
            focus.go(self.day.input)
            return
        desk = self._editing.context.desk
        self.set_busy(True)
        keep = lambda: translations.keep(desk, wordings, by, on)  # noqa: E731 - runs elsewhere
        self._editing.context.work.write(self, keep, self._kept, self._refused)

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._draft.flush()

    def done(self, result: int) -> None:
        """Close; what was typed and not saved stays a draft that is there again next time."""
        self._draft.flush()
        super().done(result)

    def _body(self) -> Body:
        self._remember()
        texts = [row.said.german for row in self._rows]
        return {"typed": {code: dict(zip(texts, said, strict=True)) for code, said in self._typed.items()}}

    def _take_draft(self, body: Body | None) -> None:
        """Show what was typed before; what no longer stands in the plan has no place."""
        for code, said in (body or {}).get("typed", {}).items():
            self._typed[code] = [said.get(row.said.german, row.stored(code)) for row in self._rows]
        self._show_language()

    def _on(self) -> date | None:
        """Return the day; today without one, None for what is no day."""
        try:
            return date.fromisoformat(self.day.value() or self._editing.today.isoformat())
        except ValueError:
            return None

    def _refused(self, explanation: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(explanation)

    def _head(self) -> None:
        choices = self._choices()
        self.language = CodeCombo(choices, say("common.language"))
        self.language.set_code(choices[0].code)
        self.language.setObjectName("translation_language")
        self.language.setAccessibleName(say("common.language"))
        self.by = QLineEdit()
        self.by.setObjectName("translated_by")
        self.by.setAccessibleName(say("translating.by"))
        self.day = DateEditor()
        self.day.name("translated_on", say("translating.on"))
        self.day.set_value(self._editing.today.isoformat())
        row = QHBoxLayout() if not theme().stacked else QVBoxLayout()
        spaced(row, 12)
        for word, field in (
            (say("common.language"), self.language),
            (say("translating.by"), self.by),
            (say("translating.on"), self.day),
        ):
            row.addWidget(_field(word, field), 1)
        self.body.addLayout(row)
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        spaced(ways, 8)
        reading = ("read", "file-text", self._choose_file)
        for name, icon, act in (reading, ("paste", "clipboard-text", self._paste)):
            button = quiet(say(f"translating.way_{name}"), icon, "small")
            button.setObjectName(f"translation_{name}")
            button.clicked.connect(act)
            ways.addWidget(button)
        ways.addStretch(1)
        self.body.addWidget(self._ways)

    def _choices(self) -> tuple[Option, ...]:
        """Return the languages, those of the client first."""
        client = self._editing.file.client
        spoken = [one.language for one in client.languages] if client else []
        first = fitting(self._known.values(), spoken)
        found = {one.language: one for one in (*first, *self._known.values())}.values()
        label = self._editing.catalogue.code_list("language").label
        return tuple(Option(one.language, label(one.language)) for one in found if one.language != GERMAN)

    def _show_language(self) -> None:
        words = self._known[self._language]
        for at, row in enumerate(self._rows):
            typed = self._typed.get(self._language)
            row.show_language(words, typed[at] if typed else None)

    def _change_language(self) -> None:
        self._remember()
        self._language = self.language.code() or self._language
        self._show_language()
        self.fit()

    def _remember(self) -> None:
        self._typed[self._language] = [row.field.toPlainText().strip() for row in self._rows]

    def _wordings(self, code: str) -> list[Rendering]:
        """Return what was written in a language, without what stands there already."""
        found = zip(self._rows, self._typed[code], strict=True)
        return [Rendering(row.said, code, text) for row, text in found if row.is_news(code, text)]

    def _kept(self, change: Change) -> None:
        self._draft.discard()
        self._editing.changed(say("translating.kept"), change)
        super().accept()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, say("translating.way_read"), "", say("translating.files"))
        if name:
            self.read_file(Path(name))

    def _paste(self) -> None:
        self.take(QGuiApplication.clipboard().text())


class _Row(QWidget):
    """One text: its number and the German words, beside them the field in the other language."""

    def __init__(self, number: int, said: GermanText) -> None:
        super().__init__()
        self.said = said
        self.setObjectName(f"said_{number}")
        row = QHBoxLayout(self)
        spaced(row, 12)
        count = Text(str(number), "table", "text-2")
        count.setFixedWidth(theme().px(_NUMBER))
        row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(said.german, "medium", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        self.field = GrowingText()
        self.field.setObjectName(f"translation_{number}")
        self.old = Badge(say("translating.outdated"), "warn", "clock-counter-clockwise")
        self.old.setObjectName(f"outdated_{number}")
        self.again = quiet(say("translating.still_fits"), "check", "small")
        self.again.setObjectName(f"still_fits_{number}")
        self.again.clicked.connect(self._confirm)
        self.was = Text("", "meta", "text-2", wrap=True)
        beside = QVBoxLayout()
        spaced(beside, 4)
        beside.addWidget(self.field)
        state = QHBoxLayout()
        spaced(state, 8)
        for part in (self.old, self.again):
            state.addWidget(part)
        state.addStretch(1)
        beside.addLayout(state)
        beside.addWidget(self.was)
        row.addLayout(beside, 1)
        self._confirmed: set[str] = set()

    def show_language(self, words: ClientWords, typed: str | None) -> None:
        """Show what is there in a language, or what was ``typed``, in its direction."""
        self._code = words.language
        shown = self.stored(words.language) if typed is None else typed
        if shown != self.field.toPlainText():
            self.field.setPlainText(shown)
        directions = Qt.LayoutDirection
        turned = words.direction == "rtl"
        self.field.setLayoutDirection(directions.RightToLeft if turned else directions.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(self.field.layoutDirection())
        self.field.document().setDefaultTextOption(option)
        self.field.setAccessibleName(say("translating.field", language=words.name, text=self.said.german))
        self._show_state()

    def is_news(self, code: str, text: str) -> bool:
        """Return whether ``text`` is to be kept: written anew, or confirmed for the German text of now."""
        return code in self._confirmed or text != self.stored(code)

    def stored(self, code: str) -> str:
        """Return what is kept in a language, "" for nothing."""
        entry = self._entry(code)
        return entry.text if entry else ""

    def _entry(self, code: str) -> Translation | None:
        return next((one for one in self.said.translations if one.language == code), None)

    def _show_state(self) -> None:
        entry = self._entry(self._code)
        fits = self._code in self._confirmed or entry is None or is_of(entry, self.said.german)
        for part in (self.old, self.again, self.was):
            part.setVisible(not fits)
        if entry:
            self.was.setText(say("translating.made_of", text=entry.of))

    def _confirm(self) -> None:
        self._confirmed.add(self._code)
        self._show_state()


def _field(word: str, field: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 4)
    label = Text(word, "label")
    label.setBuddy(field)
    column.addWidget(label)
    column.addWidget(field)
    return holder
