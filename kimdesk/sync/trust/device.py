"""Who this desk is to the Kreis: its keys and certificate, kept in the vault, and its epoch."""

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
from sqlalchemy import delete, update

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.store.changes import acknowledge, acknowledged
from kimdesk.store.settings import drop_setting, get_setting, set_setting
from kimdesk.store.work import Reader, Writer
from kimdesk.sync.sealing import envelope
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.tables import SYNC, sync_aside, sync_case, sync_sent
from kimdesk.sync.trust import kreis_keys
from kimdesk.sync.trust.enrolment import Certificate, read_certificate
from kimdesk.sync.trust.kreis_keys import KreisKeys

_IDENTITY = "sync.identity"
_NEXT = "sync.identity_next"
_FORMER = "sync.identity_former"
_CERTIFICATE = "sync.certificate"
_KREIS_KEYS = "sync.kreis_keys"
_STATE = "sync.state"
_BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)


def epoch_at(moment: datetime) -> int:
    """Return the epoch that begins at ``moment``: the seconds since the first day of 2026."""
    return int((moment - _BEFORE_ALL).total_seconds())


class ExchangeState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the exchange with the Kreis stands.

    ``received``: the last change the Kreis has confirmed. ``receipt``: the number of the last bundle it has
    confirmed, ``kreis_seq`` the number of its newest receipt. ``looked``: the change up to which scopes
    were compared, on ``day``, ISO 8601. ``pseudonyms`` tells which key they were made with. ``answers``: the
    number of the newest answer to a finding. ``known_epoch``: the epoch of this desk that counts there.
    """

    epoch: int = 1
    received: int = 0
    receipt: int = 0
    kreis_seq: int = 0
    looked: int = 0
    day: str = ""
    pseudonyms: str = ""
    answers: int = 0
    known_epoch: int = 0


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an enrolled desk needs to write a bundle."""

    identity: DeviceIdentity
    certificate: Certificate
    keys: KreisKeys | None = None  # None until the Kreis has said: then its root does everything

    @property
    def kreis(self) -> PublicIdentity:
        """Return whom this desk seals bundles to and takes receipts from."""
        return self.keys.exchange if self.keys else self.certificate.kreis


def prepare(desk: Desk) -> None:
    """Make this room's tables in the vault of ``desk``, unless they are there.

    A restored backup starts a new epoch first; a crash in between starts one more, which does no harm.
    Raises BundleError E807 at a Kreis.
    """
    must_be_a_desk(desk)
    SYNC.bring_up_to_date(desk.vault.engine)
    if desk.vault.restored:
        with desk.writing() as writer:
            _start_epoch(writer)
        desk.vault.settle_restored()


def read_state(reader: Reader) -> ExchangeState:
    """Return where the exchange stands."""
    kept = msgspec.json.decode(get_setting(reader, _STATE) or "{}", type=dict[str, object])
    return msgspec.convert({**kept, "received": acknowledged(reader.connection)}, ExchangeState)


def save_state(writer: Writer, state: ExchangeState) -> None:
    """Keep where the exchange stands; what is confirmed stands with the changes, for lists to see."""
    kept = msgspec.structs.asdict(state)
    acknowledge(writer, kept.pop("received"))
    set_setting(writer, _STATE, msgspec.json.encode(kept).decode())


def identity(desk: Desk) -> DeviceIdentity:
    """Return the keys of this desk, or Kreis, made when first asked for. They never leave the vault."""
    with desk.reading() as reader:
        found = get_setting(reader, _IDENTITY)
    if found is None:
        made = DeviceIdentity.create("kreis" if desk.role == "kreis" else "desk")
        with desk.writing() as writer:
            set_setting(writer, _IDENTITY, made.to_bytes().decode())
            writer.record("created", "device_key", made.public.key_id)
        return made
    return DeviceIdentity.from_bytes(found.encode())


