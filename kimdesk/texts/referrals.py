"""A referral in words: how it stands, what is missing, how long it took, whom to ask first, what happened."""

from collections.abc import Sequence
from datetime import date

from kimdesk.casework.checklists import ChecklistLine
from kimdesk.casework.referral_list import ReferralLine
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import Referral, ReferralStep
from kimdesk.domain.referral_steps import ReferralStanding, last_of, open_query
from kimdesk.domain.terms import StepKind
from kimdesk.texts import dates, needs, say
from kimdesk.texts.bidi import apart

_NAMED = 2  # papers that are named
_ENDS = {
    ReferralStanding.ACCEPTED,
    ReferralStanding.REJECTED,
    ReferralStanding.ELSEWHERE,
    ReferralStanding.DONE,
}
_SAID = (StepKind.ACCEPTED, StepKind.REJECTED)


def office(catalogue: Catalogue, referral: Referral) -> str:
    """Return where it goes: the agency, the service where none is named."""
    return referral.agency or catalogue.service_name(referral.service)


def offer(catalogue: Catalogue, referral: Referral) -> str:
    """Return what for: the offer of the service, its name without one; of health offices no more."""
    try:
        sheet = catalogue.service(referral.service, referral.service_version)
    except ContentError:
        return catalogue.service_name(referral.service)
    if sheet.tells_of_health:
        return say("referrals.first_talk")
    return sheet.offer or sheet.name


def state(stands: ReferralStanding) -> str:
    """Return „gesendet“, „keine Antwort“, „Rückfrage“ …"""
    return say(f"referrals.state_{stands}")


def stated_on(referral: Referral) -> date | None:
    """Return since when it stands so."""
    if query := open_query(referral):
        return query.on
    last = last_of(referral, StepKind.DONE, StepKind.WITHDRAWN)
    if last and str(last.kind) == str(referral.state):
        return last.on
    return referral.answered_on or referral.sent_on or referral.prepared_on


def missing(catalogue: Catalogue, line: ReferralLine, today: date) -> tuple[str, str]:
    """Return what is missing, and what there is to say about it."""
    note = _withdrawn(line)
    match line.standing:
        case ReferralStanding.PREPARED:
            main, below = _papers(line) or (say("referrals.nothing_can_go"), "")
        case ReferralStanding.QUERY:
            main, below = _asked(line.referral)
        case ReferralStanding.SENT | ReferralStanding.UNANSWERED:
            main, below = _papers(line) or (say("referrals.nothing_their_turn"), "")
            below = _heard(line.referral, today) or below or _went(line.referral)
        case ReferralStanding.REJECTED:
            main, below = say("referrals.another_way"), _why(catalogue, line.referral)
        case ReferralStanding.ELSEWHERE:
            main, below = say("referrals.new_referral"), _why(catalogue, line.referral)
        case _:
            main, below = say("referrals.nothing_more"), _outcome(line.referral, today)
    return main, note or below


def duration(catalogue: Catalogue, line: ReferralLine, today: date) -> tuple[str, str]:
    """Return how long it has been under way or took, and beside it what is usual, or how it was said."""
    days = line.days(today)
    if line.standing is ReferralStanding.PREPARED:
        return _ends(line, today)
    if days is None:
        return "", ""
    if line.standing in _ENDS:
        last = last_of(line.referral, *_SAID)
        return say("referrals.after_days", n=days), channel(catalogue, last) if last else ""
    if line.standing is ReferralStanding.QUERY and line.referral.remind_on:
        until = dates.day_and_month(line.referral.remind_on)
        return say("dates.days", n=days), say("referrals.reply_until", day=until)
    return say("dates.days", n=days), usual(line)


def usual(line: ReferralLine) -> str:
    """Return what is usual at the office, or agreed while too little is known of it."""
    key = "usual" if line.by_habit else "agreed"
    return say(f"referrals.time_{key}", days=say("dates.days", n=line.expected))


def channel(catalogue: Catalogue, step: ReferralStep) -> str:
    """Return how it was said („Laufzettel“)."""
    return catalogue.label("answer_channel", step.channel) if step.channel else ""


