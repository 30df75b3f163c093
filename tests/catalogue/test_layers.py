"""Layers over the shipped catalogue: they add and replace; one that does not fit is refused whole."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.fitting import demand_fitting, laid
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.errors import ContentError
from kimdesk.texts.agenda import words
from tests.catalogue.layer_kit import MOTHERS, layer, table

TODAY = date.today()  # noqa: DTZ011 - the day a catalogue is for
JOBCENTER = "services/jobcenter.toml"
KREIS = Origin.KREIS
Tables = dict[str, dict[str, Any]]


def refusal(documents: Tables, *below: Layer) -> ContentError:
    with pytest.raises(ContentError) as refused:
        demand_fitting(below, layer(documents))
    return refused.value


NEXT = SHIPPED.form("intake").version + 1
"""The version of a form that a layer may give out next."""


def with_field(path: str, **field: Any) -> dict[str, Any]:
    form = table(path, version=NEXT)
    form["section"][0]["field"].append({"id": "own", "type": "text", "label": "Eigenes", **field})
    return form


def test_a_layer_adds_a_service_and_leaves_the_shipped_catalogue_as_it_is() -> None:
    found = demand_fitting((), layer())
    assert [one.name for one in found.services() if one.code == "district_mothers"] == [MOTHERS["name"]]
    assert [item.code for item in found.service("district_mothers").items] == ["identity", "wish"]
    assert len(found.services()) == len(SHIPPED.services()) + 1
    assert SHIPPED.service_name("district_mothers") == "district_mothers"


def test_the_municipality_lies_over_the_kreis_whichever_came_first() -> None:
    of_kreis = layer({JOBCENTER: table(JOBCENTER, name="Vom Kreis")}, name="Kreis", origin=KREIS)
    own = layer({JOBCENTER: table(JOBCENTER, name="Von hier")})
    assert Catalogue((own, of_kreis)).service("jobcenter").name == "Von hier"


def test_a_newer_version_is_offered_and_the_old_one_is_found() -> None:
    newer = {**table(JOBCENTER), "version": 3, "name": "Jobcenter neu", "valid_from": date(2026, 8, 1)}
    found = demand_fitting((), layer({JOBCENTER: newer}))
    assert [one.version for one in found.services(TODAY) if one.code == "jobcenter"] == [3]
    assert found.service("jobcenter", 2).name == SHIPPED.service("jobcenter", 2).name
    assert found.service("jobcenter", on=date(2026, 7, 15)).version == 2


def test_an_added_field_is_asked_and_old_answers_keep_their_form() -> None:
    found = demand_fitting((), layer({"forms/intake.toml": with_field("forms/intake.toml")}))
    assert found.form("intake").sections[0].field("own") is not None
    assert found.form("intake", 1) == SHIPPED.form("intake", 1)


def test_codes_are_added_and_said_otherwise_and_none_is_lost() -> None:
    entries = [{"code": "deu", "label": "Hochdeutsch"}, {"code": "wym", "label": "Wilmesaurisch"}]
    own = table("codelists/language.toml", code=entries)
    found = demand_fitting((), layer({"codelists/language.toml": own})).code_list("language")
    assert (found.label("deu"), found.label("wym")) == ("Hochdeutsch", "Wilmesaurisch")
    assert {one.code for one in SHIPPED.code_list("language").codes} < {one.code for one in found.codes}


def test_a_list_the_program_works_with_may_be_said_otherwise() -> None:
    said = table("codelists/phase.toml")
    said["code"][0]["label"] = "Erstkontakt"
    assert demand_fitting((), layer({"codelists/phase.toml": said})).label("phase", "access") == "Erstkontakt"


def test_a_layer_waits_for_its_day() -> None:
    coming = layer(valid_from=TODAY + timedelta(days=1))
    demand_fitting((), coming)
    assert Catalogue((coming,)).versions("district_mothers") == ()
    assert Catalogue((coming,), TODAY + timedelta(days=1)).versions("district_mothers")


def test_what_is_withdrawn_is_read_but_no_longer_offered() -> None:
    own = {**table("codelists/language.toml"), "code": [{"code": "wym", "label": "Wilmesaurisch"}]}
    documents = {
        "services/district_mothers.toml": MOTHERS,
        "codelists/language.toml": own,
        "forms/intake.toml": with_field("forms/intake.toml"),
    }
    found = Catalogue((layer(documents).withdrawn(TODAY),))
    assert found.service("district_mothers", 1).name == MOTHERS["name"]
    assert "district_mothers" not in [one.code for one in found.services()]
    assert found.label("language", "wym") == "Wilmesaurisch"
    assert "wym" not in [one.code for one in found.code_list("language").offered()]
    assert found.form("intake").version == NEXT - 1
    assert found.form("intake", NEXT).sections[0].field("own") is not None


BROKEN: dict[str, tuple[str, str, Tables]] = {
    "a document of no known kind": ("E740", "export/policy.toml", {"export/policy.toml": {}}),
    "a way out of the folder": ("E740", "../x.toml", {"services/../../x.toml": {}, "../x.toml": {}}),
    "the shipped base of services": ("E740", "services/base.toml", {"services/base.toml": {}}),
    "a key nobody knows": ("E741", "district", {"services/district_mothers.toml": {**MOTHERS, "colour": 1}}),
    "a purpose nobody knows": (
        "E741", "purposes", {"services/district_mothers.toml": {**MOTHERS, "purposes": ["fun"]}},
    ),
    "a chain to a service that is not there": (
        "E741", "services/nowhere",
        {"chains/recognition.toml": {**table("chains/recognition.toml"), "link": [
            {"code": "one", "title": "Eins", "after": 0, "days": 5, "service": "nowhere"}]}},
    ),
    "a field with a list that is not there": (
        "E741", "weather",
        {"forms/intake.toml": with_field("forms/intake.toml", type="choice", choices="weather")},
    ),
    "a list of numbers for a scale no more": (
        "E741", "assessment",
        {"codelists/domain_scale.toml": table("codelists/domain_scale.toml",
                                              code=[{"code": "high", "label": "hoch"}])},
    ),
    "an eighth phase": (
        "E742", "codelists/phase", {"codelists/phase.toml": table(
            "codelists/phase.toml", code=[{"code": "aftercare", "label": "Nachsorge"}])},
    ),
    "a phase that ends": (
        "E742", "codelists/phase", {"codelists/phase.toml": table(
            "codelists/phase.toml", code=[{"code": "access", "label": "Zugang", "valid_until": TODAY}])},
    ),
    "a paper dropped from a checklist that is in use": (
        "E744", "services/mbe: concern",
        {"services/mbe.toml": table("services/mbe.toml", item=table("services/mbe.toml")["item"][1:])},
    ),
    "a rule that dates are named by": (
        "E744", "rules/next_steps: ",
        {"rules/next_steps.toml": {"rule": dict(list(table("rules/next_steps.toml")["rule"].items())[:-1])}},
    ),
    "a field of a record that no record has": (
        "E744", "goal: ", {"forms/records/goal.toml": with_field("forms/records/goal.toml")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_layer_that_does_not_fit_is_refused_with_the_place(fault: str) -> None:
    code, place, documents = BROKEN[fault]
    found = refusal(documents)
    assert found.code == code
    assert place in str(found.facts["place"])
    assert found.facts["layer"] == "Eschenried"


def test_a_form_without_a_field_that_was_answered_is_refused() -> None:
    form = table("forms/intake.toml", version=2)
    dropped = form["section"][0]["field"].pop(0)
    for section in form["section"]:
        for field in section["field"]:
            field.pop("visible_when", None)
        section.pop("visible_when", None)
    assert dropped["id"] in str(refusal({"forms/intake.toml": form}).facts["place"])


def test_what_fitted_an_earlier_program_is_left_out_whole_and_the_rest_counts() -> None:
    broken = layer({"services/odd.toml": {**deepcopy(MOTHERS), "code": "odd", "regime": "gone"}}, name="Alt")
    found, refused = laid((broken, layer()))
    assert [error.facts["layer"] for error in refused] == ["Alt"]
    assert found.versions("district_mothers")
    assert not found.versions("odd")


def test_the_shipped_catalogue_fits_itself() -> None:
    assert demand_fitting((), layer({})).services() == SHIPPED.services()


@pytest.mark.parametrize("odd", ["{", "}", "{0}", "{due.year}", "{unknown}"])
def test_a_brace_in_a_text_of_a_layer_says_itself(odd: str) -> None:
    steps = table("rules/next_steps.toml")
    steps["rule"]["deadline"] |= {"title": f"{odd} {{title}}", "reason": f"{odd} am {{due}}"}
    turkish = table("client/tur.toml", day=f"{odd} {{day}} {{month}}")
    whole = demand_fitting((), layer({"rules/next_steps.toml": steps, "client/tur.toml": turkish}))
    told = words(whole, Due("deadline", date(2026, 3, 2), "follow_up", "f", {"title": "Anruf {x}"}))
    assert (told.title, told.reason) == (f"{odd} Anruf {{x}}", f"{odd} am 02.03.2026")
    assert whole.client_words["tur"].spelled(date(2026, 3, 2), date(2026, 1, 1)) == f"{odd} 2 Mart"
