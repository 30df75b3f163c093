"""Single records that were not taken over: by desk and reason, with what somebody can do about them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import registry, say
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.state import Notice

if TYPE_CHECKING:
    from kimdesk.kreis import AsideGroup

Act = Callable[[str, str], None]


class SetAsides(QWidget):
    """One notice per desk and reason; ``release`` and ``put_away`` get both."""

    def __init__(self, release: Act, put_away: Act) -> None:
        super().__init__()
        self._release = release
        self._put_away = put_away
        self._column = QVBoxLayout(self)
        spaced(self._column, 8)

    def show_groups(self, groups: Sequence["AsideGroup"], catalogue: Catalogue) -> None:
        """Show what was set aside."""
        clear(self._column)
        for group in groups:
            self._column.addWidget(self._notice(group, catalogue))
        self.setVisible(bool(groups))

    def _notice(self, group: "AsideGroup", catalogue: Catalogue) -> Notice:
        title = say("kreis.n_records_of_name_set_aside", n=sum(group.kinds.values()), name=group.desk)
        told = registry.of_aside(group.kinds, group.reason, catalogue)
        if group.released:
            told = f"{told} {say('kreis.the_next_receipt_asks_for_them')}"
        notice = Notice("warn", title, told)
        notice.setObjectName(f"aside_{group.reason}")
        again = secondary(say("kreis.have_them_sent_again"), size="small")
        again.setObjectName(f"release_{group.reason}")
        again.clicked.connect(lambda: self._release(group.desk_id, group.reason))
        again.setVisible(not group.released)
        away = quiet(say("kreis.file_as_settled"), size="small")
        away.setObjectName(f"put_away_{group.reason}")
        away.clicked.connect(lambda: self._put_away(group.desk_id, group.reason))
        for button in (again, away):
            button.setAccessibleName(f"{button.text()}: {title}")
            notice.add_action(button)
        return notice
