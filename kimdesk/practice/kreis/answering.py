"""What the practice Kreis made of findings that many desks have sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kimdesk.casework.desk import Desk
from kimdesk.kreis import findings
from kimdesk.kreis.findings import ReportedFinding
from kimdesk.kreis.steering import bundling
from kimdesk.kreis.steering.values import ClusterDealing
from kimdesk.practice.kreis.plan import FindingsPlan
from kimdesk.practice.library import kreis as places
from kimdesk.practice.library import kreis_plan

_LEFT_OUT = 3  # of so many findings with one title, the last one waits for somebody to see that it belongs


def answer_findings(office: Desk, now: datetime, before: int, days: int) -> None:
    """Let the Kreis deal with findings whose time is from ``before`` to ``days`` days before ``now``."""
    for plan in kreis_plan().finding:
        if days <= plan.days < before:
            alike = [one for one in findings.reported(office) if one.title == plan.title and not one.cluster]
            alike.sort(key=lambda one: one.id)
            if alike:
                _deal(office, plan, alike, now - timedelta(days=plan.days))


def _deal(office: Desk, plan: FindingsPlan, alike: Sequence[ReportedFinding], moment: datetime) -> None:
    bundled = alike[: -(len(alike) // _LEFT_OUT) or None]
    wording = replace(findings.wording_of(office, bundled[0]), title=plan.title)
    made = bundling.begin(office, [one.id for one in bundled], wording, now=moment)
    dealing = ClusterDealing(
        group=plan.group,
        meets_on=moment.date() + timedelta(days=plan.days + plan.meets_in) if plan.meets_in else None,
        decision=plan.decision,
        answer=plan.answer,
    )
    made = bundling.deal(office, made.id, made.rev, dealing, now=moment)
    for state in plan.moves:
        made = bundling.move(office, made.id, made.rev, state, now=moment)
    bundling.release(office, made.id, made.rev, now=moment)
    if plan.adopted:
        by_name = {each.name: each.ags for each in places().municipality}
        bundling.adopt(office, made.id, [by_name[name] for name in plan.adopted], now=moment)
