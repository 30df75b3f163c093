"""Case conferences: kept with the phase „Leistungssteuerung“, open only as far as consents reach.

An open conference names the client; each agency at the table needs a consent that names it (§ 203 StGB).
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.casework.phases import begin
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.consent import KREIS, standing
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.naming import full_name
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, Consent, FollowUp, Measure, PhaseEntry
from kimdesk.domain.terms import FollowUpKind, MeasureState, Phase, SharingLevel
from kimdesk.forms.answers import listed
from kimdesk.store.folding import fold

SECTION = "conferences"
OPEN, PSEUDONYMOUS = "open", "pseudonymous"  # conference_identity
_CENTRE = "kommunales integrationszentrum"
_KREIS_WORDS = ("kreis", _CENTRE, "ki")
_ROLES = frozenset({"klient", "klientin"})
_ADDRESSES = _ROLES | {"in", "frau", "herr"}

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference as the form keeps it; ``place`` is its number in the list."""

    place: int
    held_on: date | None
    identity: str
    participants: tuple[str, ...] = ()
    subject: str = ""
    decisions: tuple[str, ...] = ()
    next_on: date | None = None
    entry: Entry = field(default_factory=dict)


def conferences(file: CaseFile) -> tuple[Conference, ...]:
    """Return the conferences of the case, the latest first."""
    entry = latest(file.phases, Phase.COORDINATION)
    kept = listed(entry.answers, SECTION) if entry else ()
    found = [_read(place, each) for place, each in enumerate(kept) if each]
    return tuple(sorted(found, key=lambda each: (each.held_on or date.min, each.place), reverse=True))


def save(desk: Desk, case_id: str, answers: Entry, place: int | None = None) -> PhaseEntry:
    """Keep a conference, a new one or the one at ``place``; the phase begins if it never did.

    Raises StoreError E905 when the form was changed in the same moment.
    """
    with desk.writing() as writer:
        known = latest(writer.of_case(PhaseEntry, case_id), Phase.COORDINATION)
        entry = known or begin(writer, desk.catalogue, case_id, Phase.COORDINATION, calendar_day())
        kept = [dict(each) for each in listed(entry.answers, SECTION)]
        if place is None or place >= len(kept):
            kept.append(dict(answers))
        else:
            kept[place] = dict(answers)
        return writer.put(replace(entry, answers={**entry.answers, SECTION: kept}))


def agency(participant: str) -> str:
    """Return the agency of a participant written „Stelle, Person“."""
    return participant.partition(",")[0].strip()


def without_consent(
    catalogue: Catalogue, file: CaseFile, participants: Sequence[str], on: date
) -> tuple[str, ...]:
    """Return the agencies at the table that no consent in force names; the client needs none to be there."""
    others = (each for each in participants if not _is_client(file, each))
    agencies = dict.fromkeys(agency(each) for each in others)
    return tuple(each for each in agencies if each and not consents_for(catalogue, file, each, on))


def _is_client(file: CaseFile, participant: str) -> bool:
    """Say whether a participant is the client: „Amna Osman“, „Osman, Amna (Klientin)“, „Frau Osman“."""
    said = set(fold(participant).split())
    names = said - _ADDRESSES
    if not file.client or not names:
        return bool(said & _ROLES)
    family, whole = (set(fold(each).split()) for each in (file.client.family_name, full_name(file.client)))
    return names == whole or (names == family and names != said)


def consents_for(catalogue: Catalogue, file: CaseFile, participant: str, on: date) -> tuple[Consent, ...]:
    """Return the consents in force by which the agency of a participant may know who the case is about."""
    known = (each for each in standing(file.consents, on) if each.level is SharingLevel.IDENTIFIED)
    return tuple(each for each in known if _names(catalogue, each, agency(participant)))


def measure_from(desk: Desk, case_id: str, decision: str, on: date) -> Measure:
    """Make a decision a planned measure."""
    with desk.writing() as writer:
        return writer.put(
            Measure(case_id=case_id, title=decision.strip(), starts_on=on, state=MeasureState.PLANNED)
        )


def follow_up_from(
    desk: Desk, case_id: str, decision: str, conference: Conference, on: date, reason: str = ""
) -> FollowUp:
    """Make a decision a follow-up, due at the next conference or in two weeks; ``reason`` says why."""
    with desk.writing() as writer:
        return writer.put(
            FollowUp(
                case_id=case_id,
                kind=FollowUpKind.FOLLOW_UP,
                title=decision.strip(),
                reason=reason,
                due_on=conference.next_on or desk.rules.spans.after(SpanName.DECISION, on),
            )
        )


def case_code(desk: Desk, case_id: str) -> str:
    """Return the code under which a case is spoken of without a name: „F-7Q2M-94KD“.

    It follows from the key of the vault: the same each time here, and nothing to anybody else.
    """
    digest = hmac.new(desk.vault.derive_key("conference"), case_id.encode(), hashlib.sha256).digest()
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = "".join(letters[byte % 32] for byte in digest[:8])
    return f"F-{text[:4]}-{text[4:]}"


def _read(place: int, entry: Entry) -> Conference:
    return Conference(
        place=place,
        held_on=_day(entry.get("held_on")),
        identity=str(entry.get("identity") or PSEUDONYMOUS),
        participants=tuple(entry.get("participants") or ()),
        subject=str(entry.get("subject") or ""),
        decisions=tuple(entry.get("decisions") or ()),
        next_on=_day(entry.get("next_on")),
        entry=entry,
    )


def _names(catalogue: Catalogue, consent: Consent, agency_name: str) -> bool:
    """Return whether ``consent`` names an agency: by its own name, or by what kind it is without one.

    Another agency of the Kreis, or of the same kind, is another recipient (§ 67b Abs. 2 SGB X, § 203 StGB).
    """
    wanted, named = fold(agency_name), fold(consent.recipient_name)
    if not wanted:
        return False
    if consent.recipient == KREIS:
        return wanted in (named, *_KREIS_WORDS) or _begins(wanted, _CENTRE)
    known = named or fold(catalogue.service_name(consent.recipient))
    return bool(known) and (_begins(wanted, known) or _begins(known, wanted))


def _begins(name: str, words: str) -> bool:
    return f"{name} ".startswith(f"{words} ")


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
