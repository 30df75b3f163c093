"""Nothing untrue at the Kreis: while no desk is there, or none has sent anything, no page claims a thing.

A tick, an „alles in Ordnung“, a zero say that somebody counted. Whoever counted nothing says so.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from kimdesk.casework.desk import Desk
from tests.sync.exchange import Exchange, make_desk
from tests.ui.hands import settle
from tests.ui.page_fixtures import *  # noqa: F403 - fixtures
from tests.ui.test_nothing_untrue import said
from ui.kit.sign import Sign
from ui.pages import PAGES
from ui.places import Place
from ui.shell import Shell

CLAIM = re.compile(
    r"^[0\s,%]+$|\b0 (?!von)|in Ordnung|stimm(t|en) |überein|vollständig|lückenlos"
    r"|alle[snmr]? (da|hier|gesendet)",
    re.IGNORECASE,
)
OF_THE_PROGRAM = ("legal_state", "help")  # what is shipped, the same everywhere
KREIS_PAGES = [page.key for page in PAGES if "kreis" in page.roles and page.key not in OF_THE_PROGRAM]
COUNTED = "0 Unterschiede zu dem, was heute gilt"  # the draft was compared with what counts


@pytest.fixture
def empty_kreis(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(tmp_path / "empty", "Kreis Auental", "kreis") as office:
        yield office


def claims(shell: Shell) -> dict[str, list[str]]:
    """Return by page what is claimed there, in words or by a tick."""
    found: dict[str, list[str]] = {}
    for key in KREIS_PAGES:
        shell.navigate(Place(key))
        settle()
        page = shell.current_page()
        assert isinstance(page, QWidget), key
        told = [text for text in said(page) if CLAIM.search(text) and text != COUNTED]
        shown = [one._look[0] for one in page.findChildren(Sign) if one.isVisible()]
        ticks = [name for name in shown if "check" in name and key != "trail"]  # checked just now
        if told or ticks:
            found[key] = told + ticks
    return found


def test_an_empty_kreis_claims_nothing(empty_kreis: Desk, shell_on: Callable[..., Shell]) -> None:
    assert claims(shell_on(empty_kreis)) == {}


def test_a_kreis_whose_desks_never_sent_claims_nothing(
    exchange: Exchange, shell_on: Callable[..., Shell]
) -> None:
    assert claims(shell_on(exchange.kreis)) == {}
