"""Text on the screen, with the line heights of the look."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.kit.base import restyle
from ui.theme import theme


class Text(QLabel):
    """A label with a ``use`` (title, person, section, next_step, body, strong, table, label, meta …) and a tone.

    ``wrap`` lets it run over several lines; ``lead`` is set in bold before the text.
    """

    def __init__(self, text: str = "", use: str = "body", tone: str = "text", wrap: bool = False,
                 lead: str = "") -> None:  # fmt: skip
        super().__init__()
        self._plain = ""
        self._use = use
        self.setProperty("use", use)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setMinimumHeight(theme().line(use))
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text, lead)

    def setText(self, text: str, lead: str = "") -> None:
        """Show ``text`` (plain), after a bold ``lead`` if there is one."""
        self._plain = text
        self.setFont(theme().font(self._use, text))
        self.setAccessibleName(f"{lead} {text}".strip())
        if not (self.wordWrap() or lead or "<" in text):
            super().setText(text)
            return
        bold = f"<b style='font-weight:600'>{_escaped(lead)}</b> " if lead else ""
        body = _escaped(text).replace("\n", "<br>")
        super().setText(f"<p style='margin:0;line-height:{self._line_percent()}%'>{bold}{body}</p>")

    def text(self) -> str:
        """Return the plain text."""
        return self._plain

    def set_tone(self, tone: str) -> None:
        """Show the text in another colour."""
        restyle(self, tone=tone)

    def _line_percent(self) -> int:
        return round(100 * theme().line(self._use) / QFontMetrics(theme().font(self._use)).lineSpacing())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
