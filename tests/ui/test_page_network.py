"""The page Netzwerk at the Kreis: picture, table and the opened way, by keyboard and as it is read aloud."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from kimdesk.kreis.steering import network
from tests.kreis.network_rows import a_quarter
from tests.sync.exchange import Exchange
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, settle
from tests.ui.page_help import today
from ui.pages.network.canvas import NetworkCanvas
from ui.pages.network.page import NetworkPage
from ui.pages.network.table import WaysTable
from ui.pages.network.way_card import WayCard
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
KITA = "service.childcare>service.integration_course"


def words_of(widget: QWidget) -> str:
    """Return what is shown and read aloud; whatever a hand can use has a name."""
    labels = [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]
    return " | ".join([*walk_accessible(widget), *labels])


def press(view: NetworkCanvas, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(view, key)
    settle()


def test_a_kreis_without_chains_says_that_nothing_has_arrived(exchange: Exchange, shell_on: ShellOn) -> None:
    shell = shell_on(exchange.kreis, "network")
    assert "Noch nichts eingegangen" in words_of(find(shell, NetworkPage, "network_page"))
    assert not any(each.isVisible() for each in shell.findChildren(NetworkCanvas))


def test_the_network_is_walked_opened_and_closed_by_keys(exchange: Exchange, shell_on: ShellOn) -> None:
    a_quarter(network.quarters(today())[0].first).write(exchange.kreis)
    shell = shell_on(exchange.kreis, "network")
    view = find(shell, NetworkCanvas, "network_view")
    [card] = shell.findChildren(WayCard)
    assert view.picture
    assert not view.picture.aside
    assert not card.isVisible()
    view.setFocus()
    walked = set()
    press(view, Qt.Key.Key_Home)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down) * 6:
        press(view, key)
        walked.add(view.accessibleDescription())
    assert (
        any(told.startswith("Kita-Platz → Integrationskurs, 14 · 44") for told in walked) or len(walked) > 4
    )
    view.choose(KITA)
    press(view, Qt.Key.Key_Return)
    told = words_of(card)
    for wanted in ("Kita-Platz → Integrationskurs", "wenn das Kind betreut ist", "44", "44 statt 28 Tage",
                   "vor allem Mütter", "3 bis 5 Gemeinden", "Engpass"):  # fmt: skip
        assert wanted in told, wanted
    press(view, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_the_table_says_what_the_picture_says(exchange: Exchange, shell_on: ShellOn) -> None:
    a_quarter(network.quarters(today())[0].first).write(exchange.kreis)
    shell = shell_on(exchange.kreis, "network")
    page, view = find(shell, NetworkPage, "network_page"), find(shell, NetworkCanvas, "network_view")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    table = find(shell, WaysTable, "ways_table")
    assert table.isVisible()
    assert not view.isVisible()
    model = table.model()
    rows = [[model.index(row, column).data() for column in range(7)] for row in range(model.rowCount())]
    assert ["Kita-Platz", "Integrationskurs", "14", "44", "28", "+16", "Engpass"] in rows
    assert view.picture
    assert len(rows) == len(view.picture.ways)
    table.selectRow(next(at for at, row in enumerate(rows) if row[0] == "Kita-Platz"))
    settle()
    assert find(shell, WayCard, "way_card").isVisible()
    click(shell, "close_way")
    assert not any(each.isVisible() for each in shell.findChildren(WayCard))
    _choose(shell, "network_municipality", "05999001")
    assert any(model.index(row, 2).data() == "verdeckt" for row in range(model.rowCount()))
    assert "In einer Gemeinde" in words_of(page)
    _choose(shell, "network_municipality", "")
    _choose(shell, "network_lane", "livelihood")
    assert table.model().rowCount() == 2


def _choose(shell: Shell, name: str, value: str) -> None:
    box = find(shell, QComboBox, name)
    at = box.findData(value)
    assert at >= 0
    box.setCurrentIndex(at)
    box.activated.emit(at)
    settle()
