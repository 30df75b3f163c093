"""What a plan should not hide: measures that cannot go on, gaps between regimes."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.chain import waits_for
from kimdesk.domain.records import CaseFile
from kimdesk.domain.regimes import gaps
from kimdesk.domain.terms import Lane
from ui import dates
from ui.pages.case.cards import person_name, regime_label
from ui.pages.case.plan.strands import blocked
from ui.text import tr

_MOST = 3


@dataclass(frozen=True, slots=True)
class Concern:
    """One warning: tone, icon, what is wrong, what to do instead."""

    tone: str
    icon: str
    title: str
    text: str


def warnings(file: CaseFile, today: date) -> list[Concern]:
    """Return what the plan should not hide on ``today``, blocked measures first."""
    return [*_blocked(file), *_open_gaps(file, today)][:_MOST]


def _blocked(file: CaseFile) -> list[Concern]:
    found = []
    for measure in blocked(file):
        names = ", ".join(one.title for one in waits_for(measure, file.measures))
        title = tr("{measure} is blocked", measure=measure.title)
        text = tr("It waits for: {measures}.", measures=names)
        if measure.fallback:
            text = f"{text} {tr('Fallback: {plan}', plan=measure.fallback)}"
        found.append(Concern("bad", "blocked", title, text))
    return found


def _open_gaps(file: CaseFile, today: date) -> list[Concern]:
    found: dict[tuple[date, str], list[str]] = {}
    for gap in gaps(file.regimes):
        covered = gap.after is not None and not gap.after.expected
        open_now = gap.starts_on <= today and (gap.ends_on is None or gap.ends_on >= today)
        if gap.before.lane is Lane.BENEFIT and open_now and not covered:
            key = (gap.starts_on, regime_label(gap.before))
            found.setdefault(key, []).append(person_name(file, gap.before.person_id))
    return [
        Concern(
            "warn",
            "warning",
            tr("Gap since {day}", day=dates.full(start)),
            tr("After {regime} nothing follows for {people}.", regime=regime, people=", ".join(names)),
        )
        for (start, regime), names in found.items()
    ]
