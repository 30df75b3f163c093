"""What a deadline for an appeal tells a letter: which appeal the law gives, against which notice of whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kimdesk.casework import deadlines
from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known as known_record
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.letters import offices
from kimdesk.documents.letters.known import NO_CLIENT, LetterFacts, common
from kimdesk.documents.letters.offices import Office
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, FollowUp, Measure
from kimdesk.domain.terms import Phase
from kimdesk.forms.answers import listed
from kimdesk.store.work import Reader
from kimdesk.texts import dates
from kimdesk.texts.effects import effect_words

NO_APPEAL, ONLY_COURT, PASSED, NO_OFFICE, NO_DATE = "E836", "E833", "E839", "E834", "E835"
_COURT = "lawsuit"  # how the rules of deadlines for courts begin

Notice = Mapping[str, Any]


def known(desk: Desk, reader: Reader, record_id: str, wish: PaperWish) -> LetterFacts:
    """Return what the deadline tells on the day of ``wish``.

    Raises StoreError E909 when there is no such deadline, CaseworkError E836 when it is none for an appeal
    that a letter can file, E839 when it has passed, E843 when its case has no client, E833 when the law gives
    a lawsuit alone, E834 when nobody noted whose notice it is, E835 when its date is not noted.
    """
    deadline = known_record(reader, FollowUp, record_id)
    file = read_file(reader, deadline.case_id)
    if file.client is None:
        raise CaseworkError(NO_CLIENT)
    remedy = _remedy(desk.catalogue, deadline)
    if deadline.due_on < wish.today:
        raise CaseworkError(PASSED, day=dates.full(deadline.due_on))
    notice = _notice_of(desk.catalogue, file, deadline)
    office = _office(reader, desk.catalogue, file, deadline, notice)
    if _court_alone(desk.catalogue.rules.deadlines.remedy_of(office.name)):
        raise CaseworkError(ONLY_COURT)
    dated = deadlines.facts_of(deadline).dated_on or _day(notice.get("dated_on"))
    if dated is None:
        raise CaseworkError(NO_DATE)
    return LetterFacts(
        file=file,
        facts={
            **common(desk, file.client, wish.today),
            "office": office.name, "office_sign": office.sign, "remedy": remedy,
            "due_on": dates.full(deadline.due_on), "dated_on": dates.full(dated),
        },
        to=office.lines,
        person=file.client,
        their_sign=office.sign,
        beside=_effect(desk.catalogue, deadline, wish.today),
    )  # fmt: skip


def _remedy(catalogue: Catalogue, deadline: FollowUp) -> str:
    """Return what the appeal is called that keeps the deadline."""
    if _court_alone(deadline.rule):
        raise CaseworkError(ONLY_COURT)
    if not (name := catalogue.rules.procedures.remedy_of(deadline.rule)):
        raise CaseworkError(NO_APPEAL)
    return name


def _effect(catalogue: Catalogue, deadline: FollowUp, day: date) -> str:
    """Return whether the appeal keeps the decision from taking effect, and what to apply for if not."""
    rules = catalogue.rules.deadlines
    try:
        derived = deadlines.compute(rules, deadline.rule, deadlines.facts_of(deadline), day)
    except CaseworkError:  # the day was set by hand
        found = effect_words(None, depends=bool(rules.decisions(deadline.rule)))
    else:
        found = effect_words(derived.effect, depends=bool(derived.decisions), by=derived.urgent_on)
    return f"{found.title} {found.text}"


def _court_alone(rule: str) -> bool:
    return rule.startswith(_COURT)


def _notice_of(catalogue: Catalogue, file: CaseFile, deadline: FollowUp) -> Notice:
    """Return the notice that the deadline was made of, {} when there is none or it may be one of several.

    It has the days of the deadline; one that has its title too goes before one that was called otherwise.
    """
    entry = latest(file.phases, Phase.COORDINATION)
    rules, facts = catalogue.rules.deadlines, deadlines.facts_of(deadline)
    notices = [one for one in (listed(entry.answers, "notices") if entry else ()) if one]
    titled = [one for one in notices if deadlines.notice_title(rules, one) == deadline.title]
    days = (facts.dated_on, facts.delivered_on)
    dated = [
        one
        for one in titled or notices
        if any(days) and (_day(one.get("dated_on")), _day(one.get("delivered_on"))) == days
    ]
    fitting = dated or titled
    return fitting[0] if len(fitting) == 1 else {}


def _office(
    reader: Reader, catalogue: Catalogue, file: CaseFile, deadline: FollowUp, notice: Notice
) -> Office:
    """Return whose notice it is: by the notice, else by the measure that it or the deadline belongs to."""
    wanted = (str(notice.get("measure") or ""), deadline.about)
    measure = next((one for one in file.measures if one.id in wanted), Measure())
    agency = str(notice.get("agency") or "").strip() or measure.agency
    if not agency:
        raise CaseworkError(NO_OFFICE)
    return offices.named(reader, catalogue, file, agency, measure.agency_file_number)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
