"""What an appointment tells a letter: when, where, in which language; never who it is about."""

from kimdesk.casework import giveaway
from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known as known_record
from kimdesk.documents.letter import LetterTable
from kimdesk.documents.letters.known import LetterFacts, common
from kimdesk.documents.paper import instead
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import FollowUp
from kimdesk.domain.terms import FollowUpKind
from kimdesk.store.work import Reader
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import isolated

NO_APPOINTMENT, OVER = "E832", "E830"
_COMING = frozenset({"booked", "came"})  # interpreter_booking


def known(desk: Desk, reader: Reader, record_id: str, wish: PaperWish) -> LetterFacts:
    """Return what the appointment tells on the day of ``wish``. Raises as ``appointment``."""
    found = appointment(reader, record_id, wish)
    file = read_file(reader, found.case_id)
    place = giveaway.redacted(found.place, file, instead())
    language = desk.catalogue.label("language", found.language) if found.language else ""
    facts = {
        **common(desk, file.client, wish.today),
        "day": dates.full(found.due_on), "time": found.time, "place": place, "language": language,
    }  # fmt: skip
    rows = [("day", dates.spelled(found.due_on)), ("time", _hour(found.time)), ("place", isolated(place))]
    told = [(say(f"letter.appointment_{key}"), text) for key, text in rows if text]
    heads = (say("letter.appointment_language"), isolated(language))
    return LetterFacts(
        file=file,
        facts=facts,
        truths=frozenset({"interpreter"} if found.interpreter in _COMING else ()),
        parts={"appointment": LetterTable(heads, tuple(told))},
        person=file.client,
    )


def appointment(reader: Reader, record_id: str, wish: PaperWish) -> FollowUp:
    """Return the appointment.

    Raises StoreError E909 when there is none, CaseworkError E832 for another date, E830 for one that is over.
    """
    found = known_record(reader, FollowUp, record_id)
    if found.kind is not FollowUpKind.APPOINTMENT:
        raise CaseworkError(NO_APPOINTMENT)
    if found.due_on < wish.today or found.done_on:
        raise CaseworkError(OVER, day=dates.full(found.due_on))
    return found


def _hour(time: str) -> str:
    return say("letter.at_hour", time=time) if time else ""
