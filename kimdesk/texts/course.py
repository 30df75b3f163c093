"""What happened in a case, in words: a title and a text for each moment of its course."""

from kimdesk.casework.contacts import CourseMoment
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Contact
from kimdesk.domain.terms import ContactStatus
from kimdesk.texts.bidi import apart
from kimdesk.texts.speech import GERMAN, Speech


def title(catalogue: Catalogue, moment: CourseMoment, speech: Speech = GERMAN) -> str:
    """Return what happened, in one line."""
    facts = moment.facts
    match moment.kind:
        case "contact":
            return _joined(*_talk(catalogue, moment, speech))
        case "phase":
            key, phase = f"course.phase_{moment.event}", catalogue.label("phase", facts.get("phase", ""))
            return speech.say(key, phase=phase) if speech.has(key) else phase
        case "referral":
            name = facts["agency"] or catalogue.service_name(facts["service"])
            state = catalogue.label("referral_state", facts["state"])
            return speech.say(f"course.referral_{moment.event}", name=name, state=state)
        case "decision":
            return _joined(speech.say(f"course.decision_{moment.event}"), facts.get("agency", ""))
        case "paper_issue":
            how = catalogue.label("paper_way", moment.event)
            return speech.say("course.paper", title=facts["title"], how=how)
        case _:
            return speech.say("course.finding", title=facts["title"])


def follow_up_reason(contact: Contact, speech: Speech = GERMAN) -> str:
    """Return why something is looked at again after a talk („weil …“): it was agreed, or nobody came."""
    if contact.status is ContactStatus.HELD:
        return speech.say("follow_ups.agreed_in_talk", day=contact.held_on)
    return speech.say(f"follow_ups.not_held_{contact.status}", day=contact.held_on)


def text(catalogue: Catalogue, moment: CourseMoment, speech: Speech = GERMAN) -> str:
    """Return what is written about it, "" for nothing."""
    facts = moment.facts
    match moment.kind, moment.event:
        case "contact", _:
            steps = facts["next_steps"]
            after = speech.say("course.next_steps", steps=steps) if steps else ""
            return "\n".join(part for part in (facts["content"], after) if part)
        case "paper_issue", "handed_out":
            return speech.say("course.paper_to", who=facts["handed_to"])
        case "phase", event:
            closed = catalogue.label("closing_reason", facts.get("closing_reason", ""))
            return closed if event == "closed" else facts.get("reason", "")
        case "decision", "conference":
            return facts["decisions"]
        case "decision", _:
            return facts["subject"]
    return facts.get("effects", "")


def _talk(catalogue: Catalogue, moment: CourseMoment, speech: Speech) -> tuple[str, ...]:
    minutes = moment.facts["minutes"]
    return (
        catalogue.label("contact_form", moment.facts["form"]),
        speech.say("course.minutes", n=int(minutes)) if minutes else "",
        catalogue.label("contact_status", moment.event) if moment.event != ContactStatus.HELD else "",
    )


def _joined(*parts: str) -> str:
    return apart(" · ").join(part for part in parts if part)
