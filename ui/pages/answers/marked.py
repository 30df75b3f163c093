"""A text in which some words are marked: why it was proposed."""

import html
import re
from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import theme


class MarkedText(QLabel):
    """``lead`` stands before the text; each of ``words`` in it has the ground and the colour of a mark."""

    def __init__(self, lead: str, text: str, words: Collection[str]) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFont(theme().font("table", text))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{lead} {text}".strip())
        self.setText(
            f'<span style="color:{theme().hex("text-2")}">{html.escape(lead)}</span> {_marked(text, words)}'
        )


def _marked(text: str, words: Collection[str]) -> str:
    """Return ``text`` as markup of our own, everything of it escaped."""
    if not words:
        return html.escape(text)
    look = theme()
    style = f"background-color:{look.hex('tint')};color:{look.hex('accent')};font-weight:600"
    found = re.compile(rf"\b({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b")
    parts = found.split(text)
    return "".join(
        f'<span style="{style}">{html.escape(part)}</span>' if at % 2 else html.escape(part)
        for at, part in enumerate(parts)
    )
