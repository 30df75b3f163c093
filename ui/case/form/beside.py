"""What stands beside the form of a phase and at its fields, for the phases that have it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kimdesk.documents.papers import PAPERS
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import Phase
from kimdesk.pictures.life_domains import before, changes, first_round, since_assessment
from ui.case.editing import Editing
from ui.case.form.ending import Ending
from ui.case.form.overview import AssessmentOverview
from ui.case.form.presenter import FormPresenter
from ui.case.form.ratings import GoalRatings
from ui.case.form.rounds import RoundMarks
from ui.case.form.special import guard_domains
from ui.case.papers import PapersCard
from ui.forms.form_view import FormBody
from ui.forms.panel import FieldsPanel
from ui.forms.sections import SectionCard


class Beside:
    """Nothing, as in most phases. ``save`` stores what is typed before the case is closed from here."""

    def __init__(
        self, editing: Editing, presenter: FormPresenter, form: FormBody, save: Callable[[], None]
    ) -> None:
        self._catalogue, self._presenter, self._form = editing.catalogue, presenter, form
        self.widgets: list[QWidget] = []

    def show_file(self, file: CaseFile) -> None:
        """Show what ``file`` says."""

    def show_answers(self, file: CaseFile) -> None:
        """Show what the answers of the moment come to."""

    def mark_fields(self) -> None:
        """Bring what stands at the fields in step with the answers."""


class _Assessment(Beside):
    """The life domains at a glance, and at the fields what earlier rounds said."""

    def __init__(
        self, editing: Editing, presenter: FormPresenter, form: FormBody, save: Callable[[], None]
    ) -> None:
        super().__init__(editing, presenter, form, save)
        self._overview = AssessmentOverview()
        self._marks = RoundMarks(form.session, editing.file, presenter.entry)
        guard_domains(form.session, editing)
        self.widgets = [self._overview]

    def show_answers(self, file: CaseFile) -> None:
        """Show the domains, that of the station lit."""
        entry, station = self._presenter.entry, self._form.station
        now = changes(self._catalogue, file, entry, self._form.session.model.answers)
        lit = station.path.partition(".")[2] if station else ""
        self._overview.show_changes(now, lit, before(file, entry), entry)
        self.mark_fields()

    def mark_fields(self) -> None:
        """Show what was said before."""
        self._marks.show(self._form.findChildren(FieldsPanel))


class _Evaluation(Beside):
    """The end of the case, what has changed since the assessment, and two ratings of each goal."""

    def __init__(
        self, editing: Editing, presenter: FormPresenter, form: FormBody, save: Callable[[], None]
    ) -> None:
        super().__init__(editing, presenter, form, save)
        self._ending, self._overview, self._ratings = (
            Ending(editing),
            AssessmentOverview(),
            GoalRatings(editing),
        )
        self._ending.begins.connect(save)
        self.widgets = [self._ending, self._overview]
        for card in form.findChildren(SectionCard, "section_goals"):
            card.body.insertWidget(card.body.indexOf(card.panel), self._ratings)

    def show_file(self, file: CaseFile) -> None:
        """Show how the case stands and how its goals were rated."""
        self._ending.show_file(file)
        self._ratings.show_file(file)

    def show_answers(self, file: CaseFile) -> None:
        """Show the change since the first round."""
        found = since_assessment(self._catalogue, file, self._form.session.model.answers)
        self._overview.show_changes(found, "", first_round(file), self._presenter.entry)


_PAPERS = {
    Phase.INTAKE: ("information",),
    Phase.ASSESSMENT: ("assessment",),
    Phase.GOAL_AGREEMENT: ("goal-agreement",),
    Phase.SUPPORT_PLAN: ("help-plan",),
    Phase.EVALUATION: ("closing-report",),
}
_OF_PHASE = {Phase.ASSESSMENT: _Assessment, Phase.EVALUATION: _Evaluation}


def beside(editing: Editing, presenter: FormPresenter, form: FormBody, save: Callable[[], None]) -> Beside:
    """Return what stands beside ``form``, as its phase has it."""
    found = _OF_PHASE.get(presenter.phase, Beside)(editing, presenter, form, save)
    if kinds := [kind for kind in PAPERS if kind.name in _PAPERS.get(presenter.phase, ())]:
        found.widgets.append(PapersCard(editing, kinds, begins=save))
    return found
