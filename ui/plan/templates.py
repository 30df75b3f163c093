"""The dialog „Vorlage einsetzen …“: which typical chain, from when; what it would add is shown beforehand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from kimdesk.casework.plans import ChainProposal, paragraph_of, proposal
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.chains import ChainTemplate
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import GoalState
from kimdesk.texts import say
from kimdesk.texts.dates import span
from ui.forms.editors.date import DateEditor
from ui.kit.badge import Badge
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.scroll import Columns
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.plan.chain_view import ChainView
from ui.theme import theme

_WIDTH = 900
Use = Callable[[str, date, str], None]


class TemplateDialog(Dialog):
    """Shows a template as the chain it would become; ``use`` is told its code, the day and the goal."""

    def __init__(self, parent: QWidget, catalogue: Catalogue, file: CaseFile, today: date, use: Use) -> None:
        super().__init__(parent, say("plan.which_chain_do_you_want"), accept=say("plan.use_template"))
        self.setObjectName("use_template")
        self.widen(_WIDTH)
        self._catalogue, self._file, self._today, self._use = catalogue, file, today, use
        self._templates = catalogue.templates(today)
        self._found: ChainProposal | None = None
        self.body.addWidget(
            Columns([(self._choice(), 0), (self._goal_choice(), 0), (self._start_choice(), 170)])
        )
        self._note = Text("", "table", "text-2", wrap=True)
        self.body.addWidget(self._note)
        self._other = Notice("warn")
        self._other.setObjectName("template_of_other_title")
        self.body.addWidget(self._other)
        unchecked = Badge(say("plan.durations_experience_values_unchecked"), "warn", "warning")
        unchecked.setObjectName("unchecked_days")
        self.body.addWidget(unchecked)
        self._picture = ChainView(catalogue)
        self._picture.setObjectName("template_picture")
        self._picture.setAccessibleName(say("plan.what_template_would_add"))
        self._present = Notice("info")
        self._list = Text("", "table", "text", wrap=True)
        self._list.setObjectName("template_list")
        for widget in (self._picture, self._list, self._present):
            self.body.addWidget(widget)
        self._show()

    def accept(self) -> None:
        """Use the template."""
        start = self._start()
        super().accept()
        if self._found and start:
            self._use(self._found.template.code, start, self._goal.currentData() or "")

    def _choice(self) -> QWidget:
        self._which = DropDown()
        self._which.setObjectName("template")
        self._which.setAccessibleName(say("common.template"))
        for one in self._templates:
            self._which.addItem(one.title, one.code)
        self._which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._which.currentIndexChanged.connect(lambda _: self._show())
        return FieldBox(say("common.template"), self._which)

    def _goal_choice(self) -> QWidget:
        self._goal = DropDown()
        self._goal.setObjectName("template_goal")
        self._goal.setAccessibleName(say("plan.serves_the_goal"))
        self._goal.addItem(say("plan.no_goal_yet"), "")
        for goal in self._file.goals:
            if goal.state is GoalState.ACTIVE:
                self._goal.addItem(goal.text, goal.id)
        self._goal.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return FieldBox(say("plan.serves_the_goal"), self._goal)

    def _start_choice(self) -> QWidget:
        self._day = DateEditor()
        self._day.name("template_start", say("plan.begins_on"))
        self._day.set_value(self._today.isoformat())
        self._day.changed.connect(self._show)
        return FieldBox(say("plan.begins_on"), self._day)

    def _template(self) -> ChainTemplate:
        return self._templates[max(0, self._which.currentIndex())]

    def _start(self) -> date | None:
        try:
            return date.fromisoformat(str(self._day.value() or ""))
        except ValueError:
            return None

    def _show(self) -> None:
        chosen, start = self._template(), self._start()
        self._note.setText(chosen.note)
        self._show_fitting(chosen)
        self.accept_button.setEnabled(False)
        if start is None:
            return
        found = proposal(self._catalogue, chosen, self._file, start)
        self._found = found
        self._picture.show_file(replace(self._file, measures=found.new), self._today)
        self._picture.setVisible(bool(found.new) and not theme().stacked)  # large text: the list says it
        self._list.setText("\n".join(f"{span(one.starts_on, one.due_on)}: {one.title}" for one in found.new))
        self._list.setVisible(bool(found.new))
        self._show_present(found)
        self.accept_button.setEnabled(bool(found.new))
        self.fit()

    def _show_fitting(self, chosen: ChainTemplate) -> None:
        """Say when a chain is meant for holders of other titles than the client, and which one is not."""
        paragraph = paragraph_of(self._file, self._today)
        meant = not chosen.titles or not paragraph or chosen.suits(paragraph)
        better = ", ".join(one.title for one in self._templates if paragraph and one.suits(paragraph))
        title = say("plan.template_of_other_title", paragraph=paragraph)
        self._other.set("warn", title, say("plan.template_that_fits", title=better) if better else "")
        self._other.setVisible(not meant)

    def _show_present(self, found: ChainProposal) -> None:
        names = ", ".join(measure.title for _, measure in found.present)
        words = say("plan.not_added_again_measures", measures=names)
        title = say("plan.already_in_the_plan") if found.new else say("plan.whole_chain_already_plan")
        self._present.set("info", title, words)
        self._present.setVisible(bool(found.present))
