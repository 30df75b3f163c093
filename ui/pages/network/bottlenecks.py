"""The card Engpässe: where is waited longer than agreed, and what hangs on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kimdesk.kreis.steering.network import WaitVerdict
from kimdesk.texts import network as words
from kimdesk.texts import say
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.kreis.steering.network import ChainNetwork

_MOST = 6


class BottleneckCard(Card):
    """``opened`` is called with the key of a way."""

    def __init__(self, opened: Callable[[str], None]) -> None:
        super().__init__(say("network.bottlenecks"), say("network.longer_than_agreed"))
        self.setObjectName("bottlenecks")
        self._none = Text(say("network.no_bottleneck"), "table", "text-2", wrap=True)
        self._list = CardList()
        self._list.acted.connect(lambda key, _: opened(key))
        self.body.addWidget(self._none)
        self.body.addWidget(self._list)

    def show_network(self, found: "ChainNetwork") -> None:
        """Show the bottlenecks of ``found``, the longest first, then what is to be watched."""
        narrow = found.bottlenecks[:_MOST]
        self._none.setVisible(not narrow)
        self._list.setVisible(bool(narrow))
        self._list.set_cards([
            CardItem(
                one.way.key,
                words.title(found, one),
                words.against_agreed(one),
                words.hangs_on(found, one),
                "warning-octagon" if one.verdict is WaitVerdict.BOTTLENECK else "hourglass-medium",
                "bad" if one.verdict is WaitVerdict.BOTTLENECK else "warn",
                (),
                (("open", say("common.open")),),
            )
            for one in narrow
        ])  # fmt: skip
