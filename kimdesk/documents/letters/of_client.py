"""What a case tells a letter to its client: since when it runs, and which appointment comes next."""

from datetime import date

from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.documents.letters.known import NO_CLIENT, LetterFacts, common, to_client
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import CaseFile, FollowUp
from kimdesk.domain.terms import FollowUpKind
from kimdesk.store.work import Reader
from kimdesk.texts import dates


def known(desk: Desk, reader: Reader, record_id: str, wish: PaperWish) -> LetterFacts:
    """Return what the case tells its client.

    Raises CaseworkError E853 when there is no such case, E843 when it has no client.
    """
    file = read_file(reader, record_id)
    client = file.client
    if client is None:
        raise CaseworkError(NO_CLIENT)
    coming = _next(file, wish.today)
    return LetterFacts(
        file=file,
        facts={
            **common(desk, client, wish.today),
            "sign": file.case.file_number,
            "opened_on": dates.full(file.case.opened_on),
            "next_on": dates.full(coming.due_on) if coming else "",
            "next_at": coming.time if coming else "",
            "next_place": coming.place if coming else "",
        },
        to=to_client(file, client),
        person=client,
    )


def _next(file: CaseFile, day: date) -> FollowUp | None:
    """Return the next appointment that is still to come."""
    coming = (
        each
        for each in file.follow_ups
        if each.kind is FollowUpKind.APPOINTMENT and each.done_on is None and each.due_on >= day
    )
    return min(coming, key=lambda each: (each.due_on, each.time), default=None)
