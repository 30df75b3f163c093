"""Reading in any file that comes: what it is says its header, what becomes of it a person where one must."""

from collections.abc import Callable, Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.domain.errors import KimdeskError
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart
from kimdesk.texts.refusals import Explanation, explain
from ui.case.reason import ReasonDialog
from ui.desk.context import Context
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog
from ui.places import Place

if TYPE_CHECKING:
    from kimdesk.sync.arrivals import FileKind, Told

Problem = Callable[[Explanation], None]


class Arriving:
    """Reads files in for a page; ``elsewhere`` takes those of the Kreis, by the name of their kind."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        elsewhere: Mapping[str, Callable[[Path], None]],
        problem: Problem,
    ) -> None:
        self._context, self._page, self._elsewhere, self._problem = context, page, elsewhere, problem

    def read(self, path: Path) -> None:
        """Find out what the file is, and go on with it."""

        def look() -> "FileKind":
            from kimdesk.sync import arrivals

            return arrivals.kind_of(path)

        self._context.work.read(self._page, look, lambda kind: self._go_on(kind.value, path), self._problem)

    def _go_on(self, kind: str, path: Path) -> None:
        if kind in self._elsewhere:
            self._elsewhere[kind](path)
        elif kind == "card":
            self._meet(path)
        elif kind == "handover":
            self._take(path)
        elif kind == "catalogue":
            presenter = resolve_name("ui.pages.packs.presenter:PackPresenter")(self._context)
            presenter.look(self._page, path, self._show_pack, self._problem)
        else:
            self._problem(explain(KimdeskError("E104")))

    def _show_pack(self, opened: Any) -> None:
        """Show what a pack changes; its windows know this page, so they are named."""
        presenter = resolve_name("ui.pages.packs.presenter:PackPresenter")(self._context)
        dialog = resolve_name("ui.pages.packs.dialog:PackDialog")
        dialog(self._page, self._context, presenter, opened, self._pack_taken).open()

    def _pack_taken(self, opened: Any) -> None:
        self._context.toast(say("passing.pack_taken", version=opened.offer.pack.version))

    def _meet(self, path: Path) -> None:
        desk = self._context.desk

        def meet() -> str:
            from kimdesk.sync import arrivals

            return arrivals.meet(desk, path).name

        self._context.work.write(
            self._page, meet, lambda name: self._context.toast(say("passing.met", desk=name)), self._problem
        )

    def _take(self, path: Path) -> None:
        desk = self._context.desk

        def take() -> "Told":
            from kimdesk.sync import arrivals

            return arrivals.take(desk, path)

        self._context.work.write(self._page, take, lambda told: self._taken(told, path), self._problem)

    def _taken(self, told: "Told", path: Path) -> None:
        if told.step == "offer":
            OfferDialog(self._context, self._page, told, path).open()
        elif told.step == "returned":
            ReturnedDialog(self._context, self._page, told).open()
        else:
            self._context.toast(say(f"passing.step_{told.step}", desk=told.desk_name))
            if told.open:
                self._context.navigate(Place("versions", key=told.case_id))


class OfferDialog(Dialog):
    """A case that a colleague's desk offers: take it over, refuse it, or decide later."""

    def __init__(self, context: Context, page: QWidget, told: "Told", path: Path) -> None:
        super().__init__(
            page, say("passing.offer_of_case", desk=told.desk_name), accept=say("passing.accept_case"),
            reject=say("passing.answer_later"),
        )  # fmt: skip
        self.setObjectName("offer_dialog")
        self._context, self._path = context, path
        self.add_text(apart(" · ").join(part for part in (told.name, told.file_number) if part))
        self.add_text(say("passing.offer_until", until=dates.of_iso(told.until)))
        refuse = secondary(say("passing.refuse_case"))
        refuse.setObjectName("refuse_case")
        refuse.clicked.connect(self._ask_why)
        self.button_row.insertWidget(0, refuse)

    def accept(self) -> None:
        """Take the case over and write the answer."""
        self._answer(say("passing.taken_over"), accept=True)

    def _ask_why(self) -> None:
        ReasonDialog(
            self,
            say("passing.refuse_question"),
            "",
            accept=say("passing.refuse_case"),
            act=lambda reason: self._answer(say("passing.answer_written"), accept=False, reason=reason),
        ).open()

    def _answer(self, words: str, *, accept: bool, reason: str = "") -> None:
        out = _save_path(self, "KIM-Antwort.kimh")
        if out is None:
            return
        desk, path = self._context.desk, self._path

        def answer() -> None:
            from kimdesk.sync.passing import moves

            moves.answer(desk, path, out, accept=accept, reason=reason)

        self.set_busy(True)
        self._context.work.write(self, answer, lambda _: self._done(words), self._refused)

    def _done(self, words: str) -> None:
        super().accept()
        self._context.toast(f"{words} {say('passing.answer_written')}")

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)


class ReturnedDialog(Dialog):
    """A cover that came back: confirm it, and decide what both changed differently."""

    def __init__(self, context: Context, page: QWidget, told: "Told") -> None:
        super().__init__(
            page, say("passing.step_returned", desk=told.desk_name), accept=say("passing.confirm_the_return"),
            reject=say("passing.answer_later"),
        )  # fmt: skip
        self.setObjectName("returned_dialog")
        self._context, self._told = context, told
        self.add_text(apart(" · ").join(part for part in (told.name, told.file_number) if part))
        if told.open:
            decide = secondary(say("passing.decide_now", n=told.open))
            decide.setObjectName("decide_now")
            decide.clicked.connect(self._decide)
            self.button_row.insertWidget(0, decide)

    def accept(self) -> None:
        """Write the word that lets the copy go."""
        out = _save_path(self, "KIM-Bestätigung.kimh")
        if out is None:
            return
        desk, case_id = self._context.desk, self._told.case_id

        def confirm() -> None:
            from kimdesk.sync.passing import covers

            covers.confirm(desk, case_id, out)

        self._context.work.write(self, confirm, lambda _: self._confirmed(), self.set_problem)

    def _confirmed(self) -> None:
        super().accept()
        self._context.toast(say("passing.confirmation_written"))
        if self._told.open:
            self._context.navigate(Place("versions", key=self._told.case_id))

    def _decide(self) -> None:
        self.reject()
        self._context.navigate(Place("versions", key=self._told.case_id))


def _save_path(owner: QWidget, name: str) -> Path | None:
    found, _ = QFileDialog.getSaveFileName(owner, say("passing.answer_written"), name)
    return Path(found) if found else None
