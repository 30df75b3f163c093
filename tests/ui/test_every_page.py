"""Every page of both roles, empty and full, at 100 % and 200 %: named, reached by Tab, nothing cut."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from kimdesk import kreis, sync
from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.terms import Phase
from kimdesk.practice.fill import fill
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.ui.conftest import interactive, walk_accessible
from tests.ui.hands import click, in_view, sees
from ui.app import SIZE
from ui.case.form.frame import FormFrame
from ui.case.tabs import KEYS
from ui.pages import PAGES, PageSpec
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork
from ui.shell import Shell

CASES = 8
MOST_TABS = 150
PICTURES = {"network_area"}  # wider than a screen of large text; a table says the same
FORM_ROOM = 480  # pixels of the 768 of a screen, whatever the size of the text
ROLES = [(page, role) for page in PAGES for role in page.roles]
EVERY_PAGE = pytest.mark.parametrize(
    ("spec", "role"), ROLES, ids=[f"{page.key}-{role}" for page, role in ROLES]
)
SCALED = pytest.mark.parametrize("zoom", [1.0, 2.0], ids=["100", "200"])
FILLED = pytest.mark.parametrize("filled", [False, True], ids=["empty", "full"])

Visit = Callable[[PageSpec, str, bool, float], tuple[Shell, QWidget]]


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with closed desks ``<role>-<filled>``, made once; the full ones know each other."""
    home = tmp_path_factory.mktemp("desks")
    for role in ("desk", "kreis"):
        _make(home, role, filled=False).close()
    with _make(home, "desk", filled=True) as desk, _make(home, "kreis", filled=True) as office:
        fill(desk, CASES)
        fingerprint = sync.request(desk, home / "request.kimq")
        answer = kreis.enrol(office, (home / "request.kimq").read_bytes(), fingerprint)
        sync.accept(desk, answer.certificate, fingerprint=answer.kreis_fingerprint)
        (home / "receipts").mkdir()
        kreis.import_files(office, [sync.export(desk, home).path], home / "receipts")
    return home


def _make(home: Path, role: str, *, filled: bool) -> Desk:
    desk, _ = Desk.create(
        home / f"{role}-{filled}",
        PASSPHRASE,
        name="Eschenried" if role == "desk" else "Kreis Auental",
        user="Miriam Kessler",
        municipalities=("05999004", "05999008") if role == "desk" else (),
        role=role,  # type: ignore[arg-type]
        practice=filled,
        strength=Strength.INTERACTIVE,
    )
    return desk


@pytest.fixture
def visit(
    desks: Path, tmp_path: Path, inline_work: InlineWork, other_look: Callable[..., None]
) -> Iterator[Visit]:
    """Open a page on a copy of a desk: ``visit(spec, role, filled, zoom)``; no failure goes unsaid."""
    opened: list[tuple[Shell, Desk]] = []
    surprises: list[object] = []
    inline_work.unexplained.connect(surprises.append)

    def visit(spec: PageSpec, role: str, filled: bool, zoom: float) -> tuple[Shell, QWidget]:
        other_look(zoom=zoom)
        folder = shutil.copytree(desks / f"{role}-{filled}", tmp_path / "vault")
        desk = Desk.unlock(folder, PASSPHRASE)
        shell = Shell(desk, inline_work, Keeper(Preferences()), _target(spec, desk))
        opened.append((shell, desk))
        shell.resize(*SIZE)
        shell.show()
        QTest.qWaitForWindowActive(shell)
        for _ in range(3):  # a head that folds gives its room to what is below, one layout after another
            QApplication.processEvents()
        page = shell.current_page()
        assert page is not None
        return shell, page

    yield visit
    for shell, desk in opened:
        shell.leave()
        shell.hide()
        shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        desk.close()
    assert surprises == []


def _target(spec: PageSpec, desk: Desk) -> Place:
    """Return where the page shows something: the case page needs a case."""
    rows = cases.list_page(desk, cases.CaseQuery(order="name"), None, 1).rows if spec.key == "case" else ()
    return Place("case", rows[0].id) if rows else Place(spec.key)


