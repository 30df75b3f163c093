"""How cases end: for which reason, with what result, and what comes after."""

from datetime import date, timedelta
from typing import Any

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import Consent
from kimdesk.practice.assessing import Picture, scale_then
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import texts, words
from kimdesk.practice.scene import Scene
from kimdesk.practice.templates import DomainTemplate

Answers = dict[str, Any]
_WITH_RESULT = frozenset({"goals_reached", "mainstream", "handed_over", "moved", "own_wish"})
_LOST = "contact_lost"


def reason(dice: Dice, *, skipped: bool) -> str:
    """Return why a case was closed; without an evaluation, because the contact was lost."""
    known = texts().closing
    return _LOST if skipped else dice.weighted({why: weight for why, (weight, _) in known.items()})


def kept_until(closed: date) -> date:
    """Return until when a case closed on ``closed`` is kept."""
    return SHIPPED.rules.agenda.spans.after(SpanName.RETENTION, closed)


def evaluation(scene: Scene, seen: Picture, why: str, consents: tuple[Consent, ...]) -> Answers:
    """Return the answers of the evaluation; one that is still being made lacks its day and its end."""
    closed = scene.course.closed
    closing: Answers = {"reason": why, "note": scene.say(texts().closing[why][1])}
    found: Answers = {"closing": closing}
    if why in _WITH_RESULT:
        shown = list(seen.items()) if closed else list(seen.items())[:7]
        found["changes"] = {domain: _change(scene, template) for domain, template in shown}
    if not closed:
        return found
    closing["closed_on"] = scene.until.isoformat()
    if why in _WITH_RESULT:
        talk = texts().evaluation
        found["satisfaction"] = {
            "satisfaction": scene.dice.weighted({3: 1, 4: 4, 5: 4}),
            "helped": scene.pick(talk["helped"]),
            "missed": scene.pick(talk["missed"]),
        }
    if why in words().handed_over:
        found["handover"] = _handover(scene, why, consents)
    found["after_care"] = _after_care(scene)
    found["retention"] = {"delete_on": kept_until(scene.until).isoformat()}
    return found


def _change(scene: Scene, template: DomainTemplate) -> Answers:
    scale = scale_then(scene, template, again=True)
    return {
        "scale": scale,
        "change": scene.pick(texts().evaluation["changed"]) if scale > template.scale else "",
    }


def _handover(scene: Scene, why: str, consents: tuple[Consent, ...]) -> Answers:
    recipient, person = words().handed_over[why]
    talk = texts().evaluation
    found: Answers = {
        "recipient": recipient,
        "person": person,
        "handed_over_on": scene.until.isoformat(),
        "joint_talk": scene.dice.chance(0.7),
        "open_points": [scene.pick(talk["open_points"])],
        "documents": list(talk["documents"]),
    }
    if consents:
        found["consent"] = consents[0].id
    return found


def _after_care(scene: Scene) -> Answers:
    if scene.dice.chance(0.4):
        return {"wanted": False}
    planned = scene.until + timedelta(days=90)
    found: Answers = {"wanted": True, "planned_on": planned.isoformat()}
    if planned < scene.today:
        found |= {
            "held_on": planned.isoformat(),
            "result": scene.dice.pick(("stable", "information", "unreachable")),
        }
    return found
