"""Every picture: its name, and what has to be shown for it. A new page is one more entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from kimdesk.casework import cases
from tests.screens.camera import Camera
from ui.pages.wizard.page import DETAILS, PASSPHRASE, PROOF, WizardPage

PERSON = "Amna Osman"
W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    name: str
    show: Callable[[Camera], object]


def _wizard_details(page: WizardPage) -> None:
    page._begin("desk")


def _wizard_passphrase(page: WizardPage) -> None:
    page._begin("desk")
    page._go(PASSPHRASE)


def _wizard_proof(page: WizardPage) -> None:
    page._begin("desk")
    page._go(DETAILS)
    page._go(PROOF)


def _new_case(camera: Camera) -> None:
    camera.desk("cases")
    camera.press("new_case")
    dialog = camera._dialogs()[-1]
    for name, text in (("new_family_name", "Ossman"), ("new_given_names", "Amna")):
        _found(dialog, QLineEdit, name).setText(text)
    dialog._look()  # type: ignore[attr-defined]


def _found(top: QWidget, kind: type[W], name: str) -> W:
    widget = top.findChild(kind, name)
    assert widget is not None, name
    return widget


def _filtered(camera: Camera) -> None:
    camera.desk("cases/due")
    _found(camera.window, QComboBox, "filter_phase").setCurrentIndex(6)


def _referral(camera: Camera) -> None:
    rows = cases.list_page(camera.stage.desk, cases.CaseQuery(order="name"), None, 50).rows
    files = (cases.peek(camera.stage.desk, row.id) for row in (camera.row(PERSON), *rows))
    file = next(file for file in files if file.referrals)
    camera.desk(f"case:{file.case.id}/referral:{file.referrals[0].id}")


def _record(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    file = cases.peek(camera.stage.desk, camera.row(PERSON).id)
    kind, records = ("goal", file.goals) if file.goals else ("person", file.persons)
    camera.case(PERSON, f"{kind}:{records[0].id}")


SHOTS = (
    Shot("wizard-start", lambda camera: camera.wizard()),
    Shot("wizard-details", lambda camera: camera.wizard(_wizard_details)),
    Shot("wizard-passphrase", lambda camera: camera.wizard(_wizard_passphrase)),
    Shot("wizard-sheet", lambda camera: camera.wizard(lambda page: page.show_sheet(camera.code))),
    Shot("wizard-proof", lambda camera: camera.wizard(_wizard_proof)),
    Shot("unlock", lambda camera: camera.unlock()),
    Shot("today", lambda camera: camera.desk("today")),
    Shot("cases", lambda camera: camera.desk("cases/active")),
    Shot("cases-filtered", _filtered),
    Shot("case-new", _new_case),
    Shot("case-plan", lambda camera: camera.case(PERSON, "plan")),
    Shot("case-form", lambda camera: camera.case(PERSON, "phase:assessment")),
    Shot("case-contacts", lambda camera: camera.case(PERSON, "contacts")),
    Shot("case-referrals", _referral),
    Shot("case-regimes", lambda camera: camera.case(PERSON, "regimes")),
    Shot("case-people", lambda camera: camera.case(PERSON, "people")),
    Shot("case-consents", lambda camera: camera.case(PERSON, "consents")),
    Shot("case-history", lambda camera: camera.case(PERSON, "history")),
    Shot("case-record", _record),
    Shot("handover", lambda camera: camera.desk("handover")),
    Shot("settings", lambda camera: camera.desk("settings")),
    Shot("kreis-inbox", lambda camera: camera.kreis("inbox")),
    Shot("kreis-desks", lambda camera: camera.kreis("desks")),
)
