"""From when Kindergeld can be claimed for a child: it hangs on the title of a parent (§ 62 Abs. 2 EStG)."""

from datetime import date

from kimdesk.domain.law import titles
from kimdesk.domain.law.claims import GERMANY, born, full_age_on
from kimdesk.domain.law.kin import parents_of
from kimdesk.domain.law.paragraphs import read
from kimdesk.domain.law.regime_law import Law, TitleList
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import CaseFile, Person, ResidenceSpell
from kimdesk.domain.regimes import NO_TITLE
from kimdesk.domain.terms import Lane

_PAID = "kindergeld"  # legal_regime
_AT_ONCE = titles.UNLIMITED | {"blue_card", "toleration_60d", "german", "eu_free_movement"}
_WORK = frozenset({"full_time", "part_time", "marginal", "self_employed", "apprenticeship", "parental_leave"})


def child_benefit_from(child: Person, file: CaseFile, law: Law) -> date | None:
    """Return the first day of the claim for ``child``; None without one, or when it is paid or of full age.

    The claim begins with the right of a parent, not before birth and arrival of the child.
    """
    if child.birth_date is None:
        return None
    rights = [day for one in parents_of(file, child.id) if (day := _right_from(one, file, law))]
    if not rights:
        return None
    arrived = child.arrived_on.earliest() if child.arrived_on else date.min
    begun = max(min(rights), born(child.birth_date), arrived)
    return None if _is_paid(child, file) or begun >= full_age_on(child.birth_date, law.spans) else begun


def _is_paid(child: Person, file: CaseFile) -> bool:
    return any(one.person_id == child.id and one.regime == _PAID for one in file.regimes)


def _right_from(parent: Person, file: CaseFile, law: Law) -> date | None:
    """Return since when a parent has the right, as far as papers and nationality say."""
    here = parent.arrived_on.earliest() if parent.arrived_on else date.min
    if GERMANY in parent.nationalities or not law.free_movement.isdisjoint(parent.nationalities):
        return here
    papers = titles.of_person(file.residence, parent.id)
    days = [day for one in papers if one.valid_from and (day := _of_paper(one, papers, parent, file, law))]
    return min(days, default=None)


def _of_paper(
    paper: ResidenceSpell, papers: list[ResidenceSpell], parent: Person, file: CaseFile, law: Law
) -> date | None:
    begun = paper.valid_from or date.max
    if paper.status in _AT_ONCE:
        return begun
    if paper.status != titles.PERMIT or paper.employment == "forbidden":
        return None
    named = read(paper.paragraph)
    if law.names(TitleList.NO_CHILD_BENEFIT, named):
        return None
    or_stay = law.names(TitleList.CHILD_BENEFIT_STAY, named)
    if or_stay or law.names(TitleList.CHILD_BENEFIT_WORK, named):
        conditions = [_works_from(parent, file, begun), _stayed(papers, parent, law) if or_stay else None]
        fulfilled = min(day for day in (*conditions, date.max) if day)
        return max(begun, fulfilled) if fulfilled <= (paper.valid_until or date.max) else None
    return begun


def _works_from(parent: Person, file: CaseFile, begun: date) -> date | None:
    """Return the first day of work, or of Arbeitslosengeld, that lasts into the time from ``begun``."""
    days = [
        one.starts_on
        for one in file.regimes
        if one.person_id == parent.id
        and one.starts_on
        and not one.expected
        and (one.ends_on is None or one.ends_on >= begun)
        and ((one.lane is Lane.WORK and one.regime in _WORK) or one.regime == "sgb3")
    ]
    return min(days, default=None)


def _stayed(papers: list[ResidenceSpell], parent: Person, law: Law) -> date | None:
    """Return from when somebody was here, allowed or tolerated, for as long as the law asks."""
    known = [one.valid_from for one in papers if one.valid_from and one.status not in NO_TITLE]
    since = min(known, default=parent.arrived_on.latest() if parent.arrived_on else None)
    return law.spans.after(SpanName.CHILD_BENEFIT_STAY, since) if since else None
