"""What lies behind a number, and how its definition was worded over time."""

from PySide6.QtWidgets import QWidget

from kimdesk.indicators.definitions import indicator, version_of
from kimdesk.texts import dates, say
from ui.kit.dialog import Dialog
from ui.kit.fit_table import FitTable
from ui.kit.text import Text
from ui.pages.figures.behind import CountedBehind, CountedCase
from ui.pages.figures.chart_card import ChartRows

_WIDTHS = {1: 150, 2: 90}
MOST = 500


def behind_dialog(parent: QWidget, found: CountedBehind) -> Dialog:
    """Return the list of what was counted: named cases, pseudonyms with their desk, else only how many."""
    dialog = Dialog(parent, found.title, accept=say("common.close"))
    dialog.setObjectName("counted_dialog")
    if found.cases:
        rows = [(_name(each), each.desk, str(each.times)) for each in found.cases[:MOST]]
        heads = (say("figures.case"), say("common.desk"), say("figures.times_counted"))
        table = FitTable(ChartRows(heads, rows), found.title, _WIDTHS, 0, 160)
        table.setObjectName("counted_cases")
        dialog.body.addWidget(table)
    if (more := len(found.cases) - MOST) > 0:
        dialog.body.addWidget(Text(say("figures.n_more_cases", n=more), "table", "text-2", wrap=True))
    if found.untold:
        dialog.body.addWidget(
            Text(say("figures.n_only_numbers", n=found.untold), "table", "text-2", wrap=True)
        )
    if not found.cases and not found.untold:
        dialog.body.addWidget(Text(say("figures.nothing_behind"), "table", "text-2", wrap=True))
    return dialog


def versions_dialog(parent: QWidget, code: str) -> Dialog:
    """Return the wordings of a definition, the newest first."""
    newest = indicator(code)
    dialog = Dialog(parent, newest.title, accept=say("common.close"))
    dialog.setObjectName("versions_dialog")
    for number in range(newest.version, 0, -1):
        sheet = version_of(code, number).sheet
        since = dates.full(sheet.valid_from)
        dialog.body.addWidget(Text(say("figures.version_since", version=number, since=since), "table_strong"))
        dialog.body.addWidget(Text(sheet.definition, "table", wrap=True))
    return dialog


def _name(case: CountedCase) -> str:
    return case.name if case.named else say("figures.pseudonym", name=case.name)
