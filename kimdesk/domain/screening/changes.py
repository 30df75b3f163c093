"""What is otherwise in a screening since its facts changed: told after a save and in the history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kimdesk.domain.screening.result import Because, Light, Screened, ScreenedCondition, Screening


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningChange:
    """One rule that says something else than before.

    Codes: fits (it is for this person now), fits_not, possible, barred, open_again, earlier, later (the
    earliest day), day_known, day_gone, window (the last day), window_gone, lacks (another thing than before),
    with ``day``, the day ``before``, and ``because`` of which condition.
    """

    rule: str
    code: str
    day: date | None = None
    before: date | None = None
    because: Because | None = None


def changes(before: Screening, after: Screening) -> tuple[ScreeningChange, ...]:
    """Return what is otherwise in ``after``, in the order of the rules, one change for each rule."""
    earlier = {one.rule: one for one in before.rules}
    found = (_change(earlier[one.rule], one) for one in after.rules if one.rule in earlier)
    return tuple(one for one in found if one is not None)


def _change(was: Screened, now: Screened) -> ScreeningChange | None:
    code, day, before = _code(was, now)
    if not code:
        return None
    because = next(_because(was, now), None)
    return ScreeningChange(rule=now.rule, code=code, day=day, before=before, because=because)


def _code(was: Screened, now: Screened) -> tuple[str, date | None, date | None]:
    """Return what of the change weighs most: the light, then the earliest day, then the last."""
    if was.light is not now.light and (code := _by_light(was.light, now.light)):
        return code, None, None
    if was.earliest != now.earliest:
        return _by_day(was.earliest, now.earliest)
    if was.last_day != now.last_day:
        return "window" if now.last_day else "window_gone", now.last_day, was.last_day
    if was.lack is not now.lack:
        return "lacks", None, None
    return "", None, None


def _by_light(was: Light, now: Light) -> str:
    if Light.GREY in (was, now):
        return "fits" if was is Light.GREY else "fits_not"
    if now is Light.GREEN:
        return "possible"
    if now is Light.RED:
        return "barred"
    return "open_again" if was is Light.RED else ""


def _by_day(was: date | None, now: date | None) -> tuple[str, date | None, date | None]:
    if was is None:
        return "day_known", now, None
    if now is None:
        return "day_gone", None, was
    return "earlier" if now < was else "later", now, was


def _because(was: Screened, now: Screened) -> Iterator[Because]:
    """Yield why, by the conditions that stand elsewhere now: first the one the earliest day follows from."""
    before = {one.id: one for one in was.conditions}
    moved = [one for one in now.conditions if _standing(before.get(one.id)) != _standing(one)]
    moved.sort(key=lambda one: one.day != now.earliest or one.day is None)
    yield from (one.why for one in moved)


def _standing(one: ScreenedCondition | None) -> tuple[object, ...]:
    return (one.state, one.day, one.why) if one else ()
