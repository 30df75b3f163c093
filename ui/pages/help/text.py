"""The text of a topic, set in the type of the look."""

import re

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextListFormat
from PySide6.QtWidgets import QTextBrowser

from ui.pages.help.topics import Topic
from ui.theme import theme

_BOLD = re.compile(r"\*\*(.+?)\*\*")


class HelpText(QTextBrowser):
    """Shows one topic."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_text")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme().px(12))
        self.document().setIndentWidth(theme().px(20))

    def show_topic(self, topic: Topic) -> None:
        """Show ``topic`` from its beginning."""
        self.clear()
        self.setAccessibleName(topic.title)
        cursor = QTextCursor(self.document())
        _put(cursor, topic.title, "title", level=1, first=True)
        for line in topic.lines:
            _add(cursor, line)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _add(cursor: QTextCursor, line: str) -> None:
    if line.startswith("## "):
        _put(cursor, line.removeprefix("## "), "section", level=2)
    elif line.startswith("- "):
        _put(cursor, line.removeprefix("- "), "body")
        look = QTextListFormat()
        look.setStyle(QTextListFormat.Style.ListDisc)
        cursor.createList(look)
    else:
        _put(cursor, line, "body")


def _put(cursor: QTextCursor, text: str, use: str, level: int = 0, first: bool = False) -> None:
    """Append a paragraph of a type ``use``; ``level`` makes it a heading, **stars** make words bold."""
    look = QTextBlockFormat()
    look.setHeadingLevel(level)
    look.setTopMargin(0 if first else theme().px(16 if level else 4))
    look.setBottomMargin(theme().px(4))
    look.setLineHeight(theme().line(use), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    if first:
        cursor.setBlockFormat(look)
    else:
        cursor.insertBlock(look, _words(use, bold=False))
    for number, part in enumerate(_BOLD.split(text)):
        cursor.insertText(part, _words(use, bold=bool(number % 2)))


def _words(use: str, bold: bool) -> QTextCharFormat:
    words = QTextCharFormat()
    words.setFont(theme().bold(use) if bold else theme().font(use))
    words.setForeground(theme().brush("text"))
    return words
