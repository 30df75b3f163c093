"""What the tests of windows and widgets share: the look, complete German, a background without a thread."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from kimdesk.casework.cases import open_new
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Person
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.ui.hands import cleared, following, settle
from ui import theme
from ui.app import prepare
from ui.focus.watching import watch
from ui.program.work import InlineWork, Work

pytest.register_assert_rewrite("tests.ui.page_fixtures", "tests.ui.case_fixtures")  # whoever is first

_INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application, dressed as it ships: light, 100 %, German."""
    prepare(qapp)
    theme.apply(qapp)
    theme.complete()
    watch(qapp)
    return qapp


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of settings of this test alone."""
    folder = tmp_path / "home"
    monkeypatch.setenv("KIMDESK_HOME", str(folder))
    return folder


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Delete what tests have put away."""
    cleared()


@pytest.fixture
def inline_work() -> Iterator[InlineWork]:
    """A background that works at once."""
    work = InlineWork()
    yield work
    work.deleteLater()


BOTH = pytest.mark.parametrize("background", ["inline", "thread"], indirect=True)
"""Marks a test of windows that is run with either background."""


@pytest.fixture
def background(request: pytest.FixtureRequest) -> Iterator[Work]:
    """The background of a window: at once, or as in the program with a thread (``BOTH``)."""
    work = Work() if getattr(request, "param", "inline") == "thread" else InlineWork()
    with following(work):
        yield work
        work.finish()
        settle()
    work.deleteLater()


@pytest.fixture
def other_look(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """Change the look for one test: ``other_look(dark=True, zoom=2.0)``."""
    yield lambda **look: theme.apply(qapp, **look)
    theme.apply(qapp)


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a closed desk with two cases, made once, and its recovery code. Copy it only."""
    folder = tmp_path_factory.mktemp("desk") / "Eschenried"
    desk, code = Desk.create(
        folder, PASSPHRASE, name="Eschenried", user="Miriam Kessler", strength=Strength.INTERACTIVE
    )
    with desk:
        for family, given in (("Osman", "Amna"), ("Haddad", "Amira")):
            open_new(desk, Person(family_name=family, given_names=given))
    return folder, code


@pytest.fixture
def desk_folder(tmp_path: Path, desk_template: tuple[Path, str]) -> Path:
    """The folder of a closed desk of this test alone."""
    folder = tmp_path / "Eschenried"
    shutil.copytree(desk_template[0], folder)
    return folder


@pytest.fixture
def desk(desk_folder: Path) -> Iterator[Desk]:
    """An open desk with two cases."""
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        yield desk


def walk_accessible(top: QWidget) -> list[str]:
    """Assert that everything a hand can use below ``top`` has a name and an object name; return the names."""
    names, nameless = [], []
    for widget in interactive(top):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        names.append(name)
        if not name.strip() or not widget.objectName():
            nameless.append(f"{type(widget).__name__} {widget.objectName()!r} {name!r}")
    assert nameless == []
    return names


def interactive(top: QWidget) -> Iterator[QWidget]:
    """Return everything below ``top`` that a hand can use and that is shown; not the inside of another."""
    for widget in [top, *top.findChildren(QWidget)]:
        inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
        inside_other = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QAbstractItemView)
        if isinstance(widget, _INTERACTIVE) and not inner and not inside_other and widget.isVisibleTo(top):
            yield widget
