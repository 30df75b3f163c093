"""Bringing together what two desks did to one case since they last had the same state of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from kimdesk.casework import admission, attachments, conflicts
from kimdesk.casework.case_file import known_case, read_file
from kimdesk.casework.document_check import check
from kimdesk.casework.document_join import Contradiction
from kimdesk.casework.parcel import Parcel, States, scan_of, states
from kimdesk.casework.scans.scan import Scan
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.chain import in_order
from kimdesk.domain.errors import ContentError, KimdeskError
from kimdesk.domain.kinds import RECORD_TYPES, described
from kimdesk.domain.records import Attachment, Case, CaseRecord, Measure, Person, Record
from kimdesk.domain.three_way import Conflicts, Version, merge, settled, top_of
from kimdesk.store import audit
from kimdesk.store.work import Reader, Writer

Scans = Callable[[], Iterator[tuple[str, Scan]]]
"""What gives scans one after the other, each with the SHA-256 it is named by: so no two lie in memory."""
Key = tuple[type[Record], str]

NO_SCAN: Final = "E779"
_SIDES: Final = (Version.MINE, Version.THEIRS, Version.BASE)
_PLACES: Final = {record_type: place for place, record_type in enumerate(RECORD_TYPES)}


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of what came back: ``taken`` records changed here, ``open`` fields to be decided."""

    taken: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Returning:
    """What comes back of a case, and where from; ``base`` is the state both desks had last in common."""

    base: States
    parcel: Parcel
    scans: Scans
    source: str
    passage: str


def no_scans() -> Iterator[tuple[str, Scan]]:
    """Give none."""
    return iter(())


def join(writer: Writer, catalogue: Catalogue, coming: Returning) -> Joined:
    """Join a case with what came back of it, in the transaction of ``writer``.

    What only one side changed is taken; where both contradict, the record stays as it is here and both
    versions are kept (``conflicts``). A person never goes, nor does a file number change. Raises
    CaseworkError E853 when the case is gone, ContentError as ``admission`` and ``document_check``.
    """
    return _Join(writer, catalogue, coming).run()


@dataclass(slots=True)
class _Join:
    writer: Writer
    catalogue: Catalogue
    coming: Returning
    puts: dict[Key, Record] = field(default_factory=dict)
    removed: dict[Key, Record] = field(default_factory=dict)
    differing: list[Contradiction] = field(default_factory=list)

    def run(self) -> Joined:
        case = known_case(self.writer, self.coming.parcel.case_id)
        here, theirs = records_here(self.writer, case.id), self._theirs()
        for key in _in_order({**self.coming.base, **theirs}):
            self._one(key, self.coming.base.get(key), here.get(key), theirs.get(key))
        self._keep_what_is_named(here, theirs)
        self._keep_apart(here)
        self._check(case, here)
        self._save()
        open_ = conflicts.note(self.writer, case.id, self.differing, self.coming.source, self.coming.passage)
        return Joined(len(self.puts) + len(self.removed), open_)

    def _theirs(self) -> dict[Key, Record]:
        """Return their state, without what is each desk's own: file numbers, the bytes of a scan."""
        found: dict[Key, Record] = {}
        for key, each in states(self.coming.parcel).items():
            base = self.coming.base.get(key)
            told = each
            if isinstance(told, Case) and isinstance(base, Case):
                told = replace(told, file_number=base.file_number)
            elif isinstance(told, Attachment) and isinstance(base, Attachment) and self._differs(told, base):
                if told.sha256 and not self._is_made_anew(base, told):
                    new = replace(told, id=str(uuid5(NAMESPACE_URL, f"kimdesk:{told.id}/{told.sha256}")))
                    found[Attachment, new.id] = new
                told = replace(told, media_type=base.media_type, size=base.size, sha256=base.sha256)
            found[key] = told
        return found

    def _differs(self, told: Attachment, base: Attachment) -> bool:
        """Return whether their scan is another than ours, and not the first one of a paper that had none."""
        mine = self.writer.get(Attachment, told.id)
        first = told.sha256 and not base.sha256 and (mine is None or mine.sha256 in ("", told.sha256))
        return told.sha256 != base.sha256 and not first

    def _is_made_anew(self, base: Attachment, told: Attachment) -> bool:
        """Return whether their scan is ours: one that an earlier version stored as it came is made anew on
        its way."""
        try:
            return attachments.inspect(scan_of(self.writer, base.sha256, base.case_id)).sha256 == told.sha256
        except KimdeskError:
            return False

    def _one(self, key: Key, base: Record | None, mine: Record | None, theirs: Record | None) -> None:
        if mine is None and issubclass(key[0], Person):
            mine = self.writer.get(key[0], key[1])
        found = merge(base, mine, theirs)
        if isinstance(found, Conflicts):
            found = self._contradicting(found, base, mine, theirs)
        if found is None:
            if isinstance(mine, CaseRecord):
                self.removed[key] = mine
        elif found != mine:
            self.puts[key] = replace(found, rev=mine.rev if mine else 0)

    def _contradicting(
        self, found: Conflicts[Record], base: Record | None, mine: Record | None, theirs: Record | None
    ) -> Record | None:
        """Note what contradicts; return the record with everything else joined, as it is here otherwise."""
        if mine is None or theirs is None:
            if not isinstance(mine or theirs, Person | Attachment):  # the bytes of a scan go for good
                self._differ(Contradiction(mine, theirs, (), "", base))
            return mine
        if base is None:
            names = tuple(each.name for each in fields(mine) if _other(each.name, mine, theirs))
            self._differ(Contradiction(mine, replace(theirs, rev=mine.rev), names))
            return mine
        known = (replace(base, rev=mine.rev), mine, replace(theirs, rev=mine.rev))
        for each in found.found:
            kept, other, before = (_choosing(known, each.path, side) for side in _SIDES)
            self._differ(Contradiction(kept, other, top_of(each.path), each.path, before))
        return settled(*known, lambda _: Version.MINE)

    def _differ(self, one: Contradiction) -> None:
        here = audit.last_of(self.writer.connection, one.record.id)
        there = self.coming.parcel.made.get(one.record.id, ("", ""))
        self.differing.append(replace(one, mine_made=here, theirs_made=there))

    def _keep_what_is_named(self, here: States, theirs: States) -> None:
        """Let nothing go that the other side has built upon: it stays, or comes back."""
        while lost := [key for key in self._named(here) if key in self.removed or not self._is_there(key)]:
            for key in lost:
                if (kept := self.removed.pop(key, None)) is not None:
                    self._differ(Contradiction(kept, None, (), "", self.coming.base.get(key)))
                elif (again := theirs.get(key) or self.coming.base.get(key)) is not None:
                    self.puts[key] = replace(again, rev=0)
                else:
                    return

    def _named(self, here: States) -> set[Key]:
        after = {**{key: each for key, each in here.items() if key not in self.removed}, **self.puts}
        return {
            (link.to, named)
            for each in after.values()
            for link in described(type(each)).links
            if link.to and not link.loose
            for named in _texts(getattr(each, link.field))
        }

    def _is_there(self, key: Key) -> bool:
        return key in self.puts or self.writer.get(*key) is not None

    def _keep_apart(self, here: States) -> None:
        """Let measures not wait for each other in a circle: the newcomer waits for a decision instead."""
        for key in [key for key in self.puts if key[0] is Measure]:
            found, mine = self.puts[key], here.get(key)
            every = {**here, **self.puts}
            if isinstance(found, Measure) and _circles(every.values()):
                before = mine.requires if isinstance(mine, Measure) else ()
                self.puts[key] = kept = replace(found, requires=before)
                if found.requires != before:
                    self._differ(Contradiction(kept, found, ("requires",)))

    def _check(self, case: Case, here: States) -> None:
        """Judge what would be saved as any document is judged; what stands here already is not."""
        for key, found in tuple(self.puts.items()):
            self.puts[key] = self._admitted(found, here.get(key))
        after = {key: each for key, each in {**here, **self.puts}.items() if key not in self.removed}
        whole = after.pop((Case, case.id), case)
        case = replace(case, **_values(whole))
        check(self.writer, self.catalogue, case, after.values(), {}, plausible=False)

    def _admitted(self, found: Record, mine: Record | None) -> Record:
        """Return ``found``, or the record as it is here where both together are what no desk stores."""
        try:
            admission.admit(self.writer, self.catalogue, found, plausible=mine is not None)
        except ContentError:
            if mine is None:
                raise
            names = tuple(each.name for each in fields(mine) if _other(each.name, mine, found))
            self._differ(Contradiction(mine, found, names))
            return mine
        return found

    def _save(self) -> None:
        for key in _in_order(self.puts):
            each = self.puts[key]
            if not isinstance(each, Attachment) and each != self.writer.get(*key):
                self.writer.put(each)
        scans = (each for each in self.puts.values() if isinstance(each, Attachment))
        save_scans(self.writer, scans, self.coming.scans)
        for key in reversed(_in_order(self.removed)):
            self.writer.remove(self.removed[key])


