"""What a Kreis edits: every document goes through its form unchanged, and conditions are questions."""

from copy import deepcopy
from datetime import date
from typing import Any

import msgspec
import pytest

import resources
from kimdesk.catalogue import drafting, editing, editing_sections
from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.differences import in_force
from kimdesk.catalogue.fitting import demand_fitting
from kimdesk.catalogue.gaps import gaps
from kimdesk.domain.errors import ContentError
from kimdesk.domain.needs.facts import CaseFacts
from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.forms.validate import problems
from kimdesk.texts.packs import gaps_in_words
from tests.catalogue.layer_kit import layer, table

TITLES = {one.path[10:-5]: one.name for one in drafting.editable({}, "codelists")}
EVERY = [one.path for kind in editing.kinds() for one in drafting.editable({}, kind.folder)]
JOBCENTER = "services/jobcenter.toml"
FIELD = "intake/check.classification"


def content(found: Any) -> Any:
    """Return a document without what says nothing."""
    if isinstance(found, dict):
        return {name: content(each) for name, each in found.items() if each not in (None, "", False, [])}
    return [content(each) for each in found] if isinstance(found, list) else found


def kind_at(path: str) -> editing.EditableKind:
    kind = editing.kind_of(path)
    assert kind is not None
    return kind


@pytest.mark.parametrize("path", EVERY)
def test_a_shipped_document_goes_through_its_form_unchanged_and_lacks_nothing(path: str) -> None:
    kind, before = kind_at(path), dict(in_force({}, path) or {})
    if kind.sheet is None:
        for number in range(len(before["section"])):
            answers = editing_sections.section_answers(before, number)
            form = editing_sections.section_form(before, number, SHIPPED, TITLES)
            assert editing_sections.section_table(answers, before, number) == before
            assert problems(form, _asked(form, answers)) == ()
        assert list(editing_sections.too_early(before)) == []
        return
    answers = editing.edit_answers(kind, before)
    after = editing.edited_table(kind, SHIPPED, answers, before)
    if kind.merged:
        assert after["code"] == []
        return
    assert content(after) == content(before)
    assert list(editing.lacking(kind, after)) == []
    form = editing.edit_form(kind, SHIPPED, before)
    assert problems(form, _asked(form, answers), complete=True) == ()


def _asked(form: Any, answers: dict[str, Any]) -> dict[str, Any]:
    """Return ``answers`` to the questions of ``form`` alone; codes and the like stand beside them."""
    found: dict[str, Any] = {}
    for section in form.sections:
        ids = {field.id for field in section.fields}
        given = answers.get(section.id, {})
        found[section.id] = (
            [{name: each for name, each in one.items() if name in ids} for one in given]
            if isinstance(given, list)
            else {name: each for name, each in given.items() if name in ids}
        )
    return found


def with_question(*chosen: str, field: str = FIELD) -> dict[str, Any]:
    """Return the Jobcenter with a paper that is needed after an answer."""
    kind, before = kind_at(JOBCENTER), table(JOBCENTER)
    answers = editing.edit_answers(kind, before)
    answers["item"].append({"label": "Gebührenbescheid", "when_field": field, "when_answer": list(chosen)})
    return editing.edited_table(kind, SHIPPED, answers, before)


def of_phases(*phases: PhaseEntry) -> CaseFacts:
    """Return the facts of a case that says nothing but ``phases``."""
    return CaseFacts(date(2026, 11, 24), (), household_known=False, phases=phases)


def test_a_paper_is_needed_after_an_answer_and_says_so_in_words() -> None:
    made = with_question("case_management", "information")
    new = made["item"][-1]
    assert new["when"] == {"form": "intake", "field": "check.classification",
                           "in": ["case_management", "information"]}  # fmt: skip
    assert new["condition"].startswith("Einstufung „")
    assert "“ oder „" in new["condition"]
    whole = demand_fitting((), layer({JOBCENTER: {**made, "version": 9}}))
    item = whole.service("jobcenter").items[-1]
    assert item.when is not None
    run = PhaseEntry(case_id="", phase=Phase.INTAKE, form="intake")
    assert item.judged(of_phases(run)).truth is None
    for answer, holds in (("case_management", True), ("rejected", False)):
        entry = PhaseEntry(
            case_id="", phase=Phase.INTAKE, form="intake", answers={"check": {"classification": answer}}
        )
        assert item.judged(of_phases(run, entry)).truth is holds
    again = editing.edit_answers(kind_at(JOBCENTER), made)["item"][-1]
    assert (again["when_field"], again["when_answer"]) == (FIELD, ["case_management", "information"])
    again["when_field"], again["when_answer"] = None, []
    back = editing.edited_table(
        kind_at(JOBCENTER), SHIPPED, {"service": {}, "base": {}, "item": [again]}, made
    )
    assert "when" not in back["item"][0]
    assert "condition" not in back["item"][0]


def edited(change: dict[str, Any], at: str = "annex_ki") -> dict[str, Any]:
    """Return a line of the Jobcenter after ``change`` of its answers."""
    kind, before = kind_at(JOBCENTER), table(JOBCENTER)
    answers = editing.edit_answers(kind, before)
    entry = next(one for one in answers["item"] if one["code"] == at)
    entry.update(change)
    made = editing.edited_table(kind, SHIPPED, answers, before)
    demand_fitting((), layer({JOBCENTER: {**made, "version": 9}}))
    found: dict[str, Any] = next(one for one in made["item"] if one["code"] == at)
    return found


