"""Cases to and from other programs: the neutral case document."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from kimdesk.casework import admission, conflicts, custody, document_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_file import Entry
from kimdesk.casework.document_in import TakenDocument, take
from kimdesk.casework.document_names import Naming, naming, with_own_names
from kimdesk.casework.document_out import document
from kimdesk.casework.office import next_file_number
from kimdesk.domain.errors import CaseworkError, ContentError, KimdeskError
from kimdesk.domain.records import Record
from kimdesk.store.work import Writer

__all__ = ["Fate", "Report", "State", "document", "import_documents", "read_file"]

_CHUNK = 50  # documents per transaction
UNSTORABLE = "E737"
_OF_THE_ENTRY = frozenset(  # what is refused because of the entry: by the store, by whose case it is
    {"E905", "E907", custody.PASSED_ON, custody.COVER_OVER, custody.GIVEN_BACK}
)
Progress = Callable[[int, int], None]


class State(StrEnum):
    """What became of an entry."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"  # taken in as far as it does not contradict what is here
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one entry of a file; ``index`` counts from 0, ``line`` from 1 (0: unknown).

    ``conflicts`` is how many values are to be decided. Of a refused entry nothing was taken in.
    """

    index: int
    line: int
    state: State
    case_id: str = ""
    file_number: str = ""
    new: bool = False
    conflicts: int = 0
    error: KimdeskError | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, entry by entry in the order of the file."""

    fates: tuple[Fate, ...] = ()

    @property
    def created(self) -> int:
        """Return how many cases are new here."""
        return sum(each.new for each in self.fates)

    @property
    def updated(self) -> int:
        """Return how many entries were about a case that was here, whether or not they changed it."""
        return len(self.fates) - self.created - len(self.refused)

    @property
    def conflicts(self) -> int:
        """Return how many values are to be decided."""
        return sum(each.conflicts for each in self.fates)

    @property
    def refused(self) -> tuple[tuple[int, KimdeskError], ...]:
        """Return the place in the list and the refusal of each entry that was not taken in."""
        return tuple((each.index, each.error) for each in self.fates if each.error)


def read_file(path: Path) -> Sequence[Any]:
    """Return the entries of a file: a JSON array, JSON lines, one document.

    Raises StoreError E910 when it cannot be read, ContentError E718 when it is none of these, E731 when it is
    too large, E732 when nothing stands in it.
    """
    return document_file.entries(path)


def import_documents(
    desk: Desk,
    docs: Iterable[Any],
    progress: Progress | None = None,
    *,
    source: str = "",
    dry_run: bool = False,
) -> Report:
    """Take in case documents, each wholly or not at all; a refused one does not hold up the others.

    Identities of other programs are replaced (see ``document_names``).
    ``source`` is kept with what contradicts, usually the name of the file. With ``dry_run`` it is only told
    what would become of each, and nothing is stored. Raises StoreError when the disk or the store refuses
    before anything was taken in; later on it is what the remaining entries are refused for.
    """
    given = list(docs)
    own = naming(desk.vault.derive_key("foreign identities"))
    importing = _Importing(desk, _writable(source), dry_run, frozenset(_file_numbers(given)), own)
    step = len(given) if dry_run else _CHUNK
    fates: list[Fate] = []
    for first in range(0, len(given), step or 1):
        chunk = tuple(enumerate(given[first : first + step], start=first))
        try:
            fates += importing.together(chunk) or importing.apart(chunk)
        except KimdeskError as error:
            if not any(each.state is not State.REFUSED for each in fates):
                raise
            rest = enumerate(given[len(fates) :], start=len(fates))
            fates += [_refused(index, each, error) for index, each in rest]
            break
        if progress:
            progress(len(fates), len(given))
    return Report(tuple(fates))


