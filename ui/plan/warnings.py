"""What a plan should not hide: blocked measures, gaps, titles that end, missing consents and answers."""

from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.regime_dates import endings
from kimdesk.domain.consent import standing
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.records import CaseFile, ResidenceSpell
from kimdesk.domain.regimes import gaps
from kimdesk.domain.shielding import is_shielded
from kimdesk.domain.terms import CaseStatus, Lane, ReferralState
from kimdesk.pictures.strands import blocked, blocked_words
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart
from ui.case.cards import person_name, regime_label
from ui.case.heading import ends_soon
from ui.places import Place, place_of
from ui.regimes.told import said


@dataclass(frozen=True, slots=True)
class Concern:
    """One warning: tone, icon, what is wrong, what to do instead; ``place`` is where that is done."""

    tone: str
    icon: str
    title: str
    text: str
    place: Place


def warnings(catalogue: Catalogue, file: CaseFile, today: date) -> list[Concern]:
    """Return what the plan should not hide on ``today``, what cannot go on first; none for a closed case."""
    if file.case.status is CaseStatus.CLOSED:
        return []
    return [
        *_blocked(file),
        *_open_gaps(catalogue, file, today),
        *_lapsed_titles(catalogue, file, today),
        *_ending_titles(catalogue, file, today),
        *_unanswered(catalogue, file, today),
        *_consent(file, today),
        *_protected(file),
    ]


def _short_name(file: CaseFile, person_id: str) -> str:
    """Return the call name of a person, or the whole name when there is none."""
    person = next((one for one in file.persons if one.id == person_id), None)
    short = person and (person.call_name or person.given_names.partition(" ")[0])
    return short or person_name(file, person_id)


def _blocked(file: CaseFile) -> list[Concern]:
    found = []
    for measure in blocked(file):
        title = say("plan.measure_is_blocked", measure=measure.title)
        text = blocked_words(measure, file)
        if measure.fallback:
            text = f"{text} {say('plan.fallback_plan', plan=measure.fallback)}"
        found.append(Concern("bad", "blocked", title, text, place_of(file.case.id, ref_of(measure))))
    return found


def _open_gaps(catalogue: Catalogue, file: CaseFile, today: date) -> list[Concern]:
    found: dict[tuple[date, str], list[str]] = {}
    for gap in gaps(file.regimes):
        covered = gap.after is not None and not gap.after.expected
        open_now = gap.starts_on <= today and (gap.ends_on is None or gap.ends_on >= today)
        if gap.before.lane is Lane.BENEFIT and open_now and not covered:
            key = (gap.starts_on, regime_label(catalogue, gap.before))
            found.setdefault(key, []).append(_short_name(file, gap.before.person_id))
    return [
        Concern(
            "bad",
            "gap",
            say("plan.gap_since_day", day=dates.full(start)),
            say("plan.after_regime_nothing_follows_people", regime=regime, people=apart(", ").join(names)),
            Place("case", file.case.id, "regimes"),
        )
        for (start, regime), names in found.items()
    ]


def _lapsed_titles(catalogue: Catalogue, file: CaseFile, today: date) -> list[Concern]:
    """Return the papers that ended, in the words of the rule: no application, too late, no certificate."""
    return [
        Concern(
            one.told.tone,
            "overdue",
            one.told.title,
            one.told.sentence,
            Place("case", file.case.id, "regimes"),
        )
        for one in said(catalogue, file, today)
        if one.lasts and one.ref and one.ref.kind == "residence_spell"
    ]


def _ending_titles(catalogue: Catalogue, file: CaseFile, today: date) -> list[Concern]:
    """Return the titles that end soon, and that no later one follows."""
    ending: dict[tuple[date, str], list[str]] = {}
    for each in endings(file, catalogue.rules.law):
        spell, until = each.paper, each.paper.valid_until
        if until and ends_soon(catalogue, each, today) and not _is_followed(spell, file):
            title = catalogue.code_list("residence_status").short(spell.status).partition(" §")[0]
            ending.setdefault((until, title), []).append(_short_name(file, spell.person_id))
    return [
        Concern(
            "warn",
            "expiring",
            say("plan.title_ends_on_day", day=dates.full(until)),
            say("plan.title_for_people", title=title, people=apart(", ").join(names)),
            Place("case", file.case.id, "regimes"),
        )
        for (until, title), names in ending.items()
    ]


def _is_followed(spell: ResidenceSpell, file: CaseFile) -> bool:
    return any(
        one.person_id == spell.person_id
        and not one.expected
        and (one.valid_from or date.min) > (spell.valid_from or date.min)
        for one in file.residence
    )


def _unanswered(catalogue: Catalogue, file: CaseFile, today: date) -> list[Concern]:
    return [
        Concern(
            "warn",
            "requested",
            say("plan.no_answer_referral"),
            say("plan.agency_expected_by_day", agency=one.agency or catalogue.service_name(one.service),
               day=dates.full(one.answer_due_on)),
            place_of(file.case.id, ref_of(one)),
        )
        for one in file.referrals
        if one.state is ReferralState.SENT and one.answer_due_on and one.answer_due_on < today
    ]  # fmt: skip


def _consent(file: CaseFile, today: date) -> list[Concern]:
    if file.client is None or standing(file.consents, today):
        return []
    text = say("plan.nothing_may_passed_could_identify")
    return [
        Concern(
            "warn",
            "shield-warning",
            say("common.no_consent_in_force"),
            text,
            Place("case", file.case.id, "consents"),
        )
    ]


def _protected(file: CaseFile) -> list[Concern]:
    guarded = [one for one in file.persons if is_shielded(one)]
    if not guarded:
        return []
    names = apart(", ").join(_short_name(file, one.id) for one in guarded)
    text = say("plan.never_pass_where_people_live", people=names)
    return [
        Concern(
            "bad", "shield-lock", say("common.address_protected"), text, Place("case", file.case.id, "people")
        )
    ]