@EVERY_PAGE
@FILLED
@SCALED
def test_a_page_can_be_used_by_everyone(
    visit: Visit, spec: PageSpec, role: str, filled: bool, zoom: float
) -> None:
    shell, page = visit(spec, role, filled, zoom)
    assert shell.pages[spec.key] is page
    walk_accessible(page)
    assert unreached(page) == []
    assert cut(page) == []
    assert too_large(shell, page) == []


@SCALED
def test_no_place_of_a_case_scrolls_sideways_and_a_form_has_room(visit: Visit, zoom: float) -> None:
    spec = next(each for each in PAGES if each.key == "case")
    shell, page = visit(spec, "desk", True, zoom)
    for tab in (*KEYS, *Phase):
        shell.navigate(Place("case", shell.here().case_id, tab))
        for _ in range(3):  # what is hidden in the head gives its room to the tab, one layout after another
            QApplication.processEvents()
        assert too_large(shell, page) == [], tab
        assert tab == "plan" or _form_height(page) >= FORM_ROOM, tab


def test_the_chain_as_a_picture_does_not_scroll_the_plan_sideways(visit: Visit) -> None:
    spec = next(each for each in PAGES if each.key == "case")
    shell, page = visit(spec, "desk", True, 2.0)
    shell.navigate(Place("case", shell.here().case_id, "plan"))
    click(page, "chain_switch")
    assert sees(page, "chain_zoom")
    assert too_large(shell, page) == []


def _form_height(page: QWidget) -> int:
    """Return the height of the tab that is shown, or of what scrolls in it."""
    stack = page.findChild(QStackedWidget)
    assert stack is not None
    shown = stack.currentWidget()
    assert shown is not None
    frame = shown.findChild(FormFrame)
    return frame.area.height() if frame else stack.height()


def unreached(page: QWidget) -> list[str]:
    """Return what the Tab key does not come to; rows of lists and buttons of a group take arrow keys."""
    wanted = [widget for widget in interactive(page) if widget.isEnabled() and not _in_a_field(widget)]
    if not wanted:
        return []
    wanted[0].setFocus()
    reached: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and len(reached) < MOST_TABS:
        if now in reached and now is wanted[0]:
            break
        reached.append(now)
        assert in_view(now), f"{now.objectName()} has the keyboard out of view"
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return [f"{type(each).__name__} {each.objectName()}" for each in wanted if not _came_to(each, reached)]


def _in_a_field(widget: QWidget) -> bool:
    """Return whether ``widget`` is a button inside a line, whose key works from the line."""
    return isinstance(widget, QAbstractButton) and isinstance(widget.parent(), QLineEdit)


def _came_to(widget: QWidget, reached: list[QWidget]) -> bool:
    """Return whether Tab came to ``widget``, or to a button of its group: arrow keys go on from there."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    same = group.buttons() if group is not None and group.exclusive() else [widget]
    return any(each in reached for each in (*same, widget.focusProxy()))


def cut(page: QWidget) -> list[str]:
    """Return the labels and buttons that have less room than their words need."""
    words = [each for each in page.findChildren(QWidget) if isinstance(each, QLabel | QAbstractButton)]
    return [
        f"{each.objectName() or type(each).__name__}: {each.text()} {each.width()}×{each.height()}"
        for each in words
        if each.text() and each.isVisibleTo(page) and not _inside_view(each) and _lacks_room(each)
    ]


def _lacks_room(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 1
    needed = (
        widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.sizeHint().height()
    )
    return widget.minimumSizeHint().width() > widget.width() + 1 or needed > widget.height() + 1


def _inside_view(widget: QWidget) -> bool:
    return isinstance(widget.parent(), QAbstractItemView)


def too_large(shell: Shell, page: QWidget) -> list[str]:
    """Return what makes the window larger than the screen, or a page scroll sideways."""
    areas = [each for each in (page, *page.findChildren(QScrollArea)) if isinstance(each, QScrollArea)]
    areas = [each for each in areas if each.objectName() not in PICTURES]
    found = [f"{each.objectName()} scrolls sideways" for each in areas if each.isVisibleTo(page)
             and each.horizontalScrollBar().maximum() > 0]  # fmt: skip
    grown = shell.width() > SIZE[0] or shell.height() > SIZE[1]
    return found + ([f"the window grows to {shell.width()} × {shell.height()}"] if grown else [])
