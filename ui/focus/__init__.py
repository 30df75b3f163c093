"""Where the keyboard is. One rule (docs/decisions/0052), kept by the program, not by each page:

who moves it by program brings it into view, and the field flashes once (``go``); what goes away gives it to
the same thing made anew, or to what was around it, never to a neighbour; Tab follows what is seen.
"""

from typing import TYPE_CHECKING

from ui.focus.moving import begin, go, soon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["begin", "first_field", "go", "soon"]


def first_field(top: "QWidget") -> "QWidget | None":
    """Return where somebody begins inside ``top``: its first field, else what Tab comes to first, or None."""
    from ui.focus.order import first_field

    return first_field(top)
