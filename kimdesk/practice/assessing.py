"""What the assessment of a case says, the first time and when it is made again."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.practice.library import domains, texts, words
from kimdesk.practice.scene import Scene
from kimdesk.practice.templates import DomainTemplate

Answers = dict[str, Any]
Picture = Mapping[str, DomainTemplate]

_BEST = 4
_LEVELS = ("A0", "A1", "A2", "B1", "B2", "C1")
_BETTER_SHARE = 0.55
_OPEN_ENTRIES = (5, 9)  # domains finished in an assessment that is still being made


def picture(scene: Scene) -> Picture:
    """Return what there is to say about each domain of life: the story's own, else what fits."""
    return {code.code: _template(scene, code.code) for code in SHIPPED.code_list("life_domain").codes}


def _template(scene: Scene, domain: str) -> DomainTemplate:
    own = scene.story.domain.get(domain)
    return own or scene.dice.pick([template for template in domains()[domain] if scene.has(template.needs)])


def assessment(scene: Scene, seen: Picture, day: date, *, again: bool, finished: bool) -> Answers:
    """Return the answers of one round; ``again``: a later round, where some things are better."""
    entries = {domain: _entry(scene, domain, template, day, again=again) for domain, template in seen.items()}
    if not finished:
        done = scene.dice.between(*_OPEN_ENTRIES)
        begun = [{"situation": entry["situation"]} for entry in list(entries.values())[done : done + 2]]
        names = list(entries)
        entries = {**dict(list(entries.items())[:done]), **dict(zip(names[done:], begun, strict=False))}
        return {"domains": entries}
    return {
        "domains": entries,
        "household": {
            "living": "with_others" if len(scene.home.persons) > 1 else "alone",
            "family_note": scene.pick(texts().family_note),
        },
        "network": [
            _neighbour(scene, one) for one in scene.dice.shuffled(texts().network)[: scene.dice.between(2, 5)]
        ],
        "resources": [
            _resource(scene, one)
            for one in scene.dice.shuffled(texts().resources)[: scene.dice.between(1, 3)]
        ],
        "conclusion": {
            "assessed_on": day.isoformat(),
            "interpreter": "professional" if scene.interpreted else "not_needed",
            "summary": scene.pick(texts().summary),
        },
    }


def scale_then(scene: Scene, template: DomainTemplate, *, again: bool) -> int:
    """Return where a domain stands; in a later round often a step better."""
    return min(template.scale + int(again and scene.dice.chance(_BETTER_SHARE)), _BEST)


def _entry(scene: Scene, domain: str, template: DomainTemplate, day: date, *, again: bool) -> Answers:
    say, scale = scene.say, scale_then(scene, template, again=again)
    found: Answers = {
        "resources": [say(text) for text in template.resources],
        "situation": say(template.situation),
        "view_client": say(template.client),
        "view_professional": say(template.professional),
        "scale": scale,
        "source": "document" if scene.dice.chance(0.3) else "statement",
        "review_on": (day + timedelta(days=scene.dice.between(80, 190))).isoformat(),
    }
    if scale < _BEST:
        found["need"] = say(template.need) or words().note["need"]
        found["priority"] = 1 if scale == 0 else scene.dice.between(1, 3)
    return found | _german(scene, template) if domain == "language" else found


def _german(scene: Scene, template: DomainTemplate) -> Answers:
    client = scene.client
    level = client.languages[-1].level if client else "A1"
    place = _LEVELS.index(level)
    below = _LEVELS[max(place - 1, 0)]
    return {
        "listening": _LEVELS[min(place + int(scene.dice.chance(0.4)), len(_LEVELS) - 1)],
        "speaking": level,
        "reading": below if scene.dice.chance(0.5) else level,
        "writing": below,
        "literacy": "none" if template.scale == 0 else scene.dice.pick(("latin", "other_script")),
    }


def _neighbour(scene: Scene, known: tuple[str, str, str, str]) -> Answers:
    who, circle, quality, helps = known
    return {"who": scene.say(who), "circle": circle, "quality": quality, "helps_with": helps}


def _resource(scene: Scene, known: tuple[str, str, str, str]) -> Answers:
    resource, kind, domain, use = known
    return {"resource": scene.say(resource), "kind": kind, "life_domain": domain, "use": use}
