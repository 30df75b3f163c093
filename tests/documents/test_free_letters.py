"""Free letters: worded by a desk; what nobody recorded is not said, a broken template is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from kimdesk.casework import cases, layers, records, referrals, templates
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.catalogue.letter_kinds import KINDS
from kimdesk.catalogue.templates import FACTS, Template, letter_of, paragraphs
from kimdesk.documents import papers
from kimdesk.documents.letters import free
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.records import Case, FollowUp, Person
from kimdesk.domain.terms import FollowUpKind
from kimdesk.texts import say
from kimdesk.vault import Strength

DAY = date(2026, 11, 30)
BODY = "Guten Tag {addressed},\n\nIhr nächster Termin ist am {next_on}.\n\nIhre Akte hat das Zeichen {sign}."
OWN = Template(code="", title="Termin", about="client", subject="Ihr Termin", body=BODY)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with one municipality, for all tests: each keeps templates and cases of its own."""
    made, _ = Desk.create(
        tmp_path_factory.mktemp("free") / "vault", "anker birke dampf eimer falke garten", name="Eschenried",
        user="Miriam Kessler", municipalities=("05554004",), strength=Strength.INTERACTIVE,
    )  # fmt: skip
    with made:
        yield made


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case of somebody with a name."""
    return cases.open_new(desk, Person(family_name="Şahin", given_names="Amna"))


def read(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def written(desk: Desk, name: str, record_id: str, template: str = "") -> str:
    return read(papers.make(desk, name, record_id, PaperWish(today=DAY, template=template)).data)


def test_a_paragraph_whose_fact_is_unknown_is_left_out(desk: Desk, case: Case) -> None:
    code = templates.keep(desk, OWN).code
    text = written(desk, "client-letter", case.id, code)
    assert f"Ihre Akte hat das Zeichen {case.file_number}." in text
    assert "nächster Termin" not in text
    meeting = FollowUp(
        case_id=case.id, kind=FollowUpKind.APPOINTMENT, title="Gespräch", due_on=date(2026, 12, 7)
    )
    records.save(desk, meeting)
    assert "Ihr nächster Termin ist am 07.12.2026." in written(desk, "client-letter", case.id, code)


def test_a_past_or_settled_appointment_is_not_the_next(desk: Desk, case: Case) -> None:
    code = templates.keep(desk, OWN).code
    for day, done in ((date(2026, 11, 29), None), (date(2026, 12, 1), DAY)):
        kind = FollowUpKind.APPOINTMENT
        records.save(desk, FollowUp(case_id=case.id, kind=kind, title="Gespräch", due_on=day, done_on=done))
    assert "nächster Termin" not in written(desk, "client-letter", case.id, code)


def test_a_letter_to_an_office_asks_for_a_basis(desk: Desk, case: Case) -> None:
    said = {"agency": "", "purpose": "benefits", "override_reason": "Notlage"}
    referral = referrals.prepare(desk, case.id, "jobcenter", **said)  # type: ignore[arg-type]
    assert "Amna Şahin" in written(desk, "office-letter", referral.id)
    bare = records.save(desk, replace(referral, override_reason=""))
    with pytest.raises(CaseworkError, match="E850"):
        written(desk, "office-letter", bare.id)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"body": "Guten Tag {name}"}, "E770"),
        ({"subject": "An {office}"}, "E770"),  # that of a referral, not of a letter to the client
        ({"title": " "}, "E771"),
        ({"subject": ""}, "E771"),
        ({"body": "\n \n"}, "E771"),
        ({"body": "Guten Tag {"}, "E772"),
        ({"body": "Guten Tag {Client}"}, "E772"),
        ({"body": "x" * 6001}, "E773"),
        ({"subject": "Termin am {next_on}"}, "E774"),
    ],
)
def test_a_template_that_cannot_be_written_is_refused(desk: Desk, change: dict[str, str], code: str) -> None:
    before = templates.every(desk)
    with pytest.raises(ContentError, match=code):
        templates.keep(desk, msgspec.structs.replace(OWN, **change))
    assert templates.every(desk) == before


def test_each_save_is_a_version_and_what_is_gone_stays_gone(desk: Desk) -> None:
    first = templates.keep(desk, OWN)
    second = templates.keep(desk, msgspec.structs.replace(first, subject="Ihr neuer Termin"))
    assert (first.version, second.version, second.code) == (1, 2, first.code)
    assert templates.find(desk, first.code).subject == "Ihr neuer Termin"
    templates.drop(desk, first.code)
    with pytest.raises(CaseworkError, match="E823"):
        templates.find(desk, first.code)
    with pytest.raises(CaseworkError, match="E823"):
        templates.keep(desk, second)


def test_what_the_catalogue_words_is_not_changed_by_a_desk(desk: Desk) -> None:
    shared = next(each for each in templates.every(desk) if not each.own)
    with pytest.raises(CaseworkError, match="E823"):
        templates.keep(desk, shared.template)
    with pytest.raises(CaseworkError, match="E823"):
        templates.drop(desk, shared.template.code)


def test_a_pack_of_the_kreis_brings_templates_and_a_broken_one_is_refused(desk: Desk) -> None:
    table = {
        "code": "kreis_letter", "title": "Vom Kreis", "about": "client", "subject": "Gruß",
        "body": "Guten Tag.",
    }  # fmt: skip
    layer = Layer(
        name="Kreis", version=1, origin=Origin.KREIS, valid_from=date(2026, 1, 1),
        documents={"templates/kreis_letter.toml": table},
    )  # fmt: skip
    layers.use_layer(desk, layer)
    assert any(each.template.code == "kreis_letter" and not each.own for each in templates.every(desk))
    broken = {**table, "body": "Guten Tag {nobody}."}
    wrong = msgspec.structs.replace(layer, version=2, documents={"templates/kreis_letter.toml": broken})
    with pytest.raises(ContentError, match="E741"):
        layers.use_layer(desk, wrong)
    layers.withdraw_layer(desk, "Kreis")


def test_an_example_shows_the_letter_and_nobody_of_a_case(desk: Desk, case: Case) -> None:
    text = read(free.example(desk, OWN, PaperWish(today=DAY)))
    assert say("template.example_addressed") in text
    assert "Şahin" not in text


@pytest.mark.parametrize("about", ["client", "referral"])
def test_every_fact_on_offer_is_known_and_has_a_name(about: str) -> None:
    assert set(FACTS[about]) <= KINDS[about].facts  # type: ignore[index]
    for name in FACTS[about]:  # type: ignore[index]
        assert say(f"template.fact_{name}")
        body = f"Es gilt: {{{name}}}"
        letter_of(Template(code="x", title="x", about=about, subject="x", body=body))  # type: ignore[arg-type]


def test_a_blank_line_ends_a_paragraph() -> None:
    assert paragraphs("eins\nzwei\n\n\n drei \n") == ("eins zwei", "drei")


def test_the_shipped_templates_are_there_for_both() -> None:
    from kimdesk.catalogue import templates as read_templates

    assert {each.about for each in read_templates.shared(SHIPPED, DAY)} == {"client", "referral"}


def test_a_template_is_kept_in_the_vault_and_in_no_other_file(desk: Desk, tmp_path: Path) -> None:
    templates.keep(desk, msgspec.structs.replace(OWN, title="Einzigartiger Titel"))
    for path in desk.vault.folder.rglob("*"):
        if path.is_file():
            assert b"Einzigartiger Titel" not in path.read_bytes()
