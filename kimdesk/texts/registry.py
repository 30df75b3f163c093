"""What the Kreis desk says of bundles that came in, of desks and of the totals."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kimdesk.domain.errors import BundleError
from kimdesk.domain.kinds import KINDS
from kimdesk.texts.refusals import Explanation, explain
from kimdesk.texts.speech import GERMAN, Speech

if TYPE_CHECKING:  # a page that shows these sentences has loaded the room already
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.kreis import DeskRow, History, InboxRow, Totals
    from kimdesk.kreis.desk_facts import DeskFacts
    from kimdesk.sync.sealing.gaps import Gap


_REASONS = ("content", "municipality", "owner", "withdrawn", "newer")


def of_file(row: "InboxRow", speech: Speech = GERMAN) -> str:
    """Return what came of a file that was read in, in one line."""
    if row.result == "applied":
        return _of_applied(row, speech)
    if row.result == "duplicate":
        return speech.say("registry.inbox_duplicate")
    if row.result == "held" and row.missing:
        return speech.say("registry.inbox_held", missing=_missing(row.missing, speech))
    return speech.say("registry.inbox_held_unknown") if row.result == "held" else _explained(row).message


def hint(row: "InboxRow") -> str:
    """Return what is to be done about a file, "" for nothing."""
    return _explained(row).hint if row.code else ""


def of_desk(row: "DeskRow", speech: Speech = GERMAN) -> str:
    """Return how a desk stands."""
    return speech.say(
        f"registry.desk_{row.state}",
        missing=_missing(row.missing, speech) if row.missing else "",
        n=row.silent_days,
        seq=row.revoked_from,
        day=row.not_after,
    )


def heard(row: "DeskRow", speech: Speech = GERMAN) -> str:
    """Return when something came from a desk last: „zuletzt vor 36 Tagen, am 24.10.2026“."""
    if row.heard_at is None or row.silent_days is None:
        return speech.say("registry.never_heard")
    day = row.heard_at.astimezone().date()
    if row.silent_days < 1:
        return speech.say("registry.heard_within_a_day", day=day)
    return speech.say("registry.heard_days_ago", n=row.silent_days, day=day)


def cases_of_desk(facts: "DeskFacts", speech: Speech = GERMAN) -> str:
    """Return how many active cases of a desk lie here, and whether it says so too."""
    if facts.here is None or facts.reported is None:
        return speech.say("registry.cases_unknown")
    which = "differ" if facts.differ else "agree"
    return speech.say(f"registry.cases_{which}", here=facts.here, reported=facts.reported)


def catalogue_of_desk(facts: "DeskFacts", speech: Speech = GERMAN) -> str:
    """Return which edition of the catalogue a desk works with: „Fassung 1, veraltet“."""
    if facts.pack is None:
        return speech.say("registry.catalogue_unknown")
    if not facts.pack:
        return speech.say("registry.catalogue_none_behind" if facts.behind else "registry.catalogue_shipped")
    return speech.say(
        "registry.catalogue_behind" if facts.behind else "registry.catalogue_fits", version=facts.pack
    )


def of_history(history: "History", speech: Speech = GERMAN) -> str:
    """Return one of the histories of a desk in one line: its last bundle, when it was written, its digits."""
    day = history.written_at or history.arrived_at
    return speech.say(
        f"registry.history_{'written' if history.written_at else 'arrived'}",
        seq=history.last_seq,
        day=day.astimezone().date(),
        time=day.astimezone().strftime("%H:%M"),
        digits=history.digits,
    )


def of_aside(kinds: Mapping[str, int], reason: str, catalogue: "Catalogue", speech: Speech = GERMAN) -> str:
    """Return how many records of each kind were set aside, and why: „Ziel (2), Fall (1): …“."""
    word = speech.say("registry.record")
    named = ((catalogue.label("record_kind", kind) if kind in KINDS else word) for kind in kinds)
    records = ", ".join(f"{name} ({number})" for name, number in zip(named, kinds.values(), strict=True))
    known = reason if reason in _REASONS else "other"
    return f"{records}: {speech.say(f'registry.aside_{known}')}"


def of_totals(totals: "Totals", speech: Speech = GERMAN) -> str:
    """Return whether what the desks report and what lies here agree."""
    if not totals.desks:
        return speech.say("registry.totals_none")
    return speech.say(
        f"registry.totals_{'unequal' if totals.differing else 'equal'}",
        desks=speech.say("registry.desks", n=totals.desks),
        reported=totals.reported,
        here=totals.here,
        names=", ".join(totals.differing),
    )


def _of_applied(row: "InboxRow", speech: Speech) -> str:
    changes = speech.say("registry.changes", n=row.applied)
    if row.conflicts:
        return speech.say("registry.inbox_conflicts", changes=changes, conflicts=row.conflicts)
    if row.erased:
        return speech.say("registry.inbox_erased", changes=changes, erased=row.erased)
    return speech.say(f"registry.inbox_{'applied' if row.applied else 'nothing'}", changes=changes)


def _missing(missing: "Sequence[Gap]", speech: Speech) -> str:
    """Return which bundles are missing: „Paket 14 fehlt“."""
    return speech.say(
        "registry.missing", n=sum(gap.size for gap in missing), numbers=", ".join(map(str, missing))
    )


def _explained(row: "InboxRow") -> Explanation:
    return explain(BundleError(row.code))
