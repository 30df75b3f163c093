"""Whatever a case says, its document says it again after a journey."""

import json
from datetime import date
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import resources
from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document, import_documents
from kimdesk.domain.characters import tidied, tidy
from kimdesk.domain.identity import new_id
from kimdesk.domain.terms import GoalState, ItemState, MeasureState, Role

SCHEMA = json.loads(resources.read_text("schema/case.schema.json"))

letters = st.characters(blacklist_categories=("Cs", "Cc"))
texts = st.text(letters, max_size=30)
names = texts.map(tidy)  # two that become one are refused
days = st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.isoformat)
past = st.dates(date(1950, 1, 1), date(2020, 1, 1)).map(date.isoformat)  # nobody is born in the future
partial_days = st.one_of(past, past.map(lambda day: day[:7]), past.map(lambda day: day[:4]))
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=5,
)
unknown = st.dictionaries(names.map("x_".__add__), json_values, max_size=2)


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def objects(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(st.fixed_dictionaries({}, optional=members), unknown).map(lambda both: both[1] | both[0])


persons = objects(
    role=st.sampled_from([role.value for role in Role]),
    family_name=texts,
    given_names=texts,
    original_name=texts,
    birth_date=optional(partial_days),
    nationalities=st.lists(st.sampled_from(["423", "475", "166", "997"]), max_size=2, unique=True),
    languages=st.lists(
        objects(interpreter=st.booleans()).map(lambda entry: {"language": "ckb", **entry}), max_size=1
    ),
    since=optional(days),
).map(lambda person: {**person, "family_name": f"A{person.get('family_name', '')}"})  # nobody without a name
goals = objects(
    text=texts,
    level=optional(st.integers(-2, 2)),
    due_on=optional(days),
    state=st.sampled_from([state.value for state in GoalState]),
)
measures = objects(
    title=texts, gap=st.booleans(), state=st.sampled_from([each.value for each in MeasureState])
)
referrals = objects(
    agency=texts,
    checklist=st.lists(
        objects(state=st.sampled_from([each.value for each in ItemState]), note=texts).map(
            lambda entry: {"item": "identity", **entry}
        ),
        max_size=1,
    ),
).map(lambda referral: {"service": "jobcenter", **referral})
contacts = st.tuples(objects(content=texts, minutes=optional(st.integers(0, 300))), days).map(
    lambda both: {"held_on": both[1], **both[0]}
)
documents = objects(
    persons=st.lists(persons, max_size=2),
    goals=st.lists(goals, max_size=2),
    measures=st.lists(measures, max_size=2),
    referrals=st.lists(referrals, max_size=1),
    contacts=st.lists(contacts, max_size=2),
)


def within(small: Any, large: Any) -> bool:
    """Return whether ``large`` says everything that ``small`` says; lists are compared in their order."""
    if isinstance(small, dict):
        return isinstance(large, dict) and all(
            within(value, large.get(name)) for name, value in small.items()
        )
    if isinstance(small, list):
        return len(small) == len(large) and all(map(within, small, large))
    return bool(small == large)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=documents)
def test_a_document_says_the_same_after_a_journey(desk: Desk, said: dict[str, Any]) -> None:
    given_document = {**said, "id": new_id()}
    report = import_documents(desk, [given_document])
    assert report.refused == ()
    written = document(cases.peek(desk, given_document["id"]))
    jsonschema.validate(written, SCHEMA, cls=Draft202012Validator)
    assert within(tidied(given_document), written)
    assert import_documents(desk, [written]).updated == 1
    assert document(cases.peek(desk, given_document["id"])) == written
