"""Any file that comes to a desk: what it is, by its header, and what came of reading it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.domain.custody import Passage
from kimdesk.domain.errors import BundleError
from kimdesk.sync.passing import covers, moved
from kimdesk.sync.passing.common import Arrival, Courier
from kimdesk.sync.sealing import envelope, limits
from kimdesk.sync.trust import cards, colleagues, device

_LARGEST_CARD: Final = 2 * limits.DOCUMENT


class FileKind(StrEnum):
    """What a file is, as far as its header says."""

    RECEIPT = "receipt"
    CERTIFICATE = "certificate"
    CATALOGUE = "catalogue"
    CARD = "card"
    HANDOVER = "handover"
    OTHER = "other"  # a KIMdesk file that is not for a desk


class Step(StrEnum):
    """What a file from a colleague's desk says."""

    OFFER = "offer"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ADDED = "added"
    COVER = "cover"
    RETURNED = "returned"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Told:
    """What a file from a colleague's desk says: from whom, about which case, until when, why.

    ``file_number`` is that at the sender, "" where no case comes along. ``passage`` and ``open`` (what is to
    be decided) say what came of it, once it was taken.
    """

    step: Step
    desk: str
    desk_name: str
    case_id: str
    until: str
    reason: str = ""
    file_number: str = ""
    name: str = ""
    passage: Passage | None = None
    open: int = 0


def kind_of(path: Path) -> FileKind:
    """Return what a file is. Raises BundleError as ``envelope.inspect``."""
    found = envelope.inspect(path).kind
    known = {each.value for each in FileKind}
    return FileKind(found) if found in known else FileKind.OTHER


def look(desk: Desk, path: Path, *, now: datetime | None = None) -> Told:
    """Return what a file from a colleague's desk says; nothing is taken.

    Raises BundleError as ``Courier.read``.
    """
    courier = Courier.of(desk, now)
    return _told(courier.read(path))


def take(desk: Desk, path: Path, *, now: datetime | None = None) -> Told:
    """Take what a file from a colleague's desk brings, and say what came of it; twice changes nothing.

    An offer is looked at only: a person answers it (``moves.answer``). Raises BundleError as
    ``Courier.read`` and what the step raises.
    """
    courier = Courier.of(desk, now)
    arrived = courier.read(path)
    told = _told(arrived)
    passage, open_ = _TAKING[told.step](courier, arrived)
    return Told(
        told.step, told.desk, told.desk_name, told.case_id, told.until, told.reason, told.file_number,
        told.name, passage, open_,
    )  # fmt: skip


def meet(desk: Desk, path: Path, *, now: datetime | None = None) -> cards.Neighbour:
    """Keep the card in the file at ``path``. Raises BundleError as ``colleagues.meet``, E601 when large."""
    moment = now or datetime.now().astimezone()
    if kind_of(path) is not FileKind.CARD:
        raise BundleError("E104")
    with path.open("rb") as file:
        data = file.read(_LARGEST_CARD + 1)
    if len(data) > _LARGEST_CARD:
        raise BundleError("E601")
    return colleagues.meet(desk, data, device.day_of(moment))


def _told(arrived: Arrival) -> Told:
    said, reply = arrived.offer, arrived.reply
    step = Step(reply.outcome) if reply else Step.OFFER if said.way == "move" else Step.COVER
    sent = arrived.parcel if arrived.content.document else None
    return Told(
        step, arrived.sender.desk_id, arrived.sender.name, said.case, said.until,
        reply.reason if reply else "", sent.file_number if sent else "", sent.name if sent else "",
    )  # fmt: skip


def _nothing(_courier: Courier, _arrived: Arrival) -> tuple[None, int]:
    return None, 0


_TAKING: Final[Mapping[Step, Callable[[Courier, Arrival], tuple[Passage | None, int]]]] = {
    Step.OFFER: _nothing,
    Step.ACCEPTED: lambda courier, arrived: (moved.take_answer(courier, arrived), 0),
    Step.REFUSED: lambda courier, arrived: (moved.take_answer(courier, arrived), 0),
    Step.WITHDRAWN: lambda courier, arrived: (moved.take_withdrawal(courier, arrived), 0),
    Step.ADDED: moved.take_addition,
    Step.COVER: covers.take_copy,
    Step.RETURNED: covers.take_return,
    Step.CONFIRMED: lambda courier, arrived: (covers.take_confirmation(courier, arrived), 0),
}