def records_here(reader: Reader, case_id: str) -> dict[Key, Record]:
    """Return the records of a case as they stand. Raises CaseworkError E853 when there is none."""
    file = read_file(reader, case_id)
    every = (each for record_type in RECORD_TYPES for each in file.of(record_type))
    return {(type(each), each.id): each for each in every}


def save_scans(writer: Writer, described: Iterable[Attachment], scans: Scans) -> None:
    """Save records of scans, and the bytes of those that are new as ``scans`` gives them.

    Raises ContentError E779 when one is not given, and what ``scans`` raises.
    """
    waiting: dict[str, list[Attachment]] = {}
    for each in described:
        stored = writer.get(Attachment, each.id) if each.rev else None
        if not each.sha256 or (stored and stored.sha256 == each.sha256):
            writer.put(each)
        else:
            waiting.setdefault(each.sha256, []).append(each)
    if not waiting:
        return
    for sha256, scan in scans():
        for each in waiting.pop(sha256, ()):
            attachments.write(writer, each, scan)
    if waiting:
        raise ContentError(NO_SCAN)


def differ(one: States, other: States) -> bool:
    """Return whether two states of a case say different things."""
    if one.keys() != other.keys():
        return True
    return any(_other(each.name, one[key], other[key]) for key in one for each in fields(one[key]))


def _choosing(known: tuple[Record, Record, Record], path: str, side: Version) -> Record:
    """Return the record as it is here, joined, but for what ``path`` names."""
    return settled(*known, lambda each: side if each == path else Version.MINE)


def _in_order(keys: Iterable[Key]) -> list[Key]:
    """Return the keys, what others refer to first."""
    return sorted(keys, key=lambda key: (_PLACES[key[0]], key[1]))


def _texts(named: Any) -> tuple[str, ...]:
    return tuple(each for each in (named if isinstance(named, tuple) else (named,)) if each)


def _circles(every: Iterable[Record]) -> bool:
    try:
        in_order([each for each in every if isinstance(each, Measure)])
    except ValueError:
        return True
    return False


def _other(name: str, one: Record, other: Record) -> bool:
    return name not in ("id", "rev") and getattr(one, name) != getattr(other, name)


def _values(record: Record) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record)}
