"""What counts as a code on its way out is what the catalogue of this desk knows, and nothing else."""

from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.sync.leaving import code_values
from tests.catalogue.layer_kit import layer

OWN = Catalogue((layer(),))


def test_a_service_of_the_municipality_leaves_as_a_code_from_its_desk_alone() -> None:
    assert code_values.label(OWN, "service", "district_mothers") == "Stadtteilmütter Eschenried"
    assert code_values.label(SHIPPED, "service", "district_mothers") is None


def test_a_paper_it_asks_for_is_a_code_as_well() -> None:
    assert code_values.label(OWN, "checklist_item", "wish") == "Anliegen in Stichworten"
    assert code_values.label(SHIPPED, "checklist_item", "wish") is None


def test_what_somebody_typed_is_no_code() -> None:
    assert code_values.label(OWN, "service", "Frau Osman") is None
    assert code_values.label(OWN, "recipient", "Frau Osman") is None