def first(catalogue: Catalogue, line: ReferralLine, today: date) -> tuple[str, str]:
    """Return whom to ask first, and why."""
    title = say("referrals.call_first", office=office(catalogue, line.referral), name=line.name)
    days = line.days(today) or 0
    key = "usual" if line.by_habit else "agreed"
    why = say(f"referrals.because_{key}", usual=say("dates.days_dative", n=line.expected), n=days)
    person = line.referral.agency_person
    return title, f"{why} {say('referrals.contact_person', name=person)}" if person else why


def step(catalogue: Catalogue, one: ReferralStep) -> tuple[str, str]:
    """Return what happened, and what was said about it, each in one line."""
    what = catalogue.label("referral_step", one.kind)
    title = apart(" · ").join(filter(None, (what, one.who, channel(catalogue, one))))
    parts = (
        catalogue.label("reject_reason", one.reason) if one.reason else "",
        appointment(one),
        say("referrals.n_papers", n=len(one.papers)) if one.papers else "",
        one.text,
        say("referrals.asked_again_on", day=one.due_on) if one.kind is StepKind.CHASED and one.due_on else "",
    )
    return title, apart(" · ").join(filter(None, parts))


def appointment(one: ReferralStep, today: date | None = None) -> str:
    """Return „Termin: Mi., 02.12. um 14:00 Uhr“, "" without one."""
    if one.appointment_on is None:
        return ""
    day = dates.short(one.appointment_on, today) if today else dates.full(one.appointment_on)
    if not one.appointment_at:
        return say("referrals.appointment", day=day)
    return say("referrals.appointment_at", day=day, time=one.appointment_at)


def _ends(line: ReferralLine, today: date) -> tuple[str, str]:
    since = line.referral.prepared_on
    below = dates.distance(since, today) if since and since < today else ""
    if line.due_on is None:
        return below, ""
    if line.due_on == today:
        return say("referrals.end_is_today"), below
    key = "past" if line.due_on < today else "to_come"
    return say(f"referrals.ends_{key}", day=dates.day_and_month(line.due_on)), below


def _papers(line: ReferralLine) -> tuple[str, str] | None:
    """Return the papers that are missing and those asked for, None when every one is there."""
    if not line.missing and not line.requested:
        return None
    names = _names(line.missing or line.requested, line)
    if not line.missing:
        return names, say("referrals.all_requested")
    return names, say("referrals.requested", papers=_names(line.requested, line)) if line.requested else ""


def _names(papers: Sequence[ChecklistLine], line: ReferralLine) -> str:
    titles = [needs.title(each, line.file) if line.file else _label(each) for each in papers]
    if len(titles) <= _NAMED:
        return apart(", ").join(titles)
    return say("referrals.and_more", first=titles[0], n=len(titles) - 1)


def _label(paper: ChecklistLine) -> str:
    return paper.paper.label if paper.paper else paper.entry.item


def _asked(referral: Referral) -> tuple[str, str]:
    query = open_query(referral)
    text = query.text.partition("\n")[0] if query else ""
    who = query.who if query else ""
    below = say("referrals.query_of", name=who) if who else say("referrals.query")
    return text or say("referrals.query"), below


def _heard(referral: Referral, today: date) -> str:
    """Return the last that was heard or said while an answer is waited for."""
    last = last_of(referral, StepKind.RECEIPT, StepKind.CHASED, StepKind.REPLIED)
    if last is None:
        return ""
    said = say(f"referrals.heard_{last.kind}", day=dates.day_and_month(last.on))
    again = referral.remind_on if last.kind is StepKind.CHASED else None
    return apart(", ").join(
        [said, say("referrals.again_on", day=dates.short(again, today))] if again else [said]
    )


def _went(referral: Referral) -> str:
    sent = last_of(referral, StepKind.SENT)
    return say("referrals.n_papers_handed_in", n=len(sent.papers)) if sent and sent.papers else ""


def _why(catalogue: Catalogue, referral: Referral) -> str:
    last = last_of(referral, StepKind.REJECTED)
    said = last.text.partition("\n")[0] if last else ""
    return said or catalogue.label("reject_reason", referral.reject_reason)


def _outcome(referral: Referral, today: date) -> str:
    last = last_of(referral, StepKind.ACCEPTED)
    term = appointment(last, today) if last and not referral.result else ""
    return term or referral.result.partition("\n")[0] or (last.text.partition("\n")[0] if last else "")


def _withdrawn(line: ReferralLine) -> str:
    if line.withdrawn_on is None or line.standing in _ENDS:
        return ""
    return say("referrals.consent_withdrawn", day=line.withdrawn_on)
