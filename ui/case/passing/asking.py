"""Handing a case over, or having it covered, from its menu."""

from collections.abc import Callable

from kimdesk.casework import responsible
from kimdesk.domain.custody import Custody, PassageWay
from kimdesk.texts.passing import staying
from ui.case.editing import Editing
from ui.case.passing.files import PassageFiles
from ui.case.passing.giving import GiveDialog, GiveFacts
from ui.case.passing.out import OutDialog


def ask_hand_over(editing: Editing) -> None:
    """Ask to whom the case goes, or what becomes of an offer that is out."""
    _with_standing(editing, PassageWay.MOVE, lambda found: _hand_over(editing, found))


def ask_cover(editing: Editing) -> None:
    """Ask who covers, or what becomes of a cover that is out, or is done here."""
    _with_standing(editing, PassageWay.COVER, lambda found: _cover(editing, found))


def _with_standing(editing: Editing, way: PassageWay, show: Callable[[GiveFacts], None]) -> None:
    desk, case_id, day = editing.context.desk, editing.file.case.id, editing.today

    def read() -> GiveFacts:
        from kimdesk.sync.passing import sensitive
        from kimdesk.sync.trust import colleagues

        stays = staying(desk.catalogue, sensitive.staying(desk, case_id, way, day))
        return GiveFacts(responsible.of_case(desk, case_id), colleagues.known(desk), stays)

    editing.context.work.read(editing.page, read, show)


def _hand_over(editing: Editing, found: GiveFacts) -> None:
    if found.standing.custody is Custody.OFFERED:
        OutDialog(editing, found.standing).open()
    elif found.standing.custody is Custody.PASSED_ON:
        PassageFiles(editing, found.standing).add()
    else:
        GiveDialog(editing, found, cover=False).open()


def _cover(editing: Editing, found: GiveFacts) -> None:
    if found.standing.custody is Custody.COVERING:
        PassageFiles(editing, found.standing).give_back()
    elif found.standing.custody is Custody.LENT:
        OutDialog(editing, found.standing).open()
    else:
        GiveDialog(editing, found, cover=True).open()
