"""When a paper is needed: by an answer to a question of a phase, or in words alone."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kimdesk.domain.records import ChecklistEntry, PhaseEntry
from kimdesk.domain.terms import ItemState
from kimdesk.forms.answers import answered, of_section
from kimdesk.forms.definition import FieldType, FormDefinition, Repeat


class PaperCondition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Needed only if a question is answered with one of ``among``.

    ``field`` („check.classification“) stands in a plain section of the phase's ``form`` („intake“).
    """

    form: str
    field: str
    among: tuple[str | bool, ...] = msgspec.field(name="in")

    def holds(self, phases: Iterable[PhaseEntry]) -> bool | None:
        """Return whether it is so by the newest answers in ``phases``; None while nobody has answered."""
        section, _, field = self.field.partition(".")
        runs = sorted((one for one in phases if one.form == self.form), key=lambda one: one.round)
        for run in reversed(runs):
            value = of_section(run.answers, section).get(field)
            if answered(value):
                given = value if isinstance(value, list | tuple) else [value]
                return any(one in given for one in self.among)
        return None

    def complaints(self, forms: Mapping[str, FormDefinition]) -> Iterator[str]:
        """Yield what is wrong with it: it asks for what ``forms`` do not ask, or for no answer to it."""
        section_id, _, field_id = self.field.partition(".")
        form = forms.get(self.form)
        section = form.section(section_id) if form else None
        field = section.field(field_id) if section else None
        if form is None or section is None or field is None or section.repeat is not Repeat.ONCE:
            yield f"when {self.form}/{self.field}"
        elif not self.among:
            yield "when in"
        elif field.type is FieldType.BOOLEAN:
            yield from (f"when {one}" for one in self.among if not isinstance(one, bool))
        else:
            known = form.codes(field.choices) if field.choices else ()
            yield from (f"when {one}" for one in self.among if isinstance(one, bool) or one not in known)


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something a checklist asks for. ``condition`` (German) reads well after „weil:“ and „wenn:“.

    ``when``: the same as a question of a form, so that the case can answer it.
    """

    code: str
    label: str
    condition: str = ""
    when: PaperCondition | None = None

    @property
    def mandatory(self) -> bool:
        """Return whether it is always needed („Pflicht“) and not only under a condition."""
        return not self.condition


def begun(papers: Iterable[Paper], phases: Iterable[PhaseEntry]) -> tuple[ChecklistEntry, ...]:
    """Return a checklist as it begins: missing, or not needed where the case already says so."""
    known = tuple(phases)
    return tuple(ChecklistEntry(item=one.code, state=_state(one, known)) for one in papers)


def _state(paper: Paper, phases: tuple[PhaseEntry, ...]) -> ItemState:
    needed = paper.when.holds(phases) if paper.when else None
    return ItemState.NOT_NEEDED if needed is False else ItemState.MISSING