def next_identity(desk: Desk, *, make: bool = False) -> DeviceIdentity | None:
    """Return the keys that take the place of the present ones once the Kreis has certified them.

    None without any, unless they are to be made.
    """
    with desk.reading() as reader:
        found = _kept_keys(reader, _NEXT)
    if found or not make:
        return found
    made = DeviceIdentity.create("desk")
    with desk.writing() as writer:
        set_setting(writer, _NEXT, made.to_bytes().decode())
        writer.record("created", "device_key", made.public.key_id)
    return made


def candidates(reader: Reader) -> tuple[DeviceIdentity | None, ...]:
    """Return the keys a new certificate may be for: the present ones and the next."""
    return _kept_keys(reader, _IDENTITY), _kept_keys(reader, _NEXT)


def opening(desk: Desk, sealing_key: str) -> DeviceIdentity:
    """Return the keys of this desk that open what is sealed to the key of this identifier.

    The next ones, which the Kreis may know already; the former ones, for what was under way.
    """
    own = identity(desk)
    with desk.reading() as reader:
        others = [_kept_keys(reader, each) for each in (_NEXT, _FORMER)]
    known = {each.sealing.public.key_id: each for each in (*others, own) if each}
    return known.get(sealing_key, own)


def signed_by_own(desk: Desk, signing_key: str) -> PublicIdentity | None:
    """Return the keys of this desk that sign with the key of this identifier: its present or former ones."""
    own = identity(desk)
    with desk.reading() as reader:
        former = _kept_keys(reader, _FORMER)
    known = {each.signing.public.key_id: each.public for each in (own, former) if each}
    return known.get(signing_key)


def fingerprint(desk: Desk) -> str:
    """Return what the people of this desk, or Kreis, read out: of its next keys, while it waits for them."""
    return (next_identity(desk) or identity(desk)).public.fingerprint()


def _kept_keys(reader: Reader, key: str) -> DeviceIdentity | None:
    found = get_setting(reader, key)
    return DeviceIdentity.from_bytes(found.encode()) if found else None


def certificate(desk: Desk) -> Certificate | None:
    """Return the certificate of this desk, expired or not, None before it is enrolled."""
    with desk.reading() as reader:
        return stored_certificate(reader)


def certificate_file(desk: Desk) -> bytes:
    """Return the certificate as it came from the Kreis. Raises BundleError E802 before it did."""
    with desk.reading() as reader:
        found = get_setting(reader, _CERTIFICATE)
    if found is None:
        raise BundleError("E802")
    return base64.b64decode(found)


def enrolled(desk: Desk, today: date | None = None) -> Enrolled:
    """Return what this desk writes bundles with.

    Raises BundleError E802 before it is enrolled, E804 when that, or the Kreis's keys, have expired.
    """
    found = trusted(desk)
    found.certificate.check_valid(today)
    if found.keys and (today or datetime.now(UTC).date()) > found.keys.last_day:
        raise BundleError("E804")
    return found


def trusted(desk: Desk, statement: bytes = b"") -> Enrolled:
    """Return whom this desk trusts, expired or not, once it has heard ``statement`` (``kreis_keys.state``).

    Nothing is kept: ``adopt`` does that. Raises BundleError E802 before the desk is enrolled and as
    ``kreis_keys.read``.
    """
    own = identity(desk)
    with desk.reading() as reader:
        return _trusted(reader, own, statement)


def adopt(writer: Writer, statement: bytes) -> None:
    """Keep what the Kreis says of its keys, if it is newer than what is known; raises as ``trusted``."""
    own = DeviceIdentity.from_bytes((get_setting(writer, _IDENTITY) or "").encode())
    before, now = _trusted(writer, own), _trusted(writer, own, statement)
    if now.keys != before.keys:
        set_setting(writer, _KREIS_KEYS, base64.b64encode(statement).decode())
        writer.record("changed", "kreis_keys", now.certificate.kreis.key_id)


