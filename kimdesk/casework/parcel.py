"""A case as it travels from desk to desk: the neutral document, and beside it what that has no place for.

It holds the records of the case, what was agreed and consented to, its scans; not the audit trail, not the
earlier values, not what was decided about two versions, and never the AZR number (docs/decisions/0042).
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec

from kimdesk.casework import document_in, document_out
from kimdesk.casework.case_file import read_file
from kimdesk.casework.document_shape import members_of
from kimdesk.casework.document_values import demand, values
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.records import Attachment, CaseFile, Member, Record
from kimdesk.store import attachments, audit
from kimdesk.store.work import Reader

States = Mapping[tuple[type[Record], str], Record]
"""Records by type and identity."""

Sift = Callable[[CaseFile], CaseFile]
"""What takes out of a case all that does not go along."""

MISSING_SCAN, UNREADABLE = "E868", "E778"
_DEEPEST: Final = 32


def _whole(file: CaseFile) -> CaseFile:
    return file


class Parcel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a file from desk to desk.

    ``case`` is the neutral document. ``scans`` are the attachments as objects of their fields. ``made`` says
    of records that the sender has changed when (ISO text, UTC) and by whom, by identity. ``addresses``: those
    of somebody protected are in it.
    """

    case: dict[str, Any]
    scans: list[dict[str, Any]] = []
    made: dict[str, tuple[str, str]] = {}
    addresses: bool = False

    @property
    def case_id(self) -> str:
        """Return the identity of the case."""
        return str(self.case.get("id", ""))

    @property
    def file_number(self) -> str:
        """Return the file number at the desk that sent it."""
        return str(self.case.get("file_number", ""))

    @property
    def name(self) -> str:
        """Return whom the case is about, "" while it is anonymous."""
        every: list[dict[str, Any]] = self.case.get("persons") or []
        client = next((each for each in every if each.get("role") == "client"), {})
        return ", ".join(str(client[name]) for name in ("family_name", "given_names") if client.get(name))

    def blobs(self) -> dict[str, int]:
        """Return the size of each scan by its SHA-256."""
        return {str(each["sha256"]): int(each.get("size") or 0) for each in self.scans if each.get("sha256")}


class _Named(msgspec.Struct):
    role: str = ""
    family_name: str = ""
    given_names: str = ""


class _CaseHead(msgspec.Struct):
    """What is told of a case before it is taken in; ``document_in`` judges the rest."""

    id: Annotated[str, msgspec.Meta(min_length=1)]
    file_number: str = ""
    persons: list[_Named] = []


class _ScanHead(msgspec.Struct):
    sha256: str
    size: Annotated[int, msgspec.Meta(ge=0)] = 0


def packed(
    reader: Reader, case_id: str, *, addresses: bool, since: States | None = None, sift: Sift = _whole
) -> bytes:
    """Return a case as the JSON of a ``Parcel``; the same case gives the same bytes.

    ``addresses``: also of a case with somebody protected. ``since``: a state, against which it says who
    changed what. ``sift`` returns what of the case goes along. Raises CaseworkError E853 for no case.
    """
    file = sift(read_file(reader, case_id))
    scans = [document_out.plain(each, Attachment) for each in file.attachments]
    written = document_out.document(file, addresses=addresses)
    parcel = Parcel(written, msgspec.to_builtins(scans), addresses=addresses)
    return msgspec.json.encode(_with_authors(reader, parcel, since))


def for_another_desk(
    reader: Reader, case_id: str, *, addresses: bool, since: States | None = None, sift: Sift = _whole
) -> bytes:
    """Return a case as ``packed`` does, for a desk that will tell the Kreis of it: see ``own_names``."""
    whole = read(packed(reader, case_id, addresses=addresses, sift=sift))
    parcel = renamed(whole, own_names(reader, case_id))
    return msgspec.json.encode(_with_authors(reader, parcel, since))


def _with_authors(reader: Reader, parcel: Parcel, since: States | None) -> Parcel:
    if since is not None:
        new = states(parcel)
        moved = (key for key in new.keys() | since.keys() if new.get(key) != since.get(key))
        made = {key: audit.last_of(reader.connection, key) for _, key in moved}
        return msgspec.structs.replace(parcel, made=dict(sorted(made.items())))
    return parcel


def read(data: bytes) -> Parcel:
    """Return what ``packed`` wrote. Raises ContentError E778 for anything else."""
    try:
        parcel = msgspec.json.decode(data, type=Parcel)
        if _too_deep(parcel.case, _DEEPEST):
            raise ContentError(UNREADABLE)
        msgspec.convert((parcel.case, parcel.scans), tuple[_CaseHead, list[_ScanHead]])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise ContentError(UNREADABLE) from None
    return parcel


def states(parcel: Parcel) -> dict[tuple[type[Record], str], Record]:
    """Return the records of a parcel. Raises ContentError as ``document_in.said``."""
    found = (*document_in.said(parcel.case), *(_scan(each, parcel.case_id) for each in parcel.scans))
    return {(type(each), each.id): each for each in found}


def scan_of(reader: Reader, sha256: str, case_id: str) -> bytes:
    """Return the bytes of a scan of the case. Raises CaseworkError E868 when it is there no more."""
    for each in reader.of_case(Attachment, case_id):
        if each.sha256 == sha256:
            data = b"".join(attachments.pieces(reader, each.id))
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
    raise CaseworkError(MISSING_SCAN)


def renamed(parcel: Parcel, names: Mapping[str, str]) -> Parcel:
    """Return the parcel with other identities in place of those of ``names``, wherever they are named."""
    if not names:
        return parcel
    return msgspec.structs.replace(
        parcel, case=_walked(parcel.case, names), scans=_walked(parcel.scans, names)
    )


def own_names(reader: Reader, case_id: str) -> dict[str, str]:
    """Return other identities for the persons of a case who stay here in a case of their own.

    Two desks tell the Kreis about them from now on, and a record there belongs to one desk. The same person
    gets the same identity each time, so that it is known again when the case comes back.
    """
    shared = {each.person_id for each in reader.of_case(Member, case_id)}
    places = reader.cases_of_all(shared)
    return {each: other_name(case_id, each) for each in sorted(shared) if set(places[each]) != {case_id}}


def other_name(case_id: str, person_id: str) -> str:
    """Return the identity under which a person leaves with a case while staying in another."""
    return str(uuid5(NAMESPACE_URL, f"kimdesk:{case_id}/persons/{person_id}"))


def _walked(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_walked(each, names) for each in value]
    if isinstance(value, dict):
        return {name: _walked(each, names) for name, each in value.items()}
    return value


def _scan(given: Mapping[str, Any], case_id: str) -> Attachment:
    names = members_of(Attachment)
    read_ = {**values(Attachment, given, names, "scans."), "case_id": case_id}
    demand(Attachment, read_, "scans.")
    scan_id = given.get("id")
    if not isinstance(scan_id, str) or not scan_id:
        raise ContentError(UNREADABLE)
    unknown = {name: value for name, value in given.items() if name not in {*names, "id"}}
    return Attachment(id=scan_id, extra=unknown, **read_)


def _too_deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_too_deep(each, left - 1) for each in inner)
