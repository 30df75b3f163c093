"""Each typed record as a small card: what it is, when, how it stands. Plain values, no widgets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kimdesk.casework import relations
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.achieved import is_proven
from kimdesk.domain.agenda.case_dates import is_after_care
from kimdesk.domain.chain import is_blocked
from kimdesk.domain.consent import is_standing
from kimdesk.domain.dates import age_on
from kimdesk.domain.kinds import kind_of, type_of
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import (
    Achievement,
    CaseFile,
    Consent,
    Contact,
    Finding,
    FollowUp,
    Goal,
    Measure,
    Member,
    Person,
    Record,
    Referral,
    RegimeSpell,
    Relation,
    ResidenceSpell,
)
from kimdesk.domain.terms import ContactStatus, FollowUpKind
from kimdesk.texts import achievements, dates, say
from kimdesk.texts.bidi import apart
from kimdesk.texts.dates import span
from kimdesk.texts.field_words import called
from ui.case.signs import CONTACT_ICONS, LANE_ICONS, MEASURE_SIGNS, REGIME_LISTS
from ui.kit.cards import CardItem
from ui.kit.gas import signed

Badge = tuple[str, str, str | None]


def cards(catalogue: Catalogue, file: CaseFile, record: str, today: date) -> Sequence[CardItem]:
    """Return all records of one kind ("goal") of the case as cards."""
    found = newest_first(file.contacts) if record == "contact" else file.of(type_of(record))
    return tuple(card(catalogue, one, file, today) for one in found)


def card(catalogue: Catalogue, record: Record, file: CaseFile, today: date) -> CardItem:
    """Return one record as a card with the action „Bearbeiten“, by default with the sign of its kind."""
    item = _CARDS.get(type(record), _named)(catalogue, record, file, today)
    kind = catalogue.code_list("record_kind").find(kind_of(type(record)))
    return item if item.icon or kind is None else replace(item, icon=kind.icon)


def newest_first(contacts: Sequence[Contact]) -> list[Contact]:
    """Return the contacts, the latest first."""
    return sorted(contacts, key=lambda one: (one.held_on, one.id), reverse=True)


def recipient_name(catalogue: Catalogue, consent: Consent) -> str:
    """Return who a consent names."""
    return consent.recipient_name or catalogue.service_name(consent.recipient)


def referral_name(catalogue: Catalogue, referral: Referral) -> str:
    """Return what a referral is called."""
    return referral.agency or catalogue.service_name(referral.service)


def person_name(file: CaseFile, person_id: str) -> str:
    """Return the name of a person of the case, a dash when there is none."""
    return next((full_name(one) for one in file.persons if one.id == person_id), "–")


def joined(*parts: str) -> str:
    """Return the parts that say something, with a middle dot between them."""
    return apart(" · ").join(part for part in parts if part)


def _item(record: Record, title: str, text: str, icon: str = "", *, tone: str = "", meta: str = "",
          badges: tuple[Badge, ...] = ()) -> CardItem:  # fmt: skip
    actions = (("edit", say("common.edit")),)
    return CardItem(record.id, title or "–", text, meta, icon, tone, badges, actions)


def _named(catalogue: Catalogue, one: Record, _: CaseFile, __: date) -> CardItem:
    return _item(one, called(catalogue, one), "")


def _person(catalogue: Catalogue, one: Person, _: CaseFile, today: date) -> CardItem:
    born = dates.partial(one.birth_date) if one.birth_date else say("common.date_of_birth_unknown")
    age = f" ({age_on(one.birth_date, today)})" if one.birth_date else ""
    languages = apart(", ").join(catalogue.label("language", skill.language) for skill in one.languages)
    return _item(one, full_name(one), joined(f"{born}{age}", languages))


def _member(catalogue: Catalogue, one: Member, file: CaseFile, _: date) -> CardItem:
    name = person_name(file, one.person_id)
    return _item(
        one, name, joined(catalogue.label("role", one.role), one.relation, span(one.since, one.until))
    )


def _kinship(catalogue: Catalogue, one: Relation, file: CaseFile, _: date) -> CardItem:
    words = joined(span(one.since, one.until), one.note)
    return _item(one, relations.said(catalogue.rules.relations, one, file), words)


def _consent(catalogue: Catalogue, one: Consent, _: CaseFile, today: date) -> CardItem:
    stands = is_standing(one, today)
    badge: Badge = (
        (say("case.in_force"), "ok", "shield-check") if stands else (_why_not(one, today), "warn", None)
    )
    title = f"{recipient_name(catalogue, one)}: {catalogue.label('consent_purpose', one.purpose)}"
    return _item(one, title, span(one.given_on, one.valid_until), badges=(badge,))


def _why_not(one: Consent, today: date) -> str:
    if one.withdrawn_on:
        return say("case.withdrawn_on_day", day=dates.full(one.withdrawn_on))
    if one.valid_until and one.valid_until < today:
        return say("case.expired_on_day", day=dates.full(one.valid_until))
    return say("case.not_yet_given")


def _goal(catalogue: Catalogue, one: Goal, _: CaseFile, __: date) -> CardItem:
    level = say("case.level_level", level=signed(one.level)) if one.level is not None else ""
    until = say("common.until_day", day=dates.full(one.due_on)) if one.due_on else ""
    text = joined(catalogue.label("life_domain", one.life_domain), until, level)
    return _item(one, one.text, text, meta=_ratings(one))


def _ratings(one: Goal) -> str:
    if one.level_client is None and one.level_case_manager is None:
        return ""
    both = (one.level_client, one.level_case_manager)
    client, manager = (signed(level) if level is not None else "–" for level in both)
    return say("case.at_end_client_client_case", client=client, manager=manager)


def _measure(catalogue: Catalogue, one: Measure, file: CaseFile, _: date) -> CardItem:
    icon, tone = MEASURE_SIGNS[one.state]
    word = catalogue.label("measure_state", one.state)
    if is_blocked(one, file.measures):
        icon, tone, word = "blocked", "bad", say("common.blocked")
    when = span(one.starts_on, one.due_on)
    return _item(one, one.title, joined(word, one.agency, when), icon, tone=tone)


def _referral(catalogue: Catalogue, one: Referral, _: CaseFile, __: date) -> CardItem:
    sent = say("case.sent_on_day", day=dates.full(one.sent_on)) if one.sent_on else ""
    text = joined(catalogue.label("referral_state", one.state), sent)
    return _item(one, referral_name(catalogue, one), text)


def _regime(catalogue: Catalogue, one: RegimeSpell, file: CaseFile, _: date) -> CardItem:
    badges: tuple[Badge, ...] = ((say("common.expected"), "neutral", None),) if one.expected else ()
    text = joined(person_name(file, one.person_id), span(one.starts_on, one.ends_on), one.note)
    return _item(one, regime_label(catalogue, one), text, LANE_ICONS[one.lane], badges=badges)


def regime_label(catalogue: Catalogue, one: RegimeSpell) -> str:
    """Return what a spell is, from the code list of its lane."""
    return catalogue.label(REGIME_LISTS[one.lane], one.regime) or catalogue.label("lane", one.lane)


def _residence(catalogue: Catalogue, one: ResidenceSpell, file: CaseFile, _: date) -> CardItem:
    badges: tuple[Badge, ...] = ((say("common.expected"), "neutral", None),) if one.expected else ()
    title = joined(catalogue.label("residence_status", one.status), one.paragraph)
    text = joined(person_name(file, one.person_id), span(one.valid_from, one.valid_until))
    return _item(one, title, text, badges=badges)


def _achieved(catalogue: Catalogue, one: Achievement, _: CaseFile, __: date) -> CardItem:
    title = achievements.headline(catalogue, one)
    told = achievements.kind(catalogue, one), achievements.level(catalogue, one)
    what = [] if not one.title else told
    text = joined(*what, one.organisation, achievements.days(one))
    badges: tuple[Badge, ...] = ()
    if one.kept_back:
        badges = ((say("achievements.kept_back"), "neutral", "eye-slash"),)
    elif not is_proven(one):
        badges = ((say("achievements.proof_missing"), "warn", None),)
    shown = achievements.proof(catalogue, one) if is_proven(one) else ""
    return _item(one, title, text, meta=shown, badges=badges)


def _contact(catalogue: Catalogue, one: Contact, _: CaseFile, today: date) -> CardItem:
    took = say("common.n_minutes", n=one.minutes) if one.minutes else ""
    title = joined(dates.short(one.held_on, today), catalogue.label("contact_form", one.form), took)
    badges: tuple[Badge, ...] = ()
    if one.status is not ContactStatus.HELD:
        badges = ((catalogue.label("contact_status", one.status), "warn", None),)
    after = say("case.next_steps", steps=one.next_steps) if one.next_steps else ""
    icon = CONTACT_ICONS.get(one.form, "")
    return _item(one, title, one.content, icon, meta=after, badges=badges)


def _follow_up(_: Catalogue, one: FollowUp, __: CaseFile, today: date) -> CardItem:
    icons = {FollowUpKind.APPOINTMENT: "calendar-blank", FollowUpKind.DEADLINE: "flag"}
    done = say("case.done_on_day", day=dates.full(one.done_on)) if one.done_on else ""
    text = joined(dates.short(one.due_on, today), one.time, one.place, done or _why(one))
    return _item(one, one.title, text, icons.get(one.kind, ""))


def _why(one: FollowUp) -> str:
    if one.reason or not is_after_care(one):
        return one.reason
    return say("follow_ups.after_care", day=one.due_on)


def _finding(catalogue: Catalogue, one: Finding, _: CaseFile, __: date) -> CardItem:
    text = joined(catalogue.label("finding_kind", one.kind), catalogue.label("finding_state", one.state))
    return _item(one, one.title, text, meta=one.effects)


_CARDS: dict[type[Record], Callable[[Catalogue, Any, CaseFile, date], CardItem]] = {
    Achievement: _achieved,
    Person: _person,
    Member: _member,
    Relation: _kinship,
    Consent: _consent,
    Goal: _goal,
    Measure: _measure,
    Referral: _referral,
    RegimeSpell: _regime,
    ResidenceSpell: _residence,
    Contact: _contact,
    FollowUp: _follow_up,
    Finding: _finding,
}
