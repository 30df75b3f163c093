"""The pages of the program, in the order of the rail. A page is made when it is first shown."""

from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.desk.context import Context
    from ui.desk.page import DeskPage


class PageSpec(NamedTuple):
    """One page: its key, title (English source), icon, desks and class, a ``DeskPage``, as "module:name".

    ``under`` is the key of the page whose entry in the rail is lit instead of an own one.
    """

    key: str
    title: str
    icon: str
    roles: tuple[str, ...]
    place: str
    under: str = ""

    def create(self, context: "Context") -> "DeskPage":
        """Return a new page for ``context``."""
        page: DeskPage = resolve_name(self.place)(context)
        return page


DESK, KREIS, BOTH = ("desk",), ("kreis",), ("desk", "kreis")
PAGES = (
    PageSpec("today", "Today", "sun-horizon", DESK, "ui.pages.today.page:TodayPage"),
    PageSpec(
        "cases",
        "Cases",
        "folder-user",
        DESK,
        "ui.pages.cases.page:CasesPage",
    ),
    PageSpec(
        "person_list",
        "Take in a list",
        "table",
        DESK,
        "ui.pages.person_list.page:PersonListPage",
        under="cases",
    ),
    PageSpec("case", "Case", "folder-user", DESK, "ui.case.page:CasePage", under="cases"),
    PageSpec(
        "findings",
        "Findings",
        "puzzle-piece",
        DESK,
        "ui.pages.findings.page:FindingsPage",
    ),
    PageSpec(
        "interpreting",
        "Interpreting",
        "translate",
        DESK,
        "ui.pages.interpreting.page:InterpretingPage",
        under="findings",
    ),
    PageSpec(
        "handover",
        "Hand-over",
        "usb",
        DESK,
        "ui.pages.handover.page:HandoverPage",
    ),
    PageSpec("inbox", "Inbox", "tray", KREIS, "ui.pages.inbox.page:InboxPage"),
    PageSpec("desks", "Desks", "desktop", KREIS, "ui.pages.desks.page:DesksPage"),
    PageSpec(
        "backup",
        "Backup",
        "hard-drives",
        BOTH,
        "ui.pages.backup.page:BackupPage",
    ),
    PageSpec("settings", "Settings", "gear-six", BOTH, "ui.pages.settings.page:SettingsPage"),
    PageSpec("trail", "Audit trail", "list-bullets", BOTH, "ui.pages.trail.page:TrailPage", under="settings"),
    PageSpec("help", "Help", "info", BOTH, "ui.pages.help.page:HelpPage", under="settings"),
    PageSpec("access", "Access", "key", BOTH, "ui.pages.access.page:AccessPage", under="settings"),
)


def pages_for(role: str) -> tuple[PageSpec, ...]:
    """Return the pages of a desk with ``role`` (``desk`` or ``kreis``)."""
    return tuple(page for page in PAGES if role in page.roles)
