"""One phase and its form: loading, drafts that outlive locking, saving, completing."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from kimdesk.casework import phases
from kimdesk.casework.desk import Desk
from kimdesk.casework.drafts import discard_draft
from kimdesk.casework.phases import MissingEntry, missing, record_counts
from kimdesk.domain.phases import ENDED, latest
from kimdesk.domain.records import CaseFile, PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.forms.facts import with_facts
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.forms.model import FormModel
from ui.program.work import Owner

STALE = "E905"

Body = dict[str, Any]


class FormTabView(Owner, Protocol):
    """What the presenter tells the tab."""

    def show_form(self, model: FormModel) -> None:
        """Show another form."""

    def show_records(self) -> None:
        """Show the typed records and gaps anew; what is being typed stays untouched."""

    def show_saved(self) -> None:
        """Say that everything typed so far is stored."""

    def show_conflict(self, stored: PhaseEntry) -> None:
        """Show both versions and ask which one stays."""

    def show_refusal(self, explanation: Explanation) -> None:
        """Say why something was refused."""


class FormPresenter:
    """Keeps the form of a phase of one case and what is stored of it apart until they are one again."""

    def __init__(self, context: Context, view: FormTabView, file: CaseFile) -> None:
        self._context, self._view = context, view
        self.file, self.phase = file, file.case.phase
        self.entry: PhaseEntry | None = None
        self.model: FormModel | None = None
        self._saving = False
        self._seen = file.client  # as the form shows the client

    @property
    def draft_key(self) -> str:
        """Return under which key the draft of this phase and round is kept."""
        return f"phase:{self.file.case.id}:{self.phase}:{self.entry.round if self.entry else 1}"

    @property
    def ended(self) -> bool:
        """Return whether the phase is completed or skipped: its form is then read only."""
        return self.entry is not None and self.entry.state in ENDED

    def show(self, file: CaseFile, phase: Phase) -> None:
        """Show ``phase`` of ``file``. Unsaved entries of the same phase stay on the screen."""
        known, stored = self.phase is phase, latest(file.phases, phase)
        known = known and (file.client == self._seen or (self.model is not None and self.model.changed))
        self.file, self.phase = file, phase
        if self.model is not None and known and (self._saving or self._is_current(self.model, stored)):
            self.model.count(record_counts(file))
            self._view.show_records()
        else:
            self._load(stored)

    def gaps(self) -> list[MissingEntry]:
        """Return what the phase still needs, judged by what is on the screen."""
        if self.model is None:
            return []
        return [*missing(self.file, self.model.definition, self.model.listed_problems(complete=True))]

    def draft(self) -> Body:
        """Return what is kept while typing: the answers and on which version they were begun."""
        assert self.model is not None  # noqa: S101 - drafts are kept of a shown form only
        return {"rev": self.entry.rev if self.entry else 0, "answers": self.model.draft()}

    def take_draft(self, body: Body) -> bool:
        """Go on with a draft; return whether it says anything new."""
        if self.model is None or self.ended:
            return False
        if self.model.changed:  # typed faster than the draft was read
            return False
        before = self.model.draft()
        self.model.take(body["answers"])
        if self.model.draft() == before:
            return False
        if self.entry is not None and self.entry.answers and body["rev"] != self.entry.rev:
            self.entry = replace(self.entry, rev=body["rev"])
        return True

    def save(self) -> None:
        """Store the answers if they changed; the draft goes with it unless something is unreadable."""
        if self.model is None or self.ended or self._saving or not self.model.changed:
            return
        self._saving = True
        answers, place = self.model.storable(), self._place()
        self._context.work.write(
            self._view,
            partial(self._store(tidy=not self.model.problems()), answers),
            partial(self._saved, place, answers),
            partial(self._failed, place),
        )

    def end(
        self, step: Callable[[Desk, str, Phase, str], PhaseEntry], reason: str, done: Callable[[], None]
    ) -> None:
        """Store the answers and take the step that ends the phase or begins it anew (``casework.phases``)."""
        desk, place, model = self._context.desk, self._place(), self.model
        answers = model.storable() if model and model.changed and not self.ended else None
        store, key = self._store(tidy=True), self.draft_key

        def run() -> PhaseEntry:
            if answers is not None:
                store(answers)
            ended = step(desk, *place, reason)
            discard_draft(desk, key)
            return ended

        self._context.work.write(self._view, run, partial(self._ended, done), partial(self._failed, place))

    def keep_mine(self, stored: PhaseEntry) -> None:
        """Save what is typed here over the newer version."""
        self.entry = stored
        self.save()

    def take_theirs(self, stored: PhaseEntry) -> None:
        """Drop what is typed here for the stored version."""
        self._load(stored)

    def _is_current(self, model: FormModel, stored: PhaseEntry | None) -> bool:
        if stored is None or self.entry is None:
            return stored is self.entry or model.changed
        same = (stored.id, stored.rev, stored.state) == (self.entry.id, self.entry.rev, self.entry.state)
        return same or (stored.id == self.entry.id and model.changed and not self.ended)

    def _load(self, stored: PhaseEntry | None) -> None:
        self.entry = stored
        version = stored.version if stored and stored.version else None
        form, self._seen = self._context.catalogue.phase_form(self.phase, version), self.file.client
        self.model = FormModel(form, with_facts(form, stored.answers if stored else {}, self._seen))
        self.model.count(record_counts(self.file))
        self._view.show_form(self.model)

    def _place(self) -> tuple[str, Phase]:
        return self.file.case.id, self.phase

    def _store(self, *, tidy: bool) -> Callable[[Body], PhaseEntry]:
        """Return what stores answers in the background, and with ``tidy`` forgets their draft."""
        desk, (case_id, phase), entry, key = self._context.desk, self._place(), self.entry, self.draft_key
        seen = self._seen

        def store(answers: Body) -> PhaseEntry:
            saved = phases.save_answers(desk, entry or phases.start(desk, case_id, phase), answers, seen)
            if tidy:
                discard_draft(desk, key)
            return saved

        return store

    def _saved(self, place: tuple[str, Phase], answers: Body, entry: PhaseEntry) -> None:
        self._saving = False
        if self.model is not None and place == self._place():
            self.entry = entry
            self.model.saved(answers)
            self._view.show_saved()

    def _failed(self, place: tuple[str, Phase], explanation: Explanation) -> None:
        self._saving = False
        if place != self._place():  # the draft is still there and will say so when the form is opened
            return
        if explanation.code != STALE:
            self._view.show_refusal(explanation)
            return
        desk, (case_id, phase) = self._context.desk, place
        self._context.work.read(
            self._view,
            lambda: phases.start(desk, case_id, phase),
            self._view.show_conflict,
            self._view.show_refusal,
        )

    def _ended(self, done: Callable[[], None], _: PhaseEntry) -> None:
        self.model = None
        done()
