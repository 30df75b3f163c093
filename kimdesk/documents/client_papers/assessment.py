"""The assessment for the client and the file: ratings as a net and a table, and who else may have the sheet.

What was not recorded is said so. Words about health and safety stay in the talk: who finds the sheet at home
must not read them. Where somebody of the case is protected, the rating of safety stays there too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kimdesk.casework.desk import Desk
from kimdesk.documents.client_papers.radar_drawing import HEIGHT, RadarDrawing, Spoke
from kimdesk.documents.client_papers.setting import PaperSetting, led, start
from kimdesk.documents.client_sheet import (
    Both,
    BulletList,
    NoteBox,
    SheetBlock,
    SheetHeading,
    SheetParagraph,
    SheetPicture,
    SheetTable,
)
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.consent import standing
from kimdesk.domain.phases import latest
from kimdesk.domain.records import Consent, PhaseEntry
from kimdesk.domain.shielding import any_shielded
from kimdesk.domain.terms import Phase, SharingLevel
from kimdesk.forms.answers import of_section
from kimdesk.pictures.life_domains import SECTION, ScaleChange, before, changes
from kimdesk.texts import dates

CODE: Final = "assessment"
_SPOKEN: Final = frozenset({"health", "safety"})
_KIND, _HEALTH = "assessment", "health"  # information_kind; life_domain and information_kind


@dataclass(frozen=True, slots=True)
class _Domain:
    """One life domain of the sheet: its name, both ratings, and what was answered."""

    name: Both
    change: ScaleChange
    said: Mapping[str, Any]
    spoken: bool  # its rating stays in the talk

    @property
    def now(self) -> int | None:
        return None if self.spoken else self.change.now

    @property
    def earlier(self) -> int | None:
        return None if self.spoken else self.change.before


def make(desk: Desk, case_id: str, wish: PaperWish) -> MadePaper:
    """Return the newest assessment of a case. Raises as ``setting.start``."""
    with desk.reading() as reader:
        setting = start(desk, reader, case_id, CODE, wish)
    return setting.made(_blocks(setting))


def _blocks(setting: PaperSetting) -> Iterator[SheetBlock]:
    tell, entry = setting.words.tell, latest(setting.file.phases, Phase.ASSESSMENT)
    began = [tell("talked_on", day=dates.full(entry.started_on))] if entry and entry.started_on else []
    again = [tell("round", n=entry.round)] if entry and entry.round > 1 else []
    domains = tuple(_domains(setting, entry))
    spoken = entry is not None and any(one.said for one in domains)
    yield NoteBox((*setting.stand(), *began, *again), tell("lead") if spoken else Both(""))
    if entry and spoken:
        yield from _picture(setting, domains, before(setting.file, entry))
        yield from _ratings(setting, domains)
        yield from _views(setting, domains)
    else:
        yield SheetParagraph(tell("nothing_yet"))
    yield from _who_may(setting, domains)


def _domains(setting: PaperSetting, entry: PhaseEntry | None) -> Iterator[_Domain]:
    answers = entry.answers if entry else {}
    said = of_section(answers, SECTION)
    hidden = any_shielded(setting.file.persons)
    for one in changes(setting.catalogue, setting.file, entry, answers):
        name = setting.words.code("domain", one.code, setting.catalogue.label("life_domain", one.code))
        yield _Domain(name, one, of_section(said, one.code), hidden and one.code == "safety")


def _picture(
    setting: PaperSetting, domains: tuple[_Domain, ...], earlier: PhaseEntry | None
) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    then = None
    if earlier:
        day = earlier.started_on
        then = tell("before", day=dates.full(day)) if day else tell("before_unknown")
    spokes = tuple(Spoke(one.name, one.now, one.earlier) for one in domains)
    drawing = RadarDrawing(spokes, tell("now"), then, tell("no_value"))
    parts = [tell("picture_alt", n=len(domains)), *(_in_words(setting, one) for one in domains)]
    alt = Both(" ".join(one.german for one in parts), " ".join(filter(None, (one.own for one in parts))))
    yield SheetHeading(tell("picture"))
    yield SheetParagraph(tell("picture_reads"), leads=True)
    yield SheetPicture(drawing, HEIGHT, alt)


def _in_words(setting: PaperSetting, one: _Domain) -> Both:
    tell, value = setting.words.tell, _value(setting, one)
    if one.earlier is None:
        return tell("picture_alt_one", domain=one.name, value=value)
    return tell("picture_alt_before", domain=one.name, value=value, before=_scale(setting, one.earlier))


def _ratings(setting: PaperSetting, domains: tuple[_Domain, ...]) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    again = any(one.earlier is not None for one in domains)
    heads = ("head_domain", "head_now", *(["head_before"] if again else []), "head_carries", "head_need")
    rows = []
    for one in domains:
        then = [Both("") if one.earlier is None else _scale(setting, one.earlier)] if again else []
        rows.append((one.name, _value(setting, one), *then, *_texts(setting, one)))
    yield SheetHeading(tell("ratings"))
    yield SheetTable(tuple(tell(each) for each in heads), tuple(rows))
    if any(one.spoken or _keeps_silent(one) for one in domains):
        yield SheetParagraph(tell("spoken_why"), quiet=True)


def _texts(setting: PaperSetting, one: _Domain) -> tuple[Both, Both]:
    """Return what carries and what is needed; of health and safety it is told in the talk alone."""
    if one.change.code in _SPOKEN:
        return (setting.words.tell("spoken_only") if _keeps_silent(one) else Both(""), Both(""))
    carries = one.said.get("resources")
    told = ", ".join(map(str, carries)) if isinstance(carries, list | tuple) else ""
    return setting.free(told), setting.free(str(one.said.get("need") or ""))


def _keeps_silent(one: _Domain) -> bool:
    """Return whether something was written about health or safety that does not stand on the sheet."""
    return one.change.code in _SPOKEN and any(one.said.get(name) for name in ("resources", "need"))


def _value(setting: PaperSetting, one: _Domain) -> Both:
    tell = setting.words.tell
    if one.spoken:
        return tell("spoken_only")
    if one.now is not None:
        return _scale(setting, one.now)
    return tell("not_discussed") if one.said.get("not_discussed") is True else tell("not_recorded")


def _scale(setting: PaperSetting, value: int) -> Both:
    label = setting.catalogue.label("domain_scale", str(value))
    return setting.words.code("scale", str(value), label)


def _views(setting: PaperSetting, domains: tuple[_Domain, ...]) -> Iterator[SheetBlock]:
    """Yield what the client said, in her words."""
    open_ones = [one for one in domains if one.change.code not in _SPOKEN]
    said = [(one.name, str(one.said.get("view_client") or "")) for one in open_ones]
    if any(text for _, text in said):
        yield SheetHeading(setting.words.tell("your_view"))
    for name, text in said:
        yield from led(name, setting.free(text))


def _who_may(setting: PaperSetting, domains: tuple[_Domain, ...]) -> Iterator[SheetBlock]:
    """Yield who may have the sheet: the client, and whom a consent in force names for what is on it."""
    tell = setting.words.tell
    rated = any(one.change.code == _HEALTH and one.now is not None for one in domains)
    lines = [tell("for_you_and_file")]
    for one in _covering(setting):
        whole = _HEALTH in one.kinds or not rated
        name = one.recipient_name or setting.catalogue.service_name(one.recipient)
        key = "with_consent" if whole else "without_health"
        lines.append(tell(key, day=dates.full(one.given_on), recipient=name))
    yield SheetHeading(tell("who_may"))
    yield BulletList((*lines, tell("nobody_else")))


def _covering(setting: PaperSetting) -> Iterator[Consent]:
    """Yield the consents in force by which an assessment with a name may go to somebody."""
    client = setting.file.client
    own = {"", client.id} if client else {""}
    for one in standing(setting.file.consents, setting.wish.today):
        if _KIND in one.kinds and one.level is SharingLevel.IDENTIFIED and one.person_id in own:
            yield one
