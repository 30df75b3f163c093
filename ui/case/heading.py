"""What stands above a case: who it is about, what is in force, who lives there. Plain values, no widgets."""

from dataclasses import dataclass
from datetime import date

from kimdesk.casework.phases import gaps
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.regime_dates import TitleEnd, endings
from kimdesk.domain.consent import standing
from kimdesk.domain.dates import age_on
from kimdesk.domain.household import housemates, recorded_form
from kimdesk.domain.naming import full_name
from kimdesk.domain.phases import latest
from kimdesk.domain.phases import standing as phase_states
from kimdesk.domain.records import CaseFile, Person
from kimdesk.domain.shielding import any_shielded
from kimdesk.domain.terms import CaseStatus, Phase, PhaseState
from kimdesk.forms.answers import of_section
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart
from ui.kit.stepper import State, StepperItem

_ADULT = 18


@dataclass(frozen=True, slots=True)
class BadgeText:
    """A badge in words: text, tone, icon."""

    text: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a case page."""

    name: str
    note: str
    badges: tuple[BadgeText, ...]
    household: str
    steps: tuple[StepperItem, ...]
    caution: str = ""  # what to mind in every contact


def heading(catalogue: Catalogue, file: CaseFile, today: date) -> Heading:
    """Return what stands above the case on ``today``."""
    client = file.client
    age = age_words(client, today) if client else ""
    note = apart(" · ").join(part for part in (age, file.case.file_number) if part)
    name = full_name(client) if client else say("case.anonymous_advice")
    return Heading(
        name,
        note,
        tuple(_badges(catalogue, file, today)),
        _household(catalogue, file, today),
        steps(catalogue, file),
        client.contact_caution if client else _anonymous_caution(file),
    )


def _anonymous_caution(file: CaseFile) -> str:
    """Return what is to be minded with somebody without a name: the first form knows it."""
    entry = latest(file.phases, Phase.ACCESS)
    return str(of_section(entry.answers, "reach").get("caution") or "") if entry else ""


def age_words(person: Person, today: date) -> str:
    """Return „34 Jahre“, or nothing when the birth date is not known."""
    if person.birth_date is None:
        return ""
    years = age_on(person.birth_date, today)
    return say("case.years_old", n=years)


def living_words(catalogue: Catalogue, file: CaseFile) -> str:
    """Return how somebody lives with nobody else entered, as far as the assessment says it."""
    form = recorded_form(file)
    return catalogue.label("household_form", form) if form else say("case.household_not_recorded")


def steps(catalogue: Catalogue, file: CaseFile) -> tuple[StepperItem, ...]:
    """Return the seven phases with where each stands."""
    states = phase_states(file.phases)
    return tuple(
        StepperItem(
            phase.value, catalogue.label("phase", phase), _step_state(catalogue, phase, states[phase], file)
        )
        for phase in Phase
    )


def residence_badge(catalogue: Catalogue, file: CaseFile, person_id: str, today: date) -> BadgeText:
    """Return how the residence of a person stands, in a few words."""
    spells = [one for one in endings(file, catalogue.rules.law) if one.paper.person_id == person_id]
    now = max(spells, key=lambda one: (one.paper.valid_from or date.min, one.paper.id), default=None)
    if now is None:
        return BadgeText(say("case.residence_not_recorded"), "neutral", "identification-card")
    return _title_badge(catalogue, now, today)


def _title_badge(catalogue: Catalogue, ending: TitleEnd, today: date) -> BadgeText:
    label = catalogue.code_list("residence_status").short(ending.paper.status).partition(" §")[0]
    until = ending.paper.valid_until
    if until is None:
        return BadgeText(label, "neutral", "identification-card")
    words = dates.full(until)
    if until < today:
        return BadgeText(say("case.title_expired_on_day", title=label, day=words), "bad", "overdue")
    tone, icon = (
        ("warn", "expiring") if ends_soon(catalogue, ending, today) else ("neutral", "identification-card")
    )
    return BadgeText(say("case.title_until_day", title=label, day=words), tone, icon)


def ends_soon(catalogue: Catalogue, ending: TitleEnd, today: date) -> bool:
    """Return whether it is time to have a title extended, as Heute and the plan say it."""
    until, window = ending.paper.valid_until, catalogue.rules.agenda.windows[ending.rule]
    return until is not None and until >= today and window.shows(until, today)


def _step_state(catalogue: Catalogue, phase: Phase, state: PhaseState | None, file: CaseFile) -> State:
    if phase is file.case.phase and file.case.status is CaseStatus.ACTIVE:
        return "current"
    if state is PhaseState.COMPLETED:
        return "gaps" if gaps(catalogue, file, phase) else "done"
    return "skipped" if state is PhaseState.SKIPPED else "open"


def _badges(catalogue: Catalogue, file: CaseFile, today: date) -> list[BadgeText]:
    client = file.client
    found = []
    if file.case.status is CaseStatus.CLOSED:
        day = dates.full(file.case.closed_on)
        found.append(BadgeText(say("case.closed_on_day", day=day), "neutral", "archive-box"))
    found.append(consent_badge(file, today))
    if any_shielded(file.persons):
        found.append(BadgeText(say("common.address_protected"), "bad", "shield-lock"))
    if client and client.languages:
        found.append(_language(catalogue, client))
    if client:
        found.append(residence_badge(catalogue, file, client.id, today))
    return found


def consent_badge(file: CaseFile, today: date) -> BadgeText:
    """Return how many consents are in force, or that there is none."""
    number = len(standing(file.consents, today))
    if not number and file.client is None:
        return BadgeText(say("case.without_name_no_consent_needed"), "neutral", "shield-check")
    if not number:
        return BadgeText(say("common.no_consent_in_force"), "warn", "shield-warning")
    words = say("case.consents_in_force", n=number)
    return BadgeText(words, "ok", "shield-check")


def _language(catalogue: Catalogue, client: Person) -> BadgeText:
    first = client.languages[0]
    words = catalogue.code_list("language").label(first.language).partition(" (")[0]
    if first.interpreter:
        words = say("common.language_with_interpreter", language=words)
    return BadgeText(words, "neutral", "translate")


def _household(catalogue: Catalogue, file: CaseFile, today: date) -> str:
    client = file.client
    if client is None:
        return say("case.no_person_recorded_everything_else")
    others = [_short(person, client, today) for person in housemates(file, today)]
    lives = (
        say("case.household_people", people=apart(", ").join(others))
        if others
        else living_words(catalogue, file)
    )
    origin = apart(", ").join(catalogue.code_list("nationality").label(code) for code in client.nationalities)
    since = (
        say("case.in_germany_since_day", day=dates.partial(client.arrived_on)) if client.arrived_on else ""
    )
    place = "" if any_shielded(file.persons) else apart(", ").join(filter(None, (client.city, client.street)))
    return apart(" · ").join(part for part in (lives, place, origin, since) if part)


def _short(person: Person, client: Person, today: date) -> str:
    if person.birth_date is None:
        return full_name(person)
    age = age_on(person.birth_date, today)
    child = age < _ADULT and person.family_name == client.family_name and person.given_names
    return f"{person.given_names if child else full_name(person)} ({age})"
