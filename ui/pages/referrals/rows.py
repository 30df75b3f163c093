"""A referral of the list in words and looks, worked out once for a row."""

from dataclasses import dataclass
from datetime import date

from kimdesk.casework.referral_list import ReferralGroup, ReferralLine
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.referral_steps import ReferralStanding
from kimdesk.texts import dates, referrals, say
from kimdesk.texts.bidi import apart
from ui.case.referrals.looks import LOOKS

GROUPS = {
    ReferralGroup.UNANSWERED: ("chat-circle-dots", "info"),
    ReferralGroup.OPEN: ("folder-open", "warn"),
    ReferralGroup.ANSWERED: ("check-circle", "ok"),
}
_RUNNING = {ReferralStanding.SENT, ReferralStanding.UNANSWERED, ReferralStanding.QUERY}
_FAR = 2
"""From so many times the usual days on it presses."""


@dataclass(frozen=True, slots=True)
class DaysBar:
    """For how many days it has been under way, and how many are usual."""

    days: int
    usual: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The head of a group: its name, how many it has, what puts a referral there."""

    group: ReferralGroup
    title: str
    count: int
    note: str

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return f"{self.title} {self.count}, {self.note}"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A referral: two lines for each column, the sign of its state, the tone of its days."""

    line: ReferralLine
    cells: tuple[tuple[str, str], ...]
    icon: str
    tone: str
    days_tone: str
    bar: DaysBar | None

    def spoken(self, column: int) -> str:
        """Return what a screen reader says of a column."""
        return ", ".join(filter(None, self.cells[column]))


def group_row(group: ReferralGroup, count: int) -> GroupRow:
    """Return the head of ``group``."""
    return GroupRow(group, say(f"referrals.group_{group}"), count, say(f"referrals.note_{group}"))


def line_row(catalogue: Catalogue, line: ReferralLine, today: date) -> LineRow:
    """Return the row of ``line`` as things stand ``today``."""
    referral = line.referral
    shown = ReferralStanding.SENT if line.standing is ReferralStanding.UNANSWERED else line.standing
    icon, tone = LOOKS[shown]
    number = line.file_number if line.file_number != line.name else ""
    cells = (
        (line.name, number),
        (referrals.office(catalogue, referral), referrals.offer(catalogue, referral)),
        referrals.missing(catalogue, line, today),
        (referrals.state(shown), dates.short(referrals.stated_on(referral), today)),
        referrals.duration(catalogue, line, today),
    )
    days = line.days(today)
    running = line.standing in _RUNNING and days is not None
    bar = DaysBar(days, line.expected) if running and days is not None else None
    return LineRow(line, cells, icon, tone, _tone(line, bar, today), bar)


def plain(catalogue: Catalogue, line: ReferralLine, today: date) -> tuple[str, ...]:
    """Return the row as cells of a table for a spreadsheet."""
    row = line_row(catalogue, line, today)
    (name, number), *others = row.cells
    return name, number, *(apart(" · ").join(filter(None, each)) for each in others)


def heads() -> tuple[str, ...]:
    """Return the names of the columns."""
    return (
        say("referrals.person"),
        say("referrals.office"),
        say("referrals.missing"),
        say("referrals.state"),
        say("referrals.duration"),
    )


def export_heads() -> tuple[str, ...]:
    """Return the heads of the cells of ``plain``."""
    name, *others = heads()
    return name, say("common.file_number"), *others


def _tone(line: ReferralLine, bar: DaysBar | None, today: date) -> str:
    if bar is None:
        ends = line.standing is ReferralStanding.PREPARED and line.due_on is not None
        return "bad" if ends and line.due_on is not None and line.due_on <= today else "text"
    if bar.days >= _FAR * bar.usual:
        return "bad"
    return "warn" if bar.days > bar.usual else "text"
