"""From what a rule says to how its lane looks: light in words, bar along the path, what is later."""

from datetime import date

from kimdesk.domain.screening.result import Lack, Light, Screened
from kimdesk.texts import dates, say
from kimdesk.texts import screening as told
from ui.perspective.lanes import LaneBar, LightSign

_ICONS = {
    Lack.TITLE: "link-break",
    Lack.STATUS: "link-break",
    Lack.TIME: "hourglass-medium",
    Lack.EVIDENCE: "file-text",
    Lack.UNKNOWN: "question",
    Lack.DISCRETION: "scales",
}
_FAR = 300  # days: right of the break, where the day stands in words
_DAYLESS = {Lack.TITLE, Lack.STATUS}


def sign(one: Screened) -> LightSign:
    """Return the light of a rule in word, tone and icon."""
    if one.light is Light.RED:
        return LightSign(told.light(one), "bad", "blocked")
    if one.urgent:
        return LightSign(say("perspective.urgent"), "warn", "clock", filled=True)
    if one.light is Light.GREEN:
        return LightSign(told.light(one), "ok", "present", filled=True)
    return LightSign(told.light(one), "warn", _ICONS.get(one.lack, "question"))


def bar(one: Screened, today: date, lacking: str) -> LaneBar:
    """Return what the lane of a rule shows; ``lacking`` names what lacks most, for a lane without a day."""
    opens, closes = one.earliest, one.last_day
    if one.light is Light.RED:
        return LaneBar("barred", lacking)
    if one.light is Light.GREEN:
        words = say("perspective.since_day", day=opens) if opens and opens <= today else ""
        return LaneBar("open", words, opens, closes)
    if opens is None or one.lack in _DAYLESS:
        return LaneBar("undated", lacking, None, closes)
    if closes and closes < opens:
        return LaneBar("undated", say("perspective.apply_by_day", day=closes), None, closes)
    if opens <= today:
        return LaneBar("undated", say("perspective.time_full_since", day=opens), None, closes)
    far = (opens - today).days > _FAR
    return LaneBar("waiting", lacking if far else say("perspective.from_day", day=opens), opens, closes)


def later(one: Screened, today: date) -> tuple[str, str]:
    """Return what stands right of the break, where nothing is to scale: a day in words, and what it is."""
    if one.light is Light.RED:
        return say("perspective.stays_so"), ""
    if one.lack in _DAYLESS or (one.earliest is None and one.light is not Light.GREEN):
        return _dayless(one)
    if one.earliest and one.light is not Light.GREEN and (one.earliest - today).days > _FAR:
        return _dayless(one)
    if one.last_day:
        return say("perspective.until_day", day=one.last_day), say("perspective.last_day")
    if one.second_earliest:
        return say("perspective.or_day", day=one.second_earliest), say("perspective.second_reading")
    return say("perspective.without_end"), ""


def _dayless(one: Screened) -> tuple[str, str]:
    if one.earliest:
        return say("perspective.from_day", day=one.earliest), say("perspective.at_the_earliest")
    why = {Lack.TITLE: say("perspective.only_with_title"), Lack.STATUS: say("perspective.only_with_status")}
    return say("perspective.no_day_yet"), why.get(one.lack, "")


def spoken_days(one: Screened) -> str:
    """Return the days of a rule as a sentence that is read aloud."""
    said = []
    if one.earliest and one.light is not Light.RED:
        said.append(say("perspective.spoken_earliest", day=one.earliest))
    if one.second_earliest and one.light is not Light.RED:
        said.append(say("perspective.spoken_second", day=one.second_earliest))
    if one.last_day:
        said.append(say("perspective.spoken_last", day=one.last_day))
    return ", ".join(said) or say("perspective.no_day_yet")


def day_words(day: date | None, none: str) -> str:
    """Return a day in full, or the word for none."""
    return dates.full(day) if day else none
