"""The dialogs of a bundle: how it is worded, who deals with it and what was decided. Their forms are data."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kimdesk.forms.check import lists_named
from kimdesk.forms.codes import Code, CodeList
from kimdesk.forms.definition import FormDefinition, FormSheet
from kimdesk.forms.shape import shaped
from kimdesk.kreis.steering.values import ClusterDealing, ClusterWording
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.forms.form_view import FormView
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.kit.dialog import Dialog
from ui.pages.catalogue.preview import CatalogueSources

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.kreis.steering.values import FindingCluster

    Refused = Callable[[Explanation], None]
    Save = Callable[[Any, Callable[[], None], Refused], None]
_WIDTH = 680
_TEXTS = ("title", "summary", "kind", "life_domain", "agencies")


class ClusterDialog(Dialog):
    """A form about a bundle; ``save`` is told the answers, what to do when they are kept, and when not."""

    def __init__(
        self, parent: QWidget, question: str, catalogue: "Catalogue", name: str, answers: dict[str, Any],
        save: "Save", accept: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent, question, accept=accept or say("common.save"))
        self.setObjectName(f"{name}_dialog")
        self.widen(_WIDTH)
        self._name, self._save = name, save
        definition = _definition(catalogue, name)
        self.session = FormSession(
            FormModel(definition, {name: answers}), CatalogueSources(catalogue, definition), self
        )
        self.body.addWidget(FormView(self.session, plain=True))

    def accept(self) -> None:
        """Keep it; what is missing is said at its field."""
        if found := self.session.check(complete=True):
            self.session.focus(found[0].path)
            return
        self.set_busy(True)
        answers = self.session.model.storable().get(self._name, {})
        self._save({name: each for name, each in answers.items() if each}, self._done, self._refused)

    def _done(self) -> None:
        super().accept()

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)


def wording_answers(wording: ClusterWording) -> dict[str, Any]:
    """Return a wording as the answers of its form."""
    said: dict[str, Any] = {name: getattr(wording, name) for name in _TEXTS}
    start, end = wording.regimes if len(wording.regimes) == 2 else ("", "")  # noqa: PLR2004 - from and to
    more = {"from_regime": start, "to_regime": end, "services": list(wording.services)}
    return {
        name: value
        for name, value in {**said, **more, "chain_steps": list(wording.chain_steps)}.items()
        if value
    }


def as_wording(answers: dict[str, Any]) -> ClusterWording:
    """Return the answers of the form as a wording."""
    regimes = (answers.get("from_regime", ""), answers.get("to_regime", ""))
    return ClusterWording(
        **{name: answers.get(name, "") for name in _TEXTS},
        services=tuple(answers.get("services", ())),
        chain_steps=tuple(answers.get("chain_steps", ())),
        regimes=regimes if all(regimes) else (),
    )


def dealing_answers(dealing: ClusterDealing) -> dict[str, Any]:
    """Return who deals with a bundle as the answers of its form."""
    said = {"group": dealing.group, "decision": dealing.decision}
    day = {"meets_on": dealing.meets_on.isoformat()} if dealing.meets_on else {}
    return {name: value for name, value in said.items() if value} | day


def as_dealing(found: "FindingCluster", answers: dict[str, Any]) -> ClusterDealing:
    """Return the answers of the form as what a bundle says of who deals with it; its answer stays."""
    day = answers.get("meets_on")
    return ClusterDealing(
        group=answers.get("group", ""),
        decision=answers.get("decision", ""),
        meets_on=date.fromisoformat(day) if day else None,
        answer=found.dealing.answer,
    )


def _definition(catalogue: "Catalogue", name: str) -> FormDefinition:
    sheet = shaped(catalogue.stack.table(f"steering/{name}.toml"), FormSheet, name)
    lists = {each: _list(catalogue, each) for each in lists_named(sheet)}
    return FormDefinition(**{each: getattr(sheet, each) for each in sheet.__struct_fields__}, lists=lists)


def _list(catalogue: "Catalogue", name: str) -> CodeList:
    """Return a code list; services and links of chains can be chosen like codes."""
    if name == "service":
        return _codes(
            name, [Code(code=one.code, label=one.name, also=one.also) for one in catalogue.services()]
        )
    if name == "chain_step":
        links = [
            Code(code=f"{each.code}:{link.code}", label=f"{each.title}: {link.title}")
            for each in catalogue.templates()
            for link in each.links
        ]
        return _codes(name, links)
    return catalogue.code_list(name)


def _codes(name: str, found: list[Code]) -> CodeList:
    return CodeList(name=name, title=name, source="", valid_from=date.min, codes=tuple(found))