def test_a_condition_about_the_case_is_chosen_in_words() -> None:
    answers = {one["code"]: one for one in editing.edit_answers(kind_at(JOBCENTER), table(JOBCENTER))["item"]}
    assert answers["annex_ki"]["when_field"] == "case/household.age"
    assert answers["annex_ki"]["when_answer"] == ["under_15"]
    assert answers["annex_ek"]["when_field"] == "case/kept"
    assert "when_field" not in answers["annex_kdu"]
    younger = edited({"when_field": "case/children.age", "when_answer": ["under_18", "from_6"]})
    assert younger["when"] == {"who": "children", "from_age": 6, "under_age": 18}
    assert younger["condition"] == "Kind im Haushalt, unter 18 Jahren und ab 6 Jahren"
    paid = edited({"when_field": "case/client.benefit", "when_answer": ["sgb2", "sgb12"]})
    assert paid["when"] == {"who": "client", "benefit": ["sgb2", "sgb12"]}
    assert paid["condition"].startswith("Klient*in, Leistung „SGB")
    assert edited({"when_field": "case/others.there", "when_answer": ["there"]})["when"] == {"who": "others"}
    assert "when" not in edited({"when_field": None, "when_answer": []})


def test_a_condition_that_says_more_stays_as_it_is_until_another_is_chosen() -> None:
    shipped = next(one for one in table(JOBCENTER)["item"] if one["code"] == "annex_ek")
    kept = edited({"label": "Anlage EK"}, "annex_ek")
    assert (kept["when"], kept["condition"]) == (shipped["when"], shipped["condition"])
    assert edited({"condition": "Miete"}, "annex_kdu")["when"] == {"by_hand": True}
    assert "when" not in edited({"condition": ""}, "annex_kdu")
    assert edited({"when_field": "case/client.work", "when_answer": ["full_time"]}, "annex_ek")["when"] == {
        "who": "client", "work": ["full_time"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "when",
    [
        {"form": "intake", "field": "check.nothing", "in": ["x"]},
        {"form": "intake", "field": "check.classification", "in": ["no_such_code"]},
        {"form": "intake", "field": "check.classification", "in": []},
        {"form": "nowhere", "field": "check.classification", "in": ["rejected"]},
        {"form": "intake", "field": "check.classification", "in": [True]},
        {"who": "client", "benefit": ["no_such_benefit"]},
        {"who": "client", "from_age": -1},
        {"who": "client", "religion": ["x"]},
        {"any": [{"who": "client"}] * 9},
        {"any": [{"any": [{"any": [{"any": [{"who": "client"}]}]}]}]},
        {"who": "neighbours"},
    ],
)
def test_a_condition_that_no_form_asks_for_is_refused(when: dict[str, Any]) -> None:
    made = with_question("rejected")
    made["item"][-1]["when"] = when
    with pytest.raises(ContentError, match="E741"):
        demand_fitting((), layer({JOBCENTER: {**made, "version": 9}}))


def test_a_question_that_asks_too_early_is_said_before_it_is_refused() -> None:
    form = deepcopy(resources.read_toml("forms/intake.toml"))
    moved = editing_sections.moved_section(form, 2, 1)  # „Einwilligungen“ stands before what it asks for
    [found] = gaps({"forms/intake.toml": moved})
    assert found.entry == "Einwilligungen"
    told = gaps_in_words({"forms/intake.toml": moved})
    assert "„Einwilligungen“ hängt von einer Frage ab, die erst später kommt." in told
    assert editing_sections.moved_section(form, 0, -1) == msgspec.to_builtins(form)


@pytest.mark.parametrize("chosen", [["answered"], ["open"], ["deadline"], ["deadline", "violence"]])
def test_conditions_of_fields_come_back_as_they_were_chosen(chosen: list[str]) -> None:
    form: Any = deepcopy(resources.read_toml("forms/intake.toml"))
    answers = editing_sections.section_answers(form, 0)
    answers["field"].append(
        {"label": "Wo?", "type": "text", "when_field": "immediate_needs", "when_answer": chosen}
    )
    made = editing_sections.section_table(answers, form, 0)
    again = editing_sections.section_answers(made, 0)["field"][-1]
    assert (again["when_field"], again["when_answer"]) == ("immediate_needs", chosen)


def test_a_chain_of_the_kreis_waits_for_what_it_names() -> None:
    kind = kind_at("chains/x.toml")
    path, made = editing.new_document(kind, "Führerschein umschreiben", set())
    assert path == "chains/fuhrerschein_umschreiben.toml"
    told = gaps_in_words({path: made})
    assert "Kette „Führerschein umschreiben“: Lebensbereich fehlt." in told
    answers: dict[str, Any] = {
        "chain": {"title": "Führerschein umschreiben", "life_domain": "work", "source": "Kreis"},
        "link": [
            {"title": "Übersetzung", "days": 14, "step": [
                {"text": "Termin", "by": "client", "due_on": None, "done_on": None}]},
            {"title": "Antrag", "after": 14, "days": 30, "requires": ["ubersetzung"]},
        ],
    }  # fmt: skip
    answers["chain"]["life_domain"] = SHIPPED.code_list("life_domain").codes[0].code
    made = editing.edited_table(kind, SHIPPED, answers, made)
    assert gaps_in_words({path: made}) == ""
    whole: Catalogue = demand_fitting((), layer({path: made}))
    template = whole.template("fuhrerschein_umschreiben")
    assert [link.requires for link in template.links] == [(), ("ubersetzung",)]
    assert [step.text for step in template.links[0].steps] == ["Termin"]


def test_what_begun_changes_name_cannot_be_taken_out_of_a_checklist() -> None:
    path = "regime_changes/asylblg_sgb2.toml"
    made: Any = table(path)
    gone = made["item"].pop()
    assert drafting.lost(path, made) == {gone["code"]}
    assert drafting.lost("chains/school_entry.toml", {"link": []}) == frozenset()
