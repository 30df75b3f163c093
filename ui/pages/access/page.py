"""The page Zugänge: every way into the vault, and how to change it."""

from collections.abc import Callable

from kimdesk.casework.access import Way
from kimdesk.casework.events import Shows
from kimdesk.texts import say
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.buttons import secondary, way_back
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.access.escrow_card import EscrowCard, KreisKeyCard
from ui.pages.access.people_card import PeopleCard
from ui.pages.access.presenter import AccessPresenter
from ui.pages.access.rows import line
from ui.pages.access.sheets_card import SheetsCard
from ui.places import Place


class AccessPage(DeskPage, Page):
    """People at the left; sheets, deposit and new key at the right."""

    shows = Shows()

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.access"), say("access.who_can_open_vault_how"))
        self._presenter = AccessPresenter(context)
        back = way_back(say("common.settings"), "back_to_settings")
        back.clicked.connect(lambda: context.navigate(Place("settings")))
        self.add_action(back)
        self._notice = Notice("ok")
        self._notice.setObjectName("access_notice")
        self._rekey_now = secondary(say("access.new_key_dialog"), size="small")
        self._rekey_now.setObjectName("rekey_now")
        self._rekey_now.clicked.connect(context.renew_key)
        self._notice.add_action(self._rekey_now)
        self._notice.hide()
        self.body.addWidget(self._notice)
        self._people = PeopleCard(self._presenter)
        self._sheets = SheetsCard(self._presenter)
        escrow = KreisKeyCard if context.desk.role == "kreis" else EscrowCard
        self._escrow = escrow(self._presenter)
        self._people.done.connect(self._say)
        self._escrow.done.connect(self._say)
        self._sheets.done.connect(self.refresh)
        left = column(self._people, self._escrow)
        right = column(self._sheets, _key_card(context.renew_key))
        self.body.addWidget(Columns([(left, 0), (right, 0)]))

    def refresh(self) -> None:
        """Read the ways in again."""
        self._presenter.read_ways(self, self._show)

    def _show(self, ways: tuple[Way, ...]) -> None:
        for card in (self._people, self._sheets, self._escrow):
            card.show_ways(ways)

    def _say(self, words: str, next_step: str) -> None:
        self._rekey_now.setVisible(next_step == "rekey")
        self._notice.set("warn" if next_step else "ok", "", words)
        self._notice.show()
        self.refresh()


def _key_card(renew: Callable[[], None]) -> Card:
    card = Card(say("access.new_key"))
    for words in (
        say("access.if_someone_may_have_learnt"),
        say("access.other_people_three_sheets_what"),
    ):
        card.body.addWidget(Text(words, "table", "text-2", wrap=True))
    button = secondary(say("access.new_key_dialog"), "arrows-clockwise", size="small")
    button.setObjectName("renew_key")
    button.clicked.connect(renew)
    card.body.addWidget(line(button))
    return card
