"""Deadlines, appointments and reminders of the case that are not done."""

from datetime import date

from PySide6.QtCore import Signal

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile
from kimdesk.texts import dates
from ui.case.cards import card
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.text import Text
from ui.text import tr

_MOST = 6


class FollowUpsCard(Card):
    """What is due; ``done`` and ``wanted`` carry the id of a follow-up ("" adds one)."""

    done = Signal(str)
    wanted = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        super().__init__(tr("Deadlines and appointments"))
        self.setObjectName("follow_ups_card")
        add = quiet(tr("Date"), "plus", "small")
        add.setObjectName("add_follow_up")
        add.setAccessibleName(tr("Add a deadline or appointment"))
        add.clicked.connect(lambda: self.wanted.emit(""))
        self.add_action(add)
        self._empty = Text(tr("Nothing is due."), "table", "text-2")
        self._list = CardList()
        self._list.acted.connect(lambda key, act: (self.done if act == "done" else self.wanted).emit(key))
        self.body.addWidget(self._empty)
        self.body.addWidget(self._list)

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show what is due in ``file``, the earliest first."""
        due = sorted((one for one in file.follow_ups if one.done_on is None), key=lambda one: one.due_on)
        items = []
        for one in due[:_MOST]:
            item = card(self._catalogue, one, file, today)
            late = one.due_on < today
            badge = (
                dates.distance(one.due_on, today),
                "bad" if late else "neutral",
                "overdue" if late else None,
            )
            actions = (("done", tr("Done")), ("edit", tr("Edit")))
            items.append(CardItem(item.key, item.title, item.text, "", item.icon, "", (badge,), actions))
        self._list.set_cards(items)
        self._list.setVisible(bool(items))
        self._empty.setVisible(not items)
        self.set_count(str(len(due)) if due else "")
