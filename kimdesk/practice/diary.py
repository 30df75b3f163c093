"""What happened in the months of a case: contacts, appointments and dates, structural findings."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from kimdesk.domain.law.periods import month_end, working_day
from kimdesk.domain.records import Contact, Finding, FollowUp
from kimdesk.domain.terms import ContactStatus, FollowUpKind, Phase
from kimdesk.practice.cast_templates import CastDate
from kimdesk.practice.library import odds, texts
from kimdesk.practice.scene import Scene
from kimdesk.practice.templates import Talk
from kimdesk.practice.text_templates import FindingTemplate

_EVERY_DAYS = 26
_MOST_CONTACTS = 16
_RECENT_DAYS = 20
_WITHOUT_TALK = frozenset({"agency", "email", "letter", "messenger"})
_SOON_SHARE = 0.05
_FINDING_SHARE = 0.3
_STORY_PHASES = frozenset({Phase.ASSESSMENT, Phase.SUPPORT_PLAN, Phase.COORDINATION})


def contacts(scene: Scene) -> tuple[Contact, ...]:
    """Return the contacts of a case from its opening on, the earliest first."""
    days = _days(scene)
    told = list(scene.story.contact)
    pools: dict[Phase, list[Talk]] = {}
    found = [_contact(scene, day, _next_talk(scene, day, told, pools), day == days[0]) for day in days]
    found += [_held(scene, scene.today - timedelta(days=each.days), each) for each in scene.outline.contact]
    return tuple(sorted(found, key=lambda each: each.held_on))


def _days(scene: Scene) -> list[date]:
    elapsed = (scene.until - scene.opened).days
    count = min(max(elapsed // _EVERY_DAYS, 1), _MOST_CONTACTS)
    step = max(elapsed // count, 1)
    starts = (scene.opened + timedelta(days=number * step) for number in range(count))
    days = {
        min(_weekday(day + timedelta(days=scene.dice.between(0, step // 2))), scene.until) for day in starts
    }
    if elapsed > _RECENT_DAYS and not scene.course.closed:
        days.add(_weekday(scene.today - timedelta(days=scene.dice.between(3, _RECENT_DAYS))))
    return sorted(day for day in days if day <= scene.until)


def _next_talk(scene: Scene, day: date, told: list[Talk], pools: dict[Phase, list[Talk]]) -> Talk:
    phase = [phase for phase, start in scene.started.items() if start <= day][-1]
    if told and (scene.client is None or (phase in _STORY_PHASES and scene.dice.chance(0.6))):
        return told.pop(0)
    if not pools.get(phase):
        pools[phase] = scene.dice.shuffled([_talk(*each) for each in texts().contact[phase]])
    return pools[phase].pop()


def _talk(form: str, minutes: int, content: str, following: str) -> Talk:
    return Talk(form=form, minutes=minutes, content=content, next=following)


def _contact(scene: Scene, day: date, talk: Talk, first: bool) -> Contact:
    status = ContactStatus.HELD if first else scene.dice.weighted(odds().contact_status)
    if status is ContactStatus.HELD:
        return _held(scene, day, talk)
    missed = texts().missed
    reason = scene.pick(missed.no_show if status is ContactStatus.NO_SHOW else missed.cancelled)
    return Contact(
        id=scene.new_id(day), case_id=scene.case_id, held_on=day, form="office", status=status, content=reason
    )


def _held(scene: Scene, day: date, talk: Talk) -> Contact:
    client, written = scene.client, talk.form in _WITHOUT_TALK
    alone = written or not scene.interpreted
    return Contact(
        id=scene.new_id(day),
        case_id=scene.case_id,
        held_on=day,
        minutes=talk.minutes + 5 * scene.dice.between(0, 2),
        form=talk.form,
        participants=scene.wording["frau"] if client else "",
        language="deu" if alone or client is None else client.languages[0].language,
        interpreter="not_needed" if alone else scene.dice.pick(odds().interpreting),
        content=scene.say(talk.content),
        next_steps=scene.say(talk.next),
    )


def _weekday(day: date) -> date:
    return working_day(day, lambda _: "")  # the town works on holidays


def follow_ups(scene: Scene) -> tuple[FollowUp, ...]:
    """Return past and coming appointments and dates, the earliest first."""
    found = list(_past(scene))
    if scene.outline.file_number:
        found += [_fixed(scene, each) for each in scene.outline.date]
    elif not scene.course.closed:
        found += _coming(scene)
    return tuple(sorted(found, key=lambda each: each.due_on))


def _past(scene: Scene) -> Iterator[FollowUp]:
    dice, elapsed = scene.dice, (scene.until - scene.opened).days
    for kind, title, reason, place in dice.shuffled(texts().follow_up.past)[: min(elapsed // 45, 3)]:
        day = _weekday(dice.day(scene.opened, scene.until - timedelta(days=8)))
        yield _follow_up(scene, day, kind, title, reason, place, done=day)


def _coming(scene: Scene) -> Iterator[FollowUp]:
    dice, known = scene.dice, texts().follow_up
    if dice.chance(_SOON_SHARE):
        kind, title, reason, place = dice.pick(known.soon)
        yield _follow_up(
            scene, _weekday(scene.today + timedelta(days=dice.between(-3, 8))), kind, title, reason, place
        )
    for kind, title, reason, place in dice.shuffled(known.future)[: dice.between(0, 2)]:
        day = _weekday(scene.today + timedelta(days=dice.between(16, 85)))
        yield _follow_up(scene, day, kind, title, reason, place)


def _follow_up(
    scene: Scene, day: date, kind: FollowUpKind, title: str, reason: str, place: str, done: date | None = None
) -> FollowUp:
    appointment = kind is FollowUpKind.APPOINTMENT
    return FollowUp(
        id=scene.new_id(min(day, scene.until)),
        case_id=scene.case_id,
        kind=kind,
        title=scene.say(title),
        reason=scene.say(reason),
        due_on=day,
        time=scene.dice.pick(texts().follow_up.times) if appointment else "",
        place=place,
        done_on=done,
    )


def _fixed(scene: Scene, given: CastDate) -> FollowUp:
    day = month_end(scene.today) if given.month_end else scene.today + timedelta(days=given.days)
    return FollowUp(
        id=scene.new_id(min(day, scene.today)),
        case_id=scene.case_id,
        kind=given.kind,
        title=scene.say(given.title),
        reason=scene.say(given.reason),
        due_on=day,
        time=given.time,
        place=given.place,
    )


def findings(scene: Scene, gap: bool) -> tuple[Finding, ...]:
    """Return what the case shows about the system; ``gap``: its plan has one."""
    known = {template.title: template for template in texts().finding}
    if scene.outline.file_number:
        return tuple(
            _finding(scene, known[each.title], each.state, scene.today - timedelta(days=each.days))
            for each in scene.outline.finding
        )
    begun = scene.started.get(Phase.SUPPORT_PLAN)
    if begun is None or not (gap or scene.dice.chance(_FINDING_SHARE)):
        return ()
    template, state = scene.dice.pick(texts().finding), scene.dice.pick(odds().finding_state)
    return (_finding(scene, template, state, scene.dice.day(begun, scene.until)),)


def _finding(scene: Scene, template: FindingTemplate, state: str, day: date) -> Finding:
    return Finding(
        id=scene.new_id(day),
        case_id=scene.case_id,
        **msgspec.structs.asdict(template),
        ags=scene.place.ags,
        frequency=scene.dice.between(1, 6),
        state=state,
        noted_on=day,
    )
