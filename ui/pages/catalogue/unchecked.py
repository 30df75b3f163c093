"""How many contents nobody has compared with their source, and the way to the page that lists them."""

from kimdesk.domain.dates import today
from kimdesk.texts import say
from ui.desk.context import Context
from ui.kit.buttons import Button
from ui.places import Place


class Unchecked(Button):
    """A button that says how many there are, once they are counted."""

    def __init__(self, context: Context) -> None:
        super().__init__(say("legal_state.title"), "secondary", "scales")
        self._context = context
        self.setObjectName("show_legal_state")
        self.clicked.connect(lambda: context.navigate(Place("legal_state")))

    def refresh(self) -> None:
        """Count again in the background."""
        catalogue = self._context.catalogue

        def read() -> int:
            from kimdesk.catalogue import legal_state

            return legal_state.unchecked(legal_state.of(catalogue, today()))

        self._context.work.read(self, read, lambda n: self.setText(say("legal_state.n_unchecked", n=n)))
