"""What a closed case tells its client: from when until when, which goals, who helped.

Nothing about health, no assessment, and no office that is spoken of on a safe way only.
"""

from collections.abc import Iterable, Iterator

from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.letter import Block, LetterList
from kimdesk.documents.letters.known import NO_CLIENT, LetterFacts, common, to_client
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import CaseFile, Goal
from kimdesk.domain.terms import CaseStatus, GoalState, ReferralState
from kimdesk.store.work import Reader
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import isolated

NOT_CLOSED, NOBODY_LEFT = "E829", "E828"
_HEALTH, _DECEASED = "health", "deceased"
_HELPED = frozenset({ReferralState.ACCEPTED, ReferralState.DONE})


def known(desk: Desk, reader: Reader, record_id: str, wish: PaperWish) -> LetterFacts:
    """Return what the case tells its client.

    Raises CaseworkError E853 when there is no such case, E843 when it has no client, E829 while it is open,
    E828 when she has died.
    """
    file = read_file(reader, record_id)
    case, client = file.case, file.client
    if client is None:
        raise CaseworkError(NO_CLIENT)
    if case.status is not CaseStatus.CLOSED:
        raise CaseworkError(NOT_CLOSED)
    if case.closing_reason == _DECEASED:
        raise CaseworkError(NOBODY_LEFT)
    reason = desk.catalogue.label("closing_reason", case.closing_reason) if case.closing_reason else ""
    return LetterFacts(
        file=file,
        facts={
            **common(desk, client, wish.today),
            "opened_on": dates.full(case.opened_on),
            "closed_on": dates.full(case.closed_on) if case.closed_on else "",
            "closing_reason": reason,
            "kept_until": dates.full(case.retain_until) if case.retain_until else "",
        },
        parts=dict(_parts(desk.catalogue, file)),
        to=to_client(file, client),
        person=client,
    )


def _parts(catalogue: Catalogue, file: CaseFile) -> Iterator[tuple[str, Block]]:
    goals = [one for one in file.goals if one.life_domain != _HEALTH and one.text]
    lists = {
        "goals_reached": _texts(one for one in goals if one.state is GoalState.REACHED),
        "goals_open": _texts(one for one in goals if one.state is GoalState.ACTIVE),
        "offices": tuple(dict.fromkeys(_offices(catalogue, file))),
    }
    for name, items in lists.items():
        if items:
            yield name, LetterList(say(f"letter.list_{name}"), items)


def _texts(goals: Iterable[Goal]) -> tuple[str, ...]:
    return tuple(isolated(one.text) for one in goals)


def _offices(catalogue: Catalogue, file: CaseFile) -> Iterator[str]:
    """Yield the offices that took her on."""
    kept_back = catalogue.rules.procedures.private
    for referral in file.referrals:
        service = catalogue.service(referral.service, referral.service_version)
        private = service.life_domain == _HEALTH or service.safe_contact_only or service.code in kept_back
        if referral.state in _HELPED and not private:
            yield isolated(referral.agency or service.name)
