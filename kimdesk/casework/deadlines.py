"""Deadlines worked out by a rule of the law: shown with their derivation, kept as follow-ups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.deadline_rules import DeadlineRules
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.law.deadline_rule import Derivation, Effect, Facts, Rule
from kimdesk.domain.records import FollowUp
from kimdesk.domain.terms import FollowUpKind
from kimdesk.store.work import Writer

_RESIDENCE = "residence"  # notice_kind
_STATED = {"lawsuit_asylum": "two_weeks", "lawsuit_asylum_urgent": "one_week"}  # remedy: stated_period


@dataclass(frozen=True, slots=True)
class Derived:
    """The day by a rule and how it was found; ``days_left`` is negative once it passed.

    ``rule`` is the version that was applied: title, length, note and source are to be shown from it.
    ``effect`` says whether the appeal suspends the decision, None where nothing is known; ``helping`` are
    the rules that may help once the day has passed; ``versions`` tells how many versions the rule has.
    ``decisions`` are the kinds of decision on which the effect depends; ``urgent_on`` is the day by which the
    urgent application is to be made.
    """

    facts: Facts
    found: Derivation
    days_left: int
    effect: Effect | None = None
    helping: tuple[Rule, ...] = ()
    versions: int = 1
    decisions: tuple[str, ...] = ()
    urgent_on: date | None = None

    @property
    def late(self) -> bool:
        """Return whether a last day has passed; an earliest day that has passed is no harm."""
        return self.days_left < 0 and not self.found.earliest

    @property
    def appeal(self) -> bool:
        """Return whether the rule is an appeal against a decision that may or may not suspend it."""
        return self.rule.uninstructed is not None

    @property
    def unstated(self) -> bool:
        """Return whether only the Rechtsbehelfsbelehrung can say how long it is, and nobody said so yet."""
        usual = self.found.length == self.rule.length
        return bool(self.rule.stated) and usual and self.facts.stated not in self.rule.stated

    @property
    def rule(self) -> Rule:
        """Return the version of the rule that was applied."""
        return self.found.rule

    @property
    def due(self) -> date:
        """Return the last day."""
        return self.found.due

    @property
    def checked(self) -> bool:
        """Return whether every step was compared with its source; otherwise it is „ungeprüft“."""
        return all(step.checked for step in self.found.steps)


def compute(rules: DeadlineRules, rule: str, facts: Facts, today: date | None = None) -> Derived:
    """Return the last day by the one of ``rules`` with the code ``rule``.

    Raises CaseworkError E890 when a date is missing, E891 when one is beyond the calendar, E892 for no rule,
    E893 when a letter arrived before it was posted.
    """
    found = rules.derive(rule, facts)
    effect = rules.effect(found, facts)
    return Derived(
        facts,
        found,
        (found.due - (today or calendar_day())).days,
        effect,
        rules.helping(found.rule),
        len(rules.versions(rule)),
        rules.decisions(rule),
        rules.urgent_on(found, effect),
    )


def keep(
    desk: Desk, case_id: str, derived: Derived, *, reason: str, title: str = "", about: str = "",
    follow_up: FollowUp | None = None,
) -> FollowUp:  # fmt: skip
    """Keep a deadline as a follow-up of the case and return it; other facts give the same one a new day.

    ``reason`` says in words why it ends then. It is the same when it is given, or when rule, title and
    ``about`` are. One that is done stays as it is. Raises StoreError E905 when ``follow_up`` was changed
    meanwhile.
    """
    title = title.strip() or derived.rule.title
    with desk.writing() as writer:
        known = follow_up or _same(writer, case_id, derived.rule.code, title, about)
        if known and known.done_on:
            return known
        due = known or FollowUp(case_id=case_id, due_on=derived.due)
        return writer.put(
            replace(
                due,
                kind=FollowUpKind.FOLLOW_UP if derived.found.earliest else FollowUpKind.DEADLINE,
                title=title,
                reason=reason,
                due_on=derived.due,
                rule=derived.rule.code,
                facts={**_stands_for(due), **derived.facts.plain()},
                about=about or due.about,
            )
        )


def keep_urgent(desk: Desk, case_id: str, derived: Derived, *, title: str, reason: str) -> FollowUp:
    """Keep the urgent application beside an appeal that suspends nothing; other facts move it.

    It is a date without a rule of its own: whoever opens the appeal sees how the day was found.
    """
    due = derived.urgent_on or derived.due
    with desk.writing() as writer:
        known = _same(writer, case_id, "", title, "")
        if known and (known.done_on or known.due_on == due):
            return known
        kept = known or FollowUp(case_id=case_id, title=title, due_on=due)
        return writer.put(replace(kept, kind=FollowUpKind.DEADLINE, reason=reason, due_on=due))


def _stands_for(follow_up: FollowUp) -> dict[str, Any]:
    """Return which date of the case a follow-up was made of; another day of its own leaves it that."""
    return {name: follow_up.facts[name] for name in ("due", "due_on", "since") if name in follow_up.facts}


def facts_of(follow_up: FollowUp) -> Facts:
    """Return the facts a follow-up was worked out from."""
    return Facts.read(follow_up.facts)


def notice_rule(rules: DeadlineRules, notice: Mapping[str, Any]) -> str:
    """Return the rule for a notice as the form of the phase „Leistungssteuerung“ records it.

    Where no remedy is chosen: by whom it is from; then in NRW the court for residence, elsewhere the
    objection of social law.
    """
    chosen = str(notice.get("remedy") or "") or rules.remedy_of(str(notice.get("agency") or ""))
    return chosen or ("lawsuit_admin" if notice.get("kind") == _RESIDENCE else "objection_social")


def notice_facts(notice: Mapping[str, Any]) -> Facts:
    """Return what a notice tells; where nothing else does, its remedy says how long the instruction is."""
    facts = Facts.read(notice)
    stated = facts.stated or _STATED.get(str(notice.get("remedy") or ""), "")
    return replace(facts, stated=stated)


def notice_title(rules: DeadlineRules, notice: Mapping[str, Any]) -> str:
    """Return what the follow-up for a notice is called: „Widerspruch einlegen: Jobcenter, Miete“."""
    parts = (str(notice.get(name) or "").strip() for name in ("agency", "subject"))
    about = ", ".join(part for part in parts if part)
    title = _rule_of(rules, notice).title
    return f"{title}: {about}" if about else title


def _rule_of(rules: DeadlineRules, notice: Mapping[str, Any]) -> Rule:
    """Return the version that counts for a notice, the newest while it says too little."""
    code = notice_rule(rules, notice)
    try:
        return rules.derive(code, notice_facts(notice)).rule
    except CaseworkError:
        return rules.rule(code)


def _same(writer: Writer, case_id: str, rule: str, title: str, about: str) -> FollowUp | None:
    wanted = (rule, title, about)
    found = (
        each for each in writer.of_case(FollowUp, case_id) if (each.rule, each.title, each.about) == wanted
    )
    return next(found, None)
