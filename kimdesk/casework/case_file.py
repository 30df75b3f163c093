"""Reading a whole case within a transaction, and what every use case asks of it first."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import MEMBERS, Case, CaseFile
from kimdesk.store import passages
from kimdesk.store.work import Reader


def read_file(reader: Reader, case_id: str) -> CaseFile:
    """Return the whole case within a transaction. Raises CaseworkError E853 when there is none."""
    case = known_case(reader, case_id)
    found: dict[str, Any] = {
        name: tuple(reader.of_case(record_type, case_id)) for record_type, name in MEMBERS.items()
    }
    return CaseFile(case=case, **found, passages=passages.of_case(reader.connection, case_id))


def read_again(reader: Reader, file: CaseFile, kinds: Collection[str]) -> CaseFile:
    """Return ``file`` with the case itself and its records of ``kinds`` read again, the others as they are.

    Raises CaseworkError E853 when the case is gone.
    """
    moved = {*kinds, "person"} if "member" in kinds else kinds
    found: dict[str, Any] = {
        name: tuple(reader.of_case(record_type, file.case.id))
        for record_type, name in MEMBERS.items()
        if kind_of(record_type) in moved
    }
    if passages.PASSAGE in kinds:
        found["passages"] = passages.of_case(reader.connection, file.case.id)
    return replace(file, case=known_case(reader, file.case.id), **found)


def known_case(reader: Reader, case_id: str) -> Case:
    """Return the case alone. Raises CaseworkError E853 when there is none."""
    found = reader.get(Case, case_id)
    if found is None:
        raise CaseworkError("E853")
    return found


def demand_reason(reason: str) -> None:
    """Raise CaseworkError E851 when ``reason`` says nothing."""
    if not reason.strip():
        raise CaseworkError("E851")
