"""Two records of one person side by side: what differs, which value stands, what comes of it. No widgets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kimdesk.casework import people_merge
from kimdesk.domain.records import Person
from kimdesk.domain.shielding import MARKS, SHIELDED
from kimdesk.forms.definition import Field, FieldType, FormDefinition
from kimdesk.forms.records import answers_of
from kimdesk.texts import say
from ui.forms.display import shown
from ui.forms.sources import Sources

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Differing:
    """One field that differs: its words on either side, and whether the other record's value is proposed."""

    field: str
    label: str
    kept: str
    gone: str
    take_other: bool


def differing(
    form: FormDefinition, keep: Person, gone: Person, sources: Sources, *, hidden: bool
) -> tuple[Differing, ...]:
    """Return the fields in which both differ, in the order of the ``form`` of persons.

    With ``hidden`` addresses are left out.
    """
    mine, theirs = answers_of(form, keep), answers_of(form, gone)
    return tuple(
        _differing(
            field, mine[section.id], theirs[section.id], sources,
            hidden=hidden and field.id in SHIELDED, proposed=_is_proposed(field.id, keep, gone),
        )
        for section in form.sections
        for field in section.fields
        if (getattr(keep, field.id) or None) != (getattr(gone, field.id) or None)
    )  # fmt: skip


def merged(keep: Person, gone: Person, take_other: Mapping[str, bool]) -> Person:
    """Return ``keep`` as it shall be; ``take_other`` says per differing field whose value stands."""
    found = people_merge.filled(keep, gone)
    chosen = {name: getattr(gone if other else keep, name) for name, other in take_other.items()}
    if not take_other.get("alias"):
        chosen["alias"] = found.alias  # the name that goes is kept as one more alias
    return replace(found, **chosen)


def _is_proposed(name: str, keep: Person, gone: Person) -> bool:
    """Return whether the other record's value is proposed: where there is none here, and for protection."""
    return bool(getattr(gone, name)) and (name in MARKS or not getattr(keep, name))


def _differing(
    field: Field, mine: Answers, theirs: Answers, sources: Sources, *, hidden: bool, proposed: bool
) -> Differing:
    kept, gone = (_words(field, side, sources, hidden=hidden) for side in (mine, theirs))
    return Differing(field.id, field.label, kept, gone, proposed)


def _words(field: Field, answers: Answers, sources: Sources, *, hidden: bool) -> str:
    value = answers.get(field.id)
    if hidden and value:
        return say("people.protected_not_shown_here")
    if field.type is FieldType.BOOLEAN:
        return say("common.yes") if value else say("common.no")
    return shown(field, value, answers, sources)
