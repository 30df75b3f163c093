"""The pages of the program, in the order of the rail. A page is made when it is first shown."""

from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.desk.context import Context
    from ui.desk.page import DeskPage


class PageSpec(NamedTuple):
    """One page: its key, the key of its title, icon, desks and class, a ``DeskPage``, as "module:name".

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
    PageSpec("today", "common.today", "sun-horizon", DESK, "ui.pages.today.page:TodayPage"),
    PageSpec(
        "cases",
        "common.cases",
        "folder-user",
        DESK,
        "ui.pages.cases.page:CasesPage",
    ),
    PageSpec(
        "person_list",
        "common.take_in_a_list",
        "table",
        DESK,
        "ui.pages.person_list.page:PersonListPage",
        under="cases",
    ),
    PageSpec(
        "documents",
        "documents.take_in_case_documents",
        "file-text",
        DESK,
        "ui.pages.documents.page:DocumentsPage",
        under="cases",
    ),
    PageSpec("case", "common.case", "folder-user", DESK, "ui.case.page:CasePage", under="cases"),
    PageSpec(
        "referrals", "referrals.title", "paper-plane-tilt", DESK, "ui.pages.referrals.page:ReferralsPage"
    ),
    PageSpec("versions", "versions.clarify", "git-merge", DESK, "ui.pages.versions.page:VersionsPage"),
    PageSpec(
        "findings",
        "findings.findings",
        "puzzle-piece",
        DESK,
        "ui.pages.findings.page:FindingsPage",
    ),
    PageSpec(
        "interpreting",
        "findings.interpreting",
        "translate",
        DESK,
        "ui.pages.interpreting.page:InterpretingPage",
        under="findings",
    ),
    PageSpec(
        "handover",
        "common.hand_over",
        "usb",
        DESK,
        "ui.pages.handover.page:HandoverPage",
    ),
    PageSpec("inbox", "common.inbox", "tray", KREIS, "ui.pages.inbox.page:InboxPage"),
    PageSpec("desks", "common.desks", "desktop", KREIS, "ui.pages.desks.page:DesksPage"),
    PageSpec(
        "answers",
        "findings.findings",
        "puzzle-piece",
        KREIS,
        "ui.pages.answers.page:AnswersPage",
    ),
    PageSpec("figures", "figures.title", "chart-bar", KREIS, "ui.pages.figures.page:FiguresPage"),
    PageSpec("network", "network.short_title", "tree-structure", KREIS, "ui.pages.network.page:NetworkPage"),
    PageSpec("catalogue", "packs.master_data", "books", KREIS, "ui.pages.catalogue.page:CataloguePage"),
    PageSpec(
        "backup",
        "common.backup",
        "hard-drives",
        BOTH,
        "ui.pages.backup.page:BackupPage",
    ),
    PageSpec("settings", "common.settings", "gear-six", BOTH, "ui.pages.settings.page:SettingsPage"),
    PageSpec(
        "trail", "common.audit_trail", "list-bullets", BOTH, "ui.pages.trail.page:TrailPage", under="settings"
    ),
    PageSpec(
        "legal_state",
        "legal_state.title",
        "scales",
        BOTH,
        "ui.pages.legal_state.page:LegalStatePage",
        under="settings",
    ),
    PageSpec(
        "templates",
        "template.templates",
        "envelope-simple",
        DESK,
        "ui.pages.templates.page:TemplatesPage",
        under="settings",
    ),
    PageSpec("help", "common.help", "info", BOTH, "ui.pages.help.page:HelpPage", under="settings"),
    PageSpec("access", "common.access", "key", BOTH, "ui.pages.access.page:AccessPage", under="settings"),
)


def pages_for(role: str) -> tuple[PageSpec, ...]:
    """Return the pages of a desk with ``role`` (``desk`` or ``kreis``)."""
    return tuple(page for page in PAGES if role in page.roles)
