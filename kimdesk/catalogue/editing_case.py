"""Conditions about the case as questions that are chosen: of whom, which fact, and which of its values.

A condition that says more than one such question can stays as it is („wie mitgeliefert“) until another one is
chosen for it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from kimdesk.catalogue.conditions import LISTS
from kimdesk.catalogue.editing_words import said, word
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import FieldType

PREFIX: Final = "case/"
KEPT: Final = "case/kept"
_AGE, _THERE = "age", "there"
_OF_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "client": (
        _AGE,
        "nationality",
        "status",
        "employment",
        "benefit",
        "insurance",
        "course",
        "school",
        "work",
    ),
    "household": (_AGE, "nationality", "status", "benefit", "insurance", "school", "work"),
    "children": (_THERE, _AGE, "school", "work"),
    "others": (_THERE, _AGE, "role", "insurance"),
    "partner": (_THERE, "work"),
}
"""What can be asked of whom."""
_OWN: Final = {_AGE: "age_bound", _THERE: "there", "nationality": "nationality_group"}


class CaseQuestion(NamedTuple):
    """A question about the case: „Kind im Haushalt › Alter“, and where its values stand."""

    type: str
    choices: str
    words: str
    label: str


def case_questions() -> dict[str, CaseQuestion]:
    """Return the questions about the case by their path („case/children.age“), and the one that keeps."""
    found = {
        f"{PREFIX}{who}.{fact}": _question(who, fact) for who, facts in _OF_GROUPS.items() for fact in facts
    }
    kept = word("case_fact", "kept")
    return {**found, KEPT: CaseQuestion(FieldType.CHOICES, "kept", kept, kept)}


def _question(who: str, fact: str) -> CaseQuestion:
    whose, asked = word("who", who), word("case_fact", fact)
    choices = _OWN.get(fact) or LISTS[fact]
    return CaseQuestion(FieldType.CHOICES, choices, f"{whose} › {asked}", f"{whose}, {asked}")


def case_answers(when: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the question and the values that ``when`` says; the one that keeps where it says more."""
    who, bounds = str(when.get("who", "")), [name for name in ("from_age", "under_age") if name in when]
    facts = [name for name in when if name not in ("who", "from_age", "under_age")]
    if who in _OF_GROUPS and not facts:
        values = [f"{name.removesuffix('_age')}_{when[name]}" for name in bounds]
        if not bounds and _THERE in _OF_GROUPS[who]:
            return f"{PREFIX}{who}.{_THERE}", [_THERE]
        if values and set(values) <= {one.code for one in said("age_bound").codes}:
            return f"{PREFIX}{who}.{_AGE}", values
    if who in _OF_GROUPS and not bounds and len(facts) == 1 and facts[0] in _OF_GROUPS[who]:
        return f"{PREFIX}{who}.{facts[0]}", list(when[facts[0]])
    return KEPT, ["kept"]


def case_when(path: str, chosen: Iterable[str]) -> dict[str, Any]:
    """Return the condition that the question ``path`` is answered with one of ``chosen``; ages are bounds."""
    who, _, fact = path.removeprefix(PREFIX).partition(".")
    if fact == _THERE:
        return {"who": who}
    if fact == _AGE:
        bounds = dict(one.rsplit("_", 1) for one in chosen)
        return {"who": who, **{f"{name}_age": int(years) for name, years in sorted(bounds.items())}}
    return {"who": who, fact: list(chosen)}


def case_words(question: CaseQuestion, chosen: Iterable[str], known: CodeList) -> str:
    """Return the condition in words: „Kind im Haushalt, unter 15 Jahren“."""
    labels = [known.label(one) for one in chosen]
    whose = question.label.rpartition(", ")[0]
    if question.choices == _OWN[_THERE]:
        return whose
    if question.choices == _OWN[_AGE]:
        return f"{whose}, {word('joining', 'and').join(labels)}"
    quoted = (word("joining", "answer").format(answer=one) for one in labels)
    return f"{question.label} {word('joining', 'or').join(quoted)}"
