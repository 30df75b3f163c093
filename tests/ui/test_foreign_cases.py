"""Cases that foreign documents brought are opened in the window: every tab, dialogs, the client's screen."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_file import entries_of
from kimdesk.casework.exchange import import_documents
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.terms import Phase
from tests.torture.foreign import changed, codes_in, originals
from tests.ui.hands import settle
from ui.case.page import CasePage
from ui.case.tabs import KEYS
from ui.desk.locking import close_windows
from ui.pages import pages_for
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

ShellOn = Callable[..., Shell]
CASES = 4  # that are opened; tests/torture opens many without windows
ODD: dict[str, Any] = {
    "persons": [{"id": "p1", "family_name": "Kahn", "role": "client"}, {"id": "p2", "family_name": "Kahn"}],
    "relations": [
        {"person_id": one, "other_id": other, "kind": "parent"} for one, other in (("p1", "p2"), ("p2", "p1"))
    ],
    "phases": [
        {"phase": "coordination", "version": 1,
         "answers": {"conferences": [None, {"decisions": None}], "notices": [None]}},
        {"phase": "assessment", "version": 1,
         "answers": {"network": [None, {}], "domains": {"housing": None}}},
        {"phase": "assessment", "round": 2, "version": 1, "answers": {"domains": None}},
        {"phase": "evaluation", "version": 1, "answers": {"handover": None, "changes": {"housing": None}}},
    ],
    "disputes": [{"record_kind": "goal", "record_id": "gone", "field_name": "x", "statement": "anders"}],
    "follow_ups": [{"due_on": "2199-12-31", "title": "", "rule": "unknown", "facts": {"x": [1, None]}},
                   {"due_on": "1900-01-01", "rule": "objection", "facts": {"posted_on": "9999-12-31"}}],
    "contacts": [{"held_on": "1900-01-01"}, {"held_on": "2199-12-31", "minutes": 0}],
    "measures": [{"starts_on": "1900-01-01", "due_on": "2199-12-31"}, {"due_on": "2199-12-31"}],
    "regimes": [{"person_id": "p1", "regime": "sgb2", "starts_on": "1900-01-01", "ends_on": "2199-12-31"},
                {"person_id": "p1", "starts_on": "1900-01-01", "ends_on": "2199-12-31"}],
}  # fmt: skip


def test_whatever_is_taken_in_can_be_opened(blank: Desk, shell_on: ShellOn) -> None:
    given = originals(blank, 3)
    rolls, codes = random.Random(31), codes_in(given)
    docs = [ODD, *(changed(rolls, rolls.choice(given), codes) for _ in range(CASES * 6))]
    text = json.dumps(docs)
    fates = [each for each in import_documents(blank, entries_of(text)).fates if not each.error]
    assert fates[0].index == 0
    _turn_days(blank, fates[0].case_id)
    shell = shell_on(blank)
    for fate in fates[: CASES + 1]:
        _open(shell, blank, fate.case_id, rolls, everything=fate.index == 0)
    for spec in pages_for("desk"):
        if spec.key != "case":
            shell.navigate(Place(spec.key))
            settle()


def _turn_days(desk: Desk, case_id: str) -> None:
    """Store days in an order that no door lets in today, as an earlier version may have."""
    file = cases.peek(desk, case_id)
    with desk.writing() as writer:
        for measure in file.measures:
            writer.put(replace(measure, starts_on=measure.due_on, due_on=measure.starts_on))
        for spell in file.regimes:
            writer.put(replace(spell, starts_on=spell.ends_on, ends_on=spell.starts_on))


def _open(shell: Shell, desk: Desk, case_id: str, rolls: random.Random, *, everything: bool) -> None:
    for tab in (*KEYS, *(Phase if everything else rolls.sample(list(Phase), 2))):
        shell.navigate(Place("case", case_id, str(tab)))
        settle()
    page = shell.current_page()
    assert isinstance(page, CasePage)
    assert page._editing is not None
    file = cases.peek(desk, case_id)
    for kind in [each for each in KINDS.values() if each.form and each.name != "attachment"]:
        for record in file.of(kind.type)[: 2 if everything else 1]:
            page._editing.open(kind.name, record.id)
            _leave(shell, page)
    for what in ("close", "deadline", "client_screen"):
        page._editing.open(what)
        _leave(shell, page)


def _leave(shell: Shell, page: CasePage) -> None:
    settle()
    for dialog in page.findChildren(QDialog):
        dialog.reject()
    close_windows(shell)
    QApplication.processEvents()
