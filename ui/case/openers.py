"""How each kind of record is opened, and what its dialog has besides a form; the code is imported on use."""

from typing import NamedTuple


class Opener(NamedTuple):
    """What is special about one kind, as places in the code ("module:name").

    ``add(editing)`` and ``edit(editing, key)`` stand in for the usual dialog, whose class is ``dialog``;
    each of ``extras`` is called with (dialog, record, editing) before it is shown. ``again``: what is being
    edited is opened again after the desk was locked. It ``reads`` when it changes no record of the case.
    """

    add: str = ""
    edit: str = ""
    dialog: str = "ui.forms.record_dialog:RecordDialog"
    extras: tuple[str, ...] = ()
    again: bool = True
    reads: bool = False


_FINDING = "ui.case.findings.opening:offer_finding"
_PAPERS = "ui.case.papers:offer"
_OPENERS = {
    "person": Opener(
        add="ui.people.add:ask",
        extras=("ui.people.address:offer_address", "ui.people.lifting:ask_why"),
    ),
    "member": Opener(add="ui.people.add:ask", again=False),
    "relation": Opener(again=False),
    "referral": Opener(add="ui.case.referrals.new:ask", edit="ui.case.referrals.new:show", again=False),
    "attachment": Opener(again=False),
    "standing": Opener(add="ui.people.achieved:ask_standing", extras=("ui.case.form.special:guard_record",)),
    "authority_page": Opener(
        add="ui.people.authority:ask", edit="ui.people.authority:ask", again=False, reads=True
    ),
    "goal": Opener(extras=(_FINDING,)),
    "measure": Opener(extras=(_FINDING,)),
    "contact": Opener(extras=(_FINDING, _PAPERS)),
    "regime_spell": Opener(extras=(_FINDING,)),
    "follow_up": Opener(extras=("ui.case.deadline.offer:offer", _FINDING, _PAPERS)),
    "residence_spell": Opener(extras=(_PAPERS,)),
    "finding": Opener(
        add="ui.case.findings.opening:open_finding", dialog="ui.case.findings.dialog:FindingDialog"
    ),
    "finding_from": Opener(edit="ui.case.findings.opening:open_finding_from"),
    "deadline": Opener(add="ui.case.deadline.offer:ask"),
    "paper_issue": Opener(edit="ui.case.papers:show_issue", again=False, reads=True),
    "papers": Opener(add="ui.case.papers:ask", again=False, reads=True),
    "close": Opener(add="ui.case.closing:ask_close"),
    "hand_over": Opener(add="ui.case.passing.asking:ask_hand_over", reads=True),
    "cover": Opener(add="ui.case.passing.asking:ask_cover", reads=True),
    "translating": Opener(add="ui.plan.translating:ask", edit="ui.plan.translating:ask", again=False),
    "client_screen": Opener(add="ui.case.client_screen:show", reads=True),
}


def opener(kind: str) -> Opener:
    """Return how ``kind`` is opened: a kind of record, or something else the menu of a case offers."""
    return _OPENERS.get(kind, Opener())
