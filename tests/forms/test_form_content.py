"""The shipped forms: complete, in the exact words of the seven phases, in well-set German."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.terms import Phase
from kimdesk.forms.definition import FieldType, FormDefinition, Repeat
from kimdesk.forms.progress import is_wanted
from kimdesk.forms.records import RECORDS

WRONG = re.compile(
    r"""["'`]|\.\.\.| - | –|§ |\bz\. ?B|(Abs|Art|Nr|Buchst)\. |\b(SGB|DSG|KIM|DIN) (?=[IVXN\d])|  |^ | $"""
)
TITLES = [
    "Aktive Zugangsgestaltung",
    "Erstberatung",
    "Assessment",
    "Zielvereinbarung",
    "Hilfeplanung",
    "Leistungssteuerung",
    "Evaluation",
]
ALL = [*SHIPPED.forms(), *(SHIPPED.record_form(record) for record in RECORDS)]
ROOT = Path(resources.__file__).parent

PHASES = {
    "access": """held_on route agency person phone email occasion languages interpreter_wish channels urgency
        result anonymous""",
    "intake": """request immediate_needs criteria classification rejection_reason given_on language
        consents persons""",
    "assessment": """situation resources need view_client view_professional scale priority source review_on
        listening speaking reading writing literacy members residence regimes""",
    "goal_agreement": "goals agreed_on version client_signed case_manager_signed scan interpreter",
    "support_plan": "measures referrals findings review_on",
    "coordination": """contacts referrals delivered_on appeal_until participants identity decisions domains
        change by""",
    "evaluation": """goals scale change satisfaction reason recipient open_points findings held_on
        delete_on""",
}
"""What DOMAIN names for each phase and is no attribute of a typed record."""


def texts(definition: FormDefinition) -> Iterator[str]:
    yield from (definition.title, definition.source)
    for section in definition.sections:
        yield from (section.title, section.help, section.entry)
        for field in section.fields:
            yield from (field.label, field.help)


def test_the_phases_carry_their_exact_names() -> None:
    assert [found.title for found in SHIPPED.forms()] == TITLES
    assert [SHIPPED.label("phase", found.name) for found in SHIPPED.forms()] == TITLES


@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_asks_what_belongs_to_it(phase: str) -> None:
    asked = {field.id for section in SHIPPED.form(phase).sections for field in section.fields}
    assert set(PHASES[phase].split()) <= asked


def test_the_assessment_looks_at_twelve_life_domains() -> None:
    domains = SHIPPED.form("assessment").section("domains")
    assert domains is not None
    assert (domains.repeat, domains.over) == (Repeat.EACH, "life_domain")


def test_each_typed_record_is_asked_for_somewhere() -> None:
    asked = {
        field.record for found in SHIPPED.forms() for section in found.sections for field in section.fields
    }
    assert set(RECORDS) - {"case", "follow_up", "attachment", "relation", "achievement", "standing"} <= asked


@pytest.mark.parametrize("definition", ALL, ids=lambda one: one.name)
def test_texts_are_set_as_german_is_set(definition: FormDefinition) -> None:
    for text in texts(definition):
        assert set_well(text), text


def set_well(text: str) -> bool:
    """Return whether quotes, dashes and unbreakable spaces in ``text`` are German ones."""
    return not WRONG.search(text) and text.count("„") == text.count("“")


@pytest.mark.parametrize("definition", ALL, ids=lambda one: one.name)
def test_a_help_text_is_a_sentence_and_a_label_is_short(definition: FormDefinition) -> None:
    for section in definition.sections:
        assert not section.help or section.help.endswith((".", "?"))
        for field in section.fields:
            assert not field.help or field.help.endswith((".", "?")), field.id
            assert len(field.label) <= 60, field.id


@pytest.mark.parametrize("definition", ALL, ids=lambda one: one.name)
def test_a_form_that_names_a_law_says_its_date_or_that_it_is_unchecked(definition: FormDefinition) -> None:
    if any("§" in text for text in texts(definition)):
        assert not definition.checked
        assert re.search(r"Stand \d\d\.\d\d\.\d{4}", definition.source)


def test_every_sentence_at_a_field_speaks_to_the_worker() -> None:
    sentences = resources.read_toml("texts/de/problems.toml")
    codes = {"E701", "E702", "E703", "E704", "E705", "E706", "E709", "E716"}
    possible = {f"{code}_{kind}" for code in codes for kind in ("other", *FieldType)}
    assert {f"{code}_other" for code in codes} <= set(sentences) <= possible
    assert all(text.endswith(".") and set_well(text) for text in sentences.values())


def test_nothing_lies_in_the_folder_that_no_form_reads() -> None:
    known = {f"{found.name}.toml" for found in SHIPPED.forms()}
    assert {path.name for path in (ROOT / "forms").glob("*.toml")} == known
    assert {path.stem for path in (ROOT / "forms/records").glob("*.toml")} == set(RECORDS)


def test_whatever_a_phase_needs_says_what_is_to_be_done() -> None:
    """„Datum des Hilfeplans eintragen“, never the bare name of a field."""
    for phase in Phase:
        form = SHIPPED.phase_form(phase)
        for section in form.sections:
            wanted = [field.task for field in section.fields if is_wanted(field)]
            for task in (*wanted, *([section.task] if section.min else [])):
                last = task.replace(",", "").split()
                assert any(word.endswith(("en", "t")) for word in last), (phase, task)
                assert task not in {field.label for field in section.fields}
