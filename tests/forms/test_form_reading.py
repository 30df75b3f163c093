"""A form that is read again edit by edit says the same as one that is read from the start."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.answers import effective, entries
from kimdesk.forms.definition import FormDefinition, Repeat
from kimdesk.forms.progress import progress
from kimdesk.forms.reading import Reading
from kimdesk.forms.validate import problems
from tests.counting import calls
from tests.forms import strategies
from tests.forms.sample import sample

FORMS = [sample(), *(SHIPPED.form(phase) for phase in ("access", "assessment", "evaluation"))]


def spots(definition: FormDefinition, answers: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the path of each entry that can be edited, with a field of it."""
    found = []
    for entry in entries(definition, answers):
        if isinstance(holder(entry.path, definition, answers), dict):
            found += [(entry.path, field.id) for field in entry.section.fields]
    return found


def holder(path: str, definition: FormDefinition, answers: dict[str, Any]) -> Any:
    section_id, _, key = path.partition(".")
    section = definition.section(section_id)
    assert section
    if section.repeat is Repeat.ONCE:
        return answers.setdefault(section_id, {})
    if section.repeat is Repeat.LIST:
        return answers[section_id][int(key)]
    return answers.setdefault(section_id, {}).setdefault(key, {})


@pytest.mark.parametrize("definition", FORMS, ids=lambda one: one.name)
@given(data=st.data())
def test_every_edit_leaves_the_reading_true(definition: FormDefinition, data: st.DataObject) -> None:
    answers = data.draw(strategies.answers(definition))
    counts = {"goal": data.draw(st.integers(0, 2))}
    reading = Reading(definition, answers, counts)
    for _ in range(data.draw(st.integers(1, 4))):
        path, field_id = data.draw(st.sampled_from(spots(definition, answers)))
        field = next(one for one in reading.entries[path].section.fields if one.id == field_id)
        value = data.draw(strategies.right(field) | strategies.JSON)
        before = deepcopy(reading.entries[path])
        holder(path, definition, answers)[field_id] = value
        edit = reading.edited(path)
        fresh = Reading(definition, answers, counts)
        assert path in edit.paths
        assert reading.entries == fresh.entries == {one.path: one for one in entries(definition, answers)}
        for complete in (False, True):
            wanted = problems(definition, answers, counts=counts, complete=complete)
            assert reading.problems(complete=complete) == wanted
        assert reading.progress() == progress(definition, answers, counts)
        assert reading.effective() == effective(definition, answers)
        if not edit.told:
            assert reading.entries[path].shown == before.shown


def test_an_answer_that_opens_another_section_reads_that_one_too() -> None:
    form = next(one for one in FORMS if any(section.visible_when for section in one.sections))
    section = next(one for one in form.sections if one.visible_when)
    assert section.visible_when
    asked, _, field = section.visible_when.field.partition(".")
    answers: dict[str, Any] = {asked: {}}
    reading = Reading(form, answers)
    assert not any(each.shown for each in reading.of(section.id))
    wanted = section.visible_when.among
    answers[asked][field] = wanted[0] if wanted else "ja"
    assert reading.edited(asked).told
    assert all(each.shown for each in reading.of(section.id))


def test_a_letter_more_reads_one_entry_of_the_assessment() -> None:
    form = SHIPPED.form("assessment")
    answers: dict[str, Any] = {"domains": {"housing": {"situation": "eng"}}}
    reading = Reading(form, answers)
    answers["domains"]["housing"]["situation"] = "enge"
    with calls() as called:
        edit = reading.edited("domains.housing")
    assert edit.paths == {"domains.housing"}
    assert not edit.told
    assert called.of("_read_again") == 1
    assert called.of("entries") == 0
