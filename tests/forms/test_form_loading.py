"""Forms are read strictly, and answers keep the form version they were given on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain.errors import ContentError
from kimdesk.domain.terms import Phase
from kimdesk.forms.load import parse
from tests.forms.sample import sample, table

Change = Callable[[dict[str, Any]], None]


def field(form_table: dict[str, Any], section: int, number: int) -> dict[str, Any]:
    found: dict[str, Any] = form_table["section"][section]["field"][number]
    return found


FAULTS: dict[str, Change] = {
    "unknown key of the form": lambda t: t.update(colour="red"),
    "unknown key of a section": lambda t: t["section"][0].update(colour="red"),
    "unknown key of a field": lambda t: field(t, 0, 0).update(placeholder="…"),
    "unknown field type": lambda t: field(t, 0, 0).update(type="formula"),
    "another name": lambda t: t.update(form="other"),
    "no phase": lambda t: t.pop("phase"),
    "phase and record": lambda t: t.update(record="goal"),
    "unknown phase": lambda t: t.update(phase="aftercare"),
    "no title": lambda t: t.update(title=" "),
    "no section": lambda t: t.update(section=[]),
    "double section": lambda t: t["section"].append(t["section"][0]),
    "id not in snake case": lambda t: field(t, 0, 0).update(id="Wish"),
    "double field": lambda t: field(t, 0, 1).update(id="wish"),
    "no label": lambda t: field(t, 0, 0).update(label=""),
    "unknown code list": lambda t: field(t, 0, 3).update(choices="weather"),
    "code list outside the folder": lambda t: field(t, 0, 3).update(choices="../services/jobcenter"),
    "choice without a code list": lambda t: field(t, 0, 3).pop("choices"),
    "text with a code list": lambda t: field(t, 0, 0).update(choices="sex"),
    "scale without numbers": lambda t: field(t, 1, 0).update(choices="sex"),
    "condition on a later field": lambda t: field(t, 0, 0).update(
        visible_when={"field": "urgent", "in": [True]}
    ),
    "condition on itself": lambda t: field(t, 0, 0).update(visible_when={"field": "wish", "answered": True}),
    "condition on a list": lambda t: field(t, 3, 0).update(
        visible_when={"field": "notices.agency", "answered": True}
    ),
    "condition on a code that is none": lambda t: field(t, 1, 1)["visible_when"].update({"in": [7]}),
    "condition on text instead of a number": lambda t: field(t, 1, 1)["visible_when"].update({"in": ["1"]}),
    "condition on 1 instead of true": lambda t: field(t, 0, 2)["visible_when"].update({"in": [1]}),
    "condition that says nothing": lambda t: field(t, 0, 2).update(visible_when={"field": "urgent"}),
    "condition that says too much": lambda t: field(t, 0, 2)["visible_when"].update(answered=True),
    "section on a later section": lambda t: t["section"][0].update(
        visible_when={"field": "plan.goals", "answered": True}
    ),
    "over an unknown code list": lambda t: t["section"][1].update(over="weather"),
    "each without over": lambda t: t["section"][1].pop("over"),
    "list without a word for its entry": lambda t: t["section"][2].pop("entry"),
    "more needed than allowed": lambda t: t["section"][2].update(min=4),
    "a hidden list that needs entries": lambda t: t["section"][2].update(
        visible_when={"field": "request.wish", "answered": True}
    ),
    "unknown record": lambda t: field(t, 3, 0).update(record="invoice"),
    "records in a list": lambda t: t["section"][2]["field"].append(field(t, 3, 0)),
    "bounds of a text": lambda t: field(t, 0, 0).update(max=5),
}


def test_the_sample_itself_is_accepted() -> None:
    assert sample().section("request") is not None
    assert sample().section("elsewhere") is None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_form_is_refused(fault: str) -> None:
    broken = table()
    FAULTS[fault](broken)
    with pytest.raises(ContentError) as refusal:
        parse(broken, "sample", SHIPPED.code_list)
    assert refusal.value.code == "E700"


def catalogue(**documents: dict[str, Any]) -> Catalogue:
    """Return the shipped catalogue with more ``documents``, by path without its folder and suffix."""
    found = {f"forms/{path}.toml": each for path, each in documents.items()}
    layer = Layer(name="Probe", origin=Origin.KREIS, version=1, valid_from=date(2026, 1, 1), documents=found)
    return Catalogue((layer,))


def test_old_answers_find_the_form_version_they_were_given_on() -> None:
    old, new = {**table(), "version": 1, "title": "Alt"}, table()
    shelf = catalogue(**{"sample": new, "archive/sample.v1": old})
    assert shelf.form("sample").title == "Probe"
    assert shelf.form("sample", 2).title == "Probe"
    assert shelf.form("sample", 1).title == "Alt"
    with pytest.raises(ContentError) as refusal:
        shelf.form("sample", 3)
    assert refusal.value.code == "E707"


def test_an_archived_form_must_be_the_version_it_is_filed_under() -> None:
    with pytest.raises(ContentError) as refusal:
        catalogue(**{"sample": table(), "archive/sample.v1": table()}).form("sample", 1)
    assert refusal.value.code == "E700"


@pytest.mark.parametrize("name", ["weather", "../services/jobcenter", "records/goal", "", "Assessment"])
def test_a_form_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(ContentError) as refusal:
        SHIPPED.form(name)
    assert refusal.value.code == "E707"


def test_each_phase_has_its_form() -> None:
    assert [SHIPPED.phase_form(phase).phase for phase in Phase] == list(Phase)
    assert SHIPPED.phase_form(Phase.ASSESSMENT, 1).name == "assessment"
    assert SHIPPED.record_form("goal").record == "goal"
