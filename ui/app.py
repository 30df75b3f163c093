"""The program: one window that shows the first steps, a locked vault, or an open desk."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from ui import theme
from ui.places import Place
from ui.program.look import Look
from ui.program.preferences import Keeper, Preferences
from ui.program.scene import WindowScene
from ui.program.work import Work

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from ui.desk.locking import DeskGuard
    from ui.program.clipboard import ClipboardGuard
    from ui.shell import Shell

SIZE = (1366, 738)


def prepare(app: QApplication) -> None:
    """Make ``app`` German: dates, numbers and the texts of Qt itself."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    german = QLocale(QLocale.Language.German, QLocale.Country.Germany)
    QLocale.setDefault(german)
    translator = QTranslator(app)
    if translator.load(german, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def run(*, role: str = "", folder: Path | None = None, smoke: bool = False) -> int:
    """Run the program until its window is closed; return its exit status.

    ``smoke`` paints the first window once and ends.
    """
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("KIMdesk")
    app.setDesktopFileName("kimdesk")
    program = Program(app, Keeper(), role, folder)
    program.start()
    if smoke:
        QTimer.singleShot(0, lambda: (program.window.grab(), app.quit()))
    else:
        QTimer.singleShot(0, program.settle)
    return app.exec()


class Window(QMainWindow):
    """The one window; asks before it closes."""

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave
        self.scene: WindowScene | None = None
        self.setWindowTitle("KIMdesk")
        self.resize(self._fitting())

    def show_scene(self, scene: WindowScene, title: str) -> None:
        """Show ``scene`` and nothing else; the one before it dies."""
        self.scene = scene
        self.setCentralWidget(scene)
        self.setWindowTitle(title)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save and lock before closing."""
        self._leave()
        event.accept()

    def _fitting(self) -> QSize:
        return QSize(*SIZE).boundedTo(self.screen().availableGeometry().size())


class Program(QObject):
    """Leads from the first steps to a locked vault, to an open desk, and back when it locks."""

    def __init__(self, app: QApplication, keeper: Keeper, role: str = "", folder: Path | None = None,
                 work: Work | None = None) -> None:  # fmt: skip
        super().__init__()
        self._app = app
        self.keeper = keeper
        self._role = role
        self._folder = folder
        self.desk: Desk | None = None
        self.shell: Shell | None = None
        self._target: Place | None = None
        self._settled = False
        self.work = work or Work(self)
        self._look = Look(self, app, keeper, self._rebuild)
        self.window = Window(self.leave)
        self.guard: DeskGuard | None = None
        self._clipboard: ClipboardGuard | None = None
        keeper.listen(self._obey)

    def start(self) -> None:
        """Show the vault used last, or the first steps, in a window."""
        folder = self._folder or self._last_folder()
        if folder is not None:
            self.show_unlock(folder)
        else:
            self.show_wizard()
        self.window.show()

    def settle(self) -> None:
        """Load, now that the window stands, what is needed next."""
        from ui.desk.scans import copies
        from ui.focus.watching import watch
        from ui.kit.logo import window_icon
        from ui.pages.help.helping import Helping
        from ui.program import keys
        from ui.program.clipboard import ClipboardGuard

        gc.enable()
        prepare(self._app)
        theme.complete()
        watch(self._app)
        self._app.setWindowIcon(window_icon())
        self._look.follow_system()
        keys.bind(self.window, "lock", self.lock)
        Helping(self.window, lambda: self.shell.here() if self.shell else None, self._navigate)
        self._clipboard = ClipboardGuard(self, self._app.clipboard())
        if self.keeper.broken:
            from ui.desk.broken_settings import tell_broken

            tell_broken(self.window, self.keeper)
        self._settled = True
        self._settle_page()
        self.work.read(self, _warm_up, lambda _: None, lambda _: None)
        self.work.write(self, copies.sweep)

    def show_unlock(self, folder: Path) -> None:
        """Show the locked vault in ``folder``."""
        from ui.pages.unlock.page import UnlockPage

        page = UnlockPage(self.keeper, self.work, folder)
        page.opened.connect(self.show_desk)
        page.other_chosen.connect(lambda chosen: self.show_unlock(Path(chosen)))
        page.new_wanted.connect(self.show_wizard)
        page.restore_wanted.connect(self.show_restore)
        self.window.show_scene(page, "KIMdesk")
        page.take_focus()
        if self._settled:
            self._settle_page()

    def show_wizard(self) -> None:
        """Show the first steps."""
        from ui.pages.wizard.page import WizardPage

        page = WizardPage(self.keeper, self.work, self._role)
        page.finished.connect(self.show_desk)
        page.existing_chosen.connect(lambda chosen: self.show_unlock(Path(chosen)))
        page.restore_wanted.connect(self.show_restore)
        self.window.show_scene(page, "KIMdesk")

    def show_restore(self, backup: str = "") -> None:
        """Lock, and lead from a backup to the desk that it restores; the vault used last stays as it is."""
        from ui.pages.backup.restore import RestorePage

        self._put_away()
        page = RestorePage(self.work, Path(backup) if backup else None)
        page.restored.connect(self._show_restored)
        page.back_wanted.connect(self.start)
        self.window.show_scene(page, "KIMdesk")

    def show_desk(self, desk: "Desk") -> None:
        """Show the open ``desk``, where the user left it."""
        from ui.shell import Shell

        folder = desk.vault.folder
        if folder != self._folder:
            self._target = None
        self._folder = folder
        self.desk = desk
        self.keeper.change(self.keeper.current.opened(folder, desk.name))
        self.shell = Shell(desk, self.work, self.keeper, self._target)
        self.shell.lock_wanted.connect(self.lock)
        self.shell.rekey_wanted.connect(self.show_rekey)
        self.window.show_scene(self.shell, f"KIMdesk – {desk.name}")
        self._watch(desk)
        self.shell.upkeep.restore_wanted.connect(self.show_restore)
        self.shell.upkeep.start()
        if names := desk.vault.set_aside:
            from kimdesk.texts import say

            told = say("settings.slot_files_put_aside", n=len(names), names=", ".join(names))
            self.shell.warn(say("settings.slot_file_set_aside"), told)
        self.work.look(self.shell, _prepare_readers, lambda _: None, lambda _: None)

    def show_rekey(self) -> None:
        """Lock, and offer the closed vault a new key; the desk comes back where it was."""
        if self.desk is None or self._folder is None:
            return
        from ui.pages.access.rekey import RekeyPage

        folder = self._folder
        self._put_away()
        page = RekeyPage(self.work, folder)
        page.opened.connect(self.show_desk)
        page.dropped.connect(lambda: self.show_unlock(folder))
        self.window.show_scene(page, "KIMdesk")
        page.take_focus()

    def lock(self) -> None:
        """Save drafts, close the desk, drop the key, and show the locked vault."""
        if self.desk is None or self._folder is None:
            return
        self._put_away()
        self.show_unlock(self._folder)

    def _navigate(self, place: Place) -> None:
        if self.shell is not None:
            self.shell.navigate(place)

    def leave(self) -> None:
        """Save and close everything before the program ends; an unproven vault of the first steps goes."""
        if self.shell is None and self.window.scene is not None:
            self.window.scene.flush()
        self._put_away()
        self._forget_copied()
        self.work.finish()

    def _show_restored(self, desk: "Desk", words: str) -> None:
        self.show_desk(desk)
        if (shell := self.shell) is not None:
            QTimer.singleShot(0, shell, lambda: shell.context.toast(words))  # once it has its size

    def _watch(self, desk: "Desk") -> None:
        from ui.desk.locking import DeskGuard

        if self.guard is None:
            self.guard = DeskGuard(self.window, self.work, self.keeper.current)
            self.guard.leave.connect(self.lock)
        self.guard.start(desk)

    def _forget_copied(self) -> None:
        if self._clipboard is not None:
            self._clipboard.clear()

    def _settle_page(self) -> None:
        if self.window.scene is not None:
            self.window.scene.settle()

    def _put_away(self) -> None:
        if self.desk is None or self.shell is None or self.guard is None:
            return
        from ui.desk.locking import close_windows
        from ui.desk.scans import copies

        let_sleep = self.guard.stop()
        self._target = self.shell.here()
        close_windows(self.window)
        self.shell.flush()
        self.shell.leave()
        desk, self.desk, self.shell = self.desk, None, None
        self._forget_copied()
        self.work.write(self, desk.close, lambda _: let_sleep(), lambda _: let_sleep())
        self.work.write(self, copies.wipe)

    def _last_folder(self) -> Path | None:
        return next((Path(each.folder) for each in self.keeper.current.vaults if each.is_there), None)

    def _obey(self, preferences: Preferences) -> None:
        if self.guard is not None:
            self.guard.obey(preferences)

    def _rebuild(self) -> None:
        if self.shell is not None:
            QTimer.singleShot(0, self.shell, self.shell.rebuild)


def _warm_up() -> None:
    """Import the heavy rooms while the passphrase is typed."""
    import kimdesk.casework.desk  # noqa: F401


def _prepare_readers() -> None:
    """Start the helper that reads scans, so that the first one is not waited for."""
    from kimdesk.casework.scans import looking

    looking.prepare()