def _file_numbers(given: Iterable[Any]) -> Iterator[str]:
    """Yield the file numbers that entries name, whether or not they can be taken in."""
    for each in given:
        try:
            value = each.value() if isinstance(each, Entry) else each
        except ContentError:
            continue
        number = value.get("file_number") if isinstance(value, Mapping) else None
        if isinstance(number, str):
            yield number


class _NotMeantError(Exception):
    """Undoes the transaction of a dry run."""


@dataclass(frozen=True, slots=True)
class _Importing:
    """Entries of one file on their way into a desk."""

    desk: Desk
    source: str
    dry_run: bool
    promised: frozenset[str]
    """The file numbers that entries bring: none that is drawn may be one of them."""
    own: Naming

    def together(self, chunk: Sequence[tuple[int, Any]]) -> list[Fate]:
        """Take entries in within one transaction; return nothing, with nothing done, when one cannot be."""
        fates: list[Fate] = []
        try:
            with self.desk.writing() as writer:
                fates += [self._take(writer, index, each) for index, each in chunk]
                self._leave(writer)
        except _NotMeantError:
            return fates
        except Exception as error:
            _demand_own_fault(error)
            return []
        return fates

    def apart(self, chunk: Sequence[tuple[int, Any]]) -> Iterator[Fate]:
        """Take each entry in within a transaction of its own; the one that cannot be stored is named."""
        for index, each in chunk:
            fate = _refused(index, each, ContentError(UNSTORABLE, kind=""))
            try:
                with self.desk.writing() as writer:
                    fate = self._take(writer, index, each)
                    self._leave(writer)
            except _NotMeantError:
                pass
            except Exception as error:
                _demand_own_fault(error)
                told = error if isinstance(error, CaseworkError) else None
                unstorable = ContentError(UNSTORABLE, kind=type(error).__name__)
                fate = _refused(index, each, told or unstorable)
            yield fate

    def _leave(self, writer: Writer) -> None:
        if self.dry_run:
            writer.finish()
            raise _NotMeantError

    def _take(self, writer: Writer, index: int, given: Any) -> Fate:
        try:
            value = given.value() if isinstance(given, Entry) else given
            named = with_own_names(writer, self.own, value)
            taken = take(writer, self.desk.catalogue, named)
            for record in (taken.case, *taken.others):
                admission.admit(writer, self.desk.catalogue, record)
        except ContentError as error:
            return _refused(index, given, error)
        new, changed, number = self._save(writer, taken)
        open_ = conflicts.note(writer, taken.case.id, taken.differing, self.source)
        state = State.CONFLICT if open_ else State.CREATED if new else State.UPDATED
        state = state if open_ or changed else State.UNCHANGED
        return Fate(index, _line(given), state, taken.case.id, number, new, open_)

    def _save(self, writer: Writer, taken: TakenDocument) -> tuple[bool, bool, str]:
        """Save what is new or different; return whether the case is new, anything is, and its file number."""
        case = taken.case
        if not case.file_number:
            number = next_file_number(writer, self.desk.name, case.opened_on, self.promised)
            case = replace(case, file_number=number)
        changed = [_save_record(writer, record) for record in (case, *taken.others)]
        return case.rev == 0, any(changed), case.file_number


def _demand_own_fault(error: Exception) -> None:
    """Raise ``error`` again when disk, lock or store are in the way, and no entry is to blame."""
    if isinstance(error, KimdeskError) and error.code not in _OF_THE_ENTRY:
        raise error


def _save_record(writer: Writer, record: Record) -> bool:
    if record.rev and writer.get(type(record), record.id) == record:
        return False
    writer.put(record)
    return True


def _refused(index: int, given: Any, error: KimdeskError) -> Fate:
    return Fate(index, _line(given), State.REFUSED, error=error)


def _writable(name: str) -> str:
    """Return the name of a file as it can be stored: it may hold bytes that are no text."""
    return name.encode("utf-8", "replace").decode()


def _line(given: Any) -> int:
    return given.line if isinstance(given, Entry) else 0