def _trusted(reader: Reader, own: DeviceIdentity, statement: bytes = b"") -> Enrolled:
    certificate = stored_certificate(reader)
    if certificate is None:
        raise BundleError("E802")
    kept = base64.b64decode(get_setting(reader, _KREIS_KEYS) or "")
    said = [kreis_keys.read(each, certificate.kreis) for each in (kept, statement) if each]
    return Enrolled(own, certificate, max(said, key=lambda keys: keys.version, default=None))


def start_epoch(desk: Desk) -> int:
    """Start a new epoch, as after restoring a backup: bundles count from 1, the first with everything."""
    prepare(desk)
    with desk.writing() as writer:
        return _start_epoch(writer)


def must_be_a_desk(desk: Desk) -> None:
    """Raise BundleError E807 at a Kreis."""
    if desk.role != "desk":
        raise BundleError("E807")


def _start_epoch(writer: Writer, least: int = 1) -> int:
    """Start an epoch no earlier one can have: the same backup, restored twice, must not start the same."""
    state = read_state(writer)
    found = max(state.epoch + 1, state.known_epoch + 1, epoch_at(dates.now()), least)
    return begin_epoch(writer, found)


def begin_epoch(writer: Writer, epoch: int) -> int:
    """Begin ``epoch``, in which the Kreis has nothing yet, and return it.

    Since which bundle terms hold is counted anew: numbers of two epochs must not be compared.
    """
    state = read_state(writer)
    fresh = ExchangeState(
        epoch=epoch,
        looked=state.looked,
        day=state.day,
        pseudonyms=state.pseudonyms,
        known_epoch=state.known_epoch,
    )
    save_state(writer, fresh)
    writer.connection.execute(update(sync_sent).values(scope=0))
    writer.record("epoch", "device_key", str(fresh.epoch))
    return fresh.epoch


def stored_certificate(reader: Reader) -> Certificate | None:
    """Return the certificate of this desk, expired or not."""
    found, own = get_setting(reader, _CERTIFICATE), get_setting(reader, _IDENTITY)
    if found is None or own is None:
        return None
    keys = DeviceIdentity.from_bytes(own.encode())
    return read_certificate(base64.b64decode(found), own=keys, today=date.min)


def keep_certificate(writer: Writer, data: bytes, certificate: Certificate) -> None:
    """Keep the certificate ``data``, and what the Kreis says there of its keys.

    Where it is for the next keys, they become the present ones; an epoch it asks for is begun.
    """
    present, following = candidates(writer)
    if present and following and following.public.digest.hex() == certificate.desk_digest:
        set_setting(writer, _FORMER, present.to_bytes().decode())
        set_setting(writer, _IDENTITY, following.to_bytes().decode())
        drop_setting(writer, _NEXT)
    if certificate.epoch and read_state(writer).epoch < certificate.epoch:
        _start_epoch(writer, certificate.epoch)
    set_setting(writer, _CERTIFICATE, base64.b64encode(data).decode())
    adopt(writer, envelope.keys_of_bytes(data))


def look_anew(writer: Writer) -> None:
    """Let every case be looked at anew when the next bundle is written."""
    save_state(writer, msgspec.structs.replace(read_state(writer), looked=0))


def leave_kreis(writer: Writer) -> None:
    """Forget the Kreis and what it holds: the next one gets everything, in a new epoch."""
    for key in (_CERTIFICATE, _KREIS_KEYS):
        drop_setting(writer, key)
    for table in (sync_sent, sync_case, sync_aside):
        writer.connection.execute(delete(table))
    look_anew(writer)
    _start_epoch(writer)


def start_anew(writer: Writer) -> None:
    """Become a desk of its own: with other keys, nowhere enrolled, in a new epoch."""
    leave_kreis(writer)
    for key in (_IDENTITY, _NEXT, _FORMER):
        drop_setting(writer, key)


def day_of(now: datetime) -> date:
    """Return the worker's calendar day of a moment."""
    return now.astimezone().date()
