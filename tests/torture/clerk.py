"""Somebody at work who writes down what was acknowledged, and the reckoning afterwards."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from kimdesk.casework import attachments, cases, drafts, exchange, records, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.domain.records import Attachment, Case, Consent, Contact, FollowUp, Goal, Person, Record
from kimdesk.domain.terms import SharingLevel
from kimdesk.store import search

DAY = date(2026, 11, 23)
_KINDS: dict[str, type[Record]] = {
    each.__name__: each for each in (Attachment, Case, Person, Consent, Goal, Contact, FollowUp)
}  # fmt: skip
_SHOWN = {
    "Attachment": "sha256",
    "Case": "file_number",
    "Goal": "text",
    "Contact": "content",
    "FollowUp": "title",
}


class Ack(NamedTuple):
    """One save: what was saved, under which identity and revision, and the words in it.

    ``done`` is False when it was begun and True once the call had returned. ``rev`` -1 is a removal.
    """

    done: bool
    kind: str
    id: str = ""
    rev: int = 0
    words: str = ""
    case_id: str = ""


Tell = Callable[[Ack], None]


@dataclass
class Clerk:
    """Does what the dice say, and tells of each save before it and after it has returned."""

    desk: Desk
    dice: random.Random
    tell: Tell
    cases: list[Case] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)

    def work(self) -> Iterator[None]:
        """Save one thing after the other, without end."""
        self.open_case()
        actions = (
            (self.open_case, 3), (self.set_goal, 6), (self.change_goal, 8), (self.note_contact, 8),
            (self.draft, 4), (self.drop_goal, 2), (self.plan_date, 3), (self.take_documents, 1),
            (self.attach, 1), (self.erase, 1), (self.anchor, 1),
        )  # fmt: skip
        does, weights = [each for each, _ in actions], [weight for _, weight in actions]
        while True:
            self.dice.choices(does, weights)[0]()
            yield

    def open_case(self) -> None:
        """Open a case with a client and a consent to the Kreis."""
        self._begin("Case")
        client = Person(family_name=self.words(1), given_names="Amna")
        case = cases.open_new(self.desk, client, opened_on=DAY)
        self._done(case, case.id)
        self.cases.append(case)
        self._save(
            Consent(case_id=case.id, recipient="ki", purpose="reporting", kinds=("person", "goals"),
                    level=SharingLevel.IDENTIFIED, given_on=DAY)
        )  # fmt: skip

    def set_goal(self) -> None:
        """Save a new goal."""
        self.goals.append(self._save(Goal(case_id=self.case.id, text=self.words(12), life_domain="language")))

    def change_goal(self) -> None:
        """Save a goal again."""
        if self.goals:
            at = self.dice.randrange(len(self.goals))
            self.goals[at] = self._save(replace(self.goals[at], text=self.words(20)))

    def drop_goal(self) -> None:
        """Remove a goal."""
        if self.goals:
            goal = self.goals.pop(self.dice.randrange(len(self.goals)))
            self._begin("Goal", goal.id, goal.case_id)
            records.remove(self.desk, goal)
            self.tell(Ack(True, "Goal", goal.id, -1, case_id=goal.case_id))

    def note_contact(self) -> None:
        """Save the notes of a long talk: several pages of the database."""
        content = self.words(self.dice.randrange(5, 900))
        self._save(Contact(case_id=self.case.id, held_on=DAY, content=content))

    def plan_date(self) -> None:
        """Save a date that is due."""
        self._save(FollowUp(case_id=self.case.id, due_on=DAY, title=self.words(3)))

    def draft(self) -> None:
        """Keep a half-filled form."""
        case_id, words = self.case.id, self.words(40)
        key = f"goal:{case_id}"
        self._begin("draft", key, case_id)
        drafts.save_draft(self.desk, key, {"text": words})
        self.tell(Ack(True, "draft", key, 0, words, case_id))

    def take_documents(self) -> None:
        """Import cases of another program."""
        docs = [
            {"id": new_id(), "ags": "05999001", "opened_on": "2026-03-02",
             "goals": [{"id": new_id(), "number": 1, "text": self.words(8)}]}
            for _ in range(3)
        ]  # fmt: skip
        self._begin("documents")
        report = exchange.import_documents(self.desk, docs)
        assert (report.created, report.refused) == (3, ())
        for doc in docs:
            [goal] = cases.peek(self.desk, str(doc["id"])).goals
            self._done(goal, goal.case_id)

    def attach(self, most: int = 2**17) -> None:
        """Put a scan of at most ``most`` bytes into the vault."""
        data = b"%PDF-1.7\n" + self.dice.randbytes(self.dice.randrange(2**10, most))
        scan = attachments.Scan(data, "application/pdf")
        self._begin("Attachment")
        saved = attachments.put(self.desk, Attachment(case_id=self.case.id, title=self.words(2)), scan)
        self._done(saved, saved.case_id)

    def erase(self) -> None:
        """Erase a whole case."""
        if len(self.cases) > 1:
            case = self.cases.pop(self.dice.randrange(len(self.cases)))
            self.goals = [goal for goal in self.goals if goal.case_id != case.id]
            self._begin("erased", case.id, case.id)
            cases.erase(self.desk, case.id)
            self.tell(Ack(True, "erased", case.id, case_id=case.id))

    def anchor(self) -> None:
        """Write everything into the database file, as when nobody types for a while."""
        self._begin("anchor")
        self.desk.vault.checkpoint()

    @property
    def case(self) -> Case:
        """Return one of the cases."""
        return self.dice.choice(self.cases)

    def words(self, count: int) -> str:
        """Return words that nobody wrote before."""
        return " ".join(f"w{self.dice.randrange(16**8):08x}" for _ in range(count))

    def _save(self, record: Any) -> Any:
        self._begin(type(record).__name__, record.id, record.case_id)
        saved = records.save(self.desk, record)
        self._done(saved, saved.case_id)
        return saved

    def _begin(self, kind: str, record_id: str = "", case_id: str = "") -> None:
        self.tell(Ack(False, kind, record_id, case_id=case_id))

    def _done(self, saved: Record, case_id: str) -> None:
        kind = type(saved).__name__
        words = str(getattr(saved, _SHOWN.get(kind, "id")))
        self.tell(Ack(True, kind, saved.id, saved.rev, words, case_id))


@dataclass
class Reckoning:
    """What was acknowledged, and what was begun last."""

    kept: dict[tuple[str, str], Ack] = field(default_factory=dict)
    begun: Ack | None = None
    count: int = 0

    def take(self, ack: Ack) -> None:
        """Note one message of a clerk."""
        self.begun = None if ack.done else ack
        if not ack.done:
            return
        self.count += 1
        if ack.kind == "erased":
            self.kept = {key: each for key, each in self.kept.items() if each.case_id != ack.case_id}
        self.kept[ack.kind, ack.id] = ack

    def losses(self, desk: Desk) -> list[str]:
        """Return every acknowledged save that is not there, and everything the full check finds."""
        missing = [ack for ack in self.kept.values() if not self._is_there(desk, ack)]
        lost = [f"{ack.kind} {ack.id} rev {ack.rev}" for ack in missing]
        spoiled = [f"bytes of {each}" for each in attachments.verify(desk)]
        return lost + spoiled + self._half_erased(desk) + upkeep.check(desk, full=True)

    def _is_there(self, desk: Desk, ack: Ack) -> bool:
        begun = self.begun
        if begun and begun.kind == "erased" and begun.case_id == ack.case_id:
            return True  # all or nothing, see _half_erased
        touched = begun is not None and (begun.kind, begun.id) == (ack.kind, ack.id)
        if ack.kind == "erased":
            return _case_is_gone(desk, ack.id)
        if ack.kind == "draft":
            found = drafts.load_draft(desk, ack.id)
            return touched or (found or {}).get("text") == ack.words
        with desk.reading() as reader:
            record = reader.get(_KINDS[ack.kind], ack.id)
        return _fits(record, ack) or (touched and (record is None or record.rev == ack.rev + 1))

    def _half_erased(self, desk: Desk) -> list[str]:
        """A case whose erasure was begun is there with all its records, or gone with all of them."""
        if self.begun is None or self.begun.kind != "erased" or _case_is_gone(desk, self.begun.id):
            return []
        own = [ack for ack in self.kept.values() if ack.case_id == self.begun.id]
        alone = Reckoning()
        return [f"half erased: {ack.kind}" for ack in own if not alone._is_there(desk, ack)]


def _fits(record: Record | None, ack: Ack) -> bool:
    if record is None or ack.rev < 0:
        return record is None and ack.rev < 0
    return (record.rev, str(getattr(record, _SHOWN.get(ack.kind, "id")))) == (ack.rev, ack.words)


def _case_is_gone(desk: Desk, case_id: str) -> bool:
    try:
        cases.peek(desk, case_id)
    except CaseworkError:
        with desk.reading() as reader:
            return not any(
                reader.of_case(each, case_id) for each in (Attachment, Goal, Contact, FollowUp, Consent)
            )
    return False


def unfindable(desk: Desk, reckoning: Reckoning) -> list[str]:
    """Return the goals that search does not find by their words, unless something was still under way."""
    known = [] if reckoning.begun else reckoning.kept.values()
    goals = [ack for ack in known if ack.kind == "Goal" and ack.rev > 0][-5:]
    with desk.reading() as reader:
        found = {ack.id: search.find(reader.connection, ack.words.split()[0]) for ack in goals}
    return [f"not found: {ack.id}" for ack in goals if ack.case_id not in found[ack.id]]
