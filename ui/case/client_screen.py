"""From the case to what the client sees of it."""

from functools import partial

from ui.case.editing import Editing
from ui.client_screen.presenter import screen
from ui.client_screen.window import ClientScreen


def show(editing: Editing) -> None:
    """Show the client screen over the window."""
    make = partial(screen, editing.catalogue.client_words, editing.file, editing.today)
    ClientScreen(editing.context, make, editing.page.window()).open_over()
