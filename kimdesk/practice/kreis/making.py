"""Makes the practice Kreis: real desks hand real bundles over, one after the other as the months go by."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

import resources
from kimdesk.cage import heeded
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.errors import StoreError
from kimdesk.kreis import import_files
from kimdesk.kreis.stock import publishing
from kimdesk.practice.kreis import mishaps
from kimdesk.practice.kreis.answering import answer_findings
from kimdesk.practice.kreis.caseload import caseload
from kimdesk.practice.kreis.desks import PracticeDesk, long_before, set_up
from kimdesk.practice.kreis.plan import FULL, DeskPlan, EditionPlan, PracticeExtent
from kimdesk.practice.library import kreis as places
from kimdesk.practice.library import kreis_plan
from kimdesk.vault import Strength
from kimdesk.vault.passphrase import generate_passphrase

Progress = Callable[[int, int], None]
_JOBCENTER = "services/jobcenter.toml"
_FOREVER = 10_000  # days


def make(
    folder: Path,
    passphrase: str,
    *,
    seed: int = 1,
    now: datetime | None = None,
    scale: PracticeExtent = FULL,
    progress: Progress | None = None,
) -> tuple[Desk, str]:
    """Make a Kreis vault for practice in ``folder``; return the desk on it, with its recovery code.

    The same seed and day give the same cases, bundles and answers; only keys and pseudonyms differ.
    ``progress`` is told (steps done, all). Raises StoreError E931 when it was stopped (``cage.Stop``), and as
    ``Desk.create`` does; then nothing is left behind.
    """
    office, code = Desk.create(
        folder,
        passphrase,
        name=places().kreis,
        user=kreis_plan().user,
        role="kreis",
        practice=True,
        strength=Strength.INTERACTIVE,
    )
    try:
        with tempfile.TemporaryDirectory(prefix="kimdesk-") as home:
            _Making(office, Path(home), seed, now or dates.now(), scale, progress).run()
    except BaseException:
        office.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return office, code


@dataclass(slots=True)
class _Making:
    """The Kreis while it is being made."""

    office: Desk
    home: Path
    seed: int
    now: datetime
    scale: PracticeExtent
    progress: Progress | None
    desks: list[PracticeDesk] = field(default_factory=list)
    _done: int = 0

    @property
    def rounds(self) -> Sequence[int]:
        """Return the days before the day of the Kreis on which desks hand over, the earliest first."""
        return kreis_plan().rounds[-self.scale.rounds :]

    @property
    def steps(self) -> int:
        """Return how many steps there are: setting a desk up is one, each bundle another."""
        return len(self.scale.desks(kreis_plan())) * (1 + len(self.rounds))

    def run(self) -> None:
        try:
            for plan in self.scale.desks(kreis_plan()):
                self._set_up(plan)
            before = _FOREVER
            for days in self.rounds:
                self._publish(before, days)
                answer_findings(self.office, self.now, before, days)
                self._round(before, days)
                before = days
            mishaps.happen(self.desks, self._read, self.now)
        finally:
            for each in self.desks:
                each.desk.close()

    def _set_up(self, plan: DeskPlan) -> None:
        self._step()
        silent = kreis_plan().silent_days if plan.special == "silent" else 0
        day = self.now.date() - timedelta(days=silent)
        files = caseload(plan, self.seed, day, self.scale.cases)
        made = set_up(plan, self.home, generate_passphrase(), files)
        self.desks.append(made)
        made.join(self.office, long_before(self.now, kreis_plan().rounds[0] + 5))

    def _publish(self, before: int, days: int) -> None:
        """Give out the editions of the time between two rounds, and let the desks take them."""
        for edition in kreis_plan().edition:
            if days <= edition.days < before:
                made = self._edition(edition)
                for each in self.desks:
                    late = each.plan.special in ("behind", "silent") and edition.answer_days is not None
                    if not late:
                        each.renew_catalogue(made)

    def _edition(self, edition: EditionPlan) -> bytes:
        moment = long_before(self.now, edition.days)
        table = msgspec.to_builtins(resources.read_toml(_JOBCENTER))
        table |= {"answer_days": edition.answer_days} if edition.answer_days else {}
        made = publishing.publish(
            self.office,
            {_JOBCENTER: table},
            valid_from=moment.date(),
            not_after=self.now.date() + timedelta(days=90),
            note=edition.note,
            now=moment,
        )
        return made.file

    def _round(self, before: int, days: int) -> None:
        """Let every desk hand over, in the order of their moments; a silent one for the last time."""
        latest, silent = days == self.rounds[-1], kreis_plan().silent_days
        for index, each in enumerate(self.desks):
            self._step()
            moment = long_before(self.now, days) - timedelta(hours=7 * (len(self.desks) - index))
            if each.plan.special == "silent" and days < silent:
                if before < silent:
                    continue
                moment = self.now - timedelta(days=silent)
            each.work_until(moment.date())
            file = each.send(moment)
            lost = each.plan.special == "gap" and days == self.rounds[-2:][0] and not latest
            if not lost:
                each.take(self._read(file, moment))
            file.unlink()

    def _read(self, file: Path, moment: datetime) -> Path | None:
        [found] = import_files(self.office, [file], self.home, now=moment)
        return found.receipt

    def _step(self) -> None:
        if heeded().stopped:
            raise StoreError("E931")
        if self.progress:
            self.progress(self._done, self.steps)
        self._done += 1
