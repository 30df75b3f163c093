"""What a notice in the form of „Leistungssteuerung“ says about the last day for an appeal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kimdesk.casework import deadlines
from kimdesk.casework.deadlines import Derived
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.law.deadline_rule import Suspends
from kimdesk.texts import dates, say
from ui.forms.sources import FieldProposal


def notice_deadline(catalogue: Catalogue, notice: Mapping[str, Any], today: date) -> FieldProposal | None:
    """Return the last day for an appeal, None while the notice does not say enough.

    How long it is where only the instruction can say is asked in the dialog, never proposed.
    """
    rules = catalogue.rules.deadlines
    rule, facts = deadlines.notice_rule(rules, notice), deadlines.notice_facts(notice)
    try:
        found = deadlines.compute(rules, rule, facts, today)
    except CaseworkError:
        return None
    return None if found.unstated else FieldProposal(found.due.isoformat(), _words(catalogue, found))


def _words(catalogue: Catalogue, found: Derived) -> str:
    """Return „Mo., 14.12.2026 (Widerspruch im Sozialrecht, ungeprüft)“: which remedy was assumed shows."""
    day = f"{dates.short_weekday(found.due)}, {dates.full(found.due)}"
    told = [catalogue.label("remedy", found.rule.code)]
    if found.effect and found.effect.suspends is Suspends.NO:
        told.append(say("deadline.suspends_nothing"))
    if not found.checked:
        told.append(say("case.unchecked"))
    return f"{day} ({', '.join(told)})"
